/* lesson.c - one learner for every pair of languages.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/lesson.h>

#include <stdio.h>
#include <string.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"

/* What is less sure teaches wrong words. */
static const double LEAST_SCORE = 0.8;

typedef struct course {
    char source[ALN_LANGUAGE_SIZE], target[ALN_LANGUAGE_SIZE];
    aln_learner *learner;
} course;

struct aln_lesson {
    vec(course) courses;
};

AUTO_DEFINE(learner, aln_learner *, aln_learner_free)

aln_status aln_lesson_new(aln_lesson **lesson, aln_error *error)
{
    aln_lesson *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    *lesson = made;
    return ALN_OK;
}

void aln_lesson_free(aln_lesson *lesson)
{
    if (!lesson) return;
    for (size_t i = 0; i < lesson->courses.n; i++)
        aln_learner_free(lesson->courses.at[i].learner);
    vec_free(&lesson->courses);
    free(lesson);
}

static bool teaches(const aln_unit *unit)
{
    if (unit->flags & ALN_FLAG_APPROVED) return true;
    bool doubtful = unit->flags & (ALN_FLAG_LENGTH | ALN_FLAG_UNTRANSLATED |
                                   ALN_FLAG_LANGUAGE | ALN_FLAG_DUPLICATE);
    bool scored = unit->score >= 0; /* imported units have none */
    return !doubtful && (!scored || unit->score >= LEAST_SCORE);
}

static const course *find_course(const aln_lesson *lesson, const char *source,
                                 const char *target)
{
    for (size_t i = 0; i < lesson->courses.n; i++) {
        const course *found = &lesson->courses.at[i];
        if (strcmp(found->source, source) == 0 && strcmp(found->target, target) == 0)
            return found;
    }
    return NULL;
}

static aln_status open_course(aln_lesson *lesson, const char *source,
                              const char *target, aln_learner **learner,
                              aln_error *error)
{
    const course *found = find_course(lesson, source, target);
    if (!found) {
        AUTO(learner) aln_learner *own = NULL;
        TRY(aln_learner_new(source, target, &own, error));
        course made = {.learner = own};
        snprintf(made.source, sizeof made.source, "%s", source);
        snprintf(made.target, sizeof made.target, "%s", target);
        if (vec_push(&lesson->courses, made)) return error_no_memory(error);
        found = &lesson->courses.at[lesson->courses.n - 1];
        own = NULL;
    }
    *learner = found->learner;
    return ALN_OK;
}

static aln_status take_pair(aln_lesson *lesson, const aln_variant *a,
                            const aln_variant *b, aln_error *error)
{
    aln_learner *learner = NULL;
    TRY(open_course(lesson, a->language, b->language, &learner, error));
    return aln_learner_add(learner, a->text, a->size, b->text, b->size, error);
}

aln_status aln_lesson_take(aln_lesson *lesson, const aln_unit *unit, aln_error *error)
{
    if (!teaches(unit)) return ALN_OK;
    for (size_t i = 0; i < unit->n_variants; i++)
        for (size_t j = i + 1; j < unit->n_variants; j++)
            TRY(take_pair(lesson, &unit->variants[i], &unit->variants[j], error));
    return ALN_OK;
}

/* A learner on its way through a memory. */
typedef struct reading {
    aln_learner *learner;
    const char *source, *target;
    char *kept;
} reading;

static aln_status recall(void *context, const void *bytes, size_t size,
                         aln_error *error)
{
    reading *r = context;
    return aln_learner_load(r->learner, bytes, size, error);
}

static aln_status take(void *context, const aln_unit *unit, aln_error *error)
{
    reading *r = context;
    if (!teaches(unit)) return ALN_OK;
    const aln_variant *left = aln_unit_variant(unit, r->source);
    const aln_variant *right = aln_unit_variant(unit, r->target);
    if (!left || !right) return ALN_OK;
    return aln_learner_add(r->learner, left->text, left->size, right->text, right->size,
                           error);
}

static aln_status save(void *context, const void **bytes, size_t *size,
                       aln_error *error)
{
    reading *r = context;
    free(r->kept);
    r->kept = NULL;
    TRY(aln_learner_save(r->learner, &r->kept, size, error));
    *bytes = r->kept;
    return ALN_OK;
}

aln_status aln_lesson_read(aln_lesson *lesson, aln_memory *memory,
                           const char *source_language, const char *target_language,
                           aln_error *error)
{
    char name[2 * ALN_LANGUAGE_SIZE + 8];
    reading r = {.source = source_language, .target = target_language};
    TRY(open_course(lesson, source_language, target_language, &r.learner, error));
    snprintf(name, sizeof name, "words %s %s", source_language, target_language);
    const aln_pupil pupil = {
        .context = &r, .recall = recall, .take = take, .save = save};
    aln_status status = aln_memory_learn(memory, name, &pupil, error);
    free(r.kept);
    return status;
}

size_t aln_lesson_size(const aln_lesson *lesson, const char *source_language,
                       const char *target_language)
{
    const course *found = find_course(lesson, source_language, target_language);
    return found ? aln_learner_size(found->learner) : 0;
}

aln_status aln_lesson_tell(aln_lesson *lesson, const char *source_language,
                           const char *target_language,
                           aln_status (*tell)(void *context, const aln_word_pair *pair,
                                              aln_error *error),
                           void *context, aln_error *error)
{
    const course *found = find_course(lesson, source_language, target_language);
    return found ? aln_learner_tell(found->learner, tell, context, error) : ALN_OK;
}

typedef struct teaching {
    aln_aligner *aligner;
    const course *of;
} teaching;

static aln_status teach(void *context, const aln_word_pair *words, aln_error *error)
{
    const teaching *t = context;
    return aln_aligner_teach(t->aligner, t->of->source, words->source, t->of->target,
                             words->target, words->strength, error);
}

aln_status aln_lesson_teach(aln_lesson *lesson, aln_aligner *aligner, aln_error *error)
{
    for (size_t i = 0; i < lesson->courses.n; i++) {
        teaching t = {aligner, &lesson->courses.at[i]};
        TRY(aln_learner_tell(t.of->learner, teach, &t, error));
    }
    return ALN_OK;
}
