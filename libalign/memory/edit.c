/* edit.c - change or remove single units; what was there goes into the history.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/error.h"
#include "memory/memory.h"

/* An edited unit remembers what it first said: so a page that comes again knows it, and
 * a merge knows which unit it stands in for. */
static unit_place place_of(const unit_reader *old, const aln_unit *unit)
{
    unit_place place = {.id = old->unit.id,
                        .set = old->set,
                        .position = old->position,
                        .origin = old->origin};
    if (!place.origin && !content_equal(&old->unit, unit))
        place.origin = (int64_t)content_hash(&old->unit);
    return place;
}

static aln_status edit(aln_memory *memory, const aln_unit *unit, unit_reader *old,
                       aln_error *error)
{
    TRY(unit_read(memory, unit->id, old, error));
    TRY(history_unit(memory, CHANGE_EDITED, unit->id, error));
    unit_place place = place_of(old, unit);
    TRY(unit_delete(memory, unit->id, error));
    return unit_insert(memory, unit, place, error);
}

aln_status aln_memory_edit(aln_memory *memory, const aln_unit *unit, aln_error *error)
{
    if (!unit) return error_set(error, ALN_INVALID, "a unit must be given");
    unit_reader old = {0};
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = edit(memory, unit, &old, error);
    unit_reader_done(&old);
    return memory_leave(memory, own, status, error);
}

static aln_status exists(aln_memory *memory, int64_t id, aln_error *error)
{
    db_query query = db_cached(&memory->db, "SELECT 1 FROM unit WHERE id = ?1");
    db_bind_int(&query, 1, id);
    bool found = db_step(&query);
    TRY(db_finish(&query, error));
    if (!found)
        return error_set(error, ALN_NOT_FOUND, "there is no unit %lld", (long long)id);
    return ALN_OK;
}

static aln_status remove_unit(aln_memory *memory, int64_t id, aln_error *error)
{
    TRY(history_unit(memory, CHANGE_DELETED, id, error));
    return unit_delete(memory, id, error);
}

aln_status aln_memory_delete(aln_memory *memory, int64_t id, aln_error *error)
{
    bool own;
    TRY(exists(memory, id, error));
    TRY(memory_enter(memory, &own, error));
    return memory_leave(memory, own, remove_unit(memory, id, error), error);
}

static aln_status set_flags(aln_memory *memory, int64_t id, unsigned set,
                            unsigned clear, aln_error *error)
{
    TRY(history_unit(memory, CHANGE_EDITED, id, error));
    db_query query = db_cached(
        &memory->db, "UPDATE unit SET flags = (flags & ~?3) | ?2 WHERE id = ?1");
    db_bind_int(&query, 1, id);
    db_bind_int(&query, 2, set);
    db_bind_int(&query, 3, clear);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status aln_memory_set_flags(aln_memory *memory, int64_t id, unsigned set,
                                unsigned clear, aln_error *error)
{
    bool own;
    TRY(exists(memory, id, error));
    TRY(memory_enter(memory, &own, error));
    return memory_leave(memory, own, set_flags(memory, id, set, clear, error), error);
}
