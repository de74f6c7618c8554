/* ties.c - see ties.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/ties.h"

#include <stdlib.h>

view view_of(const side_text *side, aln_range range)
{
    return (view){side, side->starts[range.start], side->starts[range.end]};
}

bool view_has(const view *v, uint32_t type)
{
    for (uint32_t k = v->start; k < v->end; k++)
        if (v->side->tokens[k] == type) return true;
    return false;
}

static int by_source(const void *left, const void *right)
{
    const evidence_link *a = left, *b = right;
    return (a->source > b->source) - (a->source < b->source);
}

static evidence_link *turned_links(const evidence *known)
{
    evidence_link *links = calloc(known->links.n + 1, sizeof *links);
    for (size_t k = 0; links && k < known->links.n; k++) {
        const evidence_link *link = &known->links.at[k];
        links[k] = (evidence_link){link->target, link->source, link->strength};
    }
    if (links && known->links.n) qsort(links, known->links.n, sizeof *links, by_source);
    return links;
}

static void note_partners(ties both[2], const lattice_path *path)
{
    for (size_t k = 0; k < path->n; k++) {
        const lattice_step *step = &path->at[k];
        aln_range source = {step->i - step->source, step->i};
        aln_range target = {step->j - step->target, step->j};
        for (uint32_t i = source.start; i < source.end; i++)
            both[0].partners[i] = target;
        for (uint32_t j = target.start; j < target.end; j++)
            both[1].partners[j] = source;
    }
}

aln_status ties_init(ties both[2], const evidence *known, const side_text *source,
                     const side_text *target, const lattice_path *path)
{
    both[0] = (ties){source, target, known->links.at, known->links.n, NULL};
    both[1] = (ties){target, source, turned_links(known), known->links.n, NULL};
    both[0].partners = calloc((size_t)source->n + 1, sizeof(aln_range));
    both[1].partners = calloc((size_t)target->n + 1, sizeof(aln_range));
    if (!both[1].links || !both[0].partners || !both[1].partners) return ALN_NO_MEMORY;
    note_partners(both, path);
    return ALN_OK;
}

const evidence_link *ties_of(const ties *t, uint32_t type, size_t *n)
{
    size_t low = 0, high = t->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->links[middle].source < type)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < t->n && t->links[high].source == type;)
        high++;
    *n = high - low;
    return t->links + low;
}

bool ties_into(const ties *t, uint32_t type, const view *there)
{
    size_t n;
    const evidence_link *links = ties_of(t, type, &n);
    for (size_t k = 0; k < n; k++)
        if (view_has(there, links[k].target)) return true;
    return false;
}

void ties_done(ties both[2])
{
    free((void *)both[1].links); /* both[0]'s are the evidence's */
    for (int k = 0; k < 2; k++)
        free(both[k].partners);
}
