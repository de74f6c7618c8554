/* bitext delete - take units out of a memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

static int preview(aln_memory *memory, const unit_ids *ids)
{
    aln_error error = {0};
    const aln_unit *unit;
    for (size_t i = 0; i < ids->n; i++) {
        if (aln_memory_unit(memory, ids->at[i], &unit, &error))
            return complain(memory_path, &error);
        print_unit(stdout, unit);
    }
    return EXIT_FOUND;
}

static aln_status delete_unit(aln_memory *memory, int64_t id, const void *context,
                              aln_error *error)
{
    return aln_memory_delete(memory, id, error);
}

int cmd_delete(int argc, const char **argv)
{
    int dry_run = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"dry-run", 'n', POPT_ARG_NONE, &dry_run, 0,
                                        "only show what would be deleted", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(ids) unit_ids ids = {0};
    int status = open_selected(argc, argv, table, &memory, &ids);
    if (status) return status;
    if (dry_run) return preview(memory, &ids);
    status = act_on_units(memory, &ids, delete_unit, NULL);
    if (!status) note("%zu units deleted", ids.n);
    return status;
}
