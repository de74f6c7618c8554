/* length.h - how well the lengths of sentences fit.
 *
 * Translations keep the length: the logarithm of the ratio is about normal, with a mean
 * that belongs to the pair of languages and a variance that falls with the length.
 * Against it stands the hypothesis that the sentences have nothing to do with each
 * other; then the target's length is drawn from the lengths of that text at large.
 *
 *     log N(log t - log s; mu, a + b/s) - log N(log t; m_k, v/k)
 *
 * s and t are letters of the whole bead, k its target sentences.  After Gale & Church
 * 1993, who took the difference instead of the logarithm and no second hypothesis.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LENGTH_H
#define ALIGN_LENGTH_H

#include "align/side.h"

enum { LENGTH_MOST = 4 }; /* sentences of one side of a bead */

typedef struct length_model {
    double ratio;                                            /* mu */
    double spread, roughness;                                /* a and b */
    double mean[LENGTH_MOST + 1], variance[LENGTH_MOST + 1]; /* m_k, v_k */
} length_model;

/* The model before anything is known of which sentences belong together. */
void length_init(length_model *model, const side_text *source, const side_text *target);

/* The sums that re-estimate the ratio: add every likely bead with its probability. */
typedef struct length_sums {
    double weight, difference;
} length_sums;

void length_observe(length_sums *sums, double source, double target, double weight);
void length_update(length_model *model, const length_sums *sums);

/* What the score needs of the source, computed once. */
typedef struct length_source {
    double expected; /* log of the target's letters */
    double precision;
    double constants[LENGTH_MOST + 1]; /* by number of target sentences */
} length_source;

length_source length_expect(const length_model *model, double log_source);

/* The log-likelihood ratio, given the logarithm of the target's letters. */
double length_score(const length_model *model, const length_source *source,
                    double log_target, int n_target);

/* How many standard deviations a bead's ratio is off. */
double length_oddity(const length_model *model, double source, double target);

#endif
