/* lexicon.h - word pairs learned from the very texts that are being aligned.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LEXICON_H
#define ALIGN_LEXICON_H

#include "align/evidence.h"
#include "align/lattice.h"

/* Two words by their numbers, and how many beads have both. */
typedef struct lexicon_pair {
    uint32_t source, target, n;
    double statistic;
} lexicon_pair;

typedef vec(lexicon_pair) lexicon_pairs;

typedef struct lexicon_counts {
    uint32_t least; /* beads that a pair must have to tell */
    uint32_t n_beads;
    size_t n_source, n_target;                   /* words of either side */
    const uint32_t *source_beads, *target_beads; /* by word: beads it stands in */
} lexicon_counts;

/* Add links between words that stand together in the sure beads of a path: of beads_most
 * of them, evenly spread, where there are more. */
aln_status lexicon_learn(evidence *found, const side_text *source,
                         const side_text *target, const lattice_path *path,
                         size_t beads_most);

/* Add links for the pairs that tell; the list is reordered and weak ones vanish. */
aln_status lexicon_link(evidence *found, lexicon_pairs *pairs,
                        const lexicon_counts *counts);

/* Dunning's G2 of the four-field table of two words with a and b of n beads, c of them
 * in common; 0 where they meet less often than by chance. */
double lexicon_statistic(double c, double a, double b, double n);

/* Does a word in n of so many sentences say nothing?  That is in more than a quarter. */
bool lexicon_is_common(uint64_t n, uint64_t of);

#endif
