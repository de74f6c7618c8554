/* bitext dedupe - of several units that say the same, keep one.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "selection.h"

static const char *const policies[] = {
    [ALN_KEEP_FIRST] = "first", [ALN_KEEP_NEWEST] = "newest", [ALN_KEEP_BEST] = "best"};

enum { POLICIES = sizeof policies / sizeof *policies };

static int parse_policy(const char *name)
{
    for (int i = 0; i < POLICIES; i++)
        if (!name || strcmp(policies[i], name) == 0) return i;
    trouble("--keep: \"%s\" is none of first, newest, best", name);
    return -1;
}

int cmd_dedupe(int argc, const char **argv)
{
    AUTO(free) char *keep = NULL;
    int merge = 0, same_source = 0, dry_run = 0;
    const struct poptOption table[] = {
        MEMORY_OPTION,
        {"keep", '\0', POPT_ARG_STRING, &keep, 0, "first, newest or best", "WHICH"},
        {"merge", '\0', POPT_ARG_NONE, &merge, 0,
         "give it the properties and notes of the others", NULL},
        {"same-source", '\0', POPT_ARG_NONE, &same_source, 0,
         "also where only the translations differ", NULL},
        {"dry-run", 'n', POPT_ARG_NONE, &dry_run, 0, "only count", NULL},
        SELECTION_OPTIONS,
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "");
    if (!options) return EXIT_TROUBLE;
    if (poptPeekArg(options))
        return trouble("dedupe: %s is too much; the memory is --memory DB",
                       poptPeekArg(options));
    int policy = parse_policy(keep);
    aln_filter filter;
    if (policy < 0 || !selected_filter(&filter)) return EXIT_TROUBLE;
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_WRITE, argv);
    if (!memory) return EXIT_TROUBLE;

    const aln_dedupe_options how = {.keep = (aln_keep)policy,
                                    .merge_meta = merge,
                                    .same_source = same_source,
                                    .dry_run = dry_run};
    aln_error error = {0};
    size_t removed = 0;
    aln_status status = aln_memory_dedupe(memory, &filter, &how, &removed, &error);
    free((void *)filter.languages);
    if (status) return complain(memory_path, &error);
    printf("%zu\n", removed);
    note(dry_run ? "%zu units would be deleted" : "%zu units deleted", removed);
    return removed ? EXIT_FOUND : EXIT_NOTHING;
}
