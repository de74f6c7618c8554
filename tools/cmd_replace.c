/* bitext replace - put other words in the place of some, in all units at once.
 *
 * Shows what would change; --apply changes it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include "selection.h"

static bool same_text(const aln_variant *a, const aln_variant *b)
{
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

static void show(void *context, const aln_unit *before, const aln_unit *after)
{
    if (!after) {
        note("unit %" PRId64 ": the words stand across an inline tag; left alone",
             before->id);
        return;
    }
    for (size_t i = 0; i < before->n_variants; i++) {
        const aln_variant *old = &before->variants[i], *new = &after->variants[i];
        if (!same_text(old, new))
            printf("%" PRId64 "  %s\n  - %s\n  + %s\n", before->id, old->language,
                   old->text, new->text);
    }
}

static int run(aln_memory *memory, const aln_replacement *what)
{
    aln_filter filter;
    if (!selected_filter(&filter)) return EXIT_TROUBLE;
    aln_error error = {0};
    size_t n = 0;
    aln_status status =
        aln_memory_replace(memory, &filter, what, show, NULL, &n, &error);
    free((void *)filter.languages);
    if (status == ALN_SYNTAX) return complain("replace", &error);
    if (status) return complain(memory_path, &error);
    if (n && what->dry_run) note("%zu units would change; --apply changes them", n);
    if (n && !what->dry_run) note("%zu units changed", n);
    return n ? EXIT_FOUND : EXIT_NOTHING;
}

int cmd_replace(int argc, const char **argv)
{
    AUTO(free) char *language = NULL;
    int apply = 0, regex = 0, ignore_case = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"lang", 'l', POPT_ARG_STRING, &language, 0,
                                        "only in texts of this language", "TAG"},
                                       {"regex", 'e', POPT_ARG_NONE, &regex, 0,
                                        "WORDS is a regular expression, and $1 in "
                                        "OTHERS its first group",
                                        NULL},
                                       {"ignore-case", 'i', POPT_ARG_NONE, &ignore_case,
                                        0, "case does not count", NULL},
                                       {"apply", '\0', POPT_ARG_NONE, &apply, 0,
                                        "change, not only show", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(options)
    poptContext options = parse_options(argc, argv, table, "WORDS OTHERS");
    if (!options) return EXIT_TROUBLE;
    const char *from = poptGetArg(options), *to = poptGetArg(options);
    if (!from || !*from || !to || poptPeekArg(options))
        return trouble("replace: the words and what to put in their place are needed");
    char canonical[ALN_LANGUAGE_SIZE];
    aln_error error = {0};
    if (language && aln_language_canonical(language, canonical, &error))
        return complain("--lang", &error);

    AUTO(memory)
    aln_memory *memory =
        open_memory(memory_path, apply ? ALN_MEMORY_WRITE : ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    const aln_replacement what = {.from = from,
                                  .to = to,
                                  .language = language ? canonical : NULL,
                                  .regex = regex,
                                  .ignore_case = ignore_case,
                                  .dry_run = !apply};
    return run(memory, &what);
}
