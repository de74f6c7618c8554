/* calibrate.c - see calibrate.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/calibrate.h"

#include <math.h>
#include <stdlib.h>

static const double WEIGHTS[FEATURES] = {
    [FEATURE_CONSTANT] = -0.44, [FEATURE_BELIEF] = 0.44, [FEATURE_JOINED] = -0.75,
    [FEATURE_LARGE] = -1.69,    [FEATURE_MARGIN] = 1.38, [FEATURE_EVIDENCE] = 1.90,
    [FEATURE_ODDITY] = -0.24,   [FEATURE_SHIFT] = -1.45, [FEATURE_SKIPPED] = -2.61,
    [FEATURE_MEAN] = -0.38,
};

/* Beyond these a feature says nothing more. */
static const double MOST_SURE = 0.9995, MOST_ODD = 3, MOST_SHIFT = 6, MOST_MEAN = 30;

/* Where a margin counts three quarters, in logarithms of a probability. */
static const double WIDE = 10;

enum { REACH = 12 }; /* sentences to either side that a bead is compared with */

static double log_odds(double p)
{
    p = fmin(fmax(p, 1 - MOST_SURE), MOST_SURE);
    return log(p / (1 - p));
}

static bool is_bead(const lattice_step *step)
{
    return step->source && step->target;
}

static int shape_of(const lattice_step *step)
{
    int shape = 0;
    while (lattice_shapes[shape].source != step->source ||
           lattice_shapes[shape].target != step->target)
        shape++;
    return shape;
}

static double score_at(const lattice *l, uint32_t i, uint32_t j, int shape)
{
    return l->scores[lattice_cell(l, i, j) * SHAPES + (size_t)shape];
}

static double oddity_of(const lattice *l, const lattice_step *step)
{
    double source = 0, target = 0;
    for (uint32_t n = 1; n <= step->source; n++)
        source += l->source->lengths[step->i - n];
    for (uint32_t n = 1; n <= step->target; n++)
        target += l->target->lengths[step->j - n];
    return length_oddity(&l->length, source, target);
}

static bool is_blank(const lattice *l, const lattice_step *step)
{
    return step->source ? side_is_blank(l->source, step->i - 1)
                        : side_is_blank(l->target, step->j - 1);
}

path_summary calibrate_summary(const lattice *l, const lattice_path *path)
{
    double beads = 0, skipped = 0, score = 0;
    for (size_t k = 0; k < path->n; k++) {
        const lattice_step *step = &path->at[k];
        if (!is_bead(step)) {
            skipped += !is_blank(l, step);
            continue;
        }
        score += score_at(l, step->i, step->j, shape_of(step));
        beads++;
    }
    if (beads < 1) return (path_summary){1, 0};
    return (path_summary){.skipped = skipped / (skipped + beads),
                          .mean = fmin(fmax(score / beads, 0), MOST_MEAN)};
}

/* The best score of the same shape, some sentences on in one of the texts: steps of
 * (di, dj), the first `width` of which would overlap. */
static double best_beside(const lattice *l, const lattice_step *step, int di, int dj,
                          int width)
{
    int shape = shape_of(step);
    double best = LATTICE_NEVER;
    for (int n = -REACH; n <= REACH; n++) {
        uint32_t i = step->i + (uint32_t)(n * di), j = step->j + (uint32_t)(n * dj);
        if (abs(n) < width || !lattice_has(l, i, j)) continue;
        best = fmax(best, score_at(l, i, j, shape));
    }
    return best;
}

static double margin_of(const lattice *l, const lattice_step *step)
{
    double other = fmax(best_beside(l, step, 1, 0, step->source),
                        best_beside(l, step, 0, 1, step->target));
    return tanh((score_at(l, step->i, step->j, shape_of(step)) - other) / WIDE);
}

static uint32_t tokens_of(const side_text *side, uint32_t end, uint32_t n)
{
    return side->starts[end] - side->starts[end - n];
}

/* Chance gives long beads more: as the square root of their tokens. */
static double evidence_of(const lattice *l, const lattice_step *step)
{
    double tokens = tokens_of(l->source, step->i, step->source) +
                    tokens_of(l->target, step->j, step->target);
    double score = score_at(l, step->i, step->j, shape_of(step));
    return tanh(score / (1 + sqrt(tokens)));
}

static double shift_of(const lattice *l, const lattice_path *path, size_t k,
                       double oddity)
{
    double shift = 0;
    if (k && is_bead(&path->at[k - 1]))
        shift = fmax(shift, -oddity * oddity_of(l, &path->at[k - 1]));
    if (k + 1 < path->n && is_bead(&path->at[k + 1]))
        shift = fmax(shift, -oddity * oddity_of(l, &path->at[k + 1]));
    return fmin(shift, MOST_SHIFT);
}

void calibrate_features(const lattice *l, const lattice_path *path, size_t k,
                        const path_summary *summary, double features[FEATURES])
{
    const lattice_step *step = &path->at[k];
    double oddity = oddity_of(l, step);
    features[FEATURE_CONSTANT] = 1;
    features[FEATURE_BELIEF] = log_odds(step->probability);
    features[FEATURE_JOINED] = step->source + step->target > 2;
    features[FEATURE_LARGE] = step->source + step->target > 3;
    features[FEATURE_MARGIN] = margin_of(l, step);
    features[FEATURE_ODDITY] = fmin(fabs(oddity), MOST_ODD);
    features[FEATURE_SHIFT] = shift_of(l, path, k, oddity) / MOST_SHIFT;
    features[FEATURE_SKIPPED] = summary->skipped;
    features[FEATURE_MEAN] = summary->mean / 10;
    features[FEATURE_EVIDENCE] = evidence_of(l, step);
}

void calibrate_path(const lattice *l, lattice_path *path)
{
    path_summary summary = calibrate_summary(l, path);
    for (size_t k = 0; k < path->n; k++) {
        double features[FEATURES], sum = 0;
        if (!is_bead(&path->at[k])) continue;
        calibrate_features(l, path, k, &summary, features);
        for (int f = 0; f < FEATURES; f++)
            sum += WEIGHTS[f] * features[f];
        path->at[k].probability = 1 / (1 + exp(-sum));
    }
}
