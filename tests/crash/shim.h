/* shim.h - a disk that fails, or a power cut, at any step of a write.
 *
 * An SQLite VFS that passes everything on to the real one and counts what changes the
 * disk: writes, truncations, flushes and deletions.  When the count reaches `at`, it
 * does what it was told to:
 *
 *     disk = (struct shim){.what = SHIM_KILL, .at = 17};
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CRASH_SHIM_H
#define CRASH_SHIM_H

#include <stdbool.h>

enum shim_what {
    SHIM_COUNT = 0, /* nothing, but count */
    SHIM_KILL = 1,  /* SIGKILL instead of the step */
    SHIM_TEAR = 2,  /* SIGKILL after half of the write */
    SHIM_ERROR = 3, /* the step fails: input/output error */
    SHIM_FULL = 4,  /* the step fails: the disk is full */
};

struct shim {
    enum shim_what what;
    long at, count;
    bool forever; /* every step from there on fails, not that one alone */
};

extern struct shim disk;

/* Becomes the VFS of every database that is opened from now on. */
void shim_install(void);

#endif
