/* length.c - see length.h for the formula.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/length.h"

#include <math.h>

/* Variance of the log ratio of translated sentences: a long sentence is within a fifth
 * two times in three, one of 20 letters within a factor of 1.4. */
static const double SPREAD = 0.03, ROUGHNESS = 2.0;

/* A single odd sentence must not outweigh everything else. */
static const double LEAST_SCORE = -10;

/* How many average beads the first guess of the ratio is worth. */
static const double PRIOR_BEADS = 5;

static void log_moments(const side_text *side, double *mean, double *variance)
{
    double sum = 0, squares = 0, n = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        if (side_is_blank(side, i)) continue;
        double x = log(side->lengths[i]);
        sum += x;
        squares += x * x;
        n++;
    }
    *mean = sum / fmax(n, 1);
    /* Short texts: as if two more sentences had been a factor of two off. */
    *variance = (squares - n * *mean * *mean + 1) / (n + 2);
}

void length_init(length_model *model, const side_text *source, const side_text *target)
{
    double mean, variance;
    log_moments(target, &mean, &variance);
    model->ratio = log(target->mean_length / source->mean_length);
    model->spread = SPREAD;
    model->roughness = ROUGHNESS;
    for (int k = 0; k <= LENGTH_MOST; k++) {
        int n = k ? k : 1;
        /* The arithmetic mean of k draws: exp(mean + variance / 2) each. */
        model->variance[k] = variance / n;
        model->mean[k] = log(n) + mean + variance / 2 - variance / n / 2;
    }
}

void length_observe(length_sums *sums, double source, double target, double weight)
{
    double trust = weight * sqrt(source);
    sums->weight += trust;
    sums->difference += trust * log(target / source);
}

void length_update(length_model *model, const length_sums *sums)
{
    double prior = PRIOR_BEADS * 10; /* a sentence of 100 letters has trust 10 */
    model->ratio = (model->ratio * prior + sums->difference) / (prior + sums->weight);
}

static double variance_of(const length_model *model, double log_source)
{
    return model->spread + model->roughness * exp(-log_source);
}

length_source length_expect(const length_model *model, double log_source)
{
    double v = variance_of(model, log_source);
    length_source source = {.expected = log_source + model->ratio, .precision = 1 / v};
    for (int k = 0; k <= LENGTH_MOST; k++)
        source.constants[k] = log(model->variance[k] / v);
    return source;
}

double length_score(const length_model *model, const length_source *source,
                    double log_target, int n_target)
{
    double d = log_target - source->expected;
    double d0 = log_target - model->mean[n_target];
    double score = 0.5 * (d0 * d0 / model->variance[n_target] -
                          d * d * source->precision + source->constants[n_target]);
    return score < LEAST_SCORE ? LEAST_SCORE : score;
}

double length_oddity(const length_model *model, double source, double target)
{
    double log_source = log(source);
    double d = log(target) - log_source - model->ratio;
    return d / sqrt(variance_of(model, log_source));
}
