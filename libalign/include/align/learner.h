/* align/learner.h - a lexicon out of texts that have been aligned.
 *
 *     aln_learner *learner;
 *     if (aln_learner_new("fr", "en", &learner, &error)) ...
 *     if (aln_learner_add(learner, french, n, english, m, &error)) ...     each unit
 *     if (aln_learner_tell(learner, keep, context, &error)) ...            word pairs
 *     aln_learner_free(learner);
 *
 * What has been learned goes into an aligner (aln_aligner_teach), which then aligns the
 * next texts better, or into a file that aln_aligner_read_dictionary reads.  Pairs are
 * found by Dunning's log-likelihood ratio (1993) and competitive linking (Melamed 2000).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LEARNER_H
#define ALIGN_LEARNER_H

#include <stddef.h>

#include <align/beads.h>
#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_learner aln_learner;

/* A pair of words, as they are compared: in lower case, without accents, simplified.
 * strength, 0..1, is how often the one stands where the other does. */
typedef struct aln_word_pair {
    const char *source, *target;
    double strength;
} aln_word_pair;

/* Languages are BCP 47 tags; the primary subtag counts. */
ALN_API ALN_CHECKED aln_status aln_learner_new(const char *source_language,
                                               const char *target_language,
                                               aln_learner **learner, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_learner_free(aln_learner *learner);

/* Add two texts that say the same; they are copied. */
ALN_API ALN_CHECKED aln_status aln_learner_add(aln_learner *learner, const char *source,
                                               size_t source_size, const char *target,
                                               size_t target_size, aln_error *error);

/* Learn from all that was added (from 20,000 of them, evenly spread, where there are
 * more) and tell every pair, by source and target; a failure that tell returns ends it.
 * The strings are the learner's, for the call. */
ALN_API ALN_CHECKED aln_status aln_learner_tell(
    const aln_learner *learner,
    aln_status (*tell)(void *context, const aln_word_pair *pair, aln_error *error),
    void *context, aln_error *error);

/* Teach an aligner that a term of one language translates one of another; alternatives
 * are separated by `|`.  Not while it aligns on another thread. */
ALN_API ALN_CHECKED aln_status aln_aligner_teach(
    aln_aligner *aligner, const char *source_language, const char *source,
    const char *target_language, const char *target, double strength, aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
