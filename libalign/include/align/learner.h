/* align/learner.h - a lexicon out of texts that have been aligned.
 *
 *     aln_learner *learner;
 *     if (aln_learner_new("fr", "en", &learner, &error)) ...
 *     if (aln_learner_load(learner, kept, size, &error)) ...   what was known before
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

/* Add two texts that say the same; they are copied.  Of very many some are counted: all
 * of the first 20,000, then every second up to 40,000, every fourth up to 80,000 ... */
ALN_API ALN_CHECKED aln_status aln_learner_add(aln_learner *learner, const char *source,
                                               size_t source_size, const char *target,
                                               size_t target_size, aln_error *error);

/* Learn from all that was added and tell every pair, by source and target; a failure
 * that tell returns ends it.  The strings are the learner's, for the call. */
ALN_API ALN_CHECKED aln_status aln_learner_tell(
    aln_learner *learner,
    aln_status (*tell)(void *context, const aln_word_pair *pair, aln_error *error),
    void *context, aln_error *error);

/* What has been counted so far, as text to be kept: *counts is yours, to be released
 * with free().  Given to another learner of the same two languages it counts as if its
 * texts had been added there, so that new texts alone need to be read.  Its size is
 * bounded: of more than 262,144 pairs of words the least telling are dropped. */
ALN_API ALN_CHECKED aln_status aln_learner_save(aln_learner *learner, char **counts,
                                                size_t *size, aln_error *error);

/* Add what another learner has kept.  ALN_CORRUPT, with the line, where it is damaged:
 * the learner then knows nothing at all. */
ALN_API ALN_CHECKED aln_status aln_learner_load(aln_learner *learner,
                                                const char *counts, size_t size,
                                                aln_error *error);

/* How many pairs of texts have been added, those that were kept among them. */
ALN_API size_t aln_learner_size(const aln_learner *learner);

/* Teach an aligner that a term of one language translates one of another; alternatives
 * are separated by `|`.  Not while it aligns on another thread. */
ALN_API ALN_CHECKED aln_status aln_aligner_teach(
    aln_aligner *aligner, const char *source_language, const char *source,
    const char *target_language, const char *target, double strength, aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
