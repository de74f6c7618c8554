/* bytes.h - the bytes of a file, with gzip and zip taken off.
 *
 *     byte_source *source;
 *     TRY(bytes_open("m.tmx.gz", &source, error));
 *     TRY(bytes_read(source, buffer, sizeof buffer, &n, error));      n = 0 at the end
 *     bytes_close(source);
 *
 * Of a zip archive the files whose names end as an exchange format's does are read one
 * after another; each may be gzip again.  What is inflated is never kept: an archive that swells
 * without end costs time only until its reader refuses the content.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_BYTES_H
#define EXCHANGE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

typedef struct byte_source byte_source;

/* "-" is standard input. */
aln_status bytes_open(const char *path, byte_source **source, aln_error *error);

/* Read bytes that are in memory; they stay the caller's. */
aln_status bytes_open_memory(const char *at, size_t size, byte_source **source,
                             aln_error *error);
aln_status bytes_read(byte_source *source, char *buffer, size_t size, size_t *n,
                      aln_error *error);

/* After the end: go on with the next file of an archive; *found is false where there is
 * none. */
aln_status bytes_next(byte_source *source, bool *found, aln_error *error);

/* The share of the file that has been read, 0 where its size is not known. */
double bytes_progress(const byte_source *source);

/* The name of the file that is read: in an archive, the name it has there. */
const char *bytes_name(const byte_source *source);
void bytes_close(byte_source *source);

#endif
