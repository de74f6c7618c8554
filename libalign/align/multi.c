/* multi.c - beads of several texts.
 *
 * Two cuts of the pivot that every pair makes bound a bead of all: where one language
 * joins two sentences, the others are joined as well.
 *
 *     fr-en   0 | 1 | 2 | 3         fr-zh   0 | 1   2 | 3
 *     merged  0 | 1   2 | 3
 *
 * Sentences that only one other text has stand alone, in the order of the texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/multi.h"

#include "align/moved.h"
#include "base/auto.h"

typedef struct merger {
    const pair *pairs;
    size_t n_sides;
    arena *room;
    multi_beads *beads;
    size_t *next;   /* by pair: the first step not yet taken */
    uint32_t *from; /* by side: the first sentence not yet taken */
    double score;
} merger;

static aln_status add_bead(merger *m, const uint32_t *to, double score)
{
    aln_range *sides = arena_array(m->room, m->n_sides, sizeof *sides);
    if (!sides) return ALN_NO_MEMORY;
    for (size_t k = 0; k < m->n_sides; k++) {
        sides[k] = (aln_range){m->from[k], to[k]};
        m->from[k] = to[k];
    }
    return vec_push(m->beads, (multi_bead){sides, score, 0});
}

/* Sentences of other texts that stand before the next one of the pivot. */
static aln_status take_alone(merger *m, uint32_t *to)
{
    for (size_t k = 1; k < m->n_sides; k++) {
        const lattice_path *path = &m->pairs[k - 1].path;
        size_t *next = &m->next[k - 1];
        for (; *next < path->n && path->at[*next].source == 0; ++*next) {
            to[k] = path->at[*next].j;
            TRY(add_bead(m, to, path->at[*next].probability));
        }
    }
    return ALN_OK;
}

/* Take steps of one pair until the pivot's sentence `end` is reached or passed; the
 * place that was reached. */
static uint32_t take_steps(merger *m, size_t k, uint32_t end, uint32_t *to)
{
    const lattice_path *path = &m->pairs[k].path;
    uint32_t reached = m->from[0];
    while (m->next[k] > 0 && path->at[m->next[k] - 1].i > reached)
        reached = path->at[m->next[k] - 1].i;
    while (reached < end && m->next[k] < path->n) {
        const lattice_step *step = &path->at[m->next[k]++];
        reached = step->i;
        to[k + 1] = step->j;
        m->score *= step->probability;
    }
    return reached;
}

/* One bead that holds the pivot's next sentence. */
static aln_status take_bead(merger *m, uint32_t *to)
{
    uint32_t end = m->from[0] + 1, before;
    m->score = 1;
    do {
        before = end;
        for (size_t k = 0; k + 1 < m->n_sides; k++) {
            uint32_t reached = take_steps(m, k, end, to);
            if (reached > end) end = reached;
        }
    } while (end != before);
    to[0] = end;
    return add_bead(m, to, m->score);
}

aln_status multi_merge(const pair *pairs, size_t n_sides, arena *room,
                       multi_beads *beads)
{
    merger m = {.pairs = pairs, .n_sides = n_sides, .room = room, .beads = beads};
    m.next = arena_array(room, n_sides, sizeof *m.next);
    m.from = arena_array(room, n_sides, sizeof *m.from);
    uint32_t *to = arena_array(room, n_sides, sizeof *to);
    if (!m.next || !m.from || !to) return ALN_NO_MEMORY;

    uint32_t n = pairs[0].source.n;
    while (m.from[0] < n) {
        TRY(take_alone(&m, to));
        TRY(take_bead(&m, to));
    }
    return take_alone(&m, to);
}

static inline void auto_moved_list(moved_list *moved)
{
    vec_free(moved);
}

static bool is_empty(aln_range range)
{
    return range.start == range.end;
}

/* Neighbouring beads [first, first + n). */
typedef struct bead_run {
    size_t first, n;
} bead_run;

/* The beads that hold exactly a range of a side, and nothing of another side; none
 * where there are no such beads. */
static bead_run find_run(const multi_beads *beads, size_t side, aln_range range,
                         size_t other)
{
    bead_run run = {0};
    for (size_t b = 0; b < beads->n && !run.n; b++)
        if (beads->at[b].sides[side].start == range.start &&
            !is_empty(beads->at[b].sides[side]))
            run = (bead_run){b, 1};
    while (run.n) {
        size_t last = run.first + run.n - 1;
        const aln_range *sides = beads->at[last].sides;
        if (is_empty(sides[side]) || !is_empty(sides[other])) break;
        if (sides[side].end == range.end) return run;
        if (sides[side].end > range.end || ++last == beads->n) break;
        run.n++;
    }
    return (bead_run){0};
}

/* Does a run hold sentences of no side but one? */
static bool holds_only(const multi_beads *beads, bead_run run, size_t side,
                       size_t n_sides)
{
    for (size_t b = run.first; b < run.first + run.n; b++)
        for (size_t k = 0; k < n_sides; k++)
            if (k != side && !is_empty(beads->at[b].sides[k])) return false;
    return true;
}

/* Do the beads of a run follow each other in every side but one?  Where other sentences
 * were moved, they do not. */
static bool is_seamless(const multi_beads *beads, bead_run run, size_t but,
                        size_t n_sides)
{
    for (size_t b = run.first; b + 1 < run.first + run.n; b++)
        for (size_t k = 0; k < n_sides; k++)
            if (k != but &&
                beads->at[b].sides[k].end != beads->at[b + 1].sides[k].start)
                return false;
    return true;
}

static void remove_run(multi_beads *beads, bead_run run)
{
    for (size_t b = run.first; b + run.n < beads->n; b++)
        beads->at[b] = beads->at[b + run.n];
    beads->n -= run.n;
}

/* The beads of a run become its first. */
static void melt_run(multi_beads *beads, bead_run run, size_t n_sides)
{
    multi_bead *first = &beads->at[run.first], *last = first + run.n - 1;
    for (size_t k = 0; k < n_sides; k++)
        first->sides[k].end = last->sides[k].end;
    for (multi_bead *bead = first + 1; bead <= last; bead++)
        first->score *= bead->score;
    remove_run(beads, (bead_run){run.first + 1, run.n - 1});
}

static void join(const moved_bead *moved, size_t side, size_t n_sides,
                 multi_beads *beads)
{
    bead_run keeps = find_run(beads, 0, moved->source, side);
    bead_run goes = find_run(beads, side, moved->target, 0);
    if (!keeps.n || !goes.n || !holds_only(beads, goes, side, n_sides)) return;
    if (!is_seamless(beads, keeps, side, n_sides)) return;
    if (goes.first < keeps.first) keeps.first -= goes.n;
    remove_run(beads, goes);
    bool alone = holds_only(beads, keeps, 0, n_sides);
    melt_run(beads, keeps, n_sides);
    multi_bead *bead = &beads->at[keeps.first];
    bead->sides[side] = moved->target;
    bead->score = alone ? moved->score : bead->score * moved->score;
    bead->flags |= ALN_FLAG_CROSSING;
}

aln_status multi_join_moved(const pair *pairs, size_t n_sides, multi_beads *beads)
{
    for (size_t side = 1; side < n_sides; side++) {
        AUTO(moved_list) moved_list moved = {0};
        TRY(moved_find(&pairs[side - 1], &moved));
        for (size_t k = 0; k < moved.n; k++)
            join(&moved.at[k], side, n_sides, beads);
    }
    return ALN_OK;
}
