/* create.c - a new memory appears whole or not at all.
 *
 * Its tables are made in a file beside the place, "m.db.4711.tmp", which is linked there
 * when it is complete.  So a full disk leaves nothing behind, and of several processes
 * that find no memory at the same time one makes it and the others use it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "memory/memory.h"

static void remove_files(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    AUTO(str) str name = {0};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        str_clear(&name);
        if (!str_printf(&name, "%s%s", path, suffixes[i])) unlink(name.at);
    }
}

static aln_status make_at(const char *path, aln_error *error)
{
    aln_memory made = {.mode = ALN_MEMORY_CREATE};
    aln_status status =
        db_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &made.db, error);
    if (!status) status = schema_prepare(&made, error);
    index_writer_close(made.index);
    db_close(&made.db);
    return status;
}

/* Where the file system knows no links a file that another process has just made would
 * be replaced: unlikely, and it cannot be helped. */
static aln_status publish(const char *made, const char *path, bool *first,
                          aln_error *error)
{
    *first = link(made, path) == 0;
    if (*first || errno == EEXIST) return ALN_OK;
    *first = access(path, F_OK) != 0 && rename(made, path) == 0;
    if (*first || errno == EEXIST) return ALN_OK;
    return error_set(error, ALN_IO, "cannot create: %s", strerror(errno));
}

aln_status memory_create(const char *path, bool *first, aln_error *error)
{
    AUTO(str) str name = {0};
    if (str_printf(&name, "%s.%ld.tmp", path, (long)gettid()))
        return error_no_memory(error);
    remove_files(name.at);
    aln_status status = make_at(name.at, error);
    if (!status) status = publish(name.at, path, first, error);
    remove_files(name.at);
    return status;
}
