/* moved.h - sentences that stand elsewhere in the other text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_MOVED_H
#define ALIGN_MOVED_H

#include "align/pair.h"

/* A bead out of the order of the path. */
typedef struct moved_bead {
    aln_range source, target;
    double score;
} moved_bead;

typedef vec(moved_bead) moved_list;

/* Among the sentences that the path skips, those that strongly speak for each other. */
aln_status moved_find(const pair *p, moved_list *found);

#endif
