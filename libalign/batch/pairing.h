/* pairing.h - which documents of two languages are the same text, by what they say.
 *
 *     TRY(features_of(aligner, article, &sets[i], error));            every document
 *     TRY(pairing_match(sources, n, targets, m, matches, error));
 *
 * A document is the set of what it says in a form that no language owns: its numbers,
 * the meanings that the aligner's tables give to its words, and its names as they are
 * written.  Rare things count more (Sparck Jones 1972), in each language by how rare
 * they are there, and documents are compared by the cosine of these sets.  Candidates
 * come from an index, so that the work grows with what documents share and not with the
 * number of pairs.  Two documents are a pair if each is the best of the other, by a
 * margin over the second; all others stay alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_PAIRING_H
#define BATCH_PAIRING_H

#include <align/batch.h>

#include "base/vec.h"

typedef vec(uint64_t) feature_set; /* rising */

/* What a document says.  On failure the set is empty. */
aln_status features_of(const aln_aligner *aligner, const aln_article *article,
                       feature_set *found, aln_error *error);

static const uint32_t PAIRING_NONE = UINT32_MAX;

/* matches[i] becomes the target of source i, or PAIRING_NONE. */
aln_status pairing_match(const feature_set *sources, uint32_t n,
                         const feature_set *targets, uint32_t m, uint32_t *matches,
                         aln_error *error);

#endif
