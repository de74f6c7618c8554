/* pairing.c - sets of what documents say, and who is whose best.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/pairing.h"

#include <math.h>
#include <string.h>

#include "align/knowledge.h"
#include "align/side.h"
#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"

/* The least likeness of a pair; by how much it must exceed that of the second best on
 * both sides; and what their product must reach: texts on the same subject resemble each
 * other, but then they resemble several. */
static const double LEAST_LIKENESS = 0.3, LEAST_MARGIN = 1.1, LEAST_PRODUCT = 0.58;

/* What more documents say than this many says little of each; it counts for the lengths
 * of the sets but makes no candidates. */
enum { FREQUENT = 400 };

enum feature_kind { FEATURE_NUMBER = 1, FEATURE_MEANING, FEATURE_NAME };

static aln_status add_feature(feature_set *found, enum feature_kind kind, uint64_t hash)
{
    return vec_push(found, hash_mix(hash + (uint64_t)kind * 0x9e3779b97f4a7c15u));
}

static aln_status add_type(feature_set *found, const side_text *side,
                           const glossary *terms, uint32_t number)
{
    const token_type *type = &side->types.at[number];
    size_t size;
    const char *text = intern_text(&side->names, number, &size);
    if (type->kind == TOKEN_NUMBER)
        return add_feature(found, FEATURE_NUMBER, hash_bytes(text, size));
    if (type->kind == TOKEN_WORD && type->capital && !type->small)
        TRY(add_feature(found, FEATURE_NAME, hash_bytes(text, size)));
    if (type->key == INTERN_NONE) return ALN_OK;
    size_t n;
    const glossary_sense *senses = glossary_senses(terms, type->key, &n);
    for (size_t i = 0; i < n; i++)
        TRY(add_feature(found, FEATURE_MEANING, senses[i].meaning));
    return ALN_OK;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort_set(feature_set *found)
{
    if (!found->n) return;
    qsort(found->at, found->n, sizeof *found->at, by_value);
    size_t kept = 1;
    for (size_t i = 1; i < found->n; i++)
        if (found->at[i] != found->at[kept - 1]) found->at[kept++] = found->at[i];
    found->n = kept;
}

aln_status features_of(const aln_aligner *aligner, const aln_article *article,
                       feature_set *found, aln_error *error)
{
    const aln_side text = {.language = article->about.language,
                           .sentences = article->sentences,
                           .n = article->n,
                           .paragraphs = article->paragraphs};
    const glossary *terms;
    if (knowledge_glossary(aligner, text.language, &terms))
        return error_no_memory(error);

    side_text side = {.n = 0};
    aln_status status = side_init(&side, &text, terms);
    for (uint32_t i = 0; i < side.types.n && !status; i++)
        status = add_type(found, &side, terms, i);
    side_done(&side);
    sort_set(found);
    if (!status) return ALN_OK;
    vec_free(found);
    return error_no_memory(error);
}

/* ---- matching ---- */

/* The documents of one language, their features numbered. */
typedef struct collection {
    const feature_set *sets;
    uint32_t n;
    uint32_t *counts; /* by feature: documents that have it */
    double *lengths;  /* by document: of its vector */
} collection;

typedef struct matcher {
    collection source, target;
    intern features;
    uint32_t *starts, *postings; /* by feature: the targets that have it */
    double *scores;              /* of the targets, for one source */
    arena room;
} matcher;

static uint32_t number_of(const matcher *m, uint64_t feature)
{
    return intern_find(&m->features, (const char *)&feature, sizeof feature);
}

static aln_status number_features(matcher *m, const collection *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        for (size_t j = 0; j < side->sets[i].n; j++) {
            uint32_t id;
            TRY(intern_add(&m->features, (const char *)&side->sets[i].at[j],
                           sizeof(uint64_t), &id));
        }
    return ALN_OK;
}

static aln_status count_features(matcher *m, collection *side)
{
    side->counts = arena_array(&m->room, m->features.n + 1, sizeof *side->counts);
    side->lengths = arena_array(&m->room, side->n + 1, sizeof *side->lengths);
    if (!side->counts || !side->lengths) return ALN_NO_MEMORY;
    for (uint32_t i = 0; i < side->n; i++)
        for (size_t j = 0; j < side->sets[i].n; j++)
            side->counts[number_of(m, side->sets[i].at[j])]++;
    return ALN_OK;
}

/* How much a feature tells; nothing where the other language never has it. */
static double weight(const matcher *m, const collection *side, uint32_t feature)
{
    if (!m->source.counts[feature] || !m->target.counts[feature]) return 0;
    return log((side->n + 1.0) / side->counts[feature]);
}

static void measure(const matcher *m, collection *side)
{
    for (uint32_t i = 0; i < side->n; i++) {
        double sum = 0;
        for (size_t j = 0; j < side->sets[i].n; j++) {
            double w = weight(m, side, number_of(m, side->sets[i].at[j]));
            sum += w * w;
        }
        side->lengths[i] = sqrt(sum);
    }
}

static aln_status index_targets(matcher *m)
{
    const collection *side = &m->target;
    uint32_t n = m->features.n;
    m->starts = arena_array(&m->room, n + 2, sizeof *m->starts);
    if (!m->starts) return ALN_NO_MEMORY;
    for (uint32_t f = 0; f < n; f++)
        m->starts[f + 2] = m->starts[f + 1] + side->counts[f];
    m->postings = arena_array(&m->room, m->starts[n + 1] + 1, sizeof *m->postings);
    m->scores = arena_array(&m->room, side->n + 1, sizeof *m->scores);
    if (!m->postings || !m->scores) return ALN_NO_MEMORY;
    for (uint32_t i = 0; i < side->n; i++)
        for (size_t j = 0; j < side->sets[i].n; j++)
            m->postings[m->starts[number_of(m, side->sets[i].at[j]) + 1]++] = i;
    return ALN_OK;
}

/* The best and the second best of somebody. */
typedef struct choice {
    uint32_t best;
    double score, second;
} choice;

static void offer(choice *mine, uint32_t candidate, double score)
{
    if (score > mine->score) {
        mine->second = mine->score;
        mine->score = score;
        mine->best = candidate;
    } else if (score > mine->second) {
        mine->second = score;
    }
}

static void compare_source(matcher *m, uint32_t source, choice *sources,
                           choice *targets)
{
    memset(m->scores, 0, m->target.n * sizeof *m->scores);
    const feature_set *set = &m->source.sets[source];
    for (size_t j = 0; j < set->n; j++) {
        uint32_t f = number_of(m, set->at[j]);
        if (m->target.counts[f] > FREQUENT) continue;
        double w = weight(m, &m->source, f) * weight(m, &m->target, f);
        for (uint32_t at = m->starts[f]; w > 0 && at < m->starts[f + 1]; at++)
            m->scores[m->postings[at]] += w;
    }
    for (uint32_t t = 0; t < m->target.n; t++) {
        if (m->scores[t] <= 0) continue;
        double score =
            m->scores[t] / (m->source.lengths[source] * m->target.lengths[t]);
        offer(&sources[source], t, score);
        offer(&targets[t], source, score);
    }
}

static bool is_clear(const choice *mine)
{
    if (mine->score < LEAST_LIKENESS || mine->score < LEAST_MARGIN * mine->second)
        return false;
    return mine->score * mine->score >= LEAST_PRODUCT * mine->second;
}

static aln_status match(matcher *m, uint32_t *matches)
{
    TRY(number_features(m, &m->source));
    TRY(number_features(m, &m->target));
    TRY(count_features(m, &m->source));
    TRY(count_features(m, &m->target));
    measure(m, &m->source);
    measure(m, &m->target);
    TRY(index_targets(m));

    choice *sources = arena_array(&m->room, m->source.n + 1, sizeof *sources);
    choice *targets = arena_array(&m->room, m->target.n + 1, sizeof *targets);
    if (!sources || !targets) return ALN_NO_MEMORY;
    for (uint32_t s = 0; s < m->source.n; s++)
        compare_source(m, s, sources, targets);
    for (uint32_t s = 0; s < m->source.n; s++) {
        const choice *mine = &sources[s];
        bool mutual = mine->score > 0 && targets[mine->best].best == s;
        bool clear = mutual && is_clear(mine) && is_clear(&targets[mine->best]);
        matches[s] = clear ? mine->best : PAIRING_NONE;
    }
    return ALN_OK;
}

aln_status pairing_match(const feature_set *sources, uint32_t n,
                         const feature_set *targets, uint32_t n_targets,
                         uint32_t *matches, aln_error *error)
{
    matcher m = {.source = {.sets = sources, .n = n},
                 .target = {.sets = targets, .n = n_targets}};
    aln_status status = match(&m, matches);
    intern_done(&m.features);
    arena_done(&m.room);
    return status ? error_no_memory(error) : ALN_OK;
}
