/* history.c - who changed what, and what was there before.
 *
 * A batch is what one handle writes under one name.  Units that are added in a row are
 * one change, so that an import of a million costs one line:
 *
 *     batch 7  2026-11-23T21:00Z  maria  import m.tmx
 *       added    1..1000000
 *       edited   17             before: the packed unit
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "memory/memory.h"

static aln_status batch_begin(aln_memory *memory, aln_error *error)
{
    if (memory->batch) return ALN_OK;

    const char *who = memory->who ? memory->who : "";
    const char *what = memory->what ? memory->what : "";
    db_query query = db_cached(
        &memory->db, "INSERT INTO batch (time, who, what) VALUES (?1, ?2, ?3)");
    db_bind_int(&query, 1, (int64_t)time(NULL));
    db_bind_text(&query, 2, who, strlen(who));
    db_bind_text(&query, 3, what, strlen(what));
    db_step(&query);
    TRY(db_finish(&query, error));
    memory->batch = sqlite3_last_insert_rowid(memory->db.handle);
    return ALN_OK;
}

static aln_status add_change(aln_memory *memory, change_kind kind, int64_t first,
                             int64_t last, const str *before, aln_error *error)
{
    TRY(batch_begin(memory, error));
    db_query query =
        db_cached(&memory->db, "INSERT INTO change (batch, kind, unit, last, "
                               "before) VALUES (?1, ?2, ?3, ?4, ?5)");
    db_bind_int(&query, 1, memory->batch);
    db_bind_int(&query, 2, kind);
    db_bind_int(&query, 3, first);
    db_bind_int(&query, 4, last);
    if (before) db_bind_blob(&query, 5, before->at, before->size);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status history_flush(aln_memory *memory, aln_error *error)
{
    if (!memory->added_first) return ALN_OK;
    TRY(add_change(memory, CHANGE_ADDED, memory->added_first, memory->added_last, NULL,
                   error));
    memory->added_first = memory->added_last = 0;
    return ALN_OK;
}

aln_status history_unit_added(aln_memory *memory, int64_t id, aln_error *error)
{
    if (memory->added_first && id != memory->added_last + 1)
        TRY(history_flush(memory, error));
    if (!memory->added_first) memory->added_first = id;
    memory->added_last = id;
    return ALN_OK;
}

static aln_status pack_row(str *out, const db_query *row)
{
    for (int i = 0; i < sqlite3_column_count(row->statement); i++) {
        bool number = sqlite3_column_type(row->statement, i) == SQLITE_INTEGER;
        if (number) {
            TRY(str_putc(out, 1));
            TRY(pack_number(out, (uint64_t)db_int(row, i)));
            continue;
        }
        TRY(str_putc(out, 0));
        TRY(pack_bytes(out, sqlite3_column_blob(row->statement, i), db_size(row, i)));
    }
    return ALN_OK;
}

/* All rows that a query finds for an id, one after the other. */
static aln_status pack_rows(aln_memory *memory, str *out, const char *sql, int64_t id,
                            aln_error *error)
{
    db_query query = db_cached(&memory->db, sql);
    db_bind_int(&query, 1, id);
    bool failed = false;
    while (!failed && db_step(&query))
        failed = pack_row(out, &query);
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

aln_status history_unit(aln_memory *memory, change_kind kind, int64_t id,
                        aln_error *error)
{
    AUTO(str) str before = {0};
    TRY(history_flush(memory, error));
    TRY(pack_rows(memory, &before,
                  "SELECT document_set, score, flags, position, origin, meta FROM unit "
                  "WHERE id = ?1",
                  id, error));
    TRY(pack_rows(
        memory, &before,
        "SELECT id, language, document, text, markup, meta FROM variant WHERE "
        "unit = ?1 ORDER BY id",
        id, error));
    return add_change(memory, kind, id, id, &before, error);
}

aln_status history_set(aln_memory *memory, change_kind kind, int64_t set,
                       aln_error *error)
{
    TRY(history_flush(memory, error));
    if (kind == CHANGE_SET_ADDED)
        return add_change(memory, kind, set, set, NULL, error);

    AUTO(str) str before = {0};
    TRY(pack_rows(memory, &before,
                  "SELECT h.meta, s.size, s.first FROM document_set s LEFT JOIN header "
                  "h ON h.document_set = s.id WHERE s.id = ?1",
                  set, error));
    TRY(pack_rows(
        memory, &before,
        "SELECT place, uri, sha256, language, title, date, source FROM document "
        "WHERE document_set = ?1 ORDER BY place",
        set, error));
    return add_change(memory, kind, set, set, &before, error);
}
