/* row_reader.h - a decoded stream line by line.
 *
 * Lines end with LF, CR LF or CR; the end is no part of the line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_ROW_READER_H
#define EXCHANGE_ROW_READER_H

#include <stdbool.h>

#include "base/str.h"
#include "exchange/decoder.h"

typedef struct row_reader {
    decoder *input; /* the caller's */
    str buffer;
    size_t start; /* of what has not been given out */
    bool at_end, after_cr;
    bool broken;     /* there is no next line after this failure */
    unsigned number; /* of the line that was given out last, from 1 */
} row_reader;

/* *text is NULL at the end; it holds until the next call and is followed by a NUL that
 * does not count.  Fails with ALN_SYNTAX for lines with NULs and for endless ones. */
aln_status row_reader_next(row_reader *from, char **text, size_t *size,
                           aln_error *error);
void row_reader_done(row_reader *from);

#endif
