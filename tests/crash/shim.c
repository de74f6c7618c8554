/* shim.c - an SQLite VFS that fails when it is told to.
 *
 * SPDX-License-Identifier: MIT
 */
#include "shim.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct shim disk;

static sqlite3_vfs *real;
static sqlite3_vfs shim;

/* SQLite allots szOsFile bytes: ours and, behind them, the real file. */
typedef struct shim_file {
    sqlite3_file base;
    sqlite3_file *file;
} shim_file;

static sqlite3_file *file_of(sqlite3_file *file)
{
    return ((shim_file *)file)->file;
}

/* One step that changes the disk; SQLITE_OK lets it happen. */
static int step(void)
{
    disk.count++;
    bool now = disk.forever ? disk.count >= disk.at : disk.count == disk.at;
    if (!now) return SQLITE_OK;
    if (disk.what == SHIM_KILL) raise(SIGKILL);
    if (disk.what == SHIM_ERROR) return SQLITE_IOERR;
    return disk.what == SHIM_FULL ? SQLITE_FULL : SQLITE_OK;
}

static int shim_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    int failure = step();
    if (failure) return failure == SQLITE_IOERR ? SQLITE_IOERR_WRITE : failure;
    if (disk.what == SHIM_TEAR && disk.count == disk.at) {
        file_of(file)->pMethods->xWrite(file_of(file), bytes, size / 2, at);
        raise(SIGKILL);
    }
    return file_of(file)->pMethods->xWrite(file_of(file), bytes, size, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (step()) return SQLITE_IOERR_TRUNCATE;
    return file_of(file)->pMethods->xTruncate(file_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    if (step()) return SQLITE_IOERR_FSYNC;
    return file_of(file)->pMethods->xSync(file_of(file), flags);
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    if (step()) return SQLITE_IOERR_DELETE;
    return real->xDelete(real, name, sync);
}

/* The rest goes straight on. */

static int shim_close(sqlite3_file *file)
{
    return file_of(file)->pMethods->xClose(file_of(file));
}

static int shim_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    return file_of(file)->pMethods->xRead(file_of(file), bytes, size, at);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return file_of(file)->pMethods->xFileSize(file_of(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return file_of(file)->pMethods->xLock(file_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return file_of(file)->pMethods->xUnlock(file_of(file), level);
}

static int shim_reserved(sqlite3_file *file, int *out)
{
    return file_of(file)->pMethods->xCheckReservedLock(file_of(file), out);
}

static int shim_control(sqlite3_file *file, int op, void *argument)
{
    return file_of(file)->pMethods->xFileControl(file_of(file), op, argument);
}

static int shim_sector(sqlite3_file *file)
{
    return file_of(file)->pMethods->xSectorSize(file_of(file));
}

static int shim_traits(sqlite3_file *file)
{
    return file_of(file)->pMethods->xDeviceCharacteristics(file_of(file));
}

static int shim_map(sqlite3_file *file, int region, int size, int extend,
                    void volatile **out)
{
    return file_of(file)->pMethods->xShmMap(file_of(file), region, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return file_of(file)->pMethods->xShmLock(file_of(file), offset, n, flags);
}

static void shim_barrier(sqlite3_file *file)
{
    file_of(file)->pMethods->xShmBarrier(file_of(file));
}

static int shim_unmap(sqlite3_file *file, int remove)
{
    return file_of(file)->pMethods->xShmUnmap(file_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
    .xShmMap = shim_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *out_flags)
{
    shim_file *ours = (shim_file *)file;
    ours->file = (sqlite3_file *)(ours + 1);
    int result = real->xOpen(real, name, ours->file, flags, out_flags);
    ours->base.pMethods = result ? NULL : &methods;
    return result;
}

void shim_install(void)
{
    real = sqlite3_vfs_find(NULL);
    shim = *real;
    shim.zName = "shim";
    shim.szOsFile = (int)sizeof(shim_file) + real->szOsFile;
    shim.xOpen = shim_open;
    shim.xDelete = shim_delete;
    if (sqlite3_vfs_register(&shim, 1)) abort();
}
