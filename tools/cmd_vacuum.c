/* bitext vacuum - give back the space that deleted units took.
 *
 * SPDX-License-Identifier: MIT
 */
#include <sys/stat.h>

#include "selection.h"

static double megabytes(const char *path)
{
    struct stat about;
    return stat(path, &about) ? 0 : (double)about.st_size / 1e6;
}

int cmd_vacuum(int argc, const char **argv)
{
    int keep = -1;
    const struct poptOption table[] = {{"keep-history", '\0', POPT_ARG_INT, &keep, 0,
                                        "keep only the newest batches of the history",
                                        "N"},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (keep < -1) return trouble("--keep-history %d: is no number of batches", keep);
    if (!path) return trouble("vacuum: which memory? try \"bitext vacuum --help\"");

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_WRITE, argv);
    if (!memory) return EXIT_TROUBLE;
    double before = megabytes(path);
    if (aln_memory_vacuum(memory, keep, &error)) return complain(path, &error);
    note("%.1f MB before, %.1f MB now", before, megabytes(path));
    return EXIT_FOUND;
}
