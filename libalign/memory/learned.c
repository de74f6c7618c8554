/* learned.c - what is learned from the units is kept, and learned on from there.
 *
 * A pupil's knowledge is a blob with the number of the latest change that it knows of.
 * The history tells what has come since, and the pupil is told of that alone:
 *
 *     change 7   added 101..200     takes 101..200 as they are now
 *     change 8   edited 17          stale: it knows 17 as it was
 *     change 9   deleted 150        nothing: it came and went
 *
 * Nobody can unlearn, but when more than a hundredth is stale the pupil starts anew with
 * all units.  So it does after changes have left the history: an undone batch that it
 * knows of, or a history that was forgotten.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "memory/memory.h"

enum { MOST_STALE = 100 }; /* one in as many */

/* One change since; of an edited or deleted unit first = last. */
typedef struct event {
    int64_t first, last, change;
    bool added;
} event;

typedef struct range {
    int64_t first, last;
} range;

typedef struct learning {
    aln_memory *memory;
    const char *name;
    const aln_pupil *pupil;
    unit_reader reader;
    vec(event) events;
    vec(range) news;              /* units to be taken */
    int64_t change, units, stale; /* what will be kept with the bytes */
} learning;

static void auto_learning(learning *of)
{
    unit_reader_done(&of->reader);
    vec_free(&of->events);
    vec_free(&of->news);
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
 * was unknown before, whatever became of it.  Any other is known as it was. */
static aln_status sort_events(learning *of, aln_error *error)
{
    int64_t covered = 0;
    if (of->events.n)
        qsort(of->events.at, of->events.n, sizeof *of->events.at, by_unit);
    for (size_t i = 0; i < of->events.n; i++) {
        const event *one = &of->events.at[i];
        if (one->first <= covered) continue;
        covered = one->last;
        of->stale += !one->added;
        if (one->added && vec_push(&of->news, (range){one->first, one->last}))
            return error_no_memory(error);
    }
    return ALN_OK;
}

/* ---- keeping it ---- */

int64_t learned_sum(const void *bytes, size_t size)
{
    return (int64_t)hash_bytes(bytes, size);
}

/* Columns change, units, stale, sum, bytes.  The pupil gets the bytes unless too much of
 * them is out of date; ALN_CORRUPT: it shall start anew. */
static aln_status recall_row(learning *of, const db_query *row, aln_error *error)
{
    const void *bytes = sqlite3_column_blob(row->statement, 4);
    size_t size = db_size(row, 4);
    of->units = db_int(row, 1);
    of->stale = db_int(row, 2);
    TRY(read_events(of, db_int(row, 0), error));
    TRY(sort_events(of, error));
    bool whole = bytes && learned_sum(bytes, size) == db_int(row, 3);
    if (!whole || of->stale > of->units / MOST_STALE) return ALN_CORRUPT;
    return of->pupil->recall(of->pupil->context, bytes, size, error);
}

/* Give the pupil what is there and find out what is news to it. */
static aln_status recall(learning *of, aln_error *error)
{
    aln_error refusal = {0};
    aln_status status = ALN_CORRUPT;
    if (of->memory->version >= FIRST_WITH_LEARNED) {
        db_query query =
            db_cached(&of->memory->db, "SELECT change, units, stale, sum, "
                                       "bytes FROM learned WHERE name = ?1");
        db_bind_text(&query, 1, of->name, strlen(of->name));
        if (db_step(&query)) status = recall_row(of, &query, &refusal);
        TRY(db_finish(&query, error));
    }
    if (!status) return ALN_OK;
    if (status != ALN_CORRUPT && status != ALN_UNSUPPORTED)
        return error_set(error, status, "%s", refusal.message);

    of->units = of->stale = 0;
    vec_clear(&of->news);
    return vec_push(&of->news, (range){0, INT64_MAX}) ? error_no_memory(error) : ALN_OK;
}

static aln_status take_range(learning *of, range units, aln_error *error)
{
    const aln_pupil *pupil = of->pupil;
    db_query query =
        db_cached(&of->memory->db, "SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id "
                                   "BETWEEN ?1 AND ?2 ORDER BY u.id");
    db_bind_int(&query, 1, units.first);
    db_bind_int(&query, 2, units.last);
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        status = unit_read_row(of->memory, &query, &of->reader, error);
        if (!status) status = pupil->take(pupil->context, &of->reader.unit, error);
        of->units++;
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status keep(learning *of, aln_error *error)
{
    const void *bytes = NULL;
    size_t size = 0;
    TRY(of->pupil->save(of->pupil->context, &bytes, &size, error));
    if (!bytes || !size)
        return error_set(error, ALN_INVALID, "a pupil must save something");
    db_query query = db_cached(&of->memory->db,
                               "INSERT OR REPLACE INTO learned (name, change, units, "
                               "stale, sum, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    db_bind_text(&query, 1, of->name, strlen(of->name));
    db_bind_int(&query, 2, of->change);
    db_bind_int(&query, 3, of->units);
    db_bind_int(&query, 4, of->stale);
    db_bind_int(&query, 5, learned_sum(bytes, size));
    db_bind_blob(&query, 6, bytes, size);
    db_step(&query);
    return db_finish(&query, error);
}

/* Units are kept with what was learned even where none of them was news: so stale ones
 * are counted once. */
static aln_status learn(learning *of, aln_error *error)
{
    TRY(db_number(of->memory->db.handle, "SELECT max(id) FROM change", &of->change,
                  error));
    TRY(recall(of, error));
    for (size_t i = 0; i < of->news.n; i++)
        TRY(take_range(of, of->news.at[i], error));
    bool changed = of->news.n || of->events.n;
    return changed && of->memory->in_transaction ? keep(of, error) : ALN_OK;
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
