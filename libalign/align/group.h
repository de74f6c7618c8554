/* group.h - the alignments of all texts of a group with each other.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_GROUP_H
#define ALIGN_GROUP_H

#include "align/pair.h"

typedef struct group {
    pair *pivot; /* of text 0 with text k + 1 */
    size_t n_sides;
} group;

/* Align the pivot with every other text; the others, aligned with each other, are
 * witnesses.  On failure the group can still be given to group_done. */
aln_status group_align(group *g, const aln_aligner *aligner, const aln_side *sides,
                       size_t n_sides, aln_error *error);

void group_done(group *g);

#endif
