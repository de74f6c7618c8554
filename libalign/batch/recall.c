/* recall.c - a walk over the memory's units, a sketch for each set of documents.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/recall.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"

AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)

static void draw_unit(const aln_unit *unit, sketch *drawn)
{
    for (size_t i = 0; i < unit->n_variants; i++)
        sketch_add(drawn, unit->variants[i].text, unit->variants[i].size);
}

void recall_draw(const aln_group *group, double min_score, sketch *drawn)
{
    sketch_begin(drawn);
    for (size_t i = 0; i < group->n_units; i++)
        if (aln_group_keeps(group, i, min_score)) draw_unit(&group->units[i], drawn);
}

/* Documents that give units together. */
typedef struct recalled {
    const char *name;
    sketch drawn;
    bool due;
} recalled;

typedef struct recaller {
    const intern *due;
    arena *texts;
    intern uris;
    vec(uint32_t) sets; /* by uri */
    vec(recalled) found;
} recaller;

static void recaller_done(recaller *r)
{
    intern_done(&r->uris);
    vec_free(&r->sets);
    vec_free(&r->found);
}

static inline void auto_recaller(recaller *r)
{
    recaller_done(r);
}

/* The set that one of the unit's documents is known to be in, else a new one. */
static aln_status find_set(recaller *r, const aln_unit *unit, uint32_t *set)
{
    const char *name = NULL;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const char *uri = unit->variants[i].document;
        if (!uri) continue;
        uint32_t id = intern_find(&r->uris, uri, strlen(uri));
        *set = id == INTERN_NONE ? UINT32_MAX : r->sets.at[id];
        if (id != INTERN_NONE) return ALN_OK;
        if (!name) name = uri;
    }
    *set = UINT32_MAX;
    if (!name) return ALN_OK;
    recalled made = {.name = arena_copy(r->texts, name, strlen(name))};
    sketch_begin(&made.drawn);
    if (!made.name || vec_push(&r->found, made)) return ALN_NO_MEMORY;
    *set = (uint32_t)r->found.n - 1;
    return ALN_OK;
}

static aln_status note_documents(recaller *r, const aln_unit *unit, uint32_t set)
{
    for (size_t i = 0; i < unit->n_variants; i++) {
        const char *uri = unit->variants[i].document;
        uint32_t id;
        if (!uri) continue;
        if (intern_add(&r->uris, uri, strlen(uri), &id)) return ALN_NO_MEMORY;
        if (id < r->sets.n) continue;
        if (vec_push(&r->sets, set)) return ALN_NO_MEMORY;
        if (intern_find(r->due, uri, strlen(uri)) != INTERN_NONE)
            r->found.at[set].due = true;
    }
    return ALN_OK;
}

static aln_status recall_unit(recaller *r, const aln_unit *unit)
{
    uint32_t set;
    TRY(find_set(r, unit, &set));
    if (set == UINT32_MAX) return ALN_OK; /* added by hand */
    TRY(note_documents(r, unit, set));
    draw_unit(unit, &r->found.at[set].drawn);
    return ALN_OK;
}

aln_status recall_twins(aln_memory *memory, const intern *due, arena *texts,
                        twins *seen, aln_error *error)
{
    AUTO(recaller) recaller r = {.due = due, .texts = texts};
    AUTO(cursor) aln_cursor *cursor = NULL;
    TRY(aln_memory_units(memory, NULL, &cursor, error));
    for (;;) {
        const aln_unit *unit;
        TRY(aln_cursor_next(cursor, &unit, error));
        if (!unit) break;
        if (recall_unit(&r, unit)) return error_no_memory(error);
    }
    for (size_t i = 0; i < r.found.n; i++) {
        const recalled *set = &r.found.at[i];
        if (!set->due && twins_add(seen, &set->drawn, set->name))
            return error_no_memory(error);
    }
    return ALN_OK;
}
