/* lattice.h - every way to align two texts, and how probable each is.
 *
 * A path walks from (0, 0) to (n, m) by beads.  The lattice holds, for every place
 * (i, j) inside a band and every shape, the score of the bead that ends there: the
 * log-likelihood ratio of "these belong together" to "these have nothing to do with
 * each other".  Skipped sentences are runs: to open one costs, to go on costs little,
 * so that ten missing sentences cost little more than one.
 *
 *         0   1   2   3   target           shapes: 1-1 1-2 2-1 2-2 1-3 3-1 1-4 4-1
 *     0   .---.   .   .                    and 1-0, 0-1 as runs
 *     1   .   .\  .   .
 *     2   .   . \-.---.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LATTICE_H
#define ALIGN_LATTICE_H

#include "align/evidence.h"
#include "align/length.h"
#include "align/nearness.h"
#include "align/paragraphs.h"

enum { SHAPES = 8, SUM_STEPS = 64, SUM_MOST = 18 };

/* The logarithm of what cannot be. */
#define LATTICE_NEVER (-1e30f)

typedef struct lattice_shape {
    uint8_t source, target;
} lattice_shape;

extern const lattice_shape lattice_shapes[SHAPES];

/* Probabilities of moves, learned from the text itself. */
typedef struct lattice_priors {
    double shapes[SHAPES];           /* of the shapes among beads, sum 1 */
    double open_source, open_target; /* a run of skipped sentences begins */
    double extend;                   /* it goes on */
} lattice_priors;

/* Columns [low, high] of each of the rows 0..n. */
typedef struct lattice_band {
    uint32_t *low, *high;
    size_t *offsets; /* n + 2: where the cells of a row begin */
} lattice_band;

typedef struct lattice {
    const side_text *source, *target;
    lattice_band band;
    lattice_priors priors;
    length_model length;
    paragraph_model paragraphs;
    const nearness *near;          /* NULL where there are no vectors */
    const struct witness *witness; /* what third texts say, or NULL */
    bool no_length;
    double trust;  /* weight of the lexical evidence: tokens are not independent */
    float *scores; /* SHAPES a cell, without priors */
    double *forward, *backward; /* by state: logs of the sums over all paths; double,
                                 * for they grow with the text */
    float logs[SHAPES];         /* of the priors of the shapes */
    float carry[SUM_STEPS * SUM_MOST + 2]; /* log(1 + e^-x), x in steps */
    double total;
} lattice;

enum { SKIP_NONE, SKIP_SOURCE, SKIP_TARGET, STATES };

/* One step of the best path: the bead that ends in (i, j). */
typedef struct lattice_step {
    uint32_t i, j;
    uint8_t source, target; /* sentences; one of them may be 0 */
    double probability;
} lattice_step;

typedef vec(lattice_step) lattice_path;

/* Takes the band over, even on failure. */
aln_status lattice_init(lattice *l, const side_text *source, const side_text *target,
                        lattice_band band);
aln_status lattice_score(lattice *l, const evidence *found);
void lattice_sum(lattice *l);

/* The probability of the bead of a shape that ends in (i, j). */
double lattice_probability(const lattice *l, uint32_t i, uint32_t j, int shape);

/* The probability that sentence i - 1 (or j - 1) is skipped on the way to (i, j). */
double lattice_skip_probability(const lattice *l, uint32_t i, uint32_t j, int state);

/* How many sentences of a text are skipped, and how many of them are not the first of a
 * run: expected numbers. */
typedef struct lattice_skips {
    double all, on;
} lattice_skips;

lattice_skips lattice_count_skips(const lattice *l, int state);

/* The probability that the alignment passes (i, j), at least in the order of
 * magnitude. */
double lattice_visited(const lattice *l, uint32_t i, uint32_t j);

/* The path with the greatest expected number of right beads. */
aln_status lattice_best(const lattice *l, lattice_path *path);

void lattice_done(lattice *l);

static inline bool lattice_has(const lattice *l, uint32_t i, uint32_t j)
{
    return i <= l->source->n && l->band.low[i] <= j && j <= l->band.high[i];
}

static inline size_t lattice_cell(const lattice *l, uint32_t i, uint32_t j)
{
    return l->band.offsets[i] + (j - l->band.low[i]);
}

void band_done(lattice_band *band);

#endif
