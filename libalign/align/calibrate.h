/* calibrate.h - from what the lattice believes to how often that is right.
 *
 * The lattice is too sure of itself: words repeat what others have said, and two
 * sentences that stand in the same gap of both texts look like a pair because nothing
 * else fits there.  A logistic regression makes its probabilities honest:
 *
 *     score = 1 / (1 + exp(-sum of weight * feature))
 *
 * The features are what tells such beads from sound ones; the weights are fitted to
 * documents of which the answer is known (tests/quality/align_calibrate.py,
 * docs/align.md).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_CALIBRATE_H
#define ALIGN_CALIBRATE_H

#include "align/lattice.h"

typedef enum calibrate_feature {
    FEATURE_CONSTANT,
    FEATURE_BELIEF,   /* log odds of the lattice's probability */
    FEATURE_JOINED,   /* not 1-1 */
    FEATURE_LARGE,    /* neither 1-1, 1-2 nor 2-1 */
    FEATURE_MARGIN,   /* how far above the best bead of its shape that has the same
                     * sentences of one text and others nearby of the other */
    FEATURE_EVIDENCE, /* what words and lengths say, against the number of words */
    FEATURE_ODDITY,   /* of the lengths */
    FEATURE_SHIFT,    /* too long where its neighbour is too short */
    FEATURE_SKIPPED,  /* of the document: share of steps with one side */
    FEATURE_MEAN,     /* of the document: mean score of its beads */
    FEATURES
} calibrate_feature;

/* What is known of a path as a whole. */
typedef struct path_summary {
    double skipped, mean;
} path_summary;

path_summary calibrate_summary(const lattice *l, const lattice_path *path);

/* The features of the k-th step, which has two sides. */
void calibrate_features(const lattice *l, const lattice_path *path, size_t k,
                        const path_summary *summary, double features[FEATURES]);

/* Put honest scores in the place of the probabilities of all steps with two sides. */
void calibrate_path(const lattice *l, lattice_path *path);

#endif
