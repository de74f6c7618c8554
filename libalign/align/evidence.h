/* evidence.h - which words of one text speak for which words of the other.
 *
 * A link says that, where two sentences translate each other and one has the word s,
 * the other has the word t with a probability p (its strength).  Chance would put t
 * there with a probability q, the share of sentences that have it.  So seeing both is
 * worth
 *
 *     gain = log((p + (1 - p) q) / q)         and missing t is worth   log(1 - p)
 *
 * to the hypothesis that the sentences belong together, against the hypothesis that
 * they do not: rare words tell much, "of" tells nothing.  Both directions are counted,
 * source words explained by the target and target words explained by the source.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_EVIDENCE_H
#define ALIGN_EVIDENCE_H

#include "align/side.h"

typedef struct evidence_link {
    uint32_t source, target; /* types */
    float strength;
} evidence_link;

/* What one link is worth, over a miss, to the tokens at its ends. */
typedef struct evidence_edge {
    uint32_t target;
    float source_gain, target_gain;
} evidence_edge;

typedef struct evidence {
    vec(evidence_link) links;
    uint32_t *starts; /* by source type: its edges are edges[starts[s]..) */
    evidence_edge *edges;
    double *source_miss, *target_miss; /* by sentence: all its tokens unmatched */
} evidence;

/* Add a link; the strongest of equal ones counts. */
aln_status evidence_add(evidence *found, uint32_t source, uint32_t target,
                        double strength);

/* Weigh the links.  May be called again after more links have been added. */
aln_status evidence_weigh(evidence *found, const side_text *source,
                          const side_text *target);

void evidence_done(evidence *found);

#endif
