/* bitext review - what of a memory needs a person's eye, as a file that comes back.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include <align/manage.h>

#include "base/hash.h"
#include "review.h"

AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

/* What people decided is no concern of reviewers. */
static const unsigned SETTLED = ALN_FLAG_APPROVED;

/* The columns of a table before its languages; XLIFF has places of its own for them. */
static const char *const FACTS[] = {"unit", "verdict", "score", "flags"};

enum { N_FACTS = sizeof FACTS / sizeof *FACTS };

typedef struct job {
    char *languages, *output, *format, *apply; /* popt's: freed with the job */
    double below;
    int limit, approve, keep_going;
    const char **columns; /* FACTS, then languages; NULL ends */
} job;

static void auto_job(job *work)
{
    free(work->languages);
    free(work->output);
    free(work->format);
    free(work->apply);
    free(work->columns);
}

/* By the language alone: a file of "fr" may hold what the memory has as "fr-CA".  Line by
 * line: spreadsheets have line ends of their own. */
static uint64_t hash_variant(const aln_variant *variant)
{
    char language[ALN_LANGUAGE_SIZE] = "";
    if (aln_language_canonical(variant->language, language, NULL)) language[0] = '\0';
    uint64_t hash = hash_bytes(language, strcspn(language, "-"));
    for (size_t start = 0, end; start < variant->size; start = end + 1) {
        const char *line = variant->text + start;
        for (end = start; end < variant->size && !strchr("\r\n", variant->text[end]);)
            end++;
        if (end > start) hash = hash_mix(hash ^ hash_bytes(line, end - start));
    }
    return hash;
}

uint64_t review_hash(const aln_unit *unit, const aln_unit *like)
{
    uint64_t sum = 0; /* in whatever order the texts stand */
    for (size_t i = 0; i < like->n_variants; i++) {
        const aln_variant *variant = aln_unit_variant(unit, like->variants[i].language);
        if (variant) sum += hash_variant(variant);
    }
    return sum;
}

void review_name(const aln_unit *unit, char name[REVIEW_NAME])
{
    snprintf(name, REVIEW_NAME, "u%" PRId64 ".%zu.%016" PRIx64, unit->id,
             unit->n_variants, review_hash(unit, unit));
}

/* ---- going out ---- */

static bool is_xliff(aln_format format)
{
    return format == ALN_FORMAT_XLIFF || format == ALN_FORMAT_XLIFF2;
}

static bool needs_review(const aln_unit *unit, double below)
{
    return unit->flags || (unit->score >= 0 && unit->score < below);
}

/* "score 0.310, numbers-differ; fr.html": what a translation tool shows beside the unit. */
static aln_status describe(const aln_unit *unit, str *out)
{
    if (unit->score >= 0 && str_printf(out, "score %.3f", unit->score))
        return ALN_NO_MEMORY;
    for (unsigned flag = 1; flag && flag <= unit->flags; flag <<= 1) {
        const char *name = unit->flags & flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (name && str_printf(out, "%s%s", out->size ? ", " : "", name))
            return ALN_NO_MEMORY;
    }
    const char *document = unit->variants[0].document;
    return document ? str_printf(out, "; %s", document) : ALN_OK;
}

/* With what it is called, how it stands, and why it is here. */
static aln_status write_unit(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    char name[REVIEW_NAME];
    AUTO(str) str why = {0};
    AUTO(free) aln_meta *meta = calloc(unit->n_meta + 3, sizeof *meta);
    if (!meta || describe(unit, &why)) {
        *error = (aln_error){.status = ALN_NO_MEMORY, .message = "out of memory"};
        return ALN_NO_MEMORY;
    }
    review_name(unit, name);
    meta[0] = (aln_meta){ALN_META_PROPERTY, "x-context", name, NULL, NULL};
    meta[1] = (aln_meta){ALN_META_PROPERTY, "x-state", "needs-review-translation", NULL,
                         NULL};
    meta[2] = (aln_meta){ALN_META_NOTE, NULL, str_text(&why), NULL, NULL};
    if (unit->n_meta) memcpy(meta + 3, unit->meta, unit->n_meta * sizeof *meta);
    aln_unit sent = *unit;
    sent.meta = meta;
    sent.n_meta = unit->n_meta + 3;
    return aln_writer_add(writer, &sent, error);
}

static aln_status write_units(FILE *stream, aln_memory *memory, const job *work,
                              aln_format format, size_t *n, aln_error *error)
{
    const char *const *languages = work->columns + N_FACTS;
    const aln_write_options how = {
        .format = format, .languages = is_xliff(format) ? languages : work->columns};
    const aln_filter filter = {
        .without_flags = SETTLED,
        .languages = work->languages || is_xliff(format) ? languages : NULL};
    AUTO(cursor) aln_cursor *cursor = NULL;
    AUTO(units_writer) aln_writer *writer = NULL;
    TRY(aln_memory_units(memory, &filter, &cursor, error));
    TRY(aln_writer_open(stream, &how, &writer, error));
    size_t most = work->limit ? (size_t)work->limit : SIZE_MAX;
    while (*n < most) {
        const aln_unit *unit;
        TRY(aln_cursor_next(cursor, &unit, error));
        if (!unit) break;
        if (!needs_review(unit, work->below)) continue;
        TRY(write_unit(writer, unit, error));
        ++*n;
    }
    return aln_writer_finish(writer, error);
}

/* The languages asked for, else all that the memory holds. */
static int choose_columns(job *work, const aln_summary *summary, bool two)
{
    size_t n = summary->n_languages;
    AUTO(free) char **asked = NULL;
    if (work->languages && !(asked = parse_languages(work->languages, &n)))
        return EXIT_TROUBLE;
    if (two && n != 2)
        return trouble("XLIFF holds two languages: say which with --langs");
    /* The strings of asked live as long as the list: they are copied behind it. */
    work->columns =
        calloc(1, (N_FACTS + n + 1) * sizeof *work->columns + n * ALN_LANGUAGE_SIZE);
    if (!work->columns) return trouble("out of memory");
    char *room = (char *)(work->columns + N_FACTS + n + 1);
    memcpy(work->columns, FACTS, sizeof FACTS);
    for (size_t i = 0; i < n; i++, room += ALN_LANGUAGE_SIZE) {
        snprintf(room, ALN_LANGUAGE_SIZE, "%s",
                 asked ? asked[i] : summary->languages[i].language);
        work->columns[N_FACTS + i] = room;
    }
    return EXIT_FOUND;
}

static int hand_out(aln_memory *memory, const char *path, job *work, aln_format format)
{
    aln_error error = {0};
    AUTO(summary) aln_summary *summary = NULL;
    if (!format) format = work->output ? aln_format_of_path(work->output) : 0;
    if (!format) format = ALN_FORMAT_TSV;
    if (!is_xliff(format) && format != ALN_FORMAT_TSV && format != ALN_FORMAT_CSV)
        return trouble("a review goes out as tsv, csv, xliff or xliff2");
    if (aln_memory_summary(memory, &summary, &error)) return complain(path, &error);
    output out;
    if (choose_columns(work, summary, is_xliff(format)) ||
        output_open(&out, work->output))
        return EXIT_TROUBLE;

    /* Excel knows UTF-8 by its mark only. */
    if (format == ALN_FORMAT_CSV) fputs("\xEF\xBB\xBF", out.stream);
    size_t n = 0;
    if (write_units(out.stream, memory, work, format, &n, &error)) {
        output_abandon(&out);
        return complain(path, &error);
    }
    if (output_commit(&out)) return EXIT_TROUBLE;
    note("%zu units to review", n);
    return n ? EXIT_FOUND : EXIT_NOTHING;
}

static int check(const job *work)
{
    if (!is_score(work->below, "--below")) return EXIT_TROUBLE;
    if (work->limit < 0)
        return trouble("--limit %d: must not be negative", work->limit);
    if (!work->apply && (work->approve || work->keep_going))
        return trouble("--approve and --keep-going go with --apply");
    return EXIT_FOUND;
}

static int run(job *work, const char *path)
{
    aln_error error = {0};
    aln_format format;
    AUTO(memory) aln_memory *memory = NULL;
    aln_memory_mode mode = work->apply ? ALN_MEMORY_WRITE : ALN_MEMORY_READ;
    if (check(work) || !parse_format(work->format, &format)) return EXIT_TROUBLE;
    if (aln_memory_open(path, mode, &memory, &error)) return complain(path, &error);
    const review_options options = {.file = work->apply,
                                    .format = format,
                                    .approve = work->approve != 0,
                                    .keep_going = work->keep_going != 0};
    return work->apply ? review_apply(memory, path, &options)
                       : hand_out(memory, path, work, format);
}

int cmd_review(int argc, const char **argv)
{
    AUTO(job) job work = {.below = 0.5};
    const struct poptOption table[] = {
        {"below", '\0', POPT_ARG_DOUBLE, &work.below, 0,
         "units that score less (default 0.5), besides those with flags", "X"},
        {"limit", '\0', POPT_ARG_INT, &work.limit, 0, "no more than these", "N"},
        {"langs", 'l', POPT_ARG_STRING, &work.languages, 0,
         "units in these languages (default: all)", "fr,en"},
        {"format", 'f', POPT_ARG_STRING, &work.format, 0,
         "tsv (default), csv, xliff or xliff2; else by FILE", "NAME"},
        {"output", 'o', POPT_ARG_STRING, &work.output, 0, "write here, not to stdout",
         "FILE"},
        {"apply", '\0', POPT_ARG_STRING, &work.apply, 0,
         "carry out what a person wrote into such a file", "FILE"},
        {"approve", '\0', POPT_ARG_NONE, &work.approve, 0,
         "with --apply: what was left as it is, is right", NULL},
        {"keep-going", 'k', POPT_ARG_NONE, &work.keep_going, 0,
         "with --apply: leave out units that changed meanwhile", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path || poptPeekArg(options))
        return trouble("review needs one memory; try \"bitext review --help\"");
    return run(&work, path);
}
