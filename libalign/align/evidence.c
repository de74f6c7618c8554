/* evidence.c - from links to what they are worth.
 *
 * A word with several counterparts expects one of them, not all: they compete, and a
 * counterpart's chance q is the share of sentences with any that is as strong.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/evidence.h"

#include <math.h>
#include <stdlib.h>

#include "base/auto.h"

/* Gains below this are not worth the time of adding them. */
static const double LEAST_GAIN = 0.05;

/* The share of a link's strength that a missing counterpart counts against: some words
 * are left out or said otherwise even in good translations. */
static const double MISS_SHARE = 0.9;

aln_status evidence_add(evidence *found, uint32_t source, uint32_t target,
                        double strength)
{
    return vec_push(&found->links, (evidence_link){source, target, (float)strength});
}

static int by_source(const void *left, const void *right)
{
    const evidence_link *a = left, *b = right;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    if (a->target != b->target) return a->target < b->target ? -1 : 1;
    return (a->strength < b->strength) - (a->strength > b->strength);
}

/* Sorted by source and target, the strongest of equal links alone. */
static void tidy(evidence *found)
{
    size_t n = 0;
    if (!found->links.n) return;
    qsort(found->links.at, found->links.n, sizeof *found->links.at, by_source);
    for (size_t i = 0; i < found->links.n; i++) {
        evidence_link link = found->links.at[i];
        bool again = n && found->links.at[n - 1].source == link.source &&
                     found->links.at[n - 1].target == link.target;
        if (!again) found->links.at[n++] = link;
    }
    found->links.n = n;
}

/* For one direction: by type, how often its counterparts stand in the other text, each
 * weighted by strength (mass), and the greatest strength (top). */
typedef struct rivals {
    double *mass, *top;
} rivals;

static aln_status rivals_init(rivals *r, size_t n)
{
    r->mass = calloc(n + 1, sizeof *r->mass);
    r->top = calloc(n + 1, sizeof *r->top);
    return r->mass && r->top ? ALN_OK : ALN_NO_MEMORY;
}

static inline void auto_rivals(rivals *r)
{
    free(r->mass);
    free(r->top);
}

static void count_rival(rivals *r, uint32_t type, double strength, uint32_t n)
{
    r->mass[type] += strength * n;
    if (strength > r->top[type]) r->top[type] = strength;
}

static double miss_of(double top)
{
    return log(1 - MISS_SHARE * top);
}

/* Gain over a miss of a link seen from one end; n_sentences of the other text. */
static double gain_of(const rivals *r, uint32_t type, double p, uint32_t n_sentences)
{
    double q = r->mass[type] / p / ((double)n_sentences + 1);
    if (q >= 1) q = 1;
    return log((p + (1 - p) * q) / q) - miss_of(r->top[type]);
}

static void sum_misses(double *misses, const side_text *side, const rivals *r)
{
    for (uint32_t i = 0; i < side->n; i++) {
        misses[i] = 0;
        for (uint32_t k = side->starts[i]; k < side->starts[i + 1]; k++) {
            double top = r->top[side->tokens[k]];
            if (top > 0) misses[i] += miss_of(top);
        }
    }
}

static aln_status make_room(evidence *found, const side_text *source,
                            const side_text *target)
{
    free(found->starts);
    free(found->edges);
    free(found->source_miss);
    free(found->target_miss);
    found->starts = calloc(source->types.n + 2, sizeof *found->starts);
    found->edges = calloc(found->links.n + 1, sizeof *found->edges);
    found->source_miss = calloc((size_t)source->n + 1, sizeof(double));
    found->target_miss = calloc((size_t)target->n + 1, sizeof(double));
    bool all =
        found->starts && found->edges && found->source_miss && found->target_miss;
    return all ? ALN_OK : ALN_NO_MEMORY;
}

static void make_edges(evidence *found, const side_text *source,
                       const side_text *target, const rivals *forth, const rivals *back)
{
    uint32_t n = 0, next = 0;
    for (size_t i = 0; i < found->links.n; i++) {
        const evidence_link *link = &found->links.at[i];
        while (next <= link->source)
            found->starts[next++] = n;
        double source_gain = gain_of(forth, link->source, link->strength, target->n);
        double target_gain = gain_of(back, link->target, link->strength, source->n);
        if (source_gain + target_gain < LEAST_GAIN) continue;
        found->edges[n++] =
            (evidence_edge){link->target, (float)source_gain, (float)target_gain};
    }
    while (next <= source->types.n + 1)
        found->starts[next++] = n;
}

aln_status evidence_weigh(evidence *found, const side_text *source,
                          const side_text *target)
{
    tidy(found);
    AUTO(rivals) rivals forth = {0};
    AUTO(rivals) rivals back = {0};
    TRY(rivals_init(&forth, source->types.n));
    TRY(rivals_init(&back, target->types.n));
    TRY(make_room(found, source, target));

    for (size_t i = 0; i < found->links.n; i++) {
        const evidence_link *link = &found->links.at[i];
        count_rival(&forth, link->source, link->strength,
                    target->types.at[link->target].n);
        count_rival(&back, link->target, link->strength,
                    source->types.at[link->source].n);
    }
    make_edges(found, source, target, &forth, &back);
    sum_misses(found->source_miss, source, &forth);
    sum_misses(found->target_miss, target, &back);
    return ALN_OK;
}

void evidence_done(evidence *found)
{
    vec_free(&found->links);
    free(found->starts);
    free(found->edges);
    free(found->source_miss);
    free(found->target_miss);
    *found = (evidence){0};
}
