/* paragraphs.h - where both texts are cut into paragraphs, the cuts tend to meet.
 *
 * A bead whose first sentences both begin a paragraph is more likely than chance, one
 * where only one does is less likely.  With s and t the shares of sentences that begin
 * a paragraph and r how reliably the cuts of one text are cuts of the other,
 *
 *     P(both) = r min(s, t)       log P(both) / s t          when both begin one
 *     P(one)  = s - P(both)       log P(one) / s (1 - t)     when the source alone does
 *     ...                         and so on for the target alone and for neither
 *
 * r is estimated from the two texts themselves: where their paragraphs have nothing to
 * do with each other it falls to chance, and they say nothing.  A cut inside a bead is
 * evidence against it, never a wall.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_PARAGRAPHS_H
#define ALIGN_PARAGRAPHS_H

#include "align/side.h"

typedef struct paragraph_model {
    bool known;            /* both texts have paragraphs */
    double source, target; /* s and t */
    double begins[2][2];   /* scores, by whether source and target begin one */
    double inside[2];      /* of each joint of a bead, by whether a cut goes through */
} paragraph_model;

/* The model before anything is known of which sentences belong together. */
void paragraph_init(paragraph_model *model, const side_text *source,
                    const side_text *target);

/* The sums that re-estimate r: add every likely bead with its probability. */
typedef struct paragraph_sums {
    double both, source, target;
} paragraph_sums;

void paragraph_observe(paragraph_sums *sums, bool source, bool target, double weight);
void paragraph_update(paragraph_model *model, const paragraph_sums *sums);

/* The log-likelihood ratio of the bead of a and b sentences before (i, j). */
double paragraph_score(const paragraph_model *model, const side_text *source,
                       const side_text *target, uint32_t i, uint32_t j, uint32_t a,
                       uint32_t b);

#endif
