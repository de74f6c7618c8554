/* multi.h - alignments of a pivot with several texts become one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_MULTI_H
#define ALIGN_MULTI_H

#include "align/pair.h"
#include "base/arena.h"

typedef struct multi_bead {
    aln_range *sides;
    double score;
    unsigned flags;
} multi_bead;

typedef vec(multi_bead) multi_beads;

/* pairs[k] aligns the pivot with text k + 1; n_sides is one more than the pairs.  The
 * ranges live in the arena. */
aln_status multi_merge(const pair *pairs, size_t n_sides, arena *room,
                       multi_beads *beads);

/* Put together the sentences that were moved, in the place where the pivot has them. */
aln_status multi_join_moved(const pair *pairs, size_t n_sides, multi_beads *beads);

#endif
