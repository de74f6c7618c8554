/* memory.c - open and close a memory; transactions.
 *
 * A memory is one SQLite file in WAL mode: readers see the last commit while a writer
 * works, and a commit is on the disk when it returns (synchronous = FULL).
 *
 * SPDX-License-Identifier: MIT
 */
#include "memory/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/utf8.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)

/* Whoever only reads may still have to clear up after a crash, and takes the -wal and
 * -shm files away when it is the last to leave; where the file may not be written SQLite
 * opens it for reading.  query_only then holds it to its word. */
static const int open_flags[] = {
    [ALN_MEMORY_READ] = SQLITE_OPEN_READWRITE,
    [ALN_MEMORY_WRITE] = SQLITE_OPEN_READWRITE,
    [ALN_MEMORY_CREATE] = SQLITE_OPEN_READWRITE,
};

/* Can files be made beside it?  errno says why not. */
static bool folder_is_closed(const char *path)
{
    AUTO(free) char *folder = strdup(path);
    if (!folder) return false;
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = '\0';
    return faccessat(AT_FDCWD, slash ? folder : ".", W_OK, AT_EACCESS) != 0;
}

aln_status memory_check_folder(const char *path, aln_error *error)
{
    if (!folder_is_closed(path)) return ALN_OK;
    return error_set(error, ALN_IO, "cannot create: %s", strerror(errno));
}

/* SQLite tells neither a folder nor a missing file from other trouble. */
static aln_status check_path(const char *path, aln_memory_mode mode, bool *missing,
                             aln_error *error)
{
    struct stat about;
    *missing = stat(path, &about) != 0;
    if (*missing && (mode != ALN_MEMORY_CREATE || errno != ENOENT))
        return error_set(error, ALN_IO, "cannot open: %s", strerror(errno));
    if (*missing) return memory_check_folder(path, error);
    if (S_ISDIR(about.st_mode))
        return error_set(error, ALN_IO, "cannot open: is a directory");
    if (!S_ISREG(about.st_mode))
        return error_set(error, ALN_IO, "cannot open: is a device or a pipe");
    return ALN_OK;
}

/* A file in WAL mode needs a -shm file beside it even to be read.  Where the folder
 * does not allow that and there is no -wal file, nobody can be writing either. */
static aln_status open_immutable(aln_memory *memory, aln_error *error)
{
    AUTO(str) str uri = {0};
    aln_status status = str_puts(&uri, "file:");
    for (const char *at = memory->path; *at && !status; at++)
        status = strchr("?#%", *at) ? str_printf(&uri, "%%%02X", (unsigned)*at)
                                    : str_putc(&uri, *at);
    if (status || str_puts(&uri, "?immutable=1")) return error_no_memory(error);

    db_close(&memory->db);
    TRY(db_open(str_text(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &memory->db,
                error));
    return schema_prepare(memory, error);
}

static bool has_companion(const char *path, const char *suffix)
{
    AUTO(str) str name = {0};
    return str_printf(&name, "%s%s", path, suffix) || access(name.at, F_OK) == 0;
}

static aln_status open_plainly(aln_memory *memory, aln_error *error)
{
    TRY(db_open(memory->path, open_flags[memory->mode], &memory->db, error));
    TRY(schema_prepare(memory, error));
    if (memory->mode != ALN_MEMORY_READ) return ALN_OK;
    return db_exec(memory->db.handle, "PRAGMA query_only = ON", error);
}

static aln_status open_file(aln_memory *memory, aln_error *error)
{
    aln_status status = open_plainly(memory, error);
    bool retry = status == ALN_IO && memory->mode == ALN_MEMORY_READ &&
                 !has_companion(memory->path, "-wal") && folder_is_closed(memory->path);
    return retry ? open_immutable(memory, error) : status;
}

aln_status aln_memory_open(const char *path, aln_memory_mode mode, aln_memory **out,
                           aln_error *error)
{
    if (!path || !out || (unsigned)mode > ALN_MEMORY_CREATE)
        return error_set(error, ALN_INVALID, "a path and a mode must be given");
    bool missing;
    TRY(check_path(path, mode, &missing, error));

    AUTO(memory) aln_memory *memory = calloc(1, sizeof *memory);
    if (!memory || !(memory->path = strdup(path))) return error_no_memory(error);
    memory->mode = mode;
    if (missing) TRY(memory_create(path, &memory->created, error));
    TRY(open_file(memory, error));
    *out = STEAL(memory);
    return ALN_OK;
}

const index_source memory_texts = {
    .one = "SELECT language, text FROM variant WHERE id = ?1",
    .all = "SELECT id, language, text FROM variant ORDER BY id",
};

aln_status memory_index(aln_memory *memory, index_writer **index, aln_error *error)
{
    if (!memory->index)
        TRY(index_writer_open(memory->db.handle, &memory_texts, &memory->index, error));
    *index = memory->index;
    return ALN_OK;
}

void memory_forget(aln_memory *memory)
{
    if (memory->index) index_forget(memory->index);
    for (size_t i = 0; i < memory->languages.n; i++)
        free(memory->languages.at[i].tag);
    vec_clear(&memory->languages);
    documents_forget(memory);
    memory->batch = memory->added_first = memory->added_last = 0;
    memory->next_unit = 0;
}

/* A memory that was made for nothing (the file to be imported was bad, or empty) goes
 * again.  In WAL mode only the last connection can leave it, so nobody else is using the
 * file. */
static void remove_unused(aln_memory *memory)
{
    sqlite3 *handle = memory->db.handle;
    int64_t kept = 1; /* units, what a file without any said of itself, or a cache */
    if (db_number(handle,
                  "SELECT EXISTS (SELECT 1 FROM unit) OR EXISTS (SELECT 1 FROM header) "
                  "OR EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'cache')",
                  &kept, NULL) ||
        kept)
        return;
    db_query query = db_prepare(handle, "PRAGMA journal_mode = DELETE");
    const char *mode = db_step(&query) ? db_text(&query, 0) : NULL;
    bool alone = mode && strcmp(mode, "delete") == 0;
    if (!db_finish(&query, NULL) && alone) unlink(memory->path);
}

void aln_memory_close(aln_memory *memory)
{
    if (!memory) return;

    aln_memory_rollback(memory);
    index_writer_close(STEAL(memory->index));
    if (memory->created && memory->db.handle) remove_unused(memory);
    db_close(&memory->db);
    memory_forget(memory);
    vec_free(&memory->languages);
    vec_free(&memory->kept);
    unit_reader_done(&memory->reader);
    meta_list_done(&memory->header);
    free(memory->who);
    free(memory->what);
    free(memory->path);
    free(memory);
}

aln_status aln_memory_set_author(aln_memory *memory, const char *who, const char *what,
                                 aln_error *error)
{
    AUTO(str) str new_who = {0};
    AUTO(str) str new_what = {0};
    if (utf8_add_escaped(&new_who, who ? who : "") ||
        utf8_add_escaped(&new_what, what ? what : ""))
        return error_no_memory(error);
    free(memory->who);
    free(memory->what);
    memory->who = str_steal(&new_who);
    memory->what = str_steal(&new_what);
    memory->batch = 0;
    return ALN_OK;
}

aln_status aln_memory_begin(aln_memory *memory, aln_error *error)
{
    if (memory->mode == ALN_MEMORY_READ)
        return error_set(error, ALN_INVALID, "the memory is open for reading only");
    if (memory->in_transaction)
        return error_set(error, ALN_INVALID, "there is a transaction already");
    TRY(db_exec(memory->db.handle, "BEGIN IMMEDIATE", error));
    memory->in_transaction = true;
    memory->failed = false;
    memory->next_unit = 0; /* others may have added units since */
    return ALN_OK;
}

static aln_status commit(aln_memory *memory, aln_error *error)
{
    if (memory->failed)
        return error_set(error, ALN_INVALID, "a call inside the transaction failed");
    TRY(documents_finish(memory, error));
    TRY(history_flush(memory, error));
    if (memory->index) TRY(index_flush(memory->index, error));
    return db_exec(memory->db.handle, "COMMIT", error);
}

aln_status aln_memory_commit(aln_memory *memory, aln_error *error)
{
    if (!memory->in_transaction)
        return error_set(error, ALN_INVALID, "there is no transaction");
    aln_status status = commit(memory, error);
    if (status) {
        aln_memory_rollback(memory);
        return status;
    }
    memory->in_transaction = false;
    return ALN_OK;
}

void aln_memory_rollback(aln_memory *memory)
{
    if (!memory->in_transaction) return;
    db_rollback(memory->db.handle);
    memory->in_transaction = false;
    memory_forget(memory);
}

aln_status memory_enter(aln_memory *memory, bool *own, aln_error *error)
{
    *own = !memory->in_transaction;
    if (*own) return aln_memory_begin(memory, error);
    if (memory->failed)
        return error_set(error, ALN_INVALID, "a call inside the transaction failed");
    return ALN_OK;
}

aln_status memory_leave(aln_memory *memory, bool own, aln_status status,
                        aln_error *error)
{
    if (!status) return own ? aln_memory_commit(memory, error) : ALN_OK;
    memory->failed = true;
    if (own) aln_memory_rollback(memory);
    return status;
}
