/* add.c - add units after those of the latest set of documents.
 *
 * When a set is replaced its units go, but not those that somebody approved: each takes
 * the place of the new unit that says what it said before it was edited; those without
 * one follow after the last.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/error.h"
#include "memory/memory.h"

static void forget_kept(aln_memory *memory)
{
    for (size_t i = 0; i < memory->kept.n; i++)
        unit_reader_done(&memory->kept.at[i].reader);
    vec_clear(&memory->kept);
}

void documents_forget(aln_memory *memory)
{
    forget_kept(memory);
    memory->set = memory->set_first = 0;
}

static aln_status read_approved(aln_memory *memory, int64_t id, kept_unit *kept,
                                aln_error *error)
{
    TRY(unit_read(memory, id, &kept->reader, error));
    if (!(kept->reader.unit.flags & ALN_FLAG_APPROVED)) return ALN_OK;
    kept->origin = kept->reader.origin ? (uint64_t)kept->reader.origin
                                       : content_hash(&kept->reader.unit);
    return vec_push(&memory->kept, *kept) ? error_no_memory(error) : ALN_OK;
}

aln_status keep_approved(aln_memory *memory, int64_t id, aln_error *error)
{
    kept_unit kept = {0};
    size_t n = memory->kept.n;
    aln_status status = read_approved(memory, id, &kept, error);
    if (memory->kept.n == n) unit_reader_done(&kept.reader);
    return status;
}

static aln_status remember_first(aln_memory *memory, int64_t id, aln_error *error)
{
    if (!memory->set || memory->set_first) return ALN_OK;
    memory->set_first = id;
    return document_set_first(memory, memory->set, id, error);
}

static aln_status append(aln_memory *memory, const aln_unit *unit, int64_t origin,
                         int64_t *id, aln_error *error)
{
    unit_place place = {.set = memory->set, .position = -1, .origin = origin};
    TRY(unit_next_id(memory, &place.id, error));
    TRY(remember_first(memory, place.id, error));
    TRY(unit_insert(memory, unit, place, error));
    TRY(history_unit_added(memory, place.id, error));
    *id = place.id;
    return ALN_OK;
}

static kept_unit *kept_for(const aln_memory *memory, const aln_unit *unit)
{
    if (!memory->kept.n) return NULL;
    uint64_t hash = content_hash(unit);
    for (size_t i = 0; i < memory->kept.n; i++) {
        kept_unit *kept = &memory->kept.at[i];
        if (!kept->used && kept->origin == hash) return kept;
    }
    return NULL;
}

static aln_status add_unit(aln_memory *memory, const aln_unit *unit, int64_t *id,
                           aln_error *error)
{
    if (!unit) return error_set(error, ALN_INVALID, "a unit must be given");
    kept_unit *kept = kept_for(memory, unit);
    if (!kept) return append(memory, unit, 0, id, error);
    kept->used = true;
    return append(memory, &kept->reader.unit, kept->reader.origin, id, error);
}

aln_status aln_memory_add_unit(aln_memory *memory, const aln_unit *unit, int64_t *id,
                               aln_error *error)
{
    bool own;
    int64_t added = 0;
    TRY(memory_enter(memory, &own, error));
    aln_status status = add_unit(memory, unit, &added, error);
    TRY(memory_leave(memory, own, status, error));
    if (id) *id = added;
    return ALN_OK;
}

/* The latest set is complete: approved units that nothing took the place of follow. */
aln_status documents_finish(aln_memory *memory, aln_error *error)
{
    for (size_t i = 0; i < memory->kept.n; i++) {
        kept_unit *kept = &memory->kept.at[i];
        int64_t id;
        if (!kept->used)
            TRY(append(memory, &kept->reader.unit, kept->reader.origin, &id, error));
    }
    forget_kept(memory);
    return ALN_OK;
}
