/* learner.c - units become two texts whose sentences correspond one to one, and those
 * teach as the beads of a document do (lexicon.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/learner.h>

#include <stdlib.h>
#include <string.h>

#include "align/knowledge.h"
#include "align/lexicon.h"
#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"

struct aln_learner {
    aln_aligner *aligner; /* has the glossaries */
    char *source_language, *target_language;
    arena texts;
    vec(aln_sentence) source, target;
};

/* The two texts of a lesson and what they teach. */
typedef struct lesson {
    side_text source, target;
    lattice_path path;
    evidence links;
} lesson;

enum { MOST_UNITS = 20000 };

AUTO_DEFINE(learner, aln_learner *, aln_learner_free)

static inline void auto_lesson(lesson *l)
{
    evidence_done(&l->links);
    vec_free(&l->path);
    side_done(&l->source);
    side_done(&l->target);
}

aln_status aln_learner_new(const char *source_language, const char *target_language,
                           aln_learner **learner, aln_error *error)
{
    AUTO(learner) aln_learner *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    TRY(aln_aligner_new(NULL, &made->aligner, error));
    made->source_language = strdup(source_language);
    made->target_language = strdup(target_language);
    if (!made->source_language || !made->target_language) return error_no_memory(error);
    *learner = STEAL(made);
    return ALN_OK;
}

void aln_learner_free(aln_learner *learner)
{
    if (!learner) return;
    aln_aligner_free(learner->aligner);
    free(learner->source_language);
    free(learner->target_language);
    arena_done(&learner->texts);
    vec_free(&learner->source);
    vec_free(&learner->target);
    free(learner);
}

aln_status aln_learner_add(aln_learner *learner, const char *source, size_t source_size,
                           const char *target, size_t target_size, aln_error *error)
{
    aln_sentence left = {arena_copy(&learner->texts, source, source_size), source_size};
    aln_sentence right = {arena_copy(&learner->texts, target, target_size),
                          target_size};
    if (!left.text || !right.text || vec_push(&learner->source, left))
        return error_no_memory(error);
    if (vec_push(&learner->target, right)) {
        learner->source.n--;
        return error_no_memory(error);
    }
    return ALN_OK;
}

/* Every k-th sentence, so that no more than MOST_UNITS are left. */
static aln_status thin_out(const aln_sentence *all, size_t n, aln_sentence **out,
                           size_t *kept)
{
    size_t every = (n + MOST_UNITS - 1) / MOST_UNITS;
    aln_sentence *some = calloc(MOST_UNITS + 1, sizeof *some);
    if (!some) return ALN_NO_MEMORY;
    *kept = 0;
    for (size_t i = 0; every && i < n; i += every)
        some[(*kept)++] = all[i];
    *out = some;
    return ALN_OK;
}

static aln_status read_side(const aln_learner *learner, const char *language,
                            const aln_sentence *all, size_t n, side_text *side)
{
    AUTO(free) aln_sentence *sentences = NULL;
    size_t kept = 0;
    TRY(thin_out(all, n, &sentences, &kept));
    const aln_side text = {language, sentences, kept, NULL};
    const glossary *terms;
    TRY(knowledge_glossary(learner->aligner, language, &terms));
    return side_init(side, &text, terms);
}

static aln_status pair_up(lesson *l)
{
    for (uint32_t i = 1; i <= l->source.n; i++) {
        lattice_step step = {
            .i = i, .j = i, .source = 1, .target = 1, .probability = 1};
        TRY(vec_push(&l->path, step));
    }
    return ALN_OK;
}

static aln_status take_lesson(const aln_learner *learner, lesson *l)
{
    TRY(read_side(learner, learner->source_language, learner->source.at,
                  learner->source.n, &l->source));
    TRY(read_side(learner, learner->target_language, learner->target.at,
                  learner->target.n, &l->target));
    TRY(pair_up(l));
    return lexicon_learn(&l->links, &l->source, &l->target, &l->path, MOST_UNITS);
}

static int by_words(const void *left, const void *right)
{
    const aln_word_pair *a = left, *b = right;
    int order = strcmp(a->source, b->source);
    return order ? order : strcmp(a->target, b->target);
}

aln_status aln_learner_tell(const aln_learner *learner,
                            aln_status (*tell)(void *context, const aln_word_pair *pair,
                                               aln_error *error),
                            void *context, aln_error *error)
{
    AUTO(lesson) lesson l = {0};
    if (take_lesson(learner, &l)) return error_no_memory(error);

    AUTO(free) aln_word_pair *pairs = calloc(l.links.links.n + 1, sizeof *pairs);
    if (!pairs) return error_no_memory(error);
    for (size_t i = 0; i < l.links.links.n; i++) {
        const evidence_link *link = &l.links.links.at[i];
        pairs[i] = (aln_word_pair){intern_text(&l.source.names, link->source, NULL),
                                   intern_text(&l.target.names, link->target, NULL),
                                   link->strength};
    }
    qsort(pairs, l.links.links.n, sizeof *pairs, by_words);
    for (size_t i = 0; i < l.links.links.n; i++)
        TRY(tell(context, &pairs[i], error));
    return ALN_OK;
}

aln_status aln_aligner_teach(aln_aligner *aligner, const char *source_language,
                             const char *source, const char *target_language,
                             const char *target, double strength, aln_error *error)
{
    if (!(strength > 0 && strength < 1))
        return error_set(error, ALN_INVALID, "a strength lies between 0 and 1");
    if (knowledge_teach(aligner, source_language, source, strlen(source),
                        target_language, target, strlen(target), strength))
        return error_no_memory(error);
    return ALN_OK;
}
