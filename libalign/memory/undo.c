/* undo.c - take the latest batch back.
 *
 * Changes are undone from the last to the first, so that every row meets the state it
 * was made in.  A batch of which another one has changed a unit since is refused: to
 * bring the old state back would throw the newer work away.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

/* How the packed columns are bound: n number, t text, b blob. */
static const char UNIT_TYPES[] = "nnnnnb", VARIANT_TYPES[] = "nnnttb",
                  SET_TYPES[] = "nn", DOCUMENT_TYPES[] = "ntbtttt";

/* Bind the next packed row to places 2, 3, ... of a query. */
static void bind_row(db_query *query, unpacker *from, const char *types)
{
    for (int place = 2; *types && !from->failed; types++, place++) {
        size_t size;
        if (unpack_number(from)) {
            db_bind_int(query, place, (int64_t)unpack_number(from));
            continue;
        }
        const char *bytes = unpack_bytes(from, &size);
        if (bytes && *types == 't') db_bind_text(query, place, bytes, size);
        if (bytes && *types == 'b') db_bind_blob(query, place, bytes, size);
    }
    if (from->failed) query->result = SQLITE_CORRUPT;
}

static aln_status restore_row(aln_memory *memory, const char *sql, int64_t id,
                              unpacker *from, const char *types, aln_error *error)
{
    db_query query = db_cached(&memory->db, sql);
    db_bind_int(&query, 1, id);
    bind_row(&query, from, types);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status restore_unit(aln_memory *memory, int64_t id, unpacker *from,
                               aln_error *error)
{
    TRY(restore_row(
        memory,
        "INSERT INTO unit (id, document_set, score, flags, position, origin, "
        "meta) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id, from, UNIT_TYPES, error));
    while (from->at < from->end)
        TRY(restore_row(memory,
                        "INSERT INTO variant (unit, id, language, document, text, "
                        "markup, meta) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        id, from, VARIANT_TYPES, error));
    return unit_reindex(memory, id, error);
}

/* A packed header as it is. */
static aln_status restore_header(aln_memory *memory, int64_t set, const char *meta,
                                 size_t size, aln_error *error)
{
    if (!meta) return ALN_OK;
    db_query query = db_cached(&memory->db, "INSERT INTO header VALUES (?1, ?2)");
    db_bind_int(&query, 1, set);
    db_bind_blob(&query, 2, meta, size);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status restore_set(aln_memory *memory, int64_t id, unpacker *from,
                              aln_error *error)
{
    size_t size;
    bool damaged = unpack_number(from) != 0; /* a header is no number */
    const char *header = unpack_bytes(from, &size);
    if (damaged || from->failed)
        return error_set(error, ALN_CORRUPT, "the history is damaged");
    TRY(restore_row(memory,
                    "INSERT INTO document_set (id, size, first) VALUES (?1, ?2, ?3)",
                    id, from, SET_TYPES, error));
    while (from->at < from->end)
        TRY(restore_row(memory,
                        "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                        id, from, DOCUMENT_TYPES, error));
    return restore_header(memory, id, header, size, error);
}

typedef struct change_row {
    int64_t id, unit, last;
    change_kind kind;
} change_row;

/* The next unit that is there, 0 after the last: a crafted history may name any range. */
static aln_status next_unit(aln_memory *memory, int64_t after, int64_t last,
                            int64_t *id, aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT min(id) FROM unit WHERE id > ?1 AND id <= ?2");
    db_bind_int(&query, 1, after);
    db_bind_int(&query, 2, last);
    *id = db_step(&query) ? db_int(&query, 0) : 0;
    return db_finish(&query, error);
}

static aln_status remove_range(aln_memory *memory, const change_row *change,
                               size_t *units, aln_error *error)
{
    int64_t id = change->unit > 0 ? change->unit - 1 : 0;
    for (;;) {
        TRY(next_unit(memory, id, change->last, &id, error));
        if (!id) return ALN_OK;
        TRY(unit_delete(memory, id, error));
        ++*units;
    }
}

static aln_status undo_change(aln_memory *memory, const change_row *change,
                              unpacker *before, size_t *units, aln_error *error)
{
    *units += change->kind == CHANGE_EDITED || change->kind == CHANGE_DELETED;
    switch (change->kind) {
    case CHANGE_ADDED:
        return remove_range(memory, change, units, error);
    case CHANGE_EDITED:
        TRY(unit_delete(memory, change->unit, error));
        return restore_unit(memory, change->unit, before, error);
    case CHANGE_DELETED:
        return restore_unit(memory, change->unit, before, error);
    case CHANGE_SET_ADDED:
        return document_set_delete(memory, change->unit, error);
    case CHANGE_SET_REMOVED:
        return restore_set(memory, change->unit, before, error);
    }
    return error_set(error, ALN_CORRUPT, "the history is damaged");
}

static aln_status refuse_newer_work(aln_memory *memory, int64_t batch, aln_error *error)
{
    db_query query = db_cached(&memory->db, "SELECT b.unit FROM change a JOIN change b "
                                            "ON b.id > a.id AND b.batch <> a.batch "
                                            "AND b.kind BETWEEN 1 AND 2 AND b.unit "
                                            "BETWEEN a.unit AND a.last WHERE a.batch = "
                                            "?1 AND a.kind < 3 LIMIT 1");
    db_bind_int(&query, 1, batch);
    int64_t unit = db_step(&query) ? db_int(&query, 0) : 0;
    TRY(db_finish(&query, error));
    if (unit)
        return error_set(error, ALN_INVALID,
                         "unit %lld was changed by another batch since",
                         (long long)unit);
    return ALN_OK;
}

static aln_status undo_changes(aln_memory *memory, int64_t batch, size_t *units,
                               aln_error *error)
{
    db_query query = db_cached(&memory->db, "SELECT id, kind, unit, last, before FROM "
                                            "change WHERE batch = ?1 ORDER BY id DESC");
    db_bind_int(&query, 1, batch);
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        const change_row change = {.id = db_int(&query, 0),
                                   .kind = (change_kind)db_int(&query, 1),
                                   .unit = db_int(&query, 2),
                                   .last = db_int(&query, 3)};
        unpacker before = unpacker_of(&query, 4);
        status = undo_change(memory, &change, &before, units, error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status forget_batch(aln_memory *memory, int64_t batch, aln_error *error)
{
    db_query query = db_cached(&memory->db, "DELETE FROM change WHERE batch = ?1");
    db_bind_int(&query, 1, batch);
    db_step(&query);
    TRY(db_finish(&query, error));
    query = db_cached(&memory->db, "DELETE FROM batch WHERE id = ?1");
    db_bind_int(&query, 1, batch);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status undo(aln_memory *memory, int64_t *batch, size_t *units,
                       aln_error *error)
{
    TRY(history_flush(memory, error));
    TRY(db_number(memory->db.handle, "SELECT max(id) FROM batch", batch, error));
    if (!*batch) return error_set(error, ALN_NOT_FOUND, "there is nothing to undo");
    TRY(refuse_newer_work(memory, *batch, error));
    TRY(learned_undo(memory, *batch, error));
    TRY(undo_changes(memory, *batch, units, error));
    TRY(forget_batch(memory, *batch, error));
    documents_forget(memory);
    memory->batch = memory->next_unit = 0;
    return ALN_OK;
}

aln_status aln_memory_undo(aln_memory *memory, int64_t *batch, size_t *units,
                           aln_error *error)
{
    int64_t last = 0;
    size_t changed = 0;
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = undo(memory, &last, &changed, error);
    TRY(memory_leave(memory, own, status, error));
    if (batch) *batch = last;
    if (units) *units = changed;
    return ALN_OK;
}
