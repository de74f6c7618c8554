/* pairing.h - which documents of two languages are the same text, by what they say.
 *
 *     pairing_list found = {0};
 *     TRY(pairing_find(sources, n, targets, n_targets, &found, error));
 *     found.at[0]                       source 3 is target 17, with log odds of 21.4
 *     vec_free(&found);
 *
 * Candidates come from an index of features, so that the work grows with what documents
 * share and not with the number of pairs.  They are ranked by the cosine of their sets,
 * in which rare features count more (Sparck Jones 1972), in each language by how rare
 * they are there.  Two documents are a pair if
 *
 *   - each is the best of the other, by a margin over the second: texts on the same
 *     subject resemble each other, but then they resemble several; and
 *   - what they share, and what only one of them says, makes it likely that one is the
 *     translation of the other: the odds of Bayes' rule with each feature for itself,
 *     against a chance of 1 in as many documents as there are.
 *
 * Pairs that are clear are taken away, and the rest is looked at again: who resembles
 * two texts of which one has found its partner is the other's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_PAIRING_H
#define BATCH_PAIRING_H

#include "batch/features.h"

typedef struct pairing_pair {
    uint32_t source, target;
    double odds; /* logarithm */
} pairing_pair;

typedef vec(pairing_pair) pairing_list;

/* Every document is in at most one pair.  The pairs do not depend on the order of the
 * documents. */
aln_status pairing_find(const feature_set *sources, uint32_t n,
                        const feature_set *targets, uint32_t n_targets,
                        pairing_list *found, aln_error *error);

#endif
