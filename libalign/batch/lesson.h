/* lesson.h - what the groups of a batch teach for the second time they are aligned.
 *
 *     lesson_take(&taught, group, error)      each group of the first pass
 *     lesson_give(&taught, aligner, error)    then the aligner knows their words
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_LESSON_H
#define BATCH_LESSON_H

#include <align/batch.h>
#include <align/learner.h>

#include "base/vec.h"

/* One pair of languages. */
typedef struct lesson_pair {
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE];
    aln_learner *learner;
} lesson_pair;

typedef struct lesson {
    vec(lesson_pair) pairs;
} lesson;

/* Keep the sure units of a group. */
aln_status lesson_take(lesson *taught, const aln_group *group, aln_error *error);

aln_status lesson_give(const lesson *taught, aln_aligner *aligner, aln_error *error);

void lesson_done(lesson *taught);

#endif
