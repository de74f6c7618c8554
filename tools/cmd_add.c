/* bitext add - put a unit into a memory by hand.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include "selection.h"

typedef vec(aln_variant) variants;

static inline void auto_variants(variants *list)
{
    vec_free(list);
}

static int read_texts(poptContext options, char **tags, variants *list)
{
    for (size_t i = 0; tags[i]; i++) {
        const char *text = poptGetArg(options);
        if (!text) return trouble("add: no text for %s", tags[i]);
        if (!*text) return trouble("add: the text for %s is empty", tags[i]);
        aln_variant one = {.language = tags[i], .text = text, .size = strlen(text)};
        if (vec_push(list, one)) return trouble("out of memory");
    }
    if (poptPeekArg(options)) return trouble("add: more texts than languages");
    return EXIT_FOUND;
}

int cmd_add(int argc, const char **argv)
{
    AUTO(free) char *languages = NULL;
    AUTO(free) char *note_text = NULL;
    int approved = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"langs", '\0', POPT_ARG_STRING, &languages, 0,
                                        "languages of the texts", "TAG,TAG"},
                                       {"note", '\0', POPT_ARG_STRING, &note_text, 0,
                                        "a note to keep with it", "TEXT"},
                                       {"approved", '\0', POPT_ARG_NONE, &approved, 0,
                                        "mark it as approved", NULL},
                                       COMMON_OPTIONS};
    AUTO(options)
    poptContext options = parse_options(argc, argv, table, "TEXT TEXT...");
    if (!options) return EXIT_TROUBLE;
    if (!languages) return trouble("--langs: the languages of the texts are needed");

    size_t n;
    AUTO(free) char **tags = parse_languages(languages, &n);
    AUTO(variants) variants list = {0};
    if (!tags || read_texts(options, tags, &list)) return EXIT_TROUBLE;
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_CREATE, argv);
    if (!memory) return EXIT_TROUBLE;

    const aln_meta written = {.kind = ALN_META_NOTE, .value = note_text};
    const aln_unit unit = {.score = ALN_NO_SCORE,
                           .flags = approved ? ALN_FLAG_APPROVED : 0,
                           .variants = list.at,
                           .n_variants = list.n,
                           .meta = &written,
                           .n_meta = note_text ? 1 : 0};
    aln_error error = {0};
    int64_t id;
    if (aln_memory_add_unit(memory, &unit, &id, &error))
        return complain(memory_path, &error);
    printf("%" PRId64 "\n", id);
    return EXIT_FOUND;
}
