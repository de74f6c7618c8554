/* align/exchange.h - units in and out of files: TMX, TSV, JSON lines.
 *
 *     aln_reader *reader;
 *     if (aln_reader_open("m.tmx", NULL, &reader, &error)) ...
 *     while (!(status = aln_reader_next(reader, &unit, &error)) && unit) keep(unit);
 *     aln_reader_close(reader);
 *
 * Both directions are streams: memory does not grow with the file.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_EXCHANGE_H
#define ALIGN_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <align/status.h>
#include <align/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_reader aln_reader;
typedef struct aln_writer aln_writer;

typedef enum aln_format {
    ALN_FORMAT_AUTO = 0, /* by content, then by the file's name */
    ALN_FORMAT_TMX = 1,
    ALN_FORMAT_TSV = 2,
    ALN_FORMAT_JSONL = 3,
} aln_format;

/* How to read.  All zero means the defaults. */
typedef struct aln_read_options {
    aln_format format;
    const char *const
        *languages; /* of the columns, where the format names none; NULL ends */
    /* Told of what is odd but usable.  line is 0 where there is none. */
    void (*warn)(void *context, unsigned line, const char *message);
    void *context;
} aln_read_options;

/* How to write.  All zero means the defaults. */
typedef struct aln_write_options {
    aln_format format; /* AUTO means TMX */
    const char *const
        *languages;   /* of the columns; TMX: the first is srclang; NULL ends */
    const char *date; /* header's creationdate, YYYYMMDDThhmmssZ; NULL: none */
} aln_write_options;

/* Failures in the content are ALN_SYNTAX with error->line. */
ALN_API ALN_CHECKED aln_status aln_reader_open(const char *path,
                                               const aln_read_options *options,
                                               aln_reader **reader, aln_error *error);

/* *unit is the reader's until its next use; NULL after the last. */
ALN_API ALN_CHECKED aln_status aln_reader_next(aln_reader *reader,
                                               const aln_unit **unit, aln_error *error);
ALN_API void aln_reader_close(aln_reader *reader);

/* The stream stays the caller's. */
ALN_API ALN_CHECKED aln_status aln_writer_open(FILE *stream,
                                               const aln_write_options *options,
                                               aln_writer **writer, aln_error *error);
ALN_API ALN_CHECKED aln_status aln_writer_add(aln_writer *writer, const aln_unit *unit,
                                              aln_error *error);

/* Write what comes last, and check that everything was written. */
ALN_API ALN_CHECKED aln_status aln_writer_finish(aln_writer *writer, aln_error *error);
ALN_API void aln_writer_close(aln_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
