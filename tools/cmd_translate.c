/* bitext translate - fill in an XLIFF file from what a memory has.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "selection.h"

AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)

enum { EXACT = 100 };

typedef struct job {
    aln_memory *memory;
    aln_lookup *lookup;
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE]; /* of the lookup */
    aln_translate_options options;
    aln_variant sides[2]; /* of the latest match, where no unit holds them both */
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
                                        .min = work->options.min / 100.0,
                                        .limit = 1};
    return aln_lookup_new(work->memory, &options, &work->lookup, error);
}

/* "en-US" in the file, "en" in the memory: a range is what both begin with. */
static void base_language(const char *tag, char out[ALN_LANGUAGE_SIZE])
{
    size_t n = strcspn(tag, "-_");
    snprintf(out, ALN_LANGUAGE_SIZE, "%.*s", (int)n, tag);
}

static const aln_variant *variant_of(const aln_unit *unit, const char *language,
                                     const char *text, size_t size)
{
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        if (strcmp(variant->language, language) == 0 && variant->size == size &&
            memcmp(variant->text, text, size) == 0)
            return variant;
    }
    return NULL;
}

/* The variants of the unit know their tags; what was found by way of a third language is
 * text alone. */
static aln_status offer(job *work, const aln_match *match, aln_proposal *proposal,
                        aln_error *error)
{
    const aln_unit *unit;
    aln_status status = aln_memory_unit(work->memory, match->unit, &unit, error);
    if (status) return status;
    proposal->source =
        variant_of(unit, match->source_language, match->source, match->source_size);
    proposal->target =
        variant_of(unit, match->target_language, match->target, match->target_size);
    if (proposal->source && proposal->target) return ALN_OK;
    work->sides[0] = (aln_variant){.text = match->source, .size = match->source_size};
    work->sides[1] = (aln_variant){.text = match->target, .size = match->target_size};
    proposal->source = &work->sides[0];
    proposal->target = &work->sides[1];
    return ALN_OK;
}

/* What a match is worth without its tags, for which the lookup has taken a point. */
static int text_score(const aln_match *match, const char *text, size_t size)
{
    bool same = match->source_size == size && memcmp(match->source, text, size) == 0;
    return same ? EXACT : match->score < EXACT ? match->score : EXACT - 1;
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
    if (n == 0) return ALN_OK;
    proposal->score = text_score(&matches[0], text, size);
    return offer(work, &matches[0], proposal, error);
}

static int translate_file(job *work, const char *path, const char *target)
{
    aln_error error = {0};
    output out;
    size_t filled = 0;
    if (output_open(&out, target)) return EXIT_TROUBLE;
    aln_status status = aln_xliff_translate(path, out.stream, propose, work,
                                            &work->options, &filled, &error);
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
    int replace = 0;
    job work = {.options = {.min = 75}};
    const struct poptOption table[] = {
        MEMORY_OPTION,
        {"output", 'o', POPT_ARG_STRING, &target, 0, "where to write; else stdout",
         "FILE"},
        {"to", '\0', POPT_ARG_STRING, &to, 0,
         "the target language, where the file names none", "TAG"},
        {"min", '\0', POPT_ARG_INT, &work.options.min, 0,
         "least score of a match, 1 to 100; 75 unless told", "N"},
        {"replace", '\0', POPT_ARG_NONE, &replace, 0,
         "also targets that are there, unless approved or final", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE.xlf");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path || poptPeekArg(options)) return trouble("translate takes one XLIFF file");
    if (work.options.min < 1 || work.options.min > EXACT)
        return trouble("--min %d: must be 1 to 100", work.options.min);
    aln_error error = {0};
    char tag[ALN_LANGUAGE_SIZE];
    if (to && aln_language_canonical(to, tag, &error)) return complain(to, &error);
    work.options.target = to ? tag : NULL;
    work.options.replace = replace;
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    work.memory = memory;
    return translate_file(&work, path, target);
}
