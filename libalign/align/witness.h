/* witness.h - what a third text says of the alignment of two.
 *
 * Where sentence i of one text goes with sentence c of a third, and c with j of the
 * other, i goes with j.  The probabilities of three alignments give for each pair (i, j)
 *
 *     t(i, j) = sum over c of  p(i, c) p(c, j)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_WITNESS_H
#define ALIGN_WITNESS_H

#include "align/lattice.h"

typedef struct witness_cell {
    uint32_t row, column;
    float p;
} witness_cell;

typedef struct witness {
    vec(witness_cell) cells; /* by row and column */
    uint32_t n_rows, n_columns;
    size_t *starts;  /* by row, once witness_sort has run */
    float *row_mass; /* how much is known of a sentence */
    float *column_mass;
} witness;

/* How probable it is that two sentences stand in one bead of a summed lattice. */
aln_status witness_of_lattice(witness *w, const lattice *l);

/* The same, seen from the other text. */
aln_status witness_turned(witness *w, const witness *from);

/* Add to w, for the texts A and B, what A-C and C-B say together. */
aln_status witness_add_chain(witness *w, const witness *ac, const witness *cb);

/* Call once after the last addition. */
aln_status witness_sort(witness *w);

/* What the bead of a source and b target sentences before (i, j) gains. */
double witness_score(const witness *w, uint32_t i, uint32_t j, uint32_t a, uint32_t b);

void witness_done(witness *w);

#endif
