/* bitext translate - fill in an XLIFF file from what a memory has.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "selection.h"

AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)

typedef struct job {
    aln_memory *memory;
    aln_lookup *lookup;
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE]; /* of the lookup */
    int min;
    size_t asked;
} job;

/* A file may change languages from one <file> to the next. */
static aln_status set_languages(job *work, const char *source, const char *target,
                                aln_error *error)
{
    if (work->lookup && strcmp(work->source, source) == 0 &&
        strcmp(work->target, target) == 0)
        return ALN_OK;
    aln_lookup_free(STEAL(work->lookup));
    snprintf(work->source, sizeof work->source, "%s", source);
    snprintf(work->target, sizeof work->target, "%s", target);
    const aln_lookup_options options = {.source = work->source,
                                        .target = work->target,
                                        .min = work->min / 100.0,
                                        .limit = 1};
    return aln_lookup_new(work->memory, &options, &work->lookup, error);
}

/* "en-US" in the file, "en" in the memory: a range is what both begin with. */
static void base_language(const char *tag, char out[ALN_LANGUAGE_SIZE])
{
    size_t n = strcspn(tag, "-_");
    snprintf(out, ALN_LANGUAGE_SIZE, "%.*s", (int)n, tag);
}

static aln_status propose(void *context, const char *source_language,
                          const char *target_language, const char *text, size_t size,
                          aln_proposal *proposal, aln_error *error)
{
    job *work = context;
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE];
    const aln_match *matches;
    size_t n;
    aln_status status;
    base_language(source_language, source);
    base_language(target_language, target);
    if (!*source || !*target) {
        *error = (aln_error){.status = ALN_INVALID};
        snprintf(error->message, sizeof error->message,
                 "the file names no target language; tell it with --to");
        return ALN_INVALID;
    }
    work->asked++;
    if ((status = set_languages(work, source, target, error)) ||
        (status = aln_lookup_find(work->lookup, text, size, &matches, &n, error)))
        return status;
    if (n == 0 || matches[0].score < work->min) return ALN_OK;
    *proposal = (aln_proposal){.source = matches[0].source,
                               .target = matches[0].target,
                               .score = matches[0].score};
    return ALN_OK;
}

static int translate_file(job *work, const char *path, const char *to,
                          const char *target)
{
    aln_error error = {0};
    output out;
    size_t filled = 0;
    if (output_open(&out, target)) return EXIT_TROUBLE;
    aln_status status =
        aln_xliff_translate(path, out.stream, propose, work, to, &filled, &error);
    aln_lookup_free(STEAL(work->lookup));
    if (status) {
        output_abandon(&out);
        return complain(input_name(path), &error);
    }
    if (output_commit(&out)) return EXIT_TROUBLE;
    note("%s: %zu of %zu filled in", input_name(path), filled, work->asked);
    return filled ? EXIT_FOUND : EXIT_NOTHING;
}

int cmd_translate(int argc, const char **argv)
{
    AUTO(free) char *target = NULL;
    AUTO(free) char *to = NULL;
    job work = {.min = 75};
    const struct poptOption table[] = {
        MEMORY_OPTION,
        {"output", 'o', POPT_ARG_STRING, &target, 0, "where to write; else stdout",
         "FILE"},
        {"to", '\0', POPT_ARG_STRING, &to, 0,
         "the target language, where the file names none", "TAG"},
        {"min", '\0', POPT_ARG_INT, &work.min, 0,
         "least score of a match, 1 to 100; 75 unless told", "N"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE.xlf");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path || poptPeekArg(options)) return trouble("translate takes one XLIFF file");
    if (work.min < 1 || work.min > 100)
        return trouble("--min %d: must be 1 to 100", work.min);
    aln_error error = {0};
    char tag[ALN_LANGUAGE_SIZE];
    if (to && aln_language_canonical(to, tag, &error)) return complain(to, &error);
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    work.memory = memory;
    return translate_file(&work, path, to, target);
}
