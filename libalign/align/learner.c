/* learner.c - units are read like the sentences of a text, a few hundred at a time, and
 * counted (tally.c); what the counts teach is found as in a document (lexicon.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/learner.h>

#include <stdlib.h>
#include <string.h>

#include "align/knowledge.h"
#include "align/lexicon.h"
#include "align/tally.h"
#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"

enum {
    UNITS_AT_ONCE = 512,
    LEAST_BEADS = 3, /* two beads teach in their own document, which has fewer words */
};

struct aln_learner {
    aln_aligner *aligner; /* has the glossaries */
    char *source_language, *target_language;
    tally counts;
    arena texts; /* of the units that are not counted yet */
    aln_sentence source[UNITS_AT_ONCE], target[UNITS_AT_ONCE];
    size_t n;
};

AUTO_DEFINE(learner, aln_learner *, aln_learner_free)

static inline void auto_side(side_text *side)
{
    side_done(side);
}

static inline void auto_evidence(evidence *found)
{
    evidence_done(found);
}

static inline void auto_lexicon_pairs(lexicon_pairs *pairs)
{
    vec_free(pairs);
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
    tally_done(&learner->counts);
    arena_done(&learner->texts);
    free(learner);
}

static aln_status read_side(const aln_learner *learner, const char *language,
                            const aln_sentence *sentences, side_text *side)
{
    const aln_side text = {language, sentences, learner->n, NULL};
    const glossary *terms;
    TRY(knowledge_glossary(learner->aligner, language, &terms));
    return side_init(side, &text, terms);
}

static aln_status count_units(aln_learner *learner)
{
    AUTO(side) side_text source = {0};
    AUTO(side) side_text target = {0};
    TRY(read_side(learner, learner->source_language, learner->source, &source));
    TRY(read_side(learner, learner->target_language, learner->target, &target));
    for (uint32_t i = 0; i < learner->n; i++)
        TRY(tally_add(&learner->counts, &source, i, &target, i));
    learner->n = 0;
    arena_clear(&learner->texts);
    return ALN_OK;
}

aln_status aln_learner_add(aln_learner *learner, const char *source, size_t source_size,
                           const char *target, size_t target_size, aln_error *error)
{
    if (learner->n == UNITS_AT_ONCE && count_units(learner))
        return error_no_memory(error);
    const char *left = arena_copy(&learner->texts, source, source_size);
    const char *right = arena_copy(&learner->texts, target, target_size);
    if (!left || !right) return error_no_memory(error);
    learner->source[learner->n] = (aln_sentence){left, source_size};
    learner->target[learner->n++] = (aln_sentence){right, target_size};
    return ALN_OK;
}

aln_status aln_learner_save(aln_learner *learner, char **counts, size_t *size,
                            aln_error *error)
{
    AUTO(str) str text = {0};
    if (count_units(learner) || tally_save(&learner->counts, &text))
        return error_no_memory(error);
    *size = text.size;
    *counts = str_steal(&text);
    return ALN_OK;
}

aln_status aln_learner_load(aln_learner *learner, const char *counts, size_t size,
                            aln_error *error)
{
    aln_status status = tally_load(&learner->counts, counts, size, error);
    if (!status) return ALN_OK;
    tally_done(&learner->counts);
    learner->n = 0;
    return status;
}

size_t aln_learner_size(const aln_learner *learner)
{
    return learner->counts.n_seen + learner->n;
}

/* The pairs that lexicon_link may choose from: those of words too common were counted
 * while the words were still rare. */
static aln_status list_pairs(const tally *counts, lexicon_pairs *pairs)
{
    for (uint32_t i = 0; i < counts->n_slots; i++) {
        const tally_pair *pair = &counts->slots[i];
        if (!pair->n ||
            lexicon_is_common(counts->source.beads.at[pair->source], counts->n_beads) ||
            lexicon_is_common(counts->target.beads.at[pair->target], counts->n_beads))
            continue;
        lexicon_pair listed = {pair->source, pair->target, pair->n, 0};
        TRY(vec_push(pairs, listed));
    }
    return ALN_OK;
}

static aln_status find_links(const tally *t, evidence *found)
{
    AUTO(lexicon_pairs) lexicon_pairs pairs = {0};
    const lexicon_counts counts = {
        .least = LEAST_BEADS,
        .n_beads = t->n_beads,
        .n_source = t->source.beads.n,
        .n_target = t->target.beads.n,
        .source_beads = t->source.beads.at,
        .target_beads = t->target.beads.at,
    };
    TRY(list_pairs(t, &pairs));
    return lexicon_link(found, &pairs, &counts);
}

static int by_words(const void *left, const void *right)
{
    const aln_word_pair *a = left, *b = right;
    int order = strcmp(a->source, b->source);
    return order ? order : strcmp(a->target, b->target);
}

aln_status aln_learner_tell(aln_learner *learner,
                            aln_status (*tell)(void *context, const aln_word_pair *pair,
                                               aln_error *error),
                            void *context, aln_error *error)
{
    AUTO(evidence) evidence found = {0};
    if (count_units(learner) || find_links(&learner->counts, &found))
        return error_no_memory(error);

    size_t n = found.links.n;
    AUTO(free) aln_word_pair *pairs = calloc(n + 1, sizeof *pairs);
    if (!pairs) return error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        const evidence_link *link = &found.links.at[i];
        pairs[i] = (aln_word_pair){
            intern_text(&learner->counts.source.words, link->source, NULL),
            intern_text(&learner->counts.target.words, link->target, NULL),
            link->strength};
    }
    qsort(pairs, n, sizeof *pairs, by_words);
    for (size_t i = 0; i < n; i++)
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
