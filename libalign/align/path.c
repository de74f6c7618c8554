/* path.c - the best path through a lattice that has been summed.
 *
 * The answer is the path that puts the greatest expected number of sentences into right
 * beads: a bead of probability p counts p times its sentences.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdlib.h>

#include "align/lattice.h"
#include "base/auto.h"

enum { BY_SOURCE = SHAPES, BY_TARGET, NOWHERE };

typedef struct walk {
    const lattice *l;
    double *skip_source, *skip_target; /* by sentence: that it has no counterpart */
    double *values;                    /* by cell */
    uint8_t *moves;
} walk;

static inline void auto_walk(walk *w)
{
    free(w->skip_source);
    free(w->skip_target);
    free(w->values);
    free(w->moves);
}

static aln_status walk_init(walk *w, const lattice *l)
{
    size_t cells = l->band.offsets[l->source->n + 1];
    w->l = l;
    w->skip_source = calloc((size_t)l->source->n + 1, sizeof(double));
    w->skip_target = calloc((size_t)l->target->n + 1, sizeof(double));
    w->values = malloc(cells * sizeof *w->values);
    w->moves = malloc(cells);
    bool all = w->skip_source && w->skip_target && w->values && w->moves;
    return all ? ALN_OK : ALN_NO_MEMORY;
}

static void sum_skips(walk *w)
{
    const lattice *l = w->l;
    for (uint32_t i = 0; i <= l->source->n; i++) {
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++) {
            if (i)
                w->skip_source[i - 1] += lattice_skip_probability(l, i, j, SKIP_SOURCE);
            if (j)
                w->skip_target[j - 1] += lattice_skip_probability(l, i, j, SKIP_TARGET);
        }
    }
}

static void offer(walk *w, size_t cell, double value, int move)
{
    if (w->moves[cell] != NOWHERE && value <= w->values[cell]) return;
    w->values[cell] = value;
    w->moves[cell] = (uint8_t)move;
}

static void visit(walk *w, uint32_t i, uint32_t j)
{
    const lattice *l = w->l;
    size_t cell = lattice_cell(l, i, j);
    w->moves[cell] = NOWHERE;
    w->values[cell] = 0;
    if (i && lattice_has(l, i - 1, j))
        offer(w, cell, w->values[lattice_cell(l, i - 1, j)] + w->skip_source[i - 1],
              BY_SOURCE);
    if (j && lattice_has(l, i, j - 1))
        offer(w, cell, w->values[lattice_cell(l, i, j - 1)] + w->skip_target[j - 1],
              BY_TARGET);
    for (int shape = 0; shape < SHAPES; shape++) {
        uint32_t a = lattice_shapes[shape].source, b = lattice_shapes[shape].target;
        if (l->scores[cell * SHAPES + (size_t)shape] <= LATTICE_NEVER) continue;
        double p = lattice_probability(l, i, j, shape);
        offer(w, cell, w->values[lattice_cell(l, i - a, j - b)] + p * (a + b), shape);
    }
}

static lattice_step step_to(const walk *w, uint32_t i, uint32_t j)
{
    int move = w->moves[lattice_cell(w->l, i, j)];
    if (move == BY_SOURCE) return (lattice_step){i, j, 1, 0, w->skip_source[i - 1]};
    if (move == BY_TARGET) return (lattice_step){i, j, 0, 1, w->skip_target[j - 1]};
    double p = lattice_probability(w->l, i, j, move);
    return (lattice_step){i, j, lattice_shapes[move].source,
                          lattice_shapes[move].target, p};
}

static aln_status trace(const walk *w, lattice_path *path)
{
    vec_clear(path);
    uint32_t i = w->l->source->n, j = w->l->target->n;
    while (i + j) {
        lattice_step step = step_to(w, i, j);
        if (vec_push(path, step)) return ALN_NO_MEMORY;
        i -= step.source;
        j -= step.target;
    }
    for (size_t a = 0, b = path->n; a + 1 < b; a++) {
        lattice_step swap = path->at[a];
        path->at[a] = path->at[--b];
        path->at[b] = swap;
    }
    return ALN_OK;
}

aln_status lattice_best(const lattice *l, lattice_path *path)
{
    AUTO(walk) walk w = {0};
    TRY(walk_init(&w, l));
    sum_skips(&w);
    for (uint32_t i = 0; i <= l->source->n; i++)
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++)
            visit(&w, i, j);
    return trace(&w, path);
}
