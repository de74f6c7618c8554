/* pairing.c - an index of features, and who is whose best.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/pairing.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/intern.h"

/* The least likeness of a pair; by how much it must exceed that of the second best on
 * both sides; and what their product must reach.  Set on corpora/prose and LibreOffice's
 * help with half or all of the partners taken away; docs/batch.md says what else was seen. */
static const double LEAST_LIKENESS = 0.3, LEAST_MARGIN = 1.1, LEAST_PRODUCT = 0.5;

/* How much of what a text says is found in its translation: 0.43 of the meanings, 0.4
 * of the names of corpora/prose, more of the numbers. */
static const double SHARED = 0.4;

/* A few documents do not tell what is rare: so many more are thought beside them, of
 * which one in fifty says any one thing. */
static const double IMAGINED = 20, IMAGINED_SHARE = 0.02;

/* More likely than not; the aligner will be asked, too. */
static const double LEAST_ODDS = 0;

/* What more documents say than this many makes no candidates. */
enum { FREQUENT = 400 };

enum { ROUNDS = 4 };

/* The documents of one language, their features numbered: those of document i are
 * features[starts[i]..starts[i + 1]). */
typedef struct collection {
    const feature_set *sets;
    uint32_t n;
    uint32_t *starts, *features;
    uint32_t *counts; /* by feature: documents that have it */
    double *lengths;  /* by document: of its vector */
    double *losses;   /* by document: the log odds if it shared nothing */
    bool *taken;
} collection;

/* What a feature is worth. */
typedef struct feature_worth {
    double source, target; /* in a vector; 0 where only one side has it */
    double gain;           /* in log odds, where both documents have it */
    double missed_by_target, missed_by_source;
} feature_worth;

typedef struct matcher {
    collection source, target;
    intern numbers; /* of features */
    feature_worth *worth;
    uint32_t *starts, *postings;  /* by feature: the targets that have it */
    double *scores;               /* of the targets, for one source */
    uint32_t *touched, n_touched; /* the targets that have a score */
    arena room;
} matcher;

static aln_status number_features(matcher *m, collection *side)
{
    size_t total = 0;
    for (uint32_t i = 0; i < side->n; i++)
        total += side->sets[i].n;
    if (total >= UINT32_MAX) return ALN_NO_MEMORY;
    side->starts = arena_array(&m->room, side->n + 1, sizeof *side->starts);
    side->features = arena_array(&m->room, total + 1, sizeof *side->features);
    if (!side->starts || !side->features) return ALN_NO_MEMORY;
    uint32_t at = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        for (size_t j = 0; j < side->sets[i].n; j++)
            TRY(intern_add(&m->numbers, (const char *)&side->sets[i].at[j],
                           sizeof(uint64_t), &side->features[at++]));
        side->starts[i + 1] = at;
    }
    return ALN_OK;
}

static aln_status count_features(matcher *m, collection *side)
{
    side->counts = arena_array(&m->room, m->numbers.n + 1, sizeof *side->counts);
    side->lengths = arena_array(&m->room, side->n + 1, sizeof *side->lengths);
    side->losses = arena_array(&m->room, side->n + 1, sizeof *side->losses);
    side->taken = arena_array(&m->room, side->n + 1, sizeof *side->taken);
    if (!side->counts || !side->lengths || !side->losses || !side->taken)
        return ALN_NO_MEMORY;
    for (uint32_t at = 0; at < side->starts[side->n]; at++)
        side->counts[side->features[at]]++;
    return ALN_OK;
}

/* The chance that a document of a language has a feature. */
static double chance(const collection *side, uint32_t feature)
{
    return (side->counts[feature] + IMAGINED * IMAGINED_SHARE) / (side->n + IMAGINED);
}

static feature_worth worth_of(const matcher *m, uint32_t feature)
{
    const collection *source = &m->source, *target = &m->target;
    feature_worth worth = {.gain = 0};
    bool both = source->counts[feature] && target->counts[feature];
    uint64_t value;
    memcpy(&value, intern_text(&m->numbers, feature, NULL), sizeof value);
    if (!both && !feature_is_common(value)) return worth;
    if (both) {
        worth.source = log((source->n + 1.0) / source->counts[feature]);
        worth.target = log((target->n + 1.0) / target->counts[feature]);
    }
    /* Each direction has half a vote. */
    double in_source = chance(source, feature), in_target = chance(target, feature);
    worth.gain = log(SHARED / sqrt(in_source * in_target));
    worth.missed_by_target = log((1 - SHARED) / (1 - in_target)) / 2;
    worth.missed_by_source = log((1 - SHARED) / (1 - in_source)) / 2;
    return worth;
}

static aln_status weigh_features(matcher *m)
{
    m->worth = arena_array(&m->room, m->numbers.n + 1, sizeof *m->worth);
    if (!m->worth) return ALN_NO_MEMORY;
    for (uint32_t f = 0; f < m->numbers.n; f++)
        m->worth[f] = worth_of(m, f);
    return ALN_OK;
}

static void measure(const matcher *m, collection *side)
{
    bool is_source = side == &m->source;
    for (uint32_t i = 0; i < side->n; i++) {
        double sum = 0;
        for (uint32_t at = side->starts[i]; at < side->starts[i + 1]; at++) {
            const feature_worth *worth = &m->worth[side->features[at]];
            double w = is_source ? worth->source : worth->target;
            sum += w * w;
            side->losses[i] +=
                is_source ? worth->missed_by_target : worth->missed_by_source;
        }
        side->lengths[i] = sqrt(sum);
    }
}

static aln_status index_targets(matcher *m)
{
    const collection *side = &m->target;
    uint32_t n = m->numbers.n;
    m->starts = arena_array(&m->room, n + 2, sizeof *m->starts);
    if (!m->starts) return ALN_NO_MEMORY;
    for (uint32_t f = 0; f < n; f++)
        m->starts[f + 2] = m->starts[f + 1] + side->counts[f];
    m->postings = arena_array(&m->room, m->starts[n + 1] + 1, sizeof *m->postings);
    m->scores = arena_array(&m->room, side->n + 1, sizeof *m->scores);
    m->touched = arena_array(&m->room, side->n + 1, sizeof *m->touched);
    if (!m->postings || !m->scores || !m->touched) return ALN_NO_MEMORY;
    for (uint32_t i = 0; i < side->n; i++)
        for (uint32_t at = side->starts[i]; at < side->starts[i + 1]; at++)
            m->postings[m->starts[side->features[at] + 1]++] = i;
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

/* The scores of the targets that share a feature with the source. */
static void score_targets(matcher *m, uint32_t source)
{
    const collection *side = &m->source;
    m->n_touched = 0;
    for (uint32_t at = side->starts[source]; at < side->starts[source + 1]; at++) {
        uint32_t f = side->features[at];
        double w = m->worth[f].source * m->worth[f].target;
        if (w <= 0 || m->target.counts[f] > FREQUENT) continue;
        for (uint32_t p = m->starts[f]; p < m->starts[f + 1]; p++) {
            uint32_t target = m->postings[p];
            if (m->scores[target] == 0) m->touched[m->n_touched++] = target;
            m->scores[target] += w;
        }
    }
}

static void compare_source(matcher *m, uint32_t source, choice *sources,
                           choice *targets)
{
    score_targets(m, source);
    for (uint32_t i = 0; i < m->n_touched; i++) {
        uint32_t target = m->touched[i];
        double score =
            m->scores[target] / (m->source.lengths[source] * m->target.lengths[target]);
        m->scores[target] = 0;
        if (m->target.taken[target]) continue;
        offer(&sources[source], target, score);
        offer(&targets[target], source, score);
    }
}

static bool is_clear(const choice *mine)
{
    if (mine->score < LEAST_LIKENESS || mine->score < LEAST_MARGIN * mine->second)
        return false;
    return mine->score * mine->score >= LEAST_PRODUCT * mine->second;
}

/* The log odds that two documents are the same text. */
static double odds_of(const matcher *m, uint32_t source, uint32_t target)
{
    const feature_set *a = &m->source.sets[source], *b = &m->target.sets[target];
    const uint32_t *numbers = m->source.features + m->source.starts[source];
    uint32_t most = m->source.n > m->target.n ? m->source.n : m->target.n;
    double odds = m->source.losses[source] + m->target.losses[target] - log(most);
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->at[i] == b->at[j]) {
            const feature_worth *worth = &m->worth[numbers[i]];
            odds += worth->gain - worth->missed_by_source - worth->missed_by_target;
        }
        bool first = a->at[i] <= b->at[j], second = b->at[j] <= a->at[i];
        i += first;
        j += second;
    }
    return odds;
}

/* Take the pairs that are clear among the documents that are left. */
static aln_status run_round(matcher *m, pairing_list *found, choice *sources,
                            choice *targets)
{
    memset(sources, 0, m->source.n * sizeof *sources);
    memset(targets, 0, m->target.n * sizeof *targets);
    for (uint32_t s = 0; s < m->source.n; s++)
        if (!m->source.taken[s]) compare_source(m, s, sources, targets);
    for (uint32_t s = 0; s < m->source.n; s++) {
        const choice *mine = &sources[s], *yours = &targets[mine->best];
        if (mine->score <= 0 || yours->best != s) continue;
        if (!is_clear(mine) || !is_clear(yours)) continue;
        const pairing_pair pair = {s, mine->best, odds_of(m, s, mine->best)};
        if (pair.odds < LEAST_ODDS) continue;
        if (vec_push(found, pair)) return ALN_NO_MEMORY;
        m->source.taken[s] = m->target.taken[mine->best] = true;
    }
    return ALN_OK;
}

static aln_status prepare(matcher *m)
{
    TRY(number_features(m, &m->source));
    TRY(number_features(m, &m->target));
    TRY(count_features(m, &m->source));
    TRY(count_features(m, &m->target));
    TRY(weigh_features(m));
    measure(m, &m->source);
    measure(m, &m->target);
    return index_targets(m);
}

static aln_status match(matcher *m, pairing_list *found)
{
    TRY(prepare(m));
    choice *sources = arena_array(&m->room, m->source.n + 1, sizeof *sources);
    choice *targets = arena_array(&m->room, m->target.n + 1, sizeof *targets);
    if (!sources || !targets) return ALN_NO_MEMORY;
    for (size_t round = 0, before = SIZE_MAX; round < ROUNDS && before != found->n;
         round++) {
        before = found->n;
        TRY(run_round(m, found, sources, targets));
    }
    return ALN_OK;
}

aln_status pairing_find(const feature_set *sources, uint32_t n,
                        const feature_set *targets, uint32_t n_targets,
                        pairing_list *found, aln_error *error)
{
    matcher m = {.source = {.sets = sources, .n = n},
                 .target = {.sets = targets, .n = n_targets}};
    aln_status status = match(&m, found);
    intern_done(&m.numbers);
    arena_done(&m.room);
    return status ? error_no_memory(error) : ALN_OK;
}
