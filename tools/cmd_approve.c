/* bitext approve - say that units are right.
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

static aln_status approve(aln_memory *memory, int64_t id, const void *revoke,
                          aln_error *error)
{
    return *(const int *)revoke
               ? aln_memory_set_flags(memory, id, 0, ALN_FLAG_APPROVED, error)
               : aln_memory_set_flags(memory, id, ALN_FLAG_APPROVED, 0, error);
}

int cmd_approve(int argc, const char **argv)
{
    int revoke = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"revoke", '\0', POPT_ARG_NONE, &revoke, 0,
                                        "take the approval back", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(ids) unit_ids ids = {0};
    int status = open_selected(argc, argv, table, &memory, &ids);
    if (!status) status = act_on_units(memory, &ids, approve, &revoke);
    if (!status)
        note("%zu units %s", ids.n, revoke ? "are approved no more" : "approved");
    return status;
}
