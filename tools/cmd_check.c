/* bitext check - is a memory sound?
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

static void tell(void *context, const char *problem)
{
    printf("%s: %s\n", (const char *)context, problem);
}

static int check_memory(const char *path, const char **argv)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    size_t n = 0;
    if (aln_memory_check(memory, tell, (void *)path, &n, &error))
        return complain(path, &error);
    if (n) return trouble("%s: %zu problems", path, n);
    note("%s: sound", path);
    return EXIT_FOUND;
}

int cmd_check(int argc, const char **argv)
{
    const struct poptOption table[] = {COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE...");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptGetArg(options);
    if (!path) return trouble("check: which files? try \"bitext check --help\"");

    int worst = EXIT_FOUND;
    for (; path; path = poptGetArg(options)) {
        int status = check_memory(path, argv);
        if (status > worst) worst = status;
    }
    return worst;
}
