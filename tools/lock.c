/* lock.c - one batch at a time on a memory.
 *
 * A file beside the memory is locked for as long as the process lives, however it ends.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools.h"

/* Between our opening the file and locking it, its owner may have removed it. */
static bool is_still_there(int fd, const char *path)
{
    struct stat ours, there;
    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

int lock_take(lock *taken, const char *memory)
{
    AUTO(str) str path = {0};
    if (str_printf(&path, "%s.lock", memory)) return trouble("out of memory");
    for (;;) {
        int fd = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) return trouble("%s: cannot create: %s", path.at, strerror(errno));
        if (flock(fd, LOCK_EX | LOCK_NB)) {
            close(fd);
            return trouble("%s: another batch is at work", memory);
        }
        if (is_still_there(fd, path.at)) {
            *taken = (lock){.fd = fd, .path = str_steal(&path), .held = true};
            return EXIT_FOUND;
        }
        close(fd);
    }
}

void lock_release(lock *taken)
{
    if (!taken->held) return;
    unlink(taken->path);
    close(taken->fd);
    free(taken->path);
    taken->held = false;
}
