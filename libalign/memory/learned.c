/* learned.c - what is learned from the units is kept, and learned on from there.
 *
 * A pupil's knowledge is a blob with the number of the latest change that it knows of.
 * The history tells what has come and gone since, and the pupil is told of that alone:
 *
 *     change 7   added 101..200     takes 101..200 as they are now
 *     change 8   edited 17          takes back what 17 was before, takes what it is
 *     change 9   deleted 150        nothing: it came and went
 *
 * The history must be whole for that.  What takes changes out of it that somebody has
 * learned (undo), or before anybody has (forgetting), drops the knowledge: the next
 * pupil learns from all units.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "memory/memory.h"

/* One change since; of an edited or deleted unit first = last. */
typedef struct event {
    int64_t first, last, change;
    bool added;
} event;

typedef struct learning {
    aln_memory *memory;
    const char *name;
    const aln_pupil *pupil;
    unit_reader reader;
    vec(event) events;
} learning;

static void auto_learning(learning *of)
{
    unit_reader_done(&of->reader);
    vec_free(&of->events);
}

/* ---- taking units ---- */

static aln_status take_range(learning *of, int64_t first, int64_t last,
                             aln_error *error)
{
    const aln_pupil *pupil = of->pupil;
    db_query query =
        db_cached(&of->memory->db, "SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id "
                                   "BETWEEN ?1 AND ?2 ORDER BY u.id");
    db_bind_int(&query, 1, first);
    db_bind_int(&query, 2, last);
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        status = unit_read_row(of->memory, &query, &of->reader, error);
        if (!status) status = pupil->take(pupil->context, &of->reader.unit, 1, error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status take_back(learning *of, const event *one, aln_error *error)
{
    const aln_pupil *pupil = of->pupil;
    db_query query =
        db_cached(&of->memory->db, "SELECT before FROM change WHERE id = ?1");
    db_bind_int(&query, 1, one->change);
    aln_status status = ALN_OK;
    if (db_step(&query)) {
        unpacker from = unpacker_of(&query, 0);
        status = unit_unpack(of->memory, one->first, &from, &of->reader, error);
        if (!status) status = pupil->take(pupil->context, &of->reader.unit, -1, error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* ---- what has changed ---- */

static aln_status read_events(learning *of, int64_t since, aln_error *error)
{
    db_query query = db_cached(&of->memory->db,
                               "SELECT unit, last, id, kind FROM change WHERE id > ?1 "
                               "AND kind < 3 ORDER BY id");
    db_bind_int(&query, 1, since);
    bool failed = false;
    while (!failed && db_step(&query)) {
        const event one = {.first = db_int(&query, 0),
                           .last = db_int(&query, 1),
                           .change = db_int(&query, 2),
                           .added = db_int(&query, 3) == CHANGE_ADDED};
        failed = vec_push(&of->events, one);
    }
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

static int by_unit(const void *left, const void *right)
{
    const event *a = left, *b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (a->change > b->change) - (a->change < b->change);
}

/* An id is given once, so runs of added units do not overlap, and a unit that is in one
 * was unknown before: only what it is now counts.  Of any other unit the first change
 * tells what the pupil knew. */
static aln_status take_events(learning *of, aln_error *error)
{
    int64_t covered = 0;
    if (of->events.n)
        qsort(of->events.at, of->events.n, sizeof *of->events.at, by_unit);
    for (size_t i = 0; i < of->events.n; i++) {
        const event *one = &of->events.at[i];
        if (one->first <= covered) continue;
        if (!one->added) TRY(take_back(of, one, error));
        TRY(take_range(of, one->first, one->last, error));
        covered = one->last;
    }
    return ALN_OK;
}

/* ---- keeping it ---- */

int64_t learned_sum(const void *bytes, size_t size)
{
    return (int64_t)hash_bytes(bytes, size);
}

/* Give the pupil what is there; *since: the change it knows of, -1 where it knows
 * nothing. */
static aln_status recall(learning *of, int64_t *since, aln_error *error)
{
    const aln_pupil *pupil = of->pupil;
    aln_error refusal = {0};
    *since = -1;
    db_query query = db_cached(
        &of->memory->db, "SELECT change, sum, bytes FROM learned WHERE name = ?1");
    db_bind_text(&query, 1, of->name, strlen(of->name));
    aln_status status = ALN_OK;
    if (db_step(&query)) {
        const void *bytes = sqlite3_column_blob(query.statement, 2);
        size_t size = db_size(&query, 2);
        status = bytes && learned_sum(bytes, size) == db_int(&query, 1)
                     ? pupil->recall(pupil->context, bytes, size, &refusal)
                     : ALN_CORRUPT;
        if (!status) *since = db_int(&query, 0);
    }
    TRY(db_finish(&query, error));
    if (status == ALN_CORRUPT || status == ALN_UNSUPPORTED) return ALN_OK;
    return status ? error_set(error, status, "%s", refusal.message) : ALN_OK;
}

static aln_status keep(learning *of, int64_t change, aln_error *error)
{
    const void *bytes = NULL;
    size_t size = 0;
    TRY(of->pupil->save(of->pupil->context, &bytes, &size, error));
    if (!bytes || !size)
        return error_set(error, ALN_INVALID, "a pupil must save something");
    db_query query =
        db_cached(&of->memory->db, "INSERT OR REPLACE INTO learned (name, change, sum, "
                                   "bytes) VALUES (?1, ?2, ?3, ?4)");
    db_bind_text(&query, 1, of->name, strlen(of->name));
    db_bind_int(&query, 2, change);
    db_bind_int(&query, 3, learned_sum(bytes, size));
    db_bind_blob(&query, 4, bytes, size);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status learn(learning *of, aln_error *error)
{
    bool kept = of->memory->version >= FIRST_WITH_LEARNED;
    int64_t since = -1, latest;
    TRY(db_number(of->memory->db.handle, "SELECT max(id) FROM change", &latest, error));
    if (kept) TRY(recall(of, &since, error));
    if (since == latest) return ALN_OK;

    if (since < 0)
        TRY(take_range(of, 0, INT64_MAX, error));
    else {
        TRY(read_events(of, since, error));
        TRY(take_events(of, error));
    }
    return of->memory->in_transaction ? keep(of, latest, error) : ALN_OK;
}

/* Whoever only reads sees one state of the memory, too, and keeps nothing. */
static aln_status learn_only(learning *of, aln_error *error)
{
    TRY(db_exec(of->memory->db.handle, "BEGIN", error));
    aln_status status = learn(of, error);
    db_rollback(of->memory->db.handle);
    return status;
}

aln_status aln_memory_learn(aln_memory *memory, const char *name,
                            const aln_pupil *pupil, aln_error *error)
{
    if (!name || !*name || !pupil)
        return error_set(error, ALN_INVALID, "a name and a pupil must be given");
    AUTO(learning) learning of = {.memory = memory, .name = name, .pupil = pupil};
    if (memory->mode == ALN_MEMORY_READ) return learn_only(&of, error);

    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = history_flush(memory, error);
    if (!status) status = learn(&of, error);
    return memory_leave(memory, own, status, error);
}

aln_status learned_undo(aln_memory *memory, int64_t batch, aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "DELETE FROM learned WHERE change >= (SELECT min(id) "
                               "FROM change WHERE batch = ?1)");
    db_bind_int(&query, 1, batch);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status learned_drop(aln_memory *memory, aln_error *error)
{
    return db_exec(memory->db.handle, "DELETE FROM learned", error);
}
