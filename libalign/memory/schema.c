/* schema.c - the tables of a memory: made where there is no file, else recognised.
 *
 * The first page of an SQLite file says whose it is (application_id) and how its tables
 * are meant (user_version).  A file of another program, of a newer version, or with
 * triggers or views (a memory has none: somebody has been at it) is refused before
 * anything of it is used.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

extern const char memory_schema_sql[];

typedef struct identity {
    int64_t application, version, things, runnable;
} identity;

static aln_status identify(sqlite3 *handle, identity *found, aln_error *error)
{
    TRY(db_number(handle, "PRAGMA application_id", &found->application, error));
    TRY(db_number(handle, "PRAGMA user_version", &found->version, error));
    TRY(db_number(handle, "SELECT count(*) FROM sqlite_schema", &found->things, error));
    return db_number(handle,
                     "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', "
                     "'index') OR sql LIKE 'CREATE VIRTUAL%'",
                     &found->runnable, error);
}

static aln_status make_tables(aln_memory *memory, aln_error *error)
{
    sqlite3 *handle = memory->db.handle;
    TRY(db_exec(handle, memory_schema_sql, error));
    AUTO(str) str sql = {0};
    if (str_printf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                   MEMORY_APPLICATION, MEMORY_VERSION))
        return error_no_memory(error);
    return db_exec(handle, str_text(&sql), error);
}

/* SQLite does not wait for others when it changes the journal's kind, so we do. */
static aln_status choose_journal(sqlite3 *handle, aln_error *error)
{
    enum { TRIES = 500, PAUSE = 20 }; /* milliseconds */
    aln_status status = ALN_BUSY;
    for (int i = 0; i < TRIES && status == ALN_BUSY; i++) {
        if (i) sqlite3_sleep(PAUSE);
        status = db_exec(handle, "PRAGMA journal_mode = WAL", error);
    }
    return status;
}

/* Two processes may find the same empty file: the second one waits and then finds the
 * tables there.  Only then WAL: until here all that is written is in the file itself. */
static aln_status create(aln_memory *memory, aln_error *error)
{
    sqlite3 *handle = memory->db.handle;
    TRY(db_exec(handle, "BEGIN IMMEDIATE", error));
    identity now = {0};
    aln_status status = identify(handle, &now, error);
    if (!status && now.things == 0) status = make_tables(memory, error);
    index_writer *index;
    if (!status) status = memory_index(memory, &index, error);
    if (!status) status = db_exec(handle, "COMMIT", error);
    if (!status) return choose_journal(handle, error);
    index_writer_close(STEAL(memory->index)); /* its tables go with the others */
    db_rollback(handle);
    return status;
}

static aln_status judge(const identity *found, aln_error *error)
{
    if (found->things == 0 && found->application == 0)
        return error_set(error, ALN_CORRUPT, "is empty, not a memory");
    if (found->application != MEMORY_APPLICATION)
        return error_set(error, ALN_CORRUPT, "is a database of another program");
    if (found->version > MEMORY_VERSION)
        return error_set(error, ALN_UNSUPPORTED,
                         "was written by a newer version (schema %lld, this program "
                         "knows up to %d)",
                         (long long)found->version, MEMORY_VERSION);
    if (found->version < OLDEST_READABLE)
        return error_set(error, ALN_CORRUPT, "has no valid schema version");
    if (found->runnable)
        return error_set(error, ALN_CORRUPT,
                         "holds triggers, views or virtual tables, as no memory does");
    return ALN_OK;
}

aln_status schema_prepare(aln_memory *memory, aln_error *error)
{
    sqlite3 *handle = memory->db.handle;
    identity found = {0};
    TRY(identify(handle, &found, error));
    bool fresh = found.things == 0 && found.application == 0;
    if (fresh && memory->mode == ALN_MEMORY_CREATE) {
        TRY(create(memory, error));
        TRY(identify(handle, &found, error));
    }
    TRY(judge(&found, error));
    memory->version = found.version;
    bool old = found.version < MEMORY_VERSION && memory->mode != ALN_MEMORY_READ;
    if (!old) return ALN_OK;
    memory->version = MEMORY_VERSION;
    return schema_migrate(memory, error);
}
