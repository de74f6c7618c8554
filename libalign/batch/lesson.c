/* lesson.c - one learner for every pair of languages that a batch meets.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/lesson.h"

#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"

/* Units that score less would teach wrong words. */
static const double LEAST_SCORE = 0.8;

static aln_status find_learner(lesson *taught, const char *source, const char *target,
                               aln_learner **found, aln_error *error)
{
    for (size_t i = 0; i < taught->pairs.n; i++) {
        *found = taught->pairs.at[i].learner;
        if (strcmp(taught->pairs.at[i].source, source) == 0 &&
            strcmp(taught->pairs.at[i].target, target) == 0)
            return ALN_OK;
    }
    lesson_pair made = {.learner = NULL};
    TRY(aln_learner_new(source, target, &made.learner, error));
    snprintf(made.source, sizeof made.source, "%s", source);
    snprintf(made.target, sizeof made.target, "%s", target);
    if (vec_push(&taught->pairs, made)) {
        aln_learner_free(made.learner);
        return error_no_memory(error);
    }
    *found = made.learner;
    return ALN_OK;
}

static aln_status take_pair(lesson *taught, const aln_variant *a, const aln_variant *b,
                            aln_error *error)
{
    aln_learner *learner = NULL;
    TRY(find_learner(taught, a->language, b->language, &learner, error));
    return aln_learner_add(learner, a->text, a->size, b->text, b->size, error);
}

aln_status lesson_take(lesson *taught, const aln_group *group, aln_error *error)
{
    for (size_t u = 0; u < group->n_units; u++) {
        const aln_unit *unit = &group->units[u];
        if (unit->score < LEAST_SCORE) continue;
        for (size_t i = 0; i < unit->n_variants; i++)
            for (size_t j = i + 1; j < unit->n_variants; j++)
                TRY(take_pair(taught, &unit->variants[i], &unit->variants[j], error));
    }
    return ALN_OK;
}

typedef struct pupil {
    aln_aligner *aligner;
    const lesson_pair *pair;
} pupil;

static aln_status teach(void *context, const aln_word_pair *words, aln_error *error)
{
    const pupil *p = context;
    return aln_aligner_teach(p->aligner, p->pair->source, words->source,
                             p->pair->target, words->target, words->strength, error);
}

aln_status lesson_give(const lesson *taught, aln_aligner *aligner, aln_error *error)
{
    for (size_t i = 0; i < taught->pairs.n; i++) {
        pupil p = {aligner, &taught->pairs.at[i]};
        TRY(aln_learner_tell(taught->pairs.at[i].learner, teach, &p, error));
    }
    return ALN_OK;
}

void lesson_done(lesson *taught)
{
    for (size_t i = 0; i < taught->pairs.n; i++)
        aln_learner_free(taught->pairs.at[i].learner);
    vec_free(&taught->pairs);
}
