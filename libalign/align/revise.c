/* revise.c - see revise.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/revise.h"

#include <math.h>
#include <stdlib.h>

#include "base/auto.h"

/* Beads at least this probable are counted. */
static const double SURE = 0.8;

/* Beads that the strength of a link is worth: see docs/align.md. */
static const double PRIOR_BEADS = 3;

static const double LEAST_STRENGTH = 0.02, MOST_STRENGTH = 0.95;

typedef struct trial {
    const evidence *found;
    uint32_t *source_beads, *target_beads; /* by type */
    uint32_t *last;                        /* by target type: the last bead with it */
    uint32_t *starts;                      /* by source type: its links */
    uint32_t *both;                        /* by link */
    uint32_t n_beads;
} trial;

static inline void auto_trial(trial *t)
{
    free(t->source_beads);
    free(t->target_beads);
    free(t->last);
    free(t->starts);
    free(t->both);
}

static aln_status trial_init(trial *t, const evidence *found, const side_text *source,
                             const side_text *target)
{
    t->found = found;
    t->source_beads = calloc(source->types.n + 1, sizeof *t->source_beads);
    t->target_beads = calloc(target->types.n + 1, sizeof *t->target_beads);
    t->last = calloc(target->types.n + 1, sizeof *t->last);
    t->starts = calloc(source->types.n + 1, sizeof *t->starts);
    t->both = calloc(found->links.n + 1, sizeof *t->both);
    if (!t->source_beads || !t->target_beads || !t->last || !t->starts || !t->both)
        return ALN_NO_MEMORY;
    for (size_t k = 0; k < found->links.n; k++)
        t->starts[found->links.at[k].source + 1]++;
    for (size_t s = 0; s < source->types.n; s++)
        t->starts[s + 1] += t->starts[s];
    return ALN_OK;
}

static void note_target(trial *t, const side_text *target, const lattice_step *step)
{
    uint32_t end = target->starts[step->j];
    for (uint32_t k = target->starts[step->j - step->target]; k < end; k++) {
        uint32_t type = target->tokens[k];
        t->target_beads[type] += t->last[type] != t->n_beads;
        t->last[type] = t->n_beads;
    }
}

static void count_bead(trial *t, const side_text *source, const side_text *target,
                       const lattice_step *step)
{
    t->n_beads++;
    note_target(t, target, step);
    uint32_t end = source->starts[step->i];
    for (uint32_t k = source->starts[step->i - step->source]; k < end; k++) {
        uint32_t type = source->tokens[k];
        t->source_beads[type]++;
        for (uint32_t e = t->starts[type]; e < t->starts[type + 1]; e++)
            t->both[e] += t->last[t->found->links.at[e].target] == t->n_beads;
    }
}

static double strength_of(const trial *t, size_t k)
{
    const evidence_link *link = &t->found->links.at[k];
    double both = t->both[k] + PRIOR_BEADS * link->strength;
    double p = both / sqrt((t->source_beads[link->source] + PRIOR_BEADS) *
                           (t->target_beads[link->target] + PRIOR_BEADS));
    return fmin(fmax(p, LEAST_STRENGTH), MOST_STRENGTH);
}

aln_status revise_links(evidence *found, const side_text *source,
                        const side_text *target, const lattice_path *path)
{
    AUTO(trial) trial t = {.found = found};
    TRY(trial_init(&t, found, source, target));
    for (size_t k = 0; k < path->n; k++) {
        const lattice_step *step = &path->at[k];
        bool teaches = step->source && step->target && step->probability >= SURE;
        if (teaches) count_bead(&t, source, target, step);
    }
    for (size_t k = 0; k < found->links.n; k++)
        found->links.at[k].strength = (float)strength_of(&t, k);
    return ALN_OK;
}
