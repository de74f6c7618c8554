/* sink.h - where writers put their text: UTF-8 in, another encoding or gzip out.
 *
 * A writer adds to sink->text as much as it likes and calls sink_flush at the end of each
 * unit; bytes go on to the stream when enough have gathered.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_SINK_H
#define EXCHANGE_SINK_H

#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <zlib.h>

#include <align/status.h>

#include "base/str.h"

typedef struct sink {
    FILE *stream; /* the caller's */
    str text;     /* not yet written */
    str encoded;
    iconv_t converter; /* NULL: UTF-8 is written */
    bool gzip;
    z_stream deflater;
    size_t written; /* bytes given to the stream */
} sink;

/* charset NULL is UTF-8; what another one lacks is written as a reference of XML. */
typedef struct sink_options {
    const char *charset;
    bool mark; /* begin with a byte order mark */
    bool gzip;
} sink_options;

aln_status sink_init(sink *out, FILE *stream, const sink_options *options,
                     aln_error *error);
void sink_done(sink *out);

/* Write what has gathered, if it is enough. */
aln_status sink_flush(sink *out, aln_error *error);

/* Write everything and flush the stream. */
aln_status sink_finish(sink *out, aln_error *error);

#endif
