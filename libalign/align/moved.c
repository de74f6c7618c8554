/* moved.c - pairs among the skipped sentences.
 *
 * An alignment runs forward in both texts; a paragraph that was moved is skipped twice.
 * Every skipped sentence of one text is compared with every skipped one of the other,
 * by words and length as in the lattice, against long odds: few sentences are moved.
 * But where one was, its neighbours have probably come along, so that beads are put
 * into chains that run forward in both texts, and only a chain as a whole pays those
 * odds:
 *
 *     chain(bead) = score(bead) + max(OPEN, chain(bead before it) + GO_ON)
 *
 * The best chain is taken, then the best of what is left, as long as they are strong.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/moved.h"

#include <math.h>
#include <stdlib.h>

#include "base/auto.h"

/* Few sentences are moved: the logarithm of the odds of any pair of skipped ones; and
 * of the one behind a pair that was. */
static const double OPEN = -7, GO_ON = -0.5;

/* Of a joined bead among the beads of a chain. */
static const double JOINED = -3;

/* A chain must be this likely, as log odds: nineteen in twenty. */
static const double LEAST = 3;

/* More skipped sentences than that are two texts that differ, not a move. */
enum { SKIPPED_MOST = 200 };

enum { MOVED_SHAPES = 3 }; /* the first of lattice_shapes: 1-1 1-2 2-1 */

typedef vec(uint32_t) id_list;

/* The best chain that ends with a bead of which a and b are the last sentences. */
typedef struct chain_link {
    double own, chain;
    uint8_t source, target; /* sentences of the bead; 0 where there is none */
    bool first;             /* the chain begins with it */
} chain_link;

typedef struct search {
    const pair *p;
    id_list source, target; /* skipped */
    chain_link *links;      /* by place in the two lists */
} search;

static inline void auto_search(search *s)
{
    vec_free(&s->source);
    vec_free(&s->target);
    free(s->links);
}

static aln_status list_skipped(const lattice_path *path, search *s)
{
    for (size_t k = 0; k < path->n; k++) {
        const lattice_step *step = &path->at[k];
        if (!step->target && vec_push(&s->source, step->i - 1)) return ALN_NO_MEMORY;
        if (!step->source && vec_push(&s->target, step->j - 1)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static chain_link *link_at(const search *s, size_t a, size_t b)
{
    return &s->links[a * s->target.n + b];
}

static bool stands_in(const side_text *side, aln_range range, uint32_t type)
{
    for (uint32_t k = side->starts[range.start]; k < side->starts[range.end]; k++)
        if (side->tokens[k] == type) return true;
    return false;
}

/* What the words gain: every source word by its best link into the target's sentences.
 * A link counts for both its ends; target words with two links are rare enough. */
static double word_gain(const pair *p, aln_range source, aln_range target)
{
    double sum = 0;
    for (uint32_t i = source.start; i < source.end; i++)
        sum += p->all.source_miss[i];
    for (uint32_t j = target.start; j < target.end; j++)
        sum += p->all.target_miss[j];
    uint32_t end = p->source.starts[source.end];
    for (uint32_t k = p->source.starts[source.start]; k < end; k++) {
        uint32_t type = p->source.tokens[k];
        double best = 0;
        for (uint32_t e = p->all.starts[type]; e < p->all.starts[type + 1]; e++) {
            const evidence_edge *edge = &p->all.edges[e];
            double gain = edge->source_gain + edge->target_gain;
            if (gain > best && stands_in(&p->target, target, edge->target)) best = gain;
        }
        sum += best;
    }
    return sum;
}

/* The letters of some sentences; 0 where one of them is blank. */
static double letters_of(const side_text *side, aln_range range)
{
    double sum = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (side_is_blank(side, i)) return 0;
        sum += side->lengths[i];
    }
    return sum;
}

static double score_of(const pair *p, aln_range source, aln_range target)
{
    double from = letters_of(&p->source, source), to = letters_of(&p->target, target);
    if (from < 1 || to < 1) return -HUGE_VAL;
    length_source expected = length_expect(&p->lattice.length, log(from));
    int n = (int)(target.end - target.start);
    return p->lattice.trust * word_gain(p, source, target) +
           length_score(&p->lattice.length, &expected, log(to), n);
}

/* Are the n sentences up to place a of a list neighbours in the text? */
static bool stand_together(const id_list *list, size_t a, size_t n)
{
    return a + 1 >= n && list->at[a] - list->at[a + 1 - n] + 1 == n;
}

/* The chain that a bead of n and m sentences, ending in (a, b), would go on with; NULL
 * where it begins one. */
static chain_link *before(const search *s, size_t a, size_t b, size_t n, size_t m)
{
    if (!stand_together(&s->source, a, n + 1)) return NULL;
    if (!stand_together(&s->target, b, m + 1)) return NULL;
    chain_link *found = link_at(s, a - n, b - m);
    return found->source && found->chain + GO_ON > OPEN ? found : NULL;
}

static aln_range range_to(const id_list *list, size_t a, size_t n)
{
    return (aln_range){list->at[a] + 1 - (uint32_t)n, list->at[a] + 1};
}

static void visit(const search *s, size_t a, size_t b)
{
    chain_link *best = link_at(s, a, b);
    for (int shape = 0; shape < MOVED_SHAPES; shape++) {
        uint8_t n = lattice_shapes[shape].source, m = lattice_shapes[shape].target;
        if (!stand_together(&s->source, a, n) || !stand_together(&s->target, b, m))
            continue;
        double own =
            score_of(s->p, range_to(&s->source, a, n), range_to(&s->target, b, m));
        if (shape) own += JOINED;
        const chain_link *on = before(s, a, b, n, m);
        double chain = own + (on ? on->chain + GO_ON : OPEN);
        if (!best->source || chain > best->chain)
            *best = (chain_link){own, chain, n, m, !on};
    }
}

/* Put a chain's beads on the list: each as likely as it is beside the others. */
static aln_status take_chain(const search *s, size_t a, size_t b, moved_list *found)
{
    const chain_link *at = link_at(s, a, b);
    double odds = at->chain, entry = at->first ? OPEN : GO_ON;
    for (;; at = link_at(s, a, b)) {
        moved_bead moved = {range_to(&s->source, a, at->source),
                            range_to(&s->target, b, at->target),
                            1 / (1 + exp(-fmin(odds, at->own + entry)))};
        if (vec_push(found, moved)) return ALN_NO_MEMORY;
        if (at->first) return ALN_OK;
        a -= at->source;
        b -= at->target;
    }
}

static bool meet(aln_range a, aln_range b)
{
    return a.start < b.end && b.start < a.end;
}

/* Does the chain that ends in (a, b) have a sentence that has been taken? */
static bool is_taken(const search *s, size_t a, size_t b, const moved_list *found)
{
    for (const chain_link *at = link_at(s, a, b);; at = link_at(s, a, b)) {
        aln_range source = range_to(&s->source, a, at->source);
        aln_range target = range_to(&s->target, b, at->target);
        for (size_t k = 0; k < found->n; k++)
            if (meet(source, found->at[k].source) || meet(target, found->at[k].target))
                return true;
        if (at->first) return false;
        a -= at->source;
        b -= at->target;
    }
}

static aln_status take_best(const search *s, moved_list *found, bool *any)
{
    size_t best_a = 0, best_b = 0;
    double best = LEAST;
    *any = false;
    for (size_t a = 0; a < s->source.n; a++) {
        for (size_t b = 0; b < s->target.n; b++) {
            const chain_link *at = link_at(s, a, b);
            if (!at->source || at->chain < best || is_taken(s, a, b, found)) continue;
            best = at->chain;
            best_a = a;
            best_b = b;
            *any = true;
        }
    }
    return *any ? take_chain(s, best_a, best_b, found) : ALN_OK;
}

aln_status moved_find(const pair *p, moved_list *found)
{
    AUTO(search) search s = {.p = p};
    TRY(list_skipped(&p->path, &s));
    size_t n = s.source.n, m = s.target.n;
    if (!n || !m || n > SKIPPED_MOST || m > SKIPPED_MOST) return ALN_OK;
    s.links = calloc(n * m, sizeof *s.links);
    if (!s.links) return ALN_NO_MEMORY;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < m; b++)
            visit(&s, a, b);
    bool any = true;
    while (any)
        TRY(take_best(&s, found, &any));
    return ALN_OK;
}
