/* paragraphs.c - see paragraphs.h for the formula.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/paragraphs.h"

#include <math.h>

/* r before it is estimated, and how many cuts that guess is worth. */
static const double FIRST_RELIABILITY = 0.7, PRIOR_CUTS = 10;

/* Texts of which nearly every sentence is a paragraph, or none, have no cuts to meet. */
static const double LEAST_SHARE = 0.02, MOST_SHARE = 0.95;

/* A joint between sentences of one bead is a cut that often, of what chance would make
 * it: translators join within paragraphs. */
static const double INSIDE = 0.2;

/* No cell of the table is quite empty. */
static const double LEAST_CELL = 0.02;

static double share_of_cuts(const side_text *side)
{
    double cuts = 0, n = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        if (side_is_blank(side, i)) continue;
        cuts += side->cuts[i];
        n++;
    }
    return n > 0 ? cuts / n : 0;
}

static double ratio(double p, double chance)
{
    return log(fmax(p, LEAST_CELL * chance) / chance);
}

static void weigh(paragraph_model *model, double reliability)
{
    double s = model->source, t = model->target;
    double both = fmax(reliability * fmin(s, t), s * t);
    model->begins[1][1] = ratio(both, s * t);
    model->begins[1][0] = ratio(s - both, s * (1 - t));
    model->begins[0][1] = ratio(t - both, (1 - s) * t);
    model->begins[0][0] = ratio(1 - s - t + both, (1 - s) * (1 - t));
    double cut = fmin(s, t), gain = reliability * (1 - INSIDE);
    model->inside[1] = log(1 - gain);
    model->inside[0] = log((1 - cut * (1 - gain)) / (1 - cut));
}

void paragraph_init(paragraph_model *model, const side_text *source,
                    const side_text *target)
{
    double s = share_of_cuts(source), t = share_of_cuts(target);
    *model = (paragraph_model){.source = s, .target = t};
    model->known = fmin(s, t) > LEAST_SHARE && fmax(s, t) < MOST_SHARE;
    if (model->known) weigh(model, FIRST_RELIABILITY);
}

void paragraph_observe(paragraph_sums *sums, bool source, bool target, double weight)
{
    if (source) sums->source += weight;
    if (target) sums->target += weight;
    if (source && target) sums->both += weight;
}

void paragraph_update(paragraph_model *model, const paragraph_sums *sums)
{
    if (!model->known) return;
    double cuts = fmin(sums->source, sums->target);
    weigh(model, (PRIOR_CUTS * FIRST_RELIABILITY + sums->both) / (PRIOR_CUTS + cuts));
}

double paragraph_score(const paragraph_model *model, const side_text *source,
                       const side_text *target, uint32_t i, uint32_t j, uint32_t a,
                       uint32_t b)
{
    if (!model->known) return 0;
    double score = model->begins[source->cuts[i - a]][target->cuts[j - b]];
    for (uint32_t k = i - a + 1; k < i; k++)
        score += model->inside[source->cuts[k]];
    for (uint32_t k = j - b + 1; k < j; k++)
        score += model->inside[target->cuts[k]];
    return score;
}
