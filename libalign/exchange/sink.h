/* sink.h - where writers put their text: UTF-8 in, UTF-16 or gzip out if asked for.
 *
 * A writer adds to sink->text as much as it likes and calls sink_flush at the end of each
 * unit; bytes go on to the stream when enough have gathered.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_SINK_H
#define EXCHANGE_SINK_H

#include <stdbool.h>
#include <stdio.h>
#include <zlib.h>

#include <align/status.h>

#include "base/str.h"

typedef struct sink {
    FILE *stream; /* the caller's */
    str text;     /* not yet written */
    str encoded;
    bool utf16, gzip, begun;
    z_stream deflater;
    size_t written; /* bytes given to the stream */
} sink;

aln_status sink_init(sink *out, FILE *stream, bool utf16, bool gzip, aln_error *error);
void sink_done(sink *out);

/* Write what has gathered, if it is enough. */
aln_status sink_flush(sink *out, aln_error *error);

/* Write everything and flush the stream. */
aln_status sink_finish(sink *out, aln_error *error);

#endif
