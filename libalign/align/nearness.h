/* nearness.h - what the vectors of a neural model say of a bead.
 *
 * The cosine of two sentences says little by itself: some sentences are near to all
 * others.  So, as vecalign (Thompson & Koehn 2019) and the margin score of Artetxe &
 * Schwenk (2019) do, a bead's cosine counts less the mean cosines of its own sentences
 * with random ones of the other text:
 *
 *     margin(x, y) = cos(x, y) - (mean cos(x, random y') + mean cos(x', y)) / 2
 *
 * Margins of random pairs are spread around 0 with a deviation s; those of each
 * sentence's nearest one, where two texts are translations, around some m.  Taking both
 * for normal with the same deviation, a margin d is worth the log-likelihood ratio
 *
 *     (d - m / 2) * m / s^2
 *
 * A run of sentences has the vector of its text where the table holds it (vecalign's
 * overlaps), else the sum of the vectors of its sentences.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_NEARNESS_H
#define ALIGN_NEARNESS_H

#include <align/beads.h>
#include <align/vectors.h>

#include "align/length.h"
#include "base/arena.h"

/* The runs of k + 1 sentences that end before j: spans[k][j]. */
typedef struct near_side {
    const float **spans[LENGTH_MOST];
    float *means[LENGTH_MOST]; /* cosine with random sentences of the other text */
} near_side;

typedef struct nearness {
    size_t dimension;
    near_side source, target;
    double pair_margin, deviation; /* m and s */
    arena room;
} nearness;

/* Fails with ALN_NOT_FOUND and the line of a sentence that has no vector. */
aln_status nearness_init(nearness *near, const aln_vectors *vectors,
                         const aln_side *source, const aln_side *target,
                         aln_error *error);

/* What the bead of a source and b target sentences before (i, j) gains. */
double nearness_score(const nearness *near, uint32_t i, uint32_t j, uint32_t a,
                      uint32_t b);

void nearness_done(nearness *near);

#endif
