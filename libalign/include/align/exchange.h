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
    ALN_FORMAT_CSV = 4,
    ALN_FORMAT_XLIFF = 5,  /* 1.0 to 1.2, and 2.x; written as 1.2 */
    ALN_FORMAT_PO = 6,     /* gettext; read only */
    ALN_FORMAT_XLIFF2 = 7, /* written as 2.0; read as ALN_FORMAT_XLIFF */
    ALN_FORMAT_TBX = 8,    /* TBX-Basic; written only */
    ALN_FORMAT_LINES = 9,  /* a sentence a line: see aln_reader_open_lines */
} aln_format;

/* The format that a name such as "tmx" means, ALN_FORMAT_AUTO where it means none, and
 * the format that the end of a path tells ("m.tmx.gz"). */
ALN_API aln_format aln_format_named(const char *name);
ALN_API aln_format aln_format_of_path(const char *path);

/* How to read.  All zero means the defaults. */
typedef struct aln_read_options {
    aln_format format;
    const char *const *languages; /* of the columns, where the format names none; NULL
                                   * ends; they must live as long as the reader */
    /* Told of what is odd but usable.  line is 0 where there is none. */
    void (*warn)(void *context, unsigned line, const char *message);
    void *context;
    bool keep_going; /* leave out what is broken, say so through warn, and read on */
    bool drafts;     /* XLIFF: every unit, done or not; its property x-state says */
} aln_read_options;

/* How to write.  All zero means the defaults. */
typedef struct aln_write_options {
    aln_format format;            /* AUTO means TMX */
    const char *const *languages; /* of the columns; TMX: the first is srclang; NULL
                                   * ends; they must live as long as the writer */
    const char *date;       /* header's creationdate, YYYYMMDDThhmmssZ; NULL: none */
    const aln_meta *header; /* of the document: attributes, properties, notes, maps */
    size_t n_header;
    int level;   /* 1: without inline tags; 0 and 2: with them */
    bool utf16;  /* little endian with a byte order mark, instead of UTF-8 */
    bool gzip;   /* compressed */
    bool strict; /* fail on what the format cannot hold instead of leaving it out */
} aln_write_options;

/* Failures in the content are ALN_SYNTAX with error->line. */
ALN_API ALN_CHECKED aln_status aln_reader_open(const char *path,
                                               const aln_read_options *options,
                                               aln_reader **reader, aln_error *error);

/* The same of bytes in memory; they must live as long as the reader. */
ALN_API ALN_CHECKED aln_status aln_reader_open_bytes(const char *bytes, size_t size,
                                                     const aln_read_options *options,
                                                     aln_reader **reader,
                                                     aln_error *error);

/* Texts with a sentence a line: line n of each is a unit (Moses), or beads join two of
 * them: a ladder of hunalign or the beads of vecalign.  paths ends with NULL, beads may
 * be NULL, options->languages names a language for each path. */
ALN_API ALN_CHECKED aln_status aln_reader_open_lines(const char *const *paths,
                                                     const char *beads,
                                                     const aln_read_options *options,
                                                     aln_reader **reader,
                                                     aln_error *error);

/* *unit is the reader's until its next use; NULL after the last. */
ALN_API ALN_CHECKED aln_status aln_reader_next(aln_reader *reader,
                                               const aln_unit **unit, aln_error *error);
ALN_API void aln_reader_close(aln_reader *reader);

/* What the document says of itself, complete before the first unit (of an archive: of the
 * files that were reached): the attributes of a TMX header among them.  The reader's
 * until it is closed. */
ALN_API const aln_meta *aln_reader_header(const aln_reader *reader, size_t *n);

/* The format it turned out to be, the line reached, and the share of the input's bytes
 * that has been read (0..1; 0 where the size is not known). */
ALN_API aln_format aln_reader_format(const aln_reader *reader);
ALN_API unsigned aln_reader_line(const aln_reader *reader);
ALN_API double aln_reader_progress(const aln_reader *reader);

/* The stream stays the caller's. */
ALN_API ALN_CHECKED aln_status aln_writer_open(FILE *stream,
                                               const aln_write_options *options,
                                               aln_writer **writer, aln_error *error);
ALN_API ALN_CHECKED aln_status aln_writer_add(aln_writer *writer, const aln_unit *unit,
                                              aln_error *error);

/* Write what comes last, and check that everything was written. */
ALN_API ALN_CHECKED aln_status aln_writer_finish(aln_writer *writer, aln_error *error);
ALN_API void aln_writer_close(aln_writer *writer);

/* Bytes handed to the stream so far, compressed as they are. */
ALN_API size_t aln_writer_size(const aln_writer *writer);

/* ---- filling in ---- */

/* A translation for a segment: two variants of a unit, with their tags.  target NULL:
 * there is none.  They are the callback's until its next call. */
typedef struct aln_proposal {
    const aln_variant *source, *target;
    int score; /* of the texts, tags apart; 100: they are equal */
} aln_proposal;

typedef aln_status aln_xliff_propose(void *context, const char *source_language,
                                     const char *target_language, const char *text,
                                     size_t size, aln_proposal *proposal,
                                     aln_error *error);

/* How to fill in.  All zero means the defaults. */
typedef struct aln_translate_options {
    const char *target; /* the language where the file names none */
    int min;            /* least score, less what tags cost (aln_tags_penalty) */
    bool replace; /* also targets that are there, but for approved and final ones */
} aln_translate_options;

/* Copy an XLIFF file, 1.x or 2.x, byte for byte in its encoding, and fill in a target for
 * each unit or segment whose target is missing or empty.  A target gets the tags of its
 * own source (aln_tags_carry).  What is locked, approved, final or not to be translated
 * stays as it is.  *filled: how many were. */
ALN_API ALN_CHECKED aln_status aln_xliff_translate(const char *path, FILE *stream,
                                                   aln_xliff_propose *propose,
                                                   void *context,
                                                   const aln_translate_options *options,
                                                   size_t *filled, aln_error *error);

/* ---- comparing and checking ---- */

/* Told of a unit that one file has and the other has not: side 0 or 1, the line where
 * the unit ends, the unit as a line of JSON. */
typedef void aln_unit_difference(void *context, int side, unsigned line,
                                 const char *unit);

/* Compare the units of two files of any format, in any order: n becomes the number of
 * those that are in one of them only.  differs and options may be NULL. */
ALN_API ALN_CHECKED aln_status aln_exchange_compare(const char *const paths[2],
                                                    const aln_read_options *options,
                                                    aln_unit_difference *differs,
                                                    void *context, size_t *n,
                                                    aln_error *error);

typedef enum aln_check_severity {
    ALN_CHECK_WARNING = 1, /* valid, but known to trouble some tools */
    ALN_CHECK_ERROR = 2,   /* against TMX 1.4b */
} aln_check_severity;

typedef struct aln_finding {
    unsigned line;
    aln_check_severity severity;
    const char *rule; /* its name: "required-attribute" */
    const char *message;
} aln_finding;

typedef void aln_check_report(void *context, const aln_finding *finding);

/* Report all that is wrong with a TMX file, in the order of its lines.  Bad content is a
 * finding, not a failure. */
ALN_API ALN_CHECKED aln_status aln_tmx_check(const char *path, aln_check_report *report,
                                             void *context, size_t *n_errors,
                                             aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
