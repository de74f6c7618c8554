/* bitext undo - take back what the latest command wrote into a memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>

#include "selection.h"

int cmd_undo(int argc, const char **argv)
{
    const struct poptOption table[] = {COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path) return trouble("undo: which memory? try \"bitext undo --help\"");

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_WRITE, argv);
    int64_t batch;
    size_t units;
    if (!memory) return EXIT_TROUBLE;
    aln_status status = aln_memory_undo(memory, &batch, &units, &error);
    if (status) complain(path, &error);
    if (status) return status == ALN_NOT_FOUND ? EXIT_NOTHING : EXIT_TROUBLE;
    note("batch %" PRId64 " undone: %zu units", batch, units);
    return EXIT_FOUND;
}
