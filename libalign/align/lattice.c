/* lattice.c - sums over all paths, forward and backward, and the best path.
 *
 * Three states: after a bead, inside a run of skipped source sentences, inside a run of
 * skipped target sentences.  A run of both is written source first, so that every
 * alignment is one path.  Sums are kept as logarithms.
 *
 *     forward(i, j, state)   all paths from (0, 0) that end so
 *     backward(i, j, state)  all paths from there to (n, m)
 *     probability of a bead = forward * move * backward / forward(n, m)
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/cells.h"
#include "base/auto.h"

const lattice_shape lattice_shapes[SHAPES] = {{1, 1}, {1, 2}, {2, 1}, {2, 2},
                                              {1, 3}, {3, 1}, {1, 4}, {4, 1}};

enum { LEAVE = STATES, SUMS }; /* forward keeps a fourth sum: all states, leaving */

/* Costs by the state before and the state that follows. */
typedef float state_table[STATES][STATES];

typedef struct moves {
    float shapes[SHAPES];
    float leave[STATES]; /* to a bead */
    state_table open;    /* to skip a sentence */
    state_table pass;    /* to skip a blank, which says nothing by missing */
    state_table again;   /* to skip one behind a blank: its run is not gone on with */
} moves;

typedef const float (*skip_table)[STATES];

static bool follows_blank(const side_text *side, uint32_t sentence)
{
    return sentence > 0 && side_is_blank(side, sentence - 1);
}

static skip_table skips_of(const moves *m, const side_text *side, uint32_t sentence)
{
    if (side_is_blank(side, sentence)) return m->pass;
    return follows_blank(side, sentence) ? m->again : m->open;
}

/* log(e^a + e^b) by a table; terms smaller than e^-SUM_MOST of a sum are left out. */
static double sum_logs(const lattice *l, double a, double b)
{
    double high = a > b ? a : b, x = high - (a > b ? b : a);
    if (!(x < SUM_MOST)) return high;
    float place = (float)x * SUM_STEPS;
    int step = (int)place;
    float rest = place - (float)step;
    return high + l->carry[step] + rest * (l->carry[step + 1] - l->carry[step]);
}

static void make_moves(const lattice_priors *priors, moves *m)
{
    double go_on = priors->extend, end = 1 - go_on;
    double s = priors->open_source, t = priors->open_target;
    for (int shape = 0; shape < SHAPES; shape++)
        m->shapes[shape] = (float)log(priors->shapes[shape]);
    for (int from = 0; from < STATES; from++)
        m->open[from][SKIP_NONE] = LATTICE_NEVER;
    m->open[SKIP_NONE][SKIP_SOURCE] = (float)log(s);
    m->open[SKIP_NONE][SKIP_TARGET] = (float)log(t);
    m->leave[SKIP_NONE] = (float)log(1 - s - t);
    m->open[SKIP_SOURCE][SKIP_SOURCE] = (float)log(go_on);
    m->open[SKIP_SOURCE][SKIP_TARGET] = (float)log(end * t);
    m->leave[SKIP_SOURCE] = (float)log(end * (1 - t));
    m->open[SKIP_TARGET][SKIP_TARGET] = (float)log(go_on);
    m->open[SKIP_TARGET][SKIP_SOURCE] = LATTICE_NEVER;
    m->leave[SKIP_TARGET] = (float)log(end);
    for (int from = 0; from < STATES; from++)
        for (int to = 0; to < STATES; to++)
            m->pass[from][to] = m->open[from][to] > LATTICE_NEVER ? 0 : LATTICE_NEVER;
    memcpy(m->again, m->open, sizeof m->again);
    m->again[SKIP_SOURCE][SKIP_SOURCE] = (float)log(s);
    m->again[SKIP_TARGET][SKIP_TARGET] = (float)log(t);
}

static double *forward_at(const lattice *l, uint32_t i, uint32_t j)
{
    return &l->forward[lattice_cell(l, i, j) * SUMS];
}

static double *backward_at(const lattice *l, uint32_t i, uint32_t j)
{
    return &l->backward[lattice_cell(l, i, j) * STATES];
}

static double arrive_by_bead(const lattice *l, const moves *m, uint32_t i, uint32_t j)
{
    const float *scores = &l->scores[lattice_cell(l, i, j) * SHAPES];
    double sum = LATTICE_NEVER;
    for (int shape = 0; shape < SHAPES; shape++) {
        if (scores[shape] <= LATTICE_NEVER) continue;
        const double *from = forward_at(l, i - lattice_shapes[shape].source,
                                        j - lattice_shapes[shape].target);
        sum = sum_logs(l, sum, from[LEAVE] + m->shapes[shape] + scores[shape]);
    }
    return sum;
}

static double arrive_by_skip(const lattice *l, const double *from, skip_table skips,
                             int state)
{
    double sum = LATTICE_NEVER;
    for (int s = 0; s < STATES; s++)
        sum = sum_logs(l, sum, from[s] + skips[s][state]);
    return sum;
}

static void sum_forward(lattice *l, const moves *m)
{
    for (uint32_t i = 0; i <= l->source->n; i++) {
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++) {
            double *at = forward_at(l, i, j);
            at[SKIP_NONE] = i + j ? arrive_by_bead(l, m, i, j) : 0;
            at[SKIP_SOURCE] = at[SKIP_TARGET] = LATTICE_NEVER;
            if (i && lattice_has(l, i - 1, j))
                at[SKIP_SOURCE] =
                    arrive_by_skip(l, forward_at(l, i - 1, j),
                                   skips_of(m, l->source, i - 1), SKIP_SOURCE);
            if (j && lattice_has(l, i, j - 1))
                at[SKIP_TARGET] =
                    arrive_by_skip(l, forward_at(l, i, j - 1),
                                   skips_of(m, l->target, j - 1), SKIP_TARGET);
            at[LEAVE] = LATTICE_NEVER;
            for (int s = 0; s < STATES; s++)
                at[LEAVE] = sum_logs(l, at[LEAVE], at[s] + m->leave[s]);
        }
    }
}

/* The sum over the beads that begin in (i, j). */
static double leave_by_bead(const lattice *l, const moves *m, uint32_t i, uint32_t j)
{
    double sum = LATTICE_NEVER;
    for (int shape = 0; shape < SHAPES; shape++) {
        uint32_t to_i = i + lattice_shapes[shape].source;
        uint32_t to_j = j + lattice_shapes[shape].target;
        if (!lattice_has(l, to_i, to_j)) continue;
        float score = l->scores[lattice_cell(l, to_i, to_j) * SHAPES + (size_t)shape];
        if (score <= LATTICE_NEVER) continue;
        sum = sum_logs(
            l, sum, m->shapes[shape] + score + backward_at(l, to_i, to_j)[SKIP_NONE]);
    }
    return sum;
}

static void sum_backward(lattice *l, const moves *m)
{
    uint32_t n = l->source->n;
    for (uint32_t i = n + 1; i-- > 0;) {
        for (uint32_t j = l->band.high[i] + 1; j-- > l->band.low[i];) {
            double *at = backward_at(l, i, j);
            bool end = i == n && j == l->target->n;
            double bead = leave_by_bead(l, m, i, j);
            for (int s = 0; s < STATES; s++) {
                at[s] = end ? 0 : bead + m->leave[s];
                if (lattice_has(l, i + 1, j))
                    at[s] = sum_logs(l, at[s],
                                     skips_of(m, l->source, i)[s][SKIP_SOURCE] +
                                         backward_at(l, i + 1, j)[SKIP_SOURCE]);
                if (lattice_has(l, i, j + 1))
                    at[s] = sum_logs(l, at[s],
                                     skips_of(m, l->target, j)[s][SKIP_TARGET] +
                                         backward_at(l, i, j + 1)[SKIP_TARGET]);
            }
        }
    }
}

aln_status lattice_score(lattice *l, const evidence *found)
{
    return cells_score(l, found);
}

void lattice_sum(lattice *l)
{
    moves m;
    make_moves(&l->priors, &m);
    memcpy(l->logs, m.shapes, sizeof l->logs);
    for (int k = 0; k < SUM_STEPS * SUM_MOST + 2; k++)
        l->carry[k] = log1pf(expf(-(float)k / SUM_STEPS));
    sum_forward(l, &m);
    sum_backward(l, &m);
    l->total = backward_at(l, 0, 0)[SKIP_NONE];
}

static double probability_of(double log_p)
{
    if (log_p < -30) return 0;
    return log_p > 0 ? 1 : exp(log_p);
}

double lattice_probability(const lattice *l, uint32_t i, uint32_t j, int shape)
{
    float score = l->scores[lattice_cell(l, i, j) * SHAPES + (size_t)shape];
    if (score <= LATTICE_NEVER) return 0;
    const double *from = forward_at(l, i - lattice_shapes[shape].source,
                                    j - lattice_shapes[shape].target);
    double log_p = from[LEAVE] + l->logs[shape] + score +
                   backward_at(l, i, j)[SKIP_NONE] - l->total;
    return probability_of(log_p);
}

double lattice_visited(const lattice *l, uint32_t i, uint32_t j)
{
    const double *to = forward_at(l, i, j), *on = backward_at(l, i, j);
    double best = LATTICE_NEVER;
    for (int s = 0; s < STATES; s++)
        if (to[s] + on[s] > best) best = to[s] + on[s];
    return probability_of(best - l->total);
}

double lattice_skip_probability(const lattice *l, uint32_t i, uint32_t j, int state)
{
    double log_p = forward_at(l, i, j)[state] + backward_at(l, i, j)[state] - l->total;
    return probability_of(log_p);
}

/* The probability that a run of skipped sentences reaches (i, j) and is not new. */
static double goes_on(const lattice *l, uint32_t i, uint32_t j, int state)
{
    uint32_t before_i = i - (state == SKIP_SOURCE),
             before_j = j - (state == SKIP_TARGET);
    if (!lattice_has(l, before_i, before_j)) return 0;
    return probability_of(forward_at(l, before_i, before_j)[state] +
                          log(l->priors.extend) + backward_at(l, i, j)[state] -
                          l->total);
}

lattice_skips lattice_count_skips(const lattice *l, int state)
{
    lattice_skips sums = {0};
    bool forth = state == SKIP_SOURCE;
    const side_text *side = forth ? l->source : l->target;
    for (uint32_t i = 0; i <= l->source->n; i++) {
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++) {
            uint32_t end = forth ? i : j;
            if (!end || side_is_blank(side, end - 1)) continue;
            sums.all += lattice_skip_probability(l, i, j, state);
            if (!follows_blank(side, end - 1)) sums.on += goes_on(l, i, j, state);
        }
    }
    return sums;
}

aln_status lattice_init(lattice *l, const side_text *source, const side_text *target,
                        lattice_band band)
{
    *l = (lattice){.source = source, .target = target, .band = band};
    size_t cells = band.offsets[source->n + 1];
    l->scores = malloc(cells * SHAPES * sizeof *l->scores);
    l->forward = malloc(cells * SUMS * sizeof *l->forward);
    l->backward = malloc(cells * STATES * sizeof *l->backward);
    return l->scores && l->forward && l->backward ? ALN_OK : ALN_NO_MEMORY;
}

void lattice_done(lattice *l)
{
    free(l->scores);
    free(l->forward);
    free(l->backward);
    band_done(&l->band);
    *l = (lattice){0};
}
