/* writer.h - what the writers of all formats share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_WRITER_H
#define EXCHANGE_WRITER_H

#include <align/exchange.h>

#include "base/vec.h"
#include "exchange/sink.h"

typedef struct write_format {
    aln_format format;
    aln_status (*begin)(aln_writer *writer, aln_error *error); /* may be NULL */
    aln_status (*add)(aln_writer *writer, const aln_unit *unit, aln_error *error);
    aln_status (*finish)(aln_writer *writer, aln_error *error); /* may be NULL */
} write_format;

struct aln_writer {
    const write_format *format;
    aln_write_options options;
    sink out;
    bool begun;
    unsigned long n;         /* units written */
    vec(aln_variant) chosen; /* of the unit that is written */
    char *source;            /* srclang of the header */
    char *target;            /* of a bilingual file */
};

extern const write_format write_tmx, write_tsv, write_csv, write_jsonl, write_xliff,
    write_xliff2, write_tbx;

#endif
