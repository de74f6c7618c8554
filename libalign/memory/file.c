/* file.c - the memory as a file: copy it while it is in use, give unused space back.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "memory/memory.h"

enum { PAGES_AT_ONCE = 4096 }; /* 16 MB: then others get their turn */

static aln_status copy_pages(sqlite3 *to, sqlite3 *from, aln_error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) return db_error(to, sqlite3_errcode(to), error);

    int result;
    do {
        result = sqlite3_backup_step(backup, PAGES_AT_ONCE);
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED) sqlite3_sleep(10);
    } while (result == SQLITE_OK || result == SQLITE_BUSY || result == SQLITE_LOCKED);
    result = sqlite3_backup_finish(backup);
    return result ? db_error(to, result, error) : ALN_OK;
}

static aln_status copy_to(aln_memory *memory, const char *path, aln_error *error)
{
    db copy = {0};
    TRY(db_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy, error));
    aln_status status = copy_pages(copy.handle, memory->db.handle, error);
    db_close(&copy);
    return status;
}

/* Only a file makes room, no device; and with it goes the log that a process that was
 * killed left beside it: SQLite would play it onto the new file. */
static aln_status make_room(const char *path, aln_error *error)
{
    struct stat about;
    if (stat(path, &about)) return ALN_OK;
    if (!S_ISREG(about.st_mode))
        return error_set(error, ALN_IO, "cannot replace what is no file");

    AUTO(str) str name = {0};
    if (str_printf(&name, "%s-wal", path)) return error_no_memory(error);
    unlink(name.at);
    str_clear(&name);
    if (str_printf(&name, "%s-shm", path)) return error_no_memory(error);
    unlink(name.at);
    return ALN_OK;
}

aln_status aln_memory_backup(aln_memory *memory, const char *path, aln_error *error)
{
    if (memory->in_transaction)
        return error_set(error, ALN_INVALID, "there is a transaction under way");
    AUTO(str) str name = {0};
    TRY(memory_check_folder(path, error));
    if (str_printf(&name, "%s.%ld.tmp", path, (long)getpid()))
        return error_no_memory(error);

    unlink(name.at);
    aln_status status = copy_to(memory, name.at, error);
    if (!status) status = make_room(path, error);
    if (!status && rename(name.at, path))
        status = error_set(error, ALN_IO, "cannot create %s", path);
    if (status) unlink(name.at);
    return status;
}

static aln_status forget_history(aln_memory *memory, int64_t keep, aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "DELETE FROM change WHERE batch NOT IN (SELECT id FROM "
                               "batch ORDER BY id DESC LIMIT ?1)");
    db_bind_int(&query, 1, keep);
    db_step(&query);
    TRY(db_finish(&query, error));
    query = db_cached(&memory->db, "DELETE FROM batch WHERE id NOT IN (SELECT id FROM "
                                   "batch ORDER BY id DESC LIMIT ?1)");
    db_bind_int(&query, 1, keep);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status aln_memory_vacuum(aln_memory *memory, int64_t keep_batches, aln_error *error)
{
    if (memory->in_transaction)
        return error_set(error, ALN_INVALID, "there is a transaction under way");
    if (keep_batches >= 0) {
        bool own;
        TRY(memory_enter(memory, &own, error));
        aln_status status = learned_drop(memory, error);
        if (!status) status = forget_history(memory, keep_batches, error);
        TRY(memory_leave(memory, own, status, error));
        memory->batch = 0;
    }
    /* The copy that it makes on its way would be as large as the memory. */
    TRY(db_exec(memory->db.handle,
                "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY", error));
    return db_exec(memory->db.handle, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}
