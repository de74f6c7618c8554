/* pair.h - the alignment of two texts, with all that is known about it on the way.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_PAIR_H
#define ALIGN_PAIR_H

#include "align/evidence.h"
#include "align/lattice.h"
#include "align/side.h"
#include "align/witness.h"

typedef struct pair {
    side_text source, target;
    evidence known; /* links that hold for any text */
    evidence all;   /* the same and what these texts have taught */
    nearness near;  /* where the aligner has vectors */
    lattice lattice;
    lattice_path path;
    unsigned without; /* of aln_without */
} pair;

/* Align two texts.  On failure the pair can still be given to pair_done. */
aln_status pair_align(pair *p, const aln_aligner *aligner, const aln_side *source,
                      const aln_side *target, aln_error *error);

/* Align once more, with what third texts say. */
aln_status pair_ask_again(pair *p, const witness *said);

void pair_done(pair *p);

static inline void auto_pair(pair *p)
{
    pair_done(p);
}

#endif
