/* lexicon.c - co-occurrence in sure beads.
 *
 * Two words that share c of N beads, with a and b beads each, are linked where that is
 * more than chance would give (Dunning's log-likelihood ratio, 1993) and neither has a
 * better partner (competitive linking, Melamed 2000).  The strength is
 *
 *     sqrt((c - 1) / (a + 1) * (c - 1) / (b + 1))
 *
 * One bead is left out of the count, for a pair must not prove the bead that taught it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/lexicon.h"

#include <math.h>
#include <stdlib.h>

#include "base/auto.h"

/* Beads at least this probable teach. */
static const double SURE = 0.9;

/* Dunning's statistic is above 7.9 once in 200 times by chance (chi square, 1 d.f.);
 * of the many pairs of a bead few pass. */
static const double LEAST_STATISTIC = 7.9;
static const double LEAST_STRENGTH = 0.15, MOST_STRENGTH = 0.8;

enum {
    RARE_LEAST = 2, /* sentences a word must stand in */
    COMMON_SHARE = 4,
};

typedef struct learner {
    const side_text *source, *target;
    uint32_t n_beads;
    uint32_t *source_beads, *target_beads; /* by type: beads it stands in */
    lexicon_pairs pairs;
} learner;

static inline void auto_learner(learner *l)
{
    free(l->source_beads);
    free(l->target_beads);
    vec_free(&l->pairs);
}

bool lexicon_is_common(uint64_t n, uint64_t of)
{
    return n * COMMON_SHARE > of + COMMON_SHARE;
}

static bool teaches(const side_text *side, uint32_t type)
{
    const token_type *token = &side->types.at[type];
    if (token->kind == TOKEN_NUMBER || token->kind == TOKEN_MARK ||
        token->kind == TOKEN_NAME)
        return false;
    return token->n >= RARE_LEAST && !lexicon_is_common(token->n, side->n);
}

static aln_status pair_up(learner *l, uint32_t s_start, uint32_t s_end,
                          uint32_t t_start, uint32_t t_end)
{
    for (uint32_t a = s_start; a < s_end; a++) {
        uint32_t s = l->source->tokens[a];
        if (!teaches(l->source, s)) continue;
        for (uint32_t b = t_start; b < t_end; b++) {
            uint32_t t = l->target->tokens[b];
            if (!teaches(l->target, t)) continue;
            lexicon_pair pair = {.source = s, .target = t, .n = 1};
            if (vec_push(&l->pairs, pair)) return ALN_NO_MEMORY;
        }
    }
    return ALN_OK;
}

static void count_types(const side_text *side, uint32_t start, uint32_t end,
                        uint32_t *beads)
{
    for (uint32_t k = start; k < end; k++)
        beads[side->tokens[k]]++;
}

static aln_status add_bead(learner *l, const lattice_step *step)
{
    uint32_t s_start = l->source->starts[step->i - step->source];
    uint32_t s_end = l->source->starts[step->i];
    uint32_t t_start = l->target->starts[step->j - step->target];
    uint32_t t_end = l->target->starts[step->j];
    l->n_beads++;
    count_types(l->source, s_start, s_end, l->source_beads);
    count_types(l->target, t_start, t_end, l->target_beads);
    return pair_up(l, s_start, s_end, t_start, t_end);
}

static int by_words(const void *left, const void *right)
{
    const lexicon_pair *a = left, *b = right;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

static int by_statistic(const void *left, const void *right)
{
    const lexicon_pair *a = left, *b = right;
    if (a->statistic != b->statistic) return a->statistic > b->statistic ? -1 : 1;
    return by_words(left, right);
}

static double term(double n, double expected)
{
    return n > 0 ? n * log(n / expected) : 0;
}

double lexicon_statistic(double c, double a, double b, double n)
{
    if (a > n) a = n;
    if (b > n) b = n;
    if (c * n <= a * b) return 0;
    double none = n - a - b + c;
    return 2 * (term(c, a * b / n) + term(a - c, a * (n - b) / n) +
                term(b - c, (n - a) * b / n) + term(none, (n - a) * (n - b) / n));
}

/* Equal pairs become one with its count. */
static void count_pairs(lexicon_pairs *pairs)
{
    size_t n = 0;
    if (!pairs->n) return;
    qsort(pairs->at, pairs->n, sizeof *pairs->at, by_words);
    for (size_t k = 0; k < pairs->n;) {
        size_t end = k + 1;
        while (end < pairs->n && by_words(&pairs->at[k], &pairs->at[end]) == 0)
            end++;
        lexicon_pair pair = pairs->at[k];
        pair.n = (uint32_t)(end - k);
        pairs->at[n++] = pair;
        k = end;
    }
    pairs->n = n;
}

/* Pairs that chance may have made vanish. */
static void keep_telling(lexicon_pairs *pairs, const lexicon_counts *counts)
{
    size_t n = 0;
    for (size_t k = 0; k < pairs->n; k++) {
        lexicon_pair pair = pairs->at[k];
        if (pair.n < counts->least) continue;
        pair.statistic =
            lexicon_statistic(pair.n, counts->source_beads[pair.source],
                              counts->target_beads[pair.target], counts->n_beads);
        if (pair.statistic >= LEAST_STATISTIC) pairs->at[n++] = pair;
    }
    pairs->n = n;
}

static double strength_of(const lexicon_counts *counts, const lexicon_pair *pair)
{
    double c = pair->n - 1;
    double p = c / sqrt((counts->source_beads[pair->source] + 1.0) *
                        (counts->target_beads[pair->target] + 1.0));
    return p > MOST_STRENGTH ? MOST_STRENGTH : p;
}

/* The best pairs first; a word that has found a partner takes no worse ones. */
aln_status lexicon_link(evidence *found, lexicon_pairs *pairs,
                        const lexicon_counts *counts)
{
    AUTO(free) double *source_best = calloc(counts->n_source + 1, sizeof(double));
    AUTO(free) double *target_best = calloc(counts->n_target + 1, sizeof(double));
    if (!source_best || !target_best) return ALN_NO_MEMORY;
    keep_telling(pairs, counts);
    if (pairs->n) qsort(pairs->at, pairs->n, sizeof *pairs->at, by_statistic);
    for (size_t k = 0; k < pairs->n; k++) {
        const lexicon_pair *pair = &pairs->at[k];
        double strength = strength_of(counts, pair);
        double *a = &source_best[pair->source], *b = &target_best[pair->target];
        if (strength < LEAST_STRENGTH || *a > strength || *b > strength) continue;
        if (strength > *a) *a = strength;
        if (strength > *b) *b = strength;
        TRY(evidence_add(found, pair->source, pair->target, strength));
    }
    return ALN_OK;
}

aln_status lexicon_learn(evidence *found, const side_text *source,
                         const side_text *target, const lattice_path *path,
                         size_t beads_most)
{
    AUTO(learner) learner l = {.source = source, .target = target};
    l.source_beads = calloc(source->types.n + 1, sizeof *l.source_beads);
    l.target_beads = calloc(target->types.n + 1, sizeof *l.target_beads);
    if (!l.source_beads || !l.target_beads) return ALN_NO_MEMORY;
    size_t every = (path->n + beads_most - 1) / beads_most;
    for (size_t k = 0; k < path->n; k += every) {
        const lattice_step *step = &path->at[k];
        if (!step->source || !step->target || step->probability < SURE) continue;
        TRY(add_bead(&l, step));
    }
    count_pairs(&l.pairs);
    const lexicon_counts counts = {
        .least = RARE_LEAST,
        .n_beads = l.n_beads,
        .n_source = source->types.n,
        .n_target = target->types.n,
        .source_beads = l.source_beads,
        .target_beads = l.target_beads,
    };
    return lexicon_link(found, &l.pairs, &counts);
}
