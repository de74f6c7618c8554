/* rebuild.c - make the index of a memory again, do without, or compare it with the texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/error.h"
#include "lookup/lookup.h"

static aln_status rebuild(aln_memory *memory, void (*progress)(void *context, size_t n),
                          void *context, aln_error *error)
{
    index_writer *writer;
    TRY(memory_index(memory, &writer, error));
    return index_rebuild(writer, progress, context, error);
}

aln_status aln_index_rebuild(aln_memory *memory,
                             void (*progress)(void *context, size_t n), void *context,
                             aln_error *error)
{
    if (!memory) return error_set(error, ALN_INVALID, "a memory must be given");
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = rebuild(memory, progress, context, error);
    return memory_leave(memory, own, status, error);
}

static aln_status drop(aln_memory *memory, aln_error *error)
{
    index_writer *writer;
    TRY(memory_index(memory, &writer, error));
    return index_drop(writer, error);
}

aln_status aln_index_drop(aln_memory *memory, aln_error *error)
{
    if (!memory) return error_set(error, ALN_INVALID, "a memory must be given");
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = drop(memory, error);
    return memory_leave(memory, own, status, error);
}

aln_status aln_index_check(aln_memory *memory, size_t *missing, aln_error *error)
{
    if (!memory || !missing)
        return error_set(error, ALN_INVALID, "a memory must be given");
    bool own;
    size_t entries;
    TRY(lookup_enter(memory, &own, error));
    aln_status status =
        index_check(memory->db.handle, &memory_texts, missing, &entries, error);
    lookup_leave(memory, own);
    return status;
}
