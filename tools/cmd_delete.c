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

static int delete_all(aln_memory *memory, const unit_ids *ids)
{
    aln_error error = {0};
    aln_status status = aln_memory_begin(memory, &error);
    for (size_t i = 0; i < ids->n && !status; i++)
        status = aln_memory_delete(memory, ids->at[i], &error);
    if (!status) status = aln_memory_commit(memory, &error);
    if (status) return complain(memory_path, &error);
    note("%zu units deleted", ids->n);
    return EXIT_FOUND;
}

int cmd_delete(int argc, const char **argv)
{
    int dry_run = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"dry-run", 'n', POPT_ARG_NONE, &dry_run, 0,
                                        "only show what would be deleted", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "[UNIT...]");
    if (!options) return EXIT_TROUBLE;
    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_WRITE, argv);
    if (!memory) return EXIT_TROUBLE;

    AUTO(ids) unit_ids ids = {0};
    int status = select_units(memory, options, &ids);
    if (status) return status;
    return dry_run ? preview(memory, &ids) : delete_all(memory, &ids);
}
