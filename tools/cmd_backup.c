/* bitext backup - copy a memory while others use it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <unistd.h>

#include "selection.h"

int cmd_backup(int argc, const char **argv)
{
    int force = 0;
    const struct poptOption table[] = {{"force", 'f', POPT_ARG_NONE, &force, 0,
                                        "replace the copy where it exists", NULL},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB COPY");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options), *copy = poptGetArg(options);
    if (!path || !copy || poptPeekArg(options))
        return trouble("backup: a memory and the name of its copy are needed");
    if (!force && access(copy, F_OK) == 0)
        return trouble("%s: exists; --force replaces it", copy);

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    if (aln_memory_backup(memory, copy, &error)) return complain(copy, &error);
    return EXIT_FOUND;
}
