/* bitext diff - print the units that one of two files, or memories, has and the other
 * has not.
 *
 *     - {"variants":[{"lang":"fr","text":"Bonjour"}, ...]}      only in the first
 *     + {"variants":[{"lang":"fr","text":"Salut"}, ...]}        only in the second
 *     ~ {...}                    in both, but with other metadata, score or flags
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"
#include "units.h"

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

static void tell_unit(void *context, aln_difference kind, const aln_unit *unit)
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

static int diff_memories(const char *const paths[2], bool as_json, const char **argv)
{
    AUTO(memory) aln_memory *a = open_memory(paths[0], ALN_MEMORY_READ, argv);
    AUTO(memory)
    aln_memory *b = a ? open_memory(paths[1], ALN_MEMORY_READ, argv) : NULL;
    if (!a || !b) return EXIT_TROUBLE;
    aln_error error = {0};
    listing list = {.as_json = as_json};
    size_t n;
    if (aln_memory_diff(a, b, tell_unit, &list, &n, &error))
        return complain(paths[0], &error);
    if (list.failed) return EXIT_TROUBLE;
    return n ? EXIT_NOTHING : EXIT_FOUND;
}

/* ---- files ------------------------------------------------------------------------------ */

static void tell_line(void *context, int side, unsigned line, const char *unit)
{
    const listing *list = context;
    const struct sign *sign = &signs[side ? ALN_ONLY_IN_B : ALN_ONLY_IN_A];
    if (list->as_json)
        printf("{\"difference\":\"%s\",%s\n", sign->name, unit + 1);
    else
        printf("%c %s\n", sign->mark, unit);
}

static int diff_files(const char *const paths[2], bool keep_going, bool as_json)
{
    aln_error error = {0};
    size_t n = 0;
    listing list = {.as_json = as_json};
    const aln_read_options options = {.keep_going = keep_going};
    if (aln_exchange_compare(paths, &options, tell_line, &list, &n, &error)) {
        /* The failure does not say which file it met: only one of them is at fault. */
        AUTO(units_reader) aln_reader *reader = NULL;
        bool first = aln_reader_open(paths[0], &options, &reader, NULL) != ALN_OK;
        const aln_unit *unit = NULL;
        aln_status status = ALN_OK;
        while (!first && !(status = aln_reader_next(reader, &unit, NULL)) && unit)
            continue;
        return complain(first || status ? paths[0] : paths[1], &error);
    }
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    return n ? EXIT_NOTHING : EXIT_FOUND;
}

/* 0 where they are equal and 1 where they are not, as diff does. */
int cmd_diff(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    int keep_going = 0;
    const struct poptOption table[] = {
        {"format", '\0', POPT_ARG_STRING, &format, 0, "text or jsonl", "NAME"},
        {"keep-going", 'k', POPT_ARG_NONE, &keep_going, 0,
         "files: leave out what is broken and go on", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "A B");
    if (!options) return EXIT_TROUBLE;
    int as_json = text_or(format, "jsonl");
    if (as_json < 0) return EXIT_TROUBLE;
    const char *const paths[2] = {poptGetArg(options), poptGetArg(options)};
    if (!paths[0] || !paths[1] || poptPeekArg(options))
        return trouble("diff: two files or two memories are needed");

    bool memories[2] = {is_memory_file(paths[0]), is_memory_file(paths[1])};
    if (memories[0] && memories[1]) return diff_memories(paths, as_json, argv);
    if (memories[0] || memories[1])
        return trouble("%s: is a memory and the other is none; export it first",
                       paths[memories[1]]);
    return diff_files(paths, keep_going, as_json);
}
