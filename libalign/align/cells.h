/* cells.h - the scores of all beads inside a band.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_CELLS_H
#define ALIGN_CELLS_H

#include "align/lattice.h"

/* Fills l->scores: for every cell (i, j) and shape the log-likelihood ratio of the bead
 * that ends there, LATTICE_NEVER where it would begin outside of the text. */
aln_status cells_score(lattice *l, const evidence *found);

#endif
