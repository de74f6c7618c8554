/* group.c - three and more texts help each other.
 *
 *     fr --- en        fr-zh is asked again with what fr-en and en-zh say together,
 *       \   /          fr-en with what fr-zh and zh-en say
 *        zh
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/group.h"

#include <stdlib.h>

#include "align/knowledge.h"
#include "base/auto.h"
#include "base/error.h"

/* With more texts every pair would be too much work for what it adds. */
enum { WITNESSES_MOST = 4 };

/* What every pair of texts says of itself: at[a * n + b] for texts a and b. */
typedef struct witness_table {
    witness *at;
    size_t n;
} witness_table;

static inline void auto_witness_table(witness_table *table)
{
    for (size_t k = 0; table->at && k < table->n * table->n; k++)
        witness_done(&table->at[k]);
    free(table->at);
}

static aln_status hear_pair(witness_table *table, size_t a, size_t b, const pair *p)
{
    TRY(witness_of_lattice(&table->at[a * table->n + b], &p->lattice));
    return witness_turned(&table->at[b * table->n + a], &table->at[a * table->n + b]);
}

static aln_status hear_others(witness_table *table, const aln_aligner *aligner,
                              const aln_side *sides, aln_error *error)
{
    for (size_t a = 1; a < table->n; a++) {
        for (size_t b = a + 1; b < table->n; b++) {
            AUTO(pair) pair p = {0};
            TRY(pair_align(&p, aligner, &sides[a], &sides[b], error));
            if (hear_pair(table, a, b, &p)) return error_no_memory(error);
        }
    }
    return ALN_OK;
}

/* What all third texts say of the pivot and text k. */
static aln_status ask(const witness_table *table, size_t k, witness *w)
{
    const witness *own = &table->at[k];
    *w = (witness){.n_rows = own->n_rows, .n_columns = own->n_columns};
    for (size_t c = 1; c < table->n; c++)
        if (c != k)
            TRY(witness_add_chain(w, &table->at[c], &table->at[c * table->n + k]));
    return witness_sort(w);
}

static aln_status repair(group *g, const aln_aligner *aligner, const aln_side *sides,
                         aln_error *error)
{
    AUTO(witness_table) witness_table table = {.n = g->n_sides};
    table.at = calloc(g->n_sides * g->n_sides, sizeof *table.at);
    if (!table.at) return error_no_memory(error);
    TRY(hear_others(&table, aligner, sides, error));
    for (size_t k = 1; k < g->n_sides; k++)
        if (hear_pair(&table, 0, k, &g->pivot[k - 1])) return error_no_memory(error);
    for (size_t k = 1; k < g->n_sides; k++) {
        witness said = {0};
        aln_status status = ask(&table, k, &said);
        if (!status) status = pair_ask_again(&g->pivot[k - 1], &said);
        witness_done(&said);
        if (status) return error_no_memory(error);
    }
    return ALN_OK;
}

aln_status group_align(group *g, const aln_aligner *aligner, const aln_side *sides,
                       size_t n_sides, aln_error *error)
{
    *g = (group){.pivot = calloc(n_sides, sizeof *g->pivot), .n_sides = n_sides};
    if (!g->pivot) return error_no_memory(error);
    for (size_t k = 1; k < n_sides; k++)
        TRY(pair_align(&g->pivot[k - 1], aligner, &sides[0], &sides[k], error));
    bool alone = knowledge_without(aligner) & ALN_WITHOUT_WITNESS;
    if (n_sides < 3 || n_sides > WITNESSES_MOST || alone) return ALN_OK;
    return repair(g, aligner, sides, error);
}

void group_done(group *g)
{
    for (size_t k = 0; g->pivot && k + 1 < g->n_sides; k++)
        pair_done(&g->pivot[k]);
    free(g->pivot);
    *g = (group){0};
}
