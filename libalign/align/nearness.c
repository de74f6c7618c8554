/* nearness.c - cosines, measured against those of random neighbours.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/nearness.h"

#include <math.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"

enum {
    NEIGHBOURS = 40, /* random sentences that a cosine is compared with; vecalign's 20,
                      * twice, since ours are not smoothed over neighbouring runs */
    SAMPLES = 200,   /* sentences from which the two distributions are estimated */
    WINDOW = 500,    /* sentences on either side of the diagonal in which the nearest is
                      * looked for */
};

/* One bead's vectors decide no more than this: e^12 is 160,000 to 1. */
static const double MOST_SCORE = 12;

/* Deviations below this are those of texts too short to tell. */
static const double LEAST_DEVIATION = 0.02;

static double dot(const float *x, const float *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)x[i] * y[i];
    return sum;
}

static aln_status join(str *text, const aln_side *side, uint32_t from, uint32_t to)
{
    str_clear(text);
    for (uint32_t i = from; i < to; i++) {
        if (i > from && str_putc(text, ' ')) return ALN_NO_MEMORY;
        if (str_add(text, side->sentences[i].text, side->sentences[i].size))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

/* The normalised sum of the vectors of sentences [from, to). */
static const float *sum_of(nearness *near, const near_side *side, uint32_t from,
                           uint32_t to)
{
    float *sum = arena_array(&near->room, near->dimension, sizeof *sum);
    if (!sum) return NULL;
    for (uint32_t i = from; i < to; i++)
        for (size_t d = 0; d < near->dimension; d++)
            sum[d] += side->spans[0][i + 1][d];

    double norm = sqrt(dot(sum, sum, near->dimension));
    for (size_t d = 0; norm > 0 && d < near->dimension; d++)
        sum[d] = (float)(sum[d] / norm);
    return sum;
}

static aln_status find_single(nearness *near, near_side *side,
                              const aln_vectors *vectors, const aln_side *text,
                              uint32_t i, aln_error *error)
{
    const aln_sentence *sentence = &text->sentences[i];
    const float *found = aln_vectors_find(vectors, sentence->text, sentence->size);
    if (!found && !sentence->size) /* nothing was said, so nothing is near it */
        found = arena_array(&near->room, near->dimension, sizeof *found);
    if (!found) {
        error_set(error, ALN_NOT_FOUND, "no vector for the sentence \"%.*s\"",
                  (int)(sentence->size < 60 ? sentence->size : 60), sentence->text);
        if (error) error->line = i + 1;
        return ALN_NOT_FOUND;
    }
    side->spans[0][i + 1] = found;
    return ALN_OK;
}

static aln_status find_span(nearness *near, near_side *side, const aln_vectors *vectors,
                            const aln_side *text, uint32_t end, uint32_t n, str *joined)
{
    TRY(join(joined, text, end - n, end));
    const float *found = aln_vectors_find(vectors, str_text(joined), joined->size);
    if (!found) found = sum_of(near, side, end - n, end);
    side->spans[n - 1][end] = found;
    return found ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status fill_side(nearness *near, near_side *side, const aln_vectors *vectors,
                            const aln_side *text, aln_error *error)
{
    uint32_t n = (uint32_t)text->n;
    AUTO(str) str joined = {0};
    for (int k = 0; k < LENGTH_MOST; k++) {
        side->spans[k] = arena_array(&near->room, n + 1, sizeof *side->spans[k]);
        side->means[k] = arena_array(&near->room, n + 1, sizeof *side->means[k]);
        if (!side->spans[k] || !side->means[k]) return error_no_memory(error);
    }
    for (uint32_t i = 0; i < n; i++)
        TRY(find_single(near, side, vectors, text, i, error));
    for (uint32_t k = 2; k <= LENGTH_MOST; k++)
        for (uint32_t end = k; end <= n; end++)
            if (find_span(near, side, vectors, text, end, k, &joined))
                return error_no_memory(error);
    return ALN_OK;
}

/* A sentence of a text of n, the same in every run: 1..n. */
static uint32_t random_end(uint64_t seed, uint32_t n)
{
    return (uint32_t)(hash_mix(seed + 1) % n) + 1;
}

static void fill_means(const nearness *near, near_side *side, uint32_t n,
                       const near_side *other, uint32_t m)
{
    for (int k = 0; k < LENGTH_MOST && m; k++) {
        for (uint32_t end = (uint32_t)k + 1; end <= n; end++) {
            double sum = 0;
            for (uint64_t r = 0; r < NEIGHBOURS; r++)
                sum += dot(side->spans[k][end], other->spans[0][random_end(r, m)],
                           near->dimension);
            side->means[k][end] = (float)(sum / NEIGHBOURS);
        }
    }
}

static double margin_of(const nearness *near, uint32_t i, uint32_t j, uint32_t a,
                        uint32_t b)
{
    double cosine = dot(near->source.spans[a - 1][i], near->target.spans[b - 1][j],
                        near->dimension);
    double usual = (near->source.means[a - 1][i] + near->target.means[b - 1][j]) / 2;
    return cosine - usual;
}

static double best_margin(const nearness *near, uint32_t i, uint32_t n, uint32_t m)
{
    double best = -2;
    uint32_t middle = (uint32_t)((uint64_t)i * m / n);
    uint32_t from = middle > WINDOW ? middle - WINDOW : 1;
    for (uint32_t j = from; j <= m && j <= middle + WINDOW; j++) {
        double margin = margin_of(near, i, j, 1, 1);
        if (margin > best) best = margin;
    }
    return best;
}

/* How margins lie, of random pairs and of each sampled sentence's nearest one. */
static void estimate(nearness *near, uint32_t n, uint32_t m)
{
    double squares = 0, nearest = 0;
    for (uint64_t s = 0; s < SAMPLES; s++) {
        uint32_t i = random_end(2 * s, n);
        double margin = margin_of(near, i, random_end(2 * s + 1, m), 1, 1);
        squares += margin * margin;
        nearest += best_margin(near, i, n, m);
    }
    double deviation = sqrt(squares / SAMPLES);
    near->deviation = deviation < LEAST_DEVIATION ? LEAST_DEVIATION : deviation;
    near->pair_margin = nearest / SAMPLES;
}

aln_status nearness_init(nearness *near, const aln_vectors *vectors,
                         const aln_side *source, const aln_side *target,
                         aln_error *error)
{
    uint32_t n = (uint32_t)source->n, m = (uint32_t)target->n;
    *near = (nearness){.dimension = aln_vectors_dimension(vectors)};
    TRY(fill_side(near, &near->source, vectors, source, error));
    TRY(fill_side(near, &near->target, vectors, target, error));
    fill_means(near, &near->source, n, &near->target, m);
    fill_means(near, &near->target, m, &near->source, n);
    if (n && m) estimate(near, n, m);
    return ALN_OK;
}

double nearness_score(const nearness *near, uint32_t i, uint32_t j, uint32_t a,
                      uint32_t b)
{
    double m = near->pair_margin, s = near->deviation;
    double score = (margin_of(near, i, j, a, b) - m / 2) * m / (s * s);
    return score > MOST_SCORE ? MOST_SCORE : score < -MOST_SCORE ? -MOST_SCORE : score;
}

void nearness_done(nearness *near)
{
    arena_done(&near->room);
}
