/* moved.c - pairs among the skipped sentences.
 *
 * An alignment runs forward in both texts; a paragraph that was moved is skipped twice.
 * Every skipped sentence of one text is compared with every skipped one of the other,
 * by words and length as in the lattice, against long odds; two that are each other's
 * best are a pair.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/moved.h"

#include <math.h>
#include <stdlib.h>

#include "base/auto.h"

/* Few sentences are moved: the logarithm of the odds of any pair of skipped ones. */
static const double ODDS = -7;

/* A pair must be this likely, as log odds: nineteen in twenty. */
static const double LEAST = 3;

/* More skipped sentences than that are two texts that differ, not a move. */
enum { SKIPPED_MOST = 100 };

typedef vec(uint32_t) id_list;

typedef struct skipped {
    id_list source, target;
} skipped;

static inline void auto_skipped(skipped *s)
{
    vec_free(&s->source);
    vec_free(&s->target);
}

static aln_status list_skipped(const lattice_path *path, skipped *s)
{
    for (size_t k = 0; k < path->n; k++) {
        const lattice_step *step = &path->at[k];
        if (!step->target && vec_push(&s->source, step->i - 1)) return ALN_NO_MEMORY;
        if (!step->source && vec_push(&s->target, step->j - 1)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static bool stands_in(const side_text *side, uint32_t sentence, uint32_t type)
{
    for (uint32_t k = side->starts[sentence]; k < side->starts[sentence + 1]; k++)
        if (side->tokens[k] == type) return true;
    return false;
}

/* What the words gain: every source word by its best link into the target sentence.  A
 * link counts for both its ends; target words with two links are rare enough. */
static double word_gain(const pair *p, uint32_t i, uint32_t j)
{
    double sum = p->all.source_miss[i] + p->all.target_miss[j];
    for (uint32_t k = p->source.starts[i]; k < p->source.starts[i + 1]; k++) {
        uint32_t type = p->source.tokens[k];
        double best = 0;
        for (uint32_t e = p->all.starts[type]; e < p->all.starts[type + 1]; e++) {
            const evidence_edge *edge = &p->all.edges[e];
            double gain = edge->source_gain + edge->target_gain;
            if (gain > best && stands_in(&p->target, j, edge->target)) best = gain;
        }
        sum += best;
    }
    return sum;
}

static double log_odds(const pair *p, uint32_t i, uint32_t j)
{
    double source = p->source.lengths[i], target = p->target.lengths[j];
    if (source < 1 || target < 1) return -HUGE_VAL;
    length_source expected = length_expect(&p->lattice.length, log(source));
    return ODDS + p->lattice.trust * word_gain(p, i, j) +
           length_score(&p->lattice.length, &expected, log(target), 1);
}

/* For every row its best column and the other way round. */
static void choose(const double *odds, size_t n, size_t m, size_t *of_row,
                   size_t *of_column)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < m; b++)
            if (odds[a * m + b] > odds[a * m + of_row[a]]) of_row[a] = b;
    for (size_t b = 0; b < m; b++)
        for (size_t a = 0; a < n; a++)
            if (odds[a * m + b] > odds[of_column[b] * m + b]) of_column[b] = a;
}

aln_status moved_find(const pair *p, moved_list *found)
{
    AUTO(skipped) skipped s = {0};
    TRY(list_skipped(&p->path, &s));
    size_t n = s.source.n, m = s.target.n;
    if (!n || !m || n > SKIPPED_MOST || m > SKIPPED_MOST) return ALN_OK;
    AUTO(free) double *odds = calloc(n * m, sizeof *odds);
    AUTO(free) size_t *of_row = calloc(n, sizeof *of_row);
    AUTO(free) size_t *of_column = calloc(m, sizeof *of_column);
    if (!odds || !of_row || !of_column) return ALN_NO_MEMORY;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < m; b++)
            odds[a * m + b] = log_odds(p, s.source.at[a], s.target.at[b]);
    choose(odds, n, m, of_row, of_column);
    for (size_t a = 0; a < n; a++) {
        double best = odds[a * m + of_row[a]];
        if (of_column[of_row[a]] != a || best < LEAST) continue;
        moved_sentence met = {s.source.at[a], s.target.at[of_row[a]],
                              1 / (1 + exp(-best))};
        if (vec_push(found, met)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}
