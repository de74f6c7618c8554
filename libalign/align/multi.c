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

/* The bead of one sentence of a side and none of the other; NULL where there is none. */
static multi_bead *find_alone(multi_beads *beads, int side, uint32_t sentence)
{
    for (size_t b = 0; b < beads->n; b++) {
        const aln_range *own = &beads->at[b].sides[side];
        const aln_range *other = &beads->at[b].sides[1 - side];
        bool alone = own->end - own->start == 1 && other->start == other->end;
        if (alone && own->start == sentence) return &beads->at[b];
    }
    return NULL;
}

aln_status multi_join_moved(const pair *p, multi_beads *beads)
{
    AUTO(moved_list) moved_list moved = {0};
    TRY(moved_find(p, &moved));
    for (size_t k = 0; k < moved.n; k++) {
        multi_bead *keeps = find_alone(beads, 0, moved.at[k].source);
        multi_bead *goes = find_alone(beads, 1, moved.at[k].target);
        if (!keeps || !goes) continue;
        keeps->sides[1] = goes->sides[1];
        keeps->score = moved.at[k].score;
        keeps->flags = ALN_FLAG_CROSSING;
        beads->n--;
        for (multi_bead *b = goes; b < beads->at + beads->n; b++)
            b[0] = b[1];
    }
    return ALN_OK;
}
