/* bitext approve - say that units are right.
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

int cmd_approve(int argc, const char **argv)
{
    int revoke = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"revoke", '\0', POPT_ARG_NONE, &revoke, 0,
                                        "take the approval back", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "[UNIT...]");
    if (!options) return EXIT_TROUBLE;
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_WRITE, argv);
    if (!memory) return EXIT_TROUBLE;

    AUTO(ids) unit_ids ids = {0};
    int found = select_units(memory, options, &ids);
    if (found) return found;
    aln_error error = {0};
    aln_status status = aln_memory_begin(memory, &error);
    for (size_t i = 0; i < ids.n && !status; i++)
        status = aln_memory_set_flags(memory, ids.at[i], revoke ? 0 : ALN_FLAG_APPROVED,
                                      revoke ? ALN_FLAG_APPROVED : 0, &error);
    if (!status) status = aln_memory_commit(memory, &error);
    if (status) return complain(memory_path, &error);
    note("%zu units %s", ids.n, revoke ? "are approved no more" : "approved");
    return EXIT_FOUND;
}
