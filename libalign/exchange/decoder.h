/* decoder.h - a stream of bytes in any encoding becomes a stream of valid UTF-8.
 *
 * The beginning of the stream decides, in this order: a byte order mark; NULs in every
 * second place (UTF-16 without mark); valid UTF-8; what an XML declaration says; the
 * statistics of aln_text_decode.  A declaration that the bytes contradict is overruled
 * and reported.  A byte that has no meaning further on is read as Windows-1252 where the
 * text is UTF-8 (it mostly was pasted from there), else as U+FFFD, and reported.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_DECODER_H
#define EXCHANGE_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#include "exchange/bytes.h"
#include "exchange/warn.h"

typedef struct decoder decoder;

/* The source is the decoder's from now on, also after a failure. */
aln_status decoder_open(byte_source *source, warner warn, decoder **opened,
                        aln_error *error);

/* Read up to size bytes (at least 4 of room) of UTF-8; n = 0 at the end.  A character
 * may be split between two reads.  ALN_SYNTAX where the input ends inside of one. */
aln_status decoder_read(decoder *input, char *buffer, size_t size, size_t *n,
                        aln_error *error);

/* What the next reads begin with, decoded: up to size bytes, without reading them. */
aln_status decoder_peek(decoder *input, const char **text, size_t *size,
                        aln_error *error);

/* After the end: begin anew with the next file of an archive; *found is false where there
 * is none. */
aln_status decoder_next(decoder *input, bool *found, aln_error *error);

double decoder_progress(const decoder *input);
const char *decoder_name(const decoder *input);

/* The name of the encoding, and whether a byte order mark said so. */
const char *decoder_charset(const decoder *input);
bool decoder_has_mark(const decoder *input);
void decoder_close(decoder *input);

#endif
