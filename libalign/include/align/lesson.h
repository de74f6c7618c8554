/* align/lesson.h - the words of every pair of languages, learned from units.
 *
 *     aln_lesson *lesson;
 *     if (aln_lesson_new(&lesson, &error)) ...
 *     if (aln_lesson_take(lesson, unit, &error)) ...                       each unit, or
 *     if (aln_lesson_read(lesson, memory, "fr", "en", &error)) ...    those of a memory
 *     if (aln_lesson_teach(lesson, aligner, &error)) ...     which then aligns better
 *     aln_lesson_free(lesson);
 *
 * A unit teaches if a person has approved of it, or if its score is 0.8 or more, or not
 * known (it was imported), and no flag makes it doubtful.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LESSON_H
#define ALIGN_LESSON_H

#include <align/learner.h>
#include <align/memory.h>
#include <align/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_lesson aln_lesson;

ALN_API ALN_CHECKED aln_status aln_lesson_new(aln_lesson **lesson, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_lesson_free(aln_lesson *lesson);

/* Learn from every two texts of a unit, if it teaches. */
ALN_API ALN_CHECKED aln_status aln_lesson_take(aln_lesson *lesson, const aln_unit *unit,
                                               aln_error *error);

/* Learn from the units that a memory has in two languages.  A memory that is open for
 * writing keeps what it taught, and only its new units are read the next time. */
ALN_API ALN_CHECKED aln_status aln_lesson_read(aln_lesson *lesson, aln_memory *memory,
                                               const char *source_language,
                                               const char *target_language,
                                               aln_error *error);

/* How many pairs of texts in two languages have taught. */
ALN_API size_t aln_lesson_size(const aln_lesson *lesson, const char *source_language,
                               const char *target_language);

/* Tell the words of two languages as aln_learner_tell does. */
ALN_API ALN_CHECKED aln_status aln_lesson_tell(
    aln_lesson *lesson, const char *source_language, const char *target_language,
    aln_status (*tell)(void *context, const aln_word_pair *pair, aln_error *error),
    void *context, aln_error *error);

/* Teach an aligner the words of all languages.  Not while it aligns on another thread. */
ALN_API ALN_CHECKED aln_status aln_lesson_teach(aln_lesson *lesson,
                                                aln_aligner *aligner, aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
