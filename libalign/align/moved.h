/* moved.h - sentences that stand elsewhere in the other text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_MOVED_H
#define ALIGN_MOVED_H

#include "align/pair.h"

typedef struct moved_sentence {
    uint32_t source, target;
    double score;
} moved_sentence;

typedef vec(moved_sentence) moved_list;

/* Among the sentences that the path skips, those that strongly speak for each other. */
aln_status moved_find(const pair *p, moved_list *found);

#endif
