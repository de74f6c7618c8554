/* migrate.c - bring a memory that an older version wrote up to date.
 *
 * Each step is the SQL that leads from one version of the schema to the next.  All the
 * steps that a file needs are one transaction: after a crash it is the old file or the
 * new one.  Whoever only reads leaves the file as it is; versions from OLDEST_READABLE
 * on can be read so.
 *
 * A change of the schema is a step here, the same change in schema.sql, the next number
 * in memory.h, and a file of the version before in tests/fixtures.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/error.h"
#include "memory/memory.h"

static const struct step {
    int from;
    const char *sql;
} steps[] = {
    /* To find the ids that were ever used meant to read the whole history. */
    {1, "CREATE INDEX change_added ON change (last, unit) WHERE kind = 0;"
        "CREATE INDEX change_set ON change (unit) WHERE kind = 3;"},
    /* What files say of themselves, and what was learned.  A removed set is packed with
     * its header before it: those of old had none, which is two bytes of 0. */
    {2, "CREATE TABLE header (\n"
        "    document_set INTEGER PRIMARY KEY REFERENCES document_set,\n"
        "    meta BLOB NOT NULL CHECK (length(meta) > 0)\n"
        ") STRICT;"
        "CREATE TABLE learned (\n"
        "    name TEXT PRIMARY KEY CHECK (name <> ''),\n"
        "    change INTEGER NOT NULL CHECK (change >= 0),\n"
        "    units INTEGER NOT NULL CHECK (units >= 0),          -- that were learned\n"
        "    stale INTEGER NOT NULL CHECK (stale >= 0),          -- of them: changed "
        "since\n"
        "    sum INTEGER NOT NULL,                               -- hash of the bytes\n"
        "    bytes BLOB NOT NULL CHECK (length(bytes) > 0)\n"
        ") STRICT;"
        "UPDATE change SET before = CAST(x'0000' || before AS BLOB) WHERE kind = 4;"},
};

static aln_status run_steps(sqlite3 *handle, int64_t version, aln_error *error)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].from >= version) TRY(db_exec(handle, steps[i].sql, error));
    AUTO(str) str sql = {0};
    if (str_printf(&sql, "PRAGMA user_version = %d", MEMORY_VERSION))
        return error_no_memory(error);
    return db_exec(handle, str_text(&sql), error);
}

/* The index is made anew: its own format changes more often than the tables. */
static aln_status upgrade(aln_memory *memory, int64_t version, aln_error *error)
{
    index_writer *index;
    TRY(run_steps(memory->db.handle, version, error));
    TRY(memory_index(memory, &index, error));
    return index_rebuild(index, NULL, NULL, error);
}

aln_status schema_migrate(aln_memory *memory, aln_error *error)
{
    sqlite3 *handle = memory->db.handle;
    TRY(db_exec(handle, "BEGIN IMMEDIATE", error));
    int64_t version; /* another process may have been faster */
    aln_status status = db_number(handle, "PRAGMA user_version", &version, error);
    if (!status && version < MEMORY_VERSION) status = upgrade(memory, version, error);
    if (!status) status = db_exec(handle, "COMMIT", error);
    if (!status) return ALN_OK;
    if (memory->index) index_forget(memory->index);
    db_rollback(handle);
    return status;
}
