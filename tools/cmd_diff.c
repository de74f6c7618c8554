/* bitext diff - what two memories do not share.
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

static const struct sign {
    char mark;
    const char *name;
} signs[] = {
    [ALN_ONLY_IN_A] = {'-', "only-in-a"},
    [ALN_ONLY_IN_B] = {'+', "only-in-b"},
    [ALN_DIFFERS] = {'~', "differs"},
};

typedef struct listing {
    bool as_json, failed;
} listing;

static void tell(void *context, aln_difference kind, const aln_unit *unit)
{
    listing *list = context;
    if (!list->as_json) {
        printf("%c ", signs[kind].mark);
        print_unit(stdout, unit);
        return;
    }
    json_t *line = unit_json(unit);
    if (line) json_object_set_new(line, "difference", json_string(signs[kind].name));
    list->failed = !print_json(line) || list->failed;
}

/* 0 where they are equal and 1 where they are not, as diff does. */
int cmd_diff(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    const struct poptOption table[] = {{"format", '\0', POPT_ARG_STRING, &format, 0,
                                        "text or jsonl", "NAME"},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "A.db B.db");
    if (!options) return EXIT_TROUBLE;
    int as_json = text_or(format, "jsonl");
    const char *first = poptGetArg(options), *second = poptGetArg(options);
    if (as_json < 0) return EXIT_TROUBLE;
    if (!first || !second || poptPeekArg(options))
        return trouble("diff: two memories are needed");

    AUTO(memory) aln_memory *a = open_memory(first, ALN_MEMORY_READ, argv);
    AUTO(memory) aln_memory *b = a ? open_memory(second, ALN_MEMORY_READ, argv) : NULL;
    if (!a || !b) return EXIT_TROUBLE;
    aln_error error = {0};
    listing list = {.as_json = as_json};
    size_t n;
    if (aln_memory_diff(a, b, tell, &list, &n, &error)) return complain(first, &error);
    if (list.failed) return EXIT_TROUBLE;
    return n ? EXIT_NOTHING : EXIT_FOUND;
}
