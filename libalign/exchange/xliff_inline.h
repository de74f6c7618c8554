/* xliff_inline.h - the content of XLIFF's <source> and <target> as text and TMX tags.
 *
 *     XLIFF 1.x    XLIFF 2.x    TMX
 *     g            pc           bpt ... ept
 *     bx ex        sc ec        it pos="begin", it pos="end"
 *     x ph         ph           ph
 *     bpt ept it                bpt ept it
 *     mrk          mrk sm em    nothing: what is marked is text
 *                  cp           the character, where XML can hold it
 *
 * The id of a tag becomes x, so that tags of variants correspond.  The code of a tag that
 * has none inside is what its dataRef refers to (2.x), else how it looks: equiv-text, disp.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XLIFF_INLINE_H
#define EXCHANGE_XLIFF_INLINE_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/vec.h"
#include "exchange/xml.h"

enum { XLIFF_MID = 64 };

/* The property that holds the state of a unit, in words of XLIFF 1.2; 2.0 has no state for
 * "somebody should read this" but lets tools refine its own. */
#define XLIFF_STATE         "x-state"
#define XLIFF_NEEDS_REVIEW  "needs-review-translation"
#define XLIFF2_NEEDS_REVIEW "bitext:needs-review"

typedef struct xliff_piece {
    char mid[XLIFF_MID]; /* of <mrk mtype="seg">; "" for the whole */
    str text, markup;
    bool has_tags;
} xliff_piece;

/* The whole first, then its segments where <mrk mtype="seg"> marks them. */
typedef vec(xliff_piece) xliff_pieces;

/* The <data> of an <originalData>, found by their ids.  Of two with the same id the first
 * counts. */
typedef struct xliff_codes {
    intern ids;
    vec(const char *) list;
    arena texts;
} xliff_codes;

/* Read on from the <source> or <target> that was just opened, up to its end.  data may be
 * NULL. */
aln_status xliff_read_content(xml *x, const xliff_codes *data, xliff_pieces *pieces,
                              aln_error *error);

/* Read on from the <originalData> that was just opened, up to its end. */
aln_status xliff_read_codes(xml *x, xliff_codes *codes, aln_error *error);
void xliff_codes_clear(xliff_codes *codes);

const xliff_piece *xliff_piece_of(const xliff_pieces *pieces, const char *mid);
void xliff_pieces_clear(xliff_pieces *pieces);

#endif
