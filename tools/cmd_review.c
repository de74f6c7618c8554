/* bitext review - what of a memory needs a person's eye, as a table that comes back.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <align/manage.h>

#include "base/hash.h"
#include "review.h"

AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)
AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

const char *const review_columns[REVIEW_FIXED] = {"unit", "check", "verdict", "score",
                                                  "flags"};

/* What people decided is no concern of reviewers. */
static const unsigned SETTLED = ALN_FLAG_APPROVED;

typedef struct job {
    char *languages, *output, *apply; /* popt's: freed with the job */
    double below;
    int limit;
} job;

static void auto_job(job *work)
{
    free(work->languages);
    free(work->output);
    free(work->apply);
}

uint64_t review_hash(const aln_unit *unit)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        hash =
            hash_mix(hash ^ hash_bytes(variant->language, strlen(variant->language)));
        hash = hash_mix(hash ^ hash_bytes(variant->text, variant->size));
    }
    return hash;
}

static void print_escaped(FILE *stream, const char *text, size_t size)
{
    static const char FROM[] = "\t\n\r\\", TO[] = "tnr\\";
    for (size_t i = 0; i < size; i++) {
        const char *found = text[i] ? strchr(FROM, text[i]) : NULL;
        if (found)
            fprintf(stream, "\\%c", TO[found - FROM]);
        else
            putc(text[i], stream);
    }
}

static void print_flags(FILE *stream, unsigned flags)
{
    const char *between = "";
    for (unsigned flag = 1; flag && flag <= flags; flag <<= 1) {
        const char *name = flags & flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (!name) continue;
        fprintf(stream, "%s%s", between, name);
        between = ",";
    }
}

static void print_row(FILE *stream, const aln_unit *unit, const char *const *languages)
{
    fprintf(stream, "%" PRId64 "\t%016" PRIx64 "\t\t", unit->id, review_hash(unit));
    if (unit->score >= 0) fprintf(stream, "%.3f", unit->score);
    putc('\t', stream);
    print_flags(stream, unit->flags);
    for (; *languages; languages++) {
        const aln_variant *variant = aln_unit_variant(unit, *languages);
        putc('\t', stream);
        if (variant) print_escaped(stream, variant->text, variant->size);
    }
    putc('\n', stream);
}

static void print_header(FILE *stream, const char *const *languages)
{
    for (int i = 0; i < REVIEW_FIXED; i++)
        fprintf(stream, i ? "\t%s" : "%s", review_columns[i]);
    for (; *languages; languages++)
        fprintf(stream, "\t%s", *languages);
    putc('\n', stream);
}

static bool needs_review(const aln_unit *unit, double below)
{
    return unit->flags || (unit->score >= 0 && unit->score < below);
}

static aln_status print_rows(FILE *stream, aln_memory *memory, const job *work,
                             const char *const *languages, size_t *rows,
                             aln_error *error)
{
    const aln_filter filter = {.without_flags = SETTLED};
    AUTO(cursor) aln_cursor *cursor = NULL;
    TRY(aln_memory_units(memory, &filter, &cursor, error));
    print_header(stream, languages);
    size_t most = work->limit ? (size_t)work->limit : SIZE_MAX;
    while (*rows < most) {
        const aln_unit *unit;
        TRY(aln_cursor_next(cursor, &unit, error));
        if (!unit) break;
        if (!needs_review(unit, work->below)) continue;
        print_row(stream, unit, languages);
        ++*rows;
    }
    return ALN_OK;
}

/* Those asked for, else all that the memory holds. */
static const char **choose_languages(const job *work, const aln_summary *summary,
                                     char ***asked)
{
    size_t n = summary->n_languages;
    if (work->languages && !(*asked = parse_languages(work->languages, &n)))
        return NULL;
    const char **languages = calloc(n + 1, sizeof *languages);
    if (!languages) trouble("out of memory");
    for (size_t i = 0; languages && i < n; i++)
        languages[i] = *asked ? (*asked)[i] : summary->languages[i].language;
    return languages;
}

static int export_table(aln_memory *memory, const char *path, const job *work)
{
    aln_error error = {0};
    AUTO(summary) aln_summary *summary = NULL;
    AUTO(free) char **asked = NULL;
    if (aln_memory_summary(memory, &summary, &error)) return complain(path, &error);
    AUTO(free) const char **languages = choose_languages(work, summary, &asked);
    output out;
    if (!languages || output_open(&out, work->output)) return EXIT_TROUBLE;

    size_t rows = 0;
    if (print_rows(out.stream, memory, work, languages, &rows, &error)) {
        output_abandon(&out);
        return complain(path, &error);
    }
    if (output_commit(&out)) return EXIT_TROUBLE;
    note("%zu units to review", rows);
    return rows ? EXIT_FOUND : EXIT_NOTHING;
}

int cmd_review(int argc, const char **argv)
{
    AUTO(job) job work = {.below = 0.5};
    const struct poptOption table[] = {
        {"below", '\0', POPT_ARG_DOUBLE, &work.below, 0,
         "units that score less (default 0.5), besides those with flags", "X"},
        {"limit", '\0', POPT_ARG_INT, &work.limit, 0, "no more than these", "N"},
        {"langs", 'l', POPT_ARG_STRING, &work.languages, 0,
         "the columns of texts (default: all languages)", "fr,en"},
        {"output", 'o', POPT_ARG_STRING, &work.output, 0, "write here, not to stdout",
         "FILE"},
        {"apply", '\0', POPT_ARG_STRING, &work.apply, 0,
         "carry out the verdicts and corrections of a table", "FILE"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path || poptPeekArg(options))
        return trouble("review needs one memory; try \"bitext review --help\"");
    if (!(work.below >= 0 && work.below <= 1))
        return trouble("--below %g: must be from 0 to 1", work.below);
    if (work.limit < 0) return trouble("--limit %d: must not be negative", work.limit);

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    aln_memory_mode mode = work.apply ? ALN_MEMORY_WRITE : ALN_MEMORY_READ;
    if (aln_memory_open(path, mode, &memory, &error)) return complain(path, &error);
    return work.apply ? review_apply(memory, path, work.apply)
                      : export_table(memory, path, &work);
}
