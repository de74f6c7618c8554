/* bitext align - align texts with their translations.
 *
 * The first file is the pivot.  Results go to stdout or a file, into a memory, or both;
 * when one of them fails the other is left as it was.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>

#include "aligner.h"
#include "tools.h"

AUTO_DEFINE(group, aln_group *, aln_group_free)
AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(segmenters, aln_segmenters *, aln_segmenters_free)

typedef struct job {
    char *languages, *format, *output, *memory; /* popt's: freed with the job */
    int lines, stream;
    double min_score;
    aln_article **articles;
    size_t n;
} job;

static void job_done(job *work)
{
    for (size_t i = 0; work->articles && i < work->n; i++)
        aln_article_free(work->articles[i]);
    free(work->articles);
    free(work->languages);
    free(work->format);
    free(work->output);
    free(work->memory);
}

static void auto_job(job *work)
{
    job_done(work);
}

static int read_articles(job *work, const char **paths)
{
    AUTO(free) char **languages = NULL;
    size_t n = work->n;
    if (work->languages && !(languages = parse_languages(work->languages, &n)))
        return EXIT_TROUBLE;
    if (n != work->n)
        return trouble("--langs %s: %zu languages for %zu files", work->languages, n,
                       work->n);

    work->articles = calloc(work->n, sizeof *work->articles);
    if (!work->articles) return trouble("out of memory");
    for (size_t i = 0; i < work->n; i++) {
        work->articles[i] =
            read_article(paths[i], languages ? languages[i] : NULL, work->lines != 0);
        if (!work->articles[i]) return EXIT_TROUBLE;
    }
    return EXIT_FOUND;
}

/* Name what the memory does not get, so that somebody can look at it. */
static void list_left_out(const job *work, const aln_group *group)
{
    for (size_t i = 0; i < group->n_units; i++) {
        const aln_unit *unit = &group->units[i];
        if (unit->n_variants < 2 || aln_group_keeps(group, i, work->min_score))
            continue;
        const aln_variant *pivot = &unit->variants[0];
        note("%s: left out, score %.2f: %.*s", pivot->document, unit->score,
             (int)pivot->size, pivot->text);
    }
}

/* Ready to be committed, not committed yet. */
static int store(const job *work, const aln_group *group, aln_memory **memory)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *opened = NULL;
    bool known = false;
    size_t added = 0;
    if (aln_memory_open(work->memory, ALN_MEMORY_CREATE, &opened, &error) ||
        aln_memory_begin(opened, &error) ||
        aln_group_store(group, work->min_score, opened, &known, &added, &error))
        return complain(work->memory, &error);
    if (known)
        note("%s: has these documents already; nothing added", work->memory);
    else
        note("%s: %zu units added", work->memory, added);
    *memory = STEAL(opened);
    return EXIT_FOUND;
}

static int print(const job *work, const aln_group *group, const group_format *format,
                 output *out)
{
    aln_error error = {0};
    if (output_open(out, work->output)) return EXIT_TROUBLE;
    if (format->print(out->stream, group, work->min_score, &error))
        return complain(out->name, &error);
    if (fflush(out->stream) || ferror(out->stream))
        return trouble("%s: cannot write: %s", out->name, strerror(errno));
    return EXIT_FOUND;
}

/* Everything that can fail comes first, then both commits. */
static int deliver(const job *work, const aln_group *group, const group_format *format)
{
    AUTO(memory) aln_memory *memory = NULL;
    output out = {0};
    int status = EXIT_FOUND;
    if (work->memory) status = store(work, group, &memory);
    if (status == EXIT_FOUND && format) status = print(work, group, format, &out);

    aln_error error = {0};
    if (status == EXIT_FOUND && memory && aln_memory_commit(memory, &error))
        status = complain(work->memory, &error);
    if (status == EXIT_FOUND && format) return output_commit(&out);
    output_abandon(&out);
    return status;
}

static int check(const job *work, const group_format *format)
{
    if (work->n < 2)
        return trouble("align needs two files or more; try \"bitext align --help\"");
    if (format && format->most_articles && work->n > format->most_articles)
        return trouble("--format %s takes %zu files, not %zu", format->name,
                       format->most_articles, work->n);
    if (!(work->min_score >= 0 && work->min_score <= 1))
        return trouble("--min-score %g: must be from 0 to 1", work->min_score);
    return EXIT_FOUND;
}

static int run_stream(const job *work)
{
    bool others = work->languages || work->output || work->memory || work->n ||
                  aligner_learns() || (work->format && strcmp(work->format, "jsonl"));
    if (others)
        return trouble("--stream goes with --lines, --min-score and dictionaries only");

    aln_error error = {0};
    AUTO(known_aligner) known_aligner known = {0};
    AUTO(segmenters) aln_segmenters *segmenters = NULL;
    if (known_aligner_open(&known, NULL, 0, NULL)) return EXIT_TROUBLE;
    if (aln_segmenters_new(&segmenters, &error)) return complain("align", &error);
    const stream_options options = {.aligner = known.aligner,
                                    .segmenters = segmenters,
                                    .min_score = work->min_score,
                                    .lines = work->lines != 0};
    return align_stream(stdin, &options, stdout);
}

/* By the end of the name; a name that says nothing gets TMX. */
static const char *format_of(const char *path)
{
    static const char *const named[] = {"tsv", "csv", "jsonl", "html"};
    const char *end = path ? strrchr(path, '.') : NULL;
    for (size_t i = 0; end && i < sizeof named / sizeof *named; i++)
        if (strcmp(end + 1, named[i]) == 0) return named[i];
    if (end && !strchr(end, '/') && strcmp(end, ".tmx"))
        note("%s: will be TMX; --format says otherwise", path);
    return "tmx";
}

static int run(job *work, const char **paths)
{
    if (work->stream) return run_stream(work);

    /* Into a memory alone unless a format or a file is asked for. */
    const group_format *format = NULL;
    bool prints = work->format || work->output || !work->memory;
    if (prints && !(format = find_group_format(work->format ? work->format
                                                            : format_of(work->output))))
        return EXIT_TROUBLE;
    if (check(work, format) || read_articles(work, paths)) return EXIT_TROUBLE;

    aln_error error = {0};
    AUTO(known_aligner) known_aligner known = {0};
    AUTO(group) aln_group *group = NULL;
    if (known_aligner_open(&known, work->articles, work->n, work->memory))
        return EXIT_TROUBLE;
    if (aln_group_align(known.aligner, work->articles, work->n, &group, &error))
        return trouble("%s", error.message);
    if (work->min_score > 0) list_left_out(work, group);
    return deliver(work, group, format);
}

int cmd_align(int argc, const char **argv)
{
    AUTO(job) job work = {0};
    const struct poptOption table[] = {
        {"langs", 'l', POPT_ARG_STRING, &work.languages, 0,
         "languages of the files, in their order", "fr,en,zh"},
        {"lines", 'L', POPT_ARG_NONE, &work.lines, 0,
         "the files hold one sentence a line; every line counts", NULL},
        {"format", 'f', POPT_ARG_STRING, &work.format, 0,
         "tmx, tsv, csv, jsonl, html, beads, ladder or text; else by FILE", "FORMAT"},
        {"output", 'o', POPT_ARG_STRING, &work.output, 0, "write here, not to stdout",
         "FILE"},
        {"memory", 'm', POPT_ARG_STRING, &work.memory, 0,
         "add the units to this memory, made where it is missing", "DB"},
        {"min-score", '\0', POPT_ARG_DOUBLE, &work.min_score, 0,
         "leave out of the memory, TMX and TSV what scores less", "X"},
        {"stream", '\0', POPT_ARG_NONE, &work.stream, 0,
         "groups of documents on stdin, units on stdout, as JSON lines", NULL},
        KNOWLEDGE_OPTIONS,
        VECTOR_OPTIONS,
        COMMON_OPTIONS};
    AUTO(options)
    poptContext options = parse_options(argc, argv, table, "FILE FILE [FILE...]");
    if (!options) return EXIT_TROUBLE;

    const char **paths = poptGetArgs(options);
    while (paths && paths[work.n])
        work.n++;
    return run(&work, paths);
}
