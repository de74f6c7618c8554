/* cells.c - what the words and lengths say for every bead.
 *
 * Row by row, the links of a sentence's words are followed into the other text: each
 * arrival is a hit in one cell.  A bead collects the hits of its cells; a word counts
 * once, with its best hit, however many it has:
 *
 *     source words of row i   explained by the columns of the bead
 *     target words of column j  explained by its rows
 *
 * A long bead finds any word more easily by chance, so that a match in a bead r times
 * as long as the average sentence is worth log r less.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/witness.h"
#include "base/auto.h"

enum { ROWS = LENGTH_MOST }; /* that a bead can span */

/* A sentence a third as long as the average is not judged more kindly than that. */
static const double LEAST_LOG_RATIO = -1.1;

typedef struct hit {
    uint32_t source, target; /* types */
    float source_gain, target_gain;
} hit;

typedef struct hit_row {
    vec(hit) hits;      /* by column */
    uint32_t low, high; /* columns of the text, half-open */
    vec(uint32_t) starts;
} hit_row;

/* The best gain of each type so far, and which types have one. */
typedef struct best_gains {
    float *gains;
    uint32_t *touched;
    uint32_t n;
} best_gains;

typedef struct scorer {
    lattice *l;
    const evidence *found;
    hit_row rows[ROWS]; /* row i is rows[i % ROWS] */
    vec(hit) loose;
    vec(uint32_t) columns; /* of the loose hits */
    best_gains source, target;
    double *column_logs[LENGTH_MOST + 1]; /* letters of k sentences ending at j */
    double row_logs[LENGTH_MOST + 1];
    length_source row_lengths[LENGTH_MOST + 1];
    double mean_source, mean_target; /* logs */
} scorer;

static aln_status best_init(best_gains *best, size_t n)
{
    best->gains = calloc(n + 1, sizeof *best->gains);
    best->touched = calloc(n + 1, sizeof *best->touched);
    return best->gains && best->touched ? ALN_OK : ALN_NO_MEMORY;
}

static void best_offer(best_gains *best, uint32_t type, float gain)
{
    if (gain <= best->gains[type]) return;
    if (best->gains[type] == 0) best->touched[best->n++] = type;
    best->gains[type] = gain;
}

/* The sum of what was offered, each less by what chance has gained; forgets it. */
static double best_take(best_gains *best, double log_ratio)
{
    double sum = 0;
    for (uint32_t i = 0; i < best->n; i++) {
        double gain = best->gains[best->touched[i]] - log_ratio;
        if (gain > 0) sum += gain;
        best->gains[best->touched[i]] = 0;
    }
    best->n = 0;
    return sum;
}

static void scorer_done(scorer *s)
{
    for (int r = 0; r < ROWS; r++) {
        vec_free(&s->rows[r].hits);
        vec_free(&s->rows[r].starts);
    }
    vec_free(&s->loose);
    vec_free(&s->columns);
    free(s->source.gains);
    free(s->source.touched);
    free(s->target.gains);
    free(s->target.touched);
    for (int k = 0; k <= LENGTH_MOST; k++)
        free(s->column_logs[k]);
}

static inline void auto_scorer(scorer *s)
{
    scorer_done(s);
}

/* column_logs[k][j]: letters of the k sentences before j. */
static aln_status measure_columns(scorer *s)
{
    const side_text *target = s->l->target;
    for (int k = 1; k <= LENGTH_MOST; k++) {
        double *logs = calloc((size_t)target->n + 1, sizeof *logs);
        if (!(s->column_logs[k] = logs)) return ALN_NO_MEMORY;
        for (uint32_t j = (uint32_t)k; j <= target->n; j++) {
            double letters = 0;
            for (int back = 1; back <= k; back++)
                letters += target->lengths[j - (uint32_t)back];
            logs[j] = log(letters);
        }
    }
    return ALN_OK;
}

static void measure_row(scorer *s, uint32_t i)
{
    double letters = 0;
    for (uint32_t k = 1; k <= LENGTH_MOST && k <= i; k++) {
        letters += s->l->source->lengths[i - k];
        s->row_logs[k] = log(letters);
        s->row_lengths[k] = length_expect(&s->l->length, s->row_logs[k]);
    }
}

/* The first of a rising list that is not below a bound. */
static const uint32_t *first_from(const uint32_t *list, const uint32_t *end,
                                  uint32_t bound)
{
    while (list < end) {
        const uint32_t *middle = list + (end - list) / 2;
        if (*middle < bound)
            list = middle + 1;
        else
            end = middle;
    }
    return list;
}

static aln_status follow_edge(scorer *s, const hit_row *row, uint32_t source,
                              const evidence_edge *edge)
{
    const side_text *target = s->l->target;
    const uint32_t *end = target->sentences + target->lists[edge->target + 1];
    const uint32_t *at =
        first_from(target->sentences + target->lists[edge->target], end, row->low);
    hit found = {source, edge->target, edge->source_gain, edge->target_gain};
    for (; at < end && *at < row->high; at++)
        if (vec_push(&s->loose, found) || vec_push(&s->columns, *at))
            return ALN_NO_MEMORY;
    return ALN_OK;
}

/* Put the loose hits in the order of their columns. */
static aln_status sort_hits(scorer *s, hit_row *row)
{
    vec_clear(&row->starts);
    vec_clear(&row->hits);
    for (uint32_t c = row->low; c <= row->high + 1; c++)
        if (vec_push(&row->starts, 0)) return ALN_NO_MEMORY;
    while (row->hits.cap < s->loose.n)
        if (vec_grow(&row->hits, sizeof *row->hits.at)) return ALN_NO_MEMORY;
    row->hits.n = s->loose.n;

    uint32_t *starts = row->starts.at;
    for (size_t h = 0; h < s->loose.n; h++)
        starts[s->columns.at[h] - row->low + 2]++;
    for (uint32_t c = 2; c < row->high - row->low + 2; c++)
        starts[c] += starts[c - 1];
    for (size_t h = 0; h < s->loose.n; h++)
        row->hits.at[starts[s->columns.at[h] - row->low + 1]++] = s->loose.at[h];
    return ALN_OK;
}

/* The hits of sentence i in the columns that its beads can reach. */
static aln_status fill_row(scorer *s, uint32_t i)
{
    hit_row *row = &s->rows[i % ROWS];
    const lattice_band *band = &s->l->band;
    uint32_t last = i + ROWS < s->l->source->n ? i + ROWS : s->l->source->n;
    row->low = band->low[i];
    row->high = band->high[last];

    vec_clear(&s->loose);
    vec_clear(&s->columns);
    const side_text *source = s->l->source;
    for (uint32_t k = source->starts[i]; k < source->starts[i + 1]; k++) {
        uint32_t type = source->tokens[k];
        for (uint32_t e = s->found->starts[type]; e < s->found->starts[type + 1]; e++)
            TRY(follow_edge(s, row, type, &s->found->edges[e]));
    }
    return sort_hits(s, row);
}

/* Offer the hits of a row in some columns to the source's words. */
static void offer_source(scorer *s, uint32_t i, uint32_t from, uint32_t to)
{
    const hit_row *row = &s->rows[i % ROWS];
    if (from < row->low) from = row->low;
    if (to > row->high) to = row->high;
    if (from >= to) return;
    const hit *at = row->hits.at + row->starts.at[from - row->low];
    const hit *end = row->hits.at + row->starts.at[to - row->low];
    for (; at < end; at++)
        best_offer(&s->source, at->source, at->source_gain);
}

static void offer_target(scorer *s, uint32_t i, uint32_t column)
{
    const hit_row *row = &s->rows[i % ROWS];
    if (column < row->low || column >= row->high) return;
    const hit *at = row->hits.at + row->starts.at[column - row->low];
    const hit *end = row->hits.at + row->starts.at[column - row->low + 1];
    for (; at < end; at++)
        best_offer(&s->target, at->target, at->target_gain);
}

static double clipped(double log_ratio)
{
    return log_ratio < LEAST_LOG_RATIO ? LEAST_LOG_RATIO : log_ratio;
}

/* What the words say for the bead of a source and b target sentences before (i, j). */
static double score_words(scorer *s, uint32_t i, uint32_t j, uint32_t a, uint32_t b)
{
    double target_ratio = clipped(s->column_logs[b][j] - s->mean_target);
    double source_ratio = clipped(s->row_logs[a] - s->mean_source);
    double sum = 0;
    for (uint32_t row = i - a; row < i; row++) {
        offer_source(s, row, j - b, j);
        sum += best_take(&s->source, target_ratio) + s->found->source_miss[row];
    }
    for (uint32_t column = j - b; column < j; column++) {
        for (uint32_t row = i - a; row < i; row++)
            offer_target(s, row, column);
        sum += best_take(&s->target, source_ratio) + s->found->target_miss[column];
    }
    return sum;
}

static bool has_blank(const side_text *side, uint32_t end, uint32_t n)
{
    for (uint32_t i = end - n; i < end; i++)
        if (side_is_blank(side, i)) return true;
    return false;
}

static void score_cell(scorer *s, uint32_t i, uint32_t j, float *scores)
{
    for (int shape = 0; shape < SHAPES; shape++) {
        uint32_t a = lattice_shapes[shape].source, b = lattice_shapes[shape].target;
        scores[shape] = LATTICE_NEVER;
        if (a > i || b > j || !lattice_has(s->l, i - a, j - b)) continue;
        if (has_blank(s->l->source, i, a) || has_blank(s->l->target, j, b)) continue;
        double length = length_score(&s->l->length, &s->row_lengths[a],
                                     s->column_logs[b][j], (int)b);
        if (s->l->no_length) length = 0;
        if (s->l->witness) length += witness_score(s->l->witness, i, j, a, b);
        length +=
            paragraph_score(&s->l->paragraphs, s->l->source, s->l->target, i, j, a, b);
        double near = s->l->near ? nearness_score(s->l->near, i, j, a, b) : 0;
        scores[shape] =
            (float)(length + near + s->l->trust * score_words(s, i, j, a, b));
    }
}

static aln_status scorer_init(scorer *s, lattice *l, const evidence *found)
{
    *s = (scorer){.l = l,
                  .found = found,
                  .mean_source = log(l->source->mean_length),
                  .mean_target = log(l->target->mean_length)};
    TRY(best_init(&s->source, l->source->types.n));
    TRY(best_init(&s->target, l->target->types.n));
    return measure_columns(s);
}

aln_status cells_score(lattice *l, const evidence *found)
{
    AUTO(scorer) scorer s = {0};
    TRY(scorer_init(&s, l, found));
    for (uint32_t i = 0; i <= l->source->n; i++) {
        if (i) TRY(fill_row(&s, i - 1));
        measure_row(&s, i);
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++)
            score_cell(&s, i, j, &l->scores[lattice_cell(l, i, j) * SHAPES]);
    }
    return ALN_OK;
}
