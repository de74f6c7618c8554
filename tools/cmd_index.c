/* bitext index - make the index of a memory again, or check it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)

static void step(void *context, size_t n)
{
    progress_step(context, n);
}

static int rebuild(const char *path)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    if (aln_memory_open(path, ALN_MEMORY_WRITE, &memory, &error))
        return complain(path, &error);
    progress bar = progress_start("texts", 0);
    aln_status status = aln_index_rebuild(memory, step, &bar, &error);
    progress_end(&bar);
    return status ? complain(path, &error) : EXIT_FOUND;
}

static int check(const char *path)
{
    aln_error error = {0};
    size_t missing;
    AUTO(memory) aln_memory *memory = NULL;
    if (aln_memory_open(path, ALN_MEMORY_READ, &memory, &error) ||
        aln_index_check(memory, &missing, &error))
        return complain(path, &error);
    if (missing)
        return trouble("%s: the index misses %zu texts; \"bitext index --rebuild\" "
                       "makes it again",
                       path, missing);
    note("%s: the index is complete", path);
    return EXIT_FOUND;
}

int cmd_index(int argc, const char **argv)
{
    int wants_rebuild = 0;
    const struct poptOption table[] = {
        {"rebuild", '\0', POPT_ARG_NONE, &wants_rebuild, 0,
         "make it again from the texts", NULL},
        COMMON_OPTIONS,
    };
    AUTO(options) poptContext context = parse_options(argc, argv, table, "DB");
    if (!context) return EXIT_TROUBLE;

    const char *path = poptGetArg(context);
    if (!path || poptPeekArg(context))
        return trouble("%s: one memory, please", argv[0]);
    return wants_rebuild ? rebuild(path) : check(path);
}
