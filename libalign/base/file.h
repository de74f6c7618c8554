/* file.h - read a file whole; write one so that it is there whole or not at all.
 *
 *     file_writer writer;
 *     TRY(file_writer_open(&writer, path, error));
 *     fputs("...", writer.stream);
 *     TRY(file_writer_commit(&writer, error));        or file_writer_abandon(&writer)
 *
 * The writer fills a temporary file beside the target, flushes it to the disk and
 * renames it: a reader sees the old file or the new one, and after a crash one of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdio.h>

#include <align/status.h>

/* The bytes of a regular file or of anything that can be read to its end.  They are
 * followed by a NUL that does not count, and freed with free().  ALN_IO for what cannot
 * be read (a directory among it), ALN_UNSUPPORTED for more than max bytes. */
aln_status file_read(const char *path, size_t max, char **bytes, size_t *size,
                     aln_error *error);

/* The same for an open stream.  Messages leave it to the caller to name the file. */
aln_status file_read_stream(FILE *stream, size_t max, char **bytes, size_t *size,
                            aln_error *error);

typedef struct file_writer {
    FILE *stream;
    char *path, *temporary; /* temporary is NULL where path is no regular file */
} file_writer;

aln_status file_writer_open(file_writer *writer, const char *path, aln_error *error);

/* Both end the writer.  A failed commit removes the temporary file and leaves the
 * target as it was. */
aln_status file_writer_commit(file_writer *writer, aln_error *error);
void file_writer_abandon(file_writer *writer);

#endif
