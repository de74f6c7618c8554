/* gather.c - the index proposes, codes are compared, the best bases come first.
 *
 * Once `limit` variants with good bases are there, a base that could not bring a score
 * among theirs is not looked for any more: scores exceed bases by a few points at most,
 * except where only numbers differ.  Codes are hashes and a removed variant may still
 * be proposed, so the promise is checked by whoever reads the texts (lookup.c), and the
 * search repeated without it where it did not hold.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "base/error.h"
#include "lookup/lookup.h"

/* By this much a base may be below the limit-th best one and still win: SCORE_GIFT, two
 * points that white space and tags can take from the better one, and rounding. */
static const double SLACK = 0.06;
static const double NEARLY = 1e-9;

/* Masks of a longer one would take over 2 MB; few texts are as long and have codes. */
enum { LONGEST_PATTERN = 2 * INDEX_LONGEST };

typedef struct gathering {
    aln_lookup *lookup;
    aln_status status;
} gathering;

static void keep_base(aln_lookup *lookup, double base)
{
    size_t n = lookup->best.n;
    if (n == lookup->options.limit) {
        if (base <= lookup->best.at[n - 1]) return;
        n--;
    } else if (vec_push(&lookup->best, base)) {
        lookup->raise = false; /* no memory for the promise: search on */
        return;
    }
    for (; n && lookup->best.at[n - 1] < base; n--)
        lookup->best.at[n] = lookup->best.at[n - 1];
    lookup->best.at[n] = base;
}

static void raise_least(aln_lookup *lookup)
{
    if (!lookup->raise || lookup->best.n < lookup->options.limit) return;

    double least = lookup->best.at[lookup->best.n - 1] - SLACK -
                   (double)lookup->most_penalty / 100;
    double numbers = 1 - (double)lookup->n_numbers / (double)lookup->tokens.n;
    if (lookup->n_numbers && numbers < least) least = numbers;
    if (least > lookup->least) lookup->least = least;
}

static double visit(void *context, const index_candidate *candidate)
{
    gathering *g = context;
    aln_lookup *lookup = g->lookup;
    size_t n = lookup->tokens.n, m = candidate->length;
    size_t longer = n > m ? n : m, shorter = n > m ? m : n;
    found_variant found = {.variant = candidate->variant,
                           .base = (double)shorter / (double)longer}; /* at most */
    if (candidate->codes && n <= LONGEST_PATTERN) {
        size_t most = (size_t)((1 - lookup->least) * (double)longer + NEARLY);
        size_t d = pattern_distance(&lookup->pattern, candidate->codes, m, most);
        if (d > most) return lookup->least;
        found.base = 1 - (double)d / (double)longer;
        keep_base(lookup, found.base);
        raise_least(lookup);
    }
    if (vec_push(&lookup->found, found)) g->status = ALN_NO_MEMORY;
    return lookup->least;
}

/* Among equal bases the newest first, which is what wins a tie. */
static int by_base(const void *a, const void *b)
{
    const found_variant *x = a, *y = b;
    if (x->base != y->base) return x->base < y->base ? 1 : -1;
    return (x->variant < y->variant) - (x->variant > y->variant);
}

static aln_status set_pattern(aln_lookup *lookup, aln_error *error)
{
    size_t n = lookup->tokens.n;
    if (n > LONGEST_PATTERN) return ALN_OK;
    AUTO(free) uint16_t *codes = malloc((n ? n : 1) * sizeof *codes);
    if (!codes) return error_no_memory(error);
    for (size_t i = 0; i < n; i++)
        codes[i] = index_code(lookup->tokens.hashes[i]);
    return pattern_set(&lookup->pattern, codes, n, error);
}

aln_status lookup_gather(aln_lookup *lookup, const int64_t *languages, size_t n,
                         aln_error *error)
{
    gathering g = {.lookup = lookup};
    vec_clear(&lookup->found);
    vec_clear(&lookup->best);
    lookup->least = lookup->options.min;
    TRY(set_pattern(lookup, error));
    for (size_t i = 0; i < n; i++)
        TRY(index_candidates(lookup->reader, languages[i], &lookup->tokens,
                             lookup->least, visit, &g, error));
    if (g.status) return error_no_memory(error);
    if (lookup->found.n)
        qsort(lookup->found.at, lookup->found.n, sizeof *lookup->found.at, by_base);
    return ALN_OK;
}
