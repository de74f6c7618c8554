/* file.c - whole files in, whole files out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"

enum { CHUNK = 1 << 16, MAX_TRIES = 100 };

AUTO_DEFINE(stream, FILE *, fclose)

aln_status file_read_stream(FILE *stream, size_t max, char **bytes, size_t *size,
                            aln_error *error)
{
    AUTO(str) str text = {0};
    size_t n;
    do {
        if (str_reserve(&text, CHUNK)) return error_no_memory(error);
        n = fread(text.at + text.size, 1, text.cap - text.size - 1, stream);
        text.size += n;
        text.at[text.size] = '\0';
        if (text.size > max)
            return error_set(error, ALN_UNSUPPORTED, "larger than %zu bytes", max);
    } while (n);
    if (ferror(stream) && errno == EISDIR)
        return error_set(error, ALN_IO, "is a directory");
    if (ferror(stream))
        return error_set(error, ALN_IO, "cannot read: %s", strerror(errno));

    *size = text.size;
    *bytes = str_steal(&text);
    return ALN_OK;
}

aln_status file_read(const char *path, size_t max, char **bytes, size_t *size,
                     aln_error *error)
{
    AUTO(stream) FILE *stream = fopen(path, "rbe");
    if (!stream) return error_set(error, ALN_IO, "cannot open: %s", strerror(errno));
    return file_read_stream(stream, max, bytes, size, error);
}

/* A device or a pipe is written in place: there is nothing to rename over it. */
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) &&
           !S_ISDIR(about.st_mode);
}

/* A new file beside the target, with the modes that open() gives (mkstemp's would be
 * readable by their owner alone). */
static aln_status create_beside(const char *path, str *name, int *fd, aln_error *error)
{
    for (unsigned i = 0; i < MAX_TRIES; i++) {
        str_clear(name);
        if (str_printf(name, "%s.%ld.%u.tmp", path, (long)getpid(), i))
            return error_no_memory(error);
        *fd = open(name->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*fd >= 0) return ALN_OK;
        if (errno != EEXIST) break;
    }
    return error_set(error, ALN_IO, "cannot create: %s", strerror(errno));
}

static aln_status open_temporary(file_writer *writer, aln_error *error)
{
    AUTO(str) str name = {0};
    int fd = -1;
    TRY(create_beside(writer->path, &name, &fd, error));

    writer->temporary = str_steal(&name);
    writer->stream = fdopen(fd, "wb");
    if (writer->stream) return ALN_OK;
    close(fd);
    return error_no_memory(error);
}

aln_status file_writer_open(file_writer *writer, const char *path, aln_error *error)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return error_set(error, ALN_IO, "is a directory");

    *writer = (file_writer){.path = realpath(path, NULL)}; /* through links */
    if (!writer->path) writer->path = strdup(path);
    if (!writer->path) return error_no_memory(error);

    aln_status status = ALN_OK;
    if (!is_special(path))
        status = open_temporary(writer, error);
    else if (!(writer->stream = fopen(path, "wbe")))
        status = error_set(error, ALN_IO, "cannot open: %s", strerror(errno));
    if (status) file_writer_abandon(writer);
    return status;
}

static aln_status finish(file_writer *writer, aln_error *error)
{
    FILE *stream = STEAL(writer->stream);
    bool failed = ferror(stream) || fflush(stream);
    failed = failed || (writer->temporary && fsync(fileno(stream)));
    int code = errno;
    failed = fclose(stream) || failed;
    if (failed) return error_set(error, ALN_IO, "cannot write: %s", strerror(code));

    if (writer->temporary && rename(writer->temporary, writer->path))
        return error_set(error, ALN_IO, "cannot replace: %s", strerror(errno));
    free(STEAL(writer->temporary));
    return ALN_OK;
}

aln_status file_writer_commit(file_writer *writer, aln_error *error)
{
    aln_status status = finish(writer, error);
    file_writer_abandon(writer);
    return status;
}

void file_writer_abandon(file_writer *writer)
{
    if (writer->stream) fclose(writer->stream);
    if (writer->temporary) unlink(writer->temporary);
    free(writer->temporary);
    free(writer->path);
    *writer = (file_writer){0};
}
