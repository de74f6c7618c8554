/* reader.h - what the readers of all formats share.
 *
 * A format is a struct of functions (read_format); it puts each unit together in
 * reader->unit and gives unit_builder_finish's result to the caller.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_READER_H
#define EXCHANGE_READER_H

#include <align/exchange.h>

#include "base/intern.h"
#include "exchange/decoder.h"
#include "exchange/warn.h"
#include "unit/builder.h"

/* No unit, and no header, takes more memory than this. */
enum { MOST_UNIT = 64 << 20 };

typedef struct read_format {
    aln_format format;
    aln_status (*open)(aln_reader *reader, aln_error *error);
    /* *unit is NULL at the end. */
    aln_status (*next)(aln_reader *reader, const aln_unit **unit, aln_error *error);
    unsigned (*line)(const aln_reader *reader);
    void (*close)(aln_reader *reader); /* also after a failed open */
} read_format;

struct aln_reader {
    const read_format *format;
    aln_read_options options;
    warner warn;
    decoder *input;
    unit_builder unit;
    arena texts; /* of the header, and language tags */
    vec(aln_meta) header;
    intern tags;                 /* language tags as files write them ... */
    vec(const char *) canonical; /* ... and as they should be written */
    aln_status failed;           /* sticks, with its message */
    aln_error failure;
    void *state; /* the format's own */
};

extern const read_format read_tmx, read_tsv, read_csv, read_jsonl, read_xliff, read_po;

/* A language tag in its canonical form.  What is no tag is reported and kept as it is.
 * The result is the reader's. */
aln_status reader_language(aln_reader *reader, const char *tag, unsigned line,
                           const char **canonical, aln_error *error);

aln_status reader_add_header(aln_reader *reader, const aln_meta *item);

#endif
