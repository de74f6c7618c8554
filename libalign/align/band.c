/* band.c - which part of the lattice is looked at.
 *
 * Small texts are looked at whole.  In large ones, links between words that are rare on
 * both sides give points (i, j); the heaviest chain of points that rises in both texts
 * is a skeleton of the alignment.  A wrong point can slip in between right ones, but
 * two in a row are unlikely to: the band between two points reaches as far as the
 * points SLACK further out on either side allow, and a margin more.
 *
 *     j  |          .--x--'          x  chain
 *        |     .-x--'   .            .  edges of the band
 *        | .-x-'   .-'
 *        +---------------- i
 *
 * Where the chain has a long gap, the band between its ends is the whole rectangle if
 * that is small, else a corridor along its diagonal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/band.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"

enum {
    RARE_PAIRS = 9,   /* a link gives all its pairs of places up to this many */
    RARE_EQUAL = 100, /* words as frequent on both sides pair up in order up to this */
    SLACK = 3,        /* points of the chain that may be wrong */
    MARGIN = 6,       /* sentences around the band */
    GAP_CELLS = 400000, /* a larger hole of the chain gets a corridor */
    CORRIDOR = 100,     /* sentences to either side of its middle */
};

static const double LEAST_STRENGTH = 0.4;

typedef struct point {
    uint32_t i, j;
    double weight, chain; /* of the point; of the heaviest chain that ends in it */
    uint32_t before;      /* in that chain: index + 1 */
} point;

typedef vec(point) point_list;

static inline void auto_point_list(point_list *points)
{
    vec_free(points);
}

static aln_status make_rows(lattice_band *band, uint32_t n)
{
    *band = (lattice_band){0};
    band->low = calloc((size_t)n + 1, sizeof *band->low);
    band->high = calloc((size_t)n + 1, sizeof *band->high);
    band->offsets = calloc((size_t)n + 2, sizeof *band->offsets);
    return band->low && band->high && band->offsets ? ALN_OK : ALN_NO_MEMORY;
}

/* Rising edges that hold both corners and leave no row without a way on, and where the cells of each row begin. */
static void finish_rows(lattice_band *band, uint32_t n, uint32_t m)
{
    band->low[0] = 0;
    band->high[n] = m;
    for (uint32_t i = 1; i <= n; i++)
        if (band->high[i] < band->high[i - 1]) band->high[i] = band->high[i - 1];
    for (uint32_t i = 1; i <= n; i++)
        if (band->low[i] > band->high[i - 1]) band->low[i] = band->high[i - 1];
    for (uint32_t i = n; i-- > 0;)
        if (band->low[i] > band->low[i + 1]) band->low[i] = band->low[i + 1];
    for (uint32_t i = 0; i <= n; i++)
        band->offsets[i + 1] = band->offsets[i] + (band->high[i] - band->low[i]) + 1;
}

aln_status band_full(lattice_band *band, uint32_t n, uint32_t m)
{
    TRY(make_rows(band, n));
    for (uint32_t i = 0; i <= n; i++)
        band->high[i] = m;
    finish_rows(band, n, m);
    return ALN_OK;
}

static aln_status add_point(point_list *points, uint32_t i, uint32_t j, double weight)
{
    return vec_push(points, (point){i, j, weight, 0, 0});
}

/* The places where the two words of a link may meet. */
static aln_status add_link_points(point_list *points, const evidence_link *link,
                                  const side_text *source, const side_text *target)
{
    uint32_t n = source->types.at[link->source].n, m = target->types.at[link->target].n;
    const uint32_t *is = source->sentences + source->lists[link->source];
    const uint32_t *js = target->sentences + target->lists[link->target];
    double weight = link->strength / (1 + log((double)n * m));
    if (n == m && n <= RARE_EQUAL) {
        for (uint32_t k = 0; k < n; k++)
            TRY(add_point(points, is[k], js[k], weight));
        return ALN_OK;
    }
    if ((uint64_t)n * m > RARE_PAIRS) return ALN_OK;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < m; b++)
            TRY(add_point(points, is[a], js[b], weight));
    return ALN_OK;
}

/* By i; of equal i the greater j first, so that a chain takes one of them. */
static int by_place(const void *left, const void *right)
{
    const point *a = left, *b = right;
    if (a->i != b->i) return a->i < b->i ? -1 : 1;
    return (a->j < b->j) - (a->j > b->j);
}

/* Several words of one pair of sentences speak for it together. */
static void merge_equal(point_list *points)
{
    size_t n = 0;
    if (points->n) qsort(points->at, points->n, sizeof *points->at, by_place);
    for (size_t p = 0; p < points->n; p++) {
        point *last = n ? &points->at[n - 1] : NULL;
        if (last && last->i == points->at[p].i && last->j == points->at[p].j)
            last->weight += points->at[p].weight;
        else
            points->at[n++] = points->at[p];
    }
    points->n = n;
}

/* A tree of prefix maxima over columns (Fenwick 1994): the point, as index + 1, whose
 * chain is the heaviest among those that end before a column. */
static uint32_t heaviest_before(const uint32_t *tree, const point_list *points,
                                uint32_t column)
{
    uint32_t best = 0;
    for (uint32_t k = column; k > 0; k &= k - 1)
        if (tree[k] &&
            (!best || points->at[tree[k] - 1].chain > points->at[best - 1].chain))
            best = tree[k];
    return best;
}

static void enter(uint32_t *tree, uint32_t m, const point_list *points, uint32_t p)
{
    for (uint32_t k = points->at[p].j + 1; k <= m; k += k & (~k + 1))
        if (!tree[k] || points->at[tree[k] - 1].chain < points->at[p].chain)
            tree[k] = p + 1;
}

/* The heaviest chain that rises strictly in both texts; its points, in order, take the
 * place of all. */
static aln_status keep_chain(point_list *points, uint32_t m)
{
    AUTO(free) uint32_t *tree = calloc((size_t)m + 2, sizeof *tree);
    if (!tree) return ALN_NO_MEMORY;
    uint32_t best = 0;
    for (uint32_t p = 0; p < points->n; p++) {
        point *at = &points->at[p];
        at->before = heaviest_before(tree, points, at->j);
        at->chain = at->weight + (at->before ? points->at[at->before - 1].chain : 0);
        enter(tree, m, points, p);
        if (!best || at->chain > points->at[best - 1].chain) best = p + 1;
    }
    size_t n = 0;
    for (uint32_t p = best; p; p = points->at[p - 1].before)
        n++;
    /* Predecessors stand earlier: the chain can be moved to the front from its end. */
    AUTO(point_list) point_list chain = {0};
    for (uint32_t p = best; p; p = points->at[p - 1].before)
        if (vec_push(&chain, points->at[p - 1])) return ALN_NO_MEMORY;
    for (size_t k = 0; k < n; k++)
        points->at[k] = chain.at[n - 1 - k];
    points->n = n;
    return ALN_OK;
}

/* Widen row i of the band to hold the columns [low, high], as far as there are. */
static void widen(lattice_band *band, uint32_t i, int64_t low, int64_t high, uint32_t m)
{
    if (low < 0) low = 0;
    if (high > m) high = m;
    if (low < band->low[i]) band->low[i] = (uint32_t)low;
    if (high > band->high[i]) band->high[i] = (uint32_t)high;
}

/* The rows of one step of the chain, from (i0, j0) to (i1, j1). */
static void cover(lattice_band *band, uint32_t n, uint32_t m, const int64_t from[2],
                  const int64_t to[2])
{
    int64_t height = to[0] - from[0], width = to[1] - from[1];
    bool corridor = height * width > GAP_CELLS;
    for (int64_t i = from[0] - MARGIN; i <= to[0] + MARGIN; i++) {
        if (i < 0 || i > n) continue;
        int64_t low = from[1] - MARGIN, high = to[1] + MARGIN;
        if (corridor) {
            int64_t middle = from[1] + (i - from[0]) * width / height;
            low = middle - CORRIDOR - width / 10;
            high = middle + CORRIDOR + width / 10;
        }
        widen(band, (uint32_t)i, low, high, m);
    }
}

static void cover_chain(lattice_band *band, const point_list *chain, uint32_t n,
                        uint32_t m)
{
    for (uint32_t i = 0; i <= n; i++)
        band->low[i] = m;
    size_t last = chain->n;
    for (size_t k = 0; k <= last; k++) {
        size_t a = k > SLACK ? k - SLACK : 0, b = k + SLACK;
        int64_t from[2] = {0, 0}, to[2] = {n, m};
        if (a) from[0] = chain->at[a - 1].i, from[1] = chain->at[a - 1].j;
        if (b < last) to[0] = chain->at[b].i, to[1] = chain->at[b].j;
        cover(band, n, m, from, to);
    }
}

aln_status band_of_anchors(lattice_band *band, const evidence *known,
                           const side_text *source, const side_text *target)
{
    AUTO(point_list) point_list points = {0};
    TRY(make_rows(band, source->n));
    for (size_t k = 0; k < known->links.n; k++)
        if (known->links.at[k].strength >= LEAST_STRENGTH)
            TRY(add_link_points(&points, &known->links.at[k], source, target));
    merge_equal(&points);
    TRY(keep_chain(&points, target->n));
    cover_chain(band, &points, source->n, target->n);
    finish_rows(band, source->n, target->n);
    return ALN_OK;
}

aln_status band_tightened(lattice_band *band, const lattice *l, double least,
                          uint32_t margin)
{
    uint32_t n = l->source->n, m = l->target->n;
    TRY(make_rows(band, n));
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t low = m, high = 0;
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++) {
            if (lattice_visited(l, i, j) < least) continue;
            if (j < low) low = j;
            if (j > high) high = j;
        }
        band->low[i] = low > margin ? low - margin : 0;
        band->high[i] = high + margin < m ? high + margin : m;
    }
    finish_rows(band, n, m);
    return ALN_OK;
}

void band_done(lattice_band *band)
{
    free(band->low);
    free(band->high);
    free(band->offsets);
    *band = (lattice_band){0};
}
