/* bitext languages - print language tags in their canonical form, one a line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

int cmd_languages(int argc, const char **argv)
{
    const struct poptOption table[] = {COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "TAG...");
    if (!options) return EXIT_TROUBLE;

    int status = EXIT_NOTHING;
    const char *tag;
    while ((tag = poptGetArg(options))) {
        char canonical[ALN_LANGUAGE_SIZE];
        aln_error error = {0};
        if (aln_language_canonical(tag, canonical, &error))
            return complain(tag, &error);
        puts(canonical);
        status = EXIT_FOUND;
    }
    return status;
}
