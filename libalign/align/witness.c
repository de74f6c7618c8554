/* witness.c - chains of probabilities through a third text.
 *
 * A sentence of which the third text knows much (its t sum to about one) gains or loses
 * by how much of that points into the bead:
 *
 *     mass / 2 * log((e + (1 - 2e) t) / (1 - e - (1 - 2e) t))       e = 0.05
 *
 * halved because both sides of the bead are asked; e is how often a witness errs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/witness.h"

#include <math.h>
#include <stdlib.h>

static const double ERROR = 0.05;
static const float LEAST = 0.02f; /* smaller probabilities are not kept */

aln_status witness_of_lattice(witness *w, const lattice *l)
{
    *w = (witness){.n_rows = l->source->n, .n_columns = l->target->n};
    for (uint32_t i = 1; i <= l->source->n; i++) {
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++) {
            for (int shape = 0; j && shape < SHAPES; shape++) {
                float p = (float)lattice_probability(l, i, j, shape);
                if (p < LEAST) continue;
                for (uint32_t a = 1; a <= lattice_shapes[shape].source; a++)
                    for (uint32_t b = 1; b <= lattice_shapes[shape].target; b++)
                        if (vec_push(&w->cells, (witness_cell){i - a, j - b, p}))
                            return ALN_NO_MEMORY;
            }
        }
    }
    return witness_sort(w);
}

aln_status witness_turned(witness *w, const witness *from)
{
    *w = (witness){.n_rows = from->n_columns, .n_columns = from->n_rows};
    for (size_t k = 0; k < from->cells.n; k++) {
        const witness_cell *cell = &from->cells.at[k];
        witness_cell turned = {cell->column, cell->row, cell->p};
        if (vec_push(&w->cells, turned)) return ALN_NO_MEMORY;
    }
    return witness_sort(w);
}

aln_status witness_add_chain(witness *w, const witness *ac, const witness *cb)
{
    for (size_t k = 0; k < ac->cells.n; k++) {
        const witness_cell *first = &ac->cells.at[k];
        for (size_t n = cb->starts[first->column]; n < cb->starts[first->column + 1];
             n++) {
            const witness_cell *second = &cb->cells.at[n];
            float p = first->p * second->p;
            witness_cell chain = {first->row, second->column, p};
            if (p >= LEAST && vec_push(&w->cells, chain)) return ALN_NO_MEMORY;
        }
    }
    return ALN_OK;
}

static int by_place(const void *left, const void *right)
{
    const witness_cell *a = left, *b = right;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/* Cells of one place add up, to one at most. */
static void merge_cells(witness *w)
{
    size_t n = 0;
    if (w->cells.n) qsort(w->cells.at, w->cells.n, sizeof *w->cells.at, by_place);
    for (size_t k = 0; k < w->cells.n; k++) {
        witness_cell cell = w->cells.at[k];
        witness_cell *last = n ? &w->cells.at[n - 1] : NULL;
        if (last && by_place(last, &cell) == 0)
            last->p = last->p + cell.p > 1 ? 1 : last->p + cell.p;
        else
            w->cells.at[n++] = cell;
    }
    w->cells.n = n;
}

static void raise_to(float *mass, float p)
{
    if (p > *mass) *mass = p;
}

aln_status witness_sort(witness *w)
{
    merge_cells(w);
    free(w->starts);
    free(w->row_mass);
    free(w->column_mass);
    w->starts = calloc((size_t)w->n_rows + 2, sizeof *w->starts);
    w->row_mass = calloc((size_t)w->n_rows + 1, sizeof *w->row_mass);
    w->column_mass = calloc((size_t)w->n_columns + 1, sizeof *w->column_mass);
    if (!w->starts || !w->row_mass || !w->column_mass) return ALN_NO_MEMORY;
    for (size_t k = 0; k < w->cells.n; k++) {
        const witness_cell *cell = &w->cells.at[k];
        w->starts[cell->row + 1]++;
        raise_to(&w->row_mass[cell->row], cell->p);
        raise_to(&w->column_mass[cell->column], cell->p);
    }
    for (uint32_t i = 0; i <= w->n_rows; i++)
        w->starts[i + 1] += w->starts[i];
    return ALN_OK;
}

static double worth(double mass, double t)
{
    double p = ERROR + (1 - 2 * ERROR) * t;
    return mass / 2 * log(p / (1 - p));
}

double witness_score(const witness *w, uint32_t i, uint32_t j, uint32_t a, uint32_t b)
{
    float rows[LENGTH_MOST] = {0}, columns[LENGTH_MOST] = {0};
    for (uint32_t row = i - a; row < i; row++) {
        for (size_t k = w->starts[row]; k < w->starts[row + 1]; k++) {
            const witness_cell *cell = &w->cells.at[k];
            if (cell->column < j - b || cell->column >= j) continue;
            raise_to(&rows[row - (i - a)], cell->p);
            raise_to(&columns[cell->column - (j - b)], cell->p);
        }
    }
    double sum = 0;
    for (uint32_t k = 0; k < a; k++)
        sum += worth(w->row_mass[i - a + k], rows[k]);
    for (uint32_t k = 0; k < b; k++)
        sum += worth(w->column_mass[j - b + k], columns[k]);
    return sum;
}

void witness_done(witness *w)
{
    vec_free(&w->cells);
    free(w->starts);
    free(w->row_mass);
    free(w->column_mass);
    *w = (witness){0};
}
