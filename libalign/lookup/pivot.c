/* pivot.c - from fr to zh where only fr-en and en-zh are held.
 *
 *     query -> unit with it in fr, text in en -> the same text in another unit -> its zh
 *
 * The text in the middle must be identical.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "lookup/lookup.h"

/* A unit's text in a third language. */
typedef struct bridge {
    int64_t language;
    const char *text; /* the results' */
    size_t size;
} bridge;

typedef vec(bridge) bridge_list;

static void auto_bridge_list(bridge_list *list)
{
    vec_free(list);
}

static void auto_text(index_text *text)
{
    index_text_done(text);
}

static bool is_source(const aln_lookup *lookup, int64_t language)
{
    for (size_t i = 0; i < lookup->sources.n; i++)
        if (lookup->sources.at[i] == language) return true;
    return false;
}

static aln_status find_bridges(aln_lookup *lookup, int64_t unit, bridge_list *bridges,
                               aln_error *error)
{
    aln_status status = ALN_OK;
    db_query query =
        db_cached(&lookup->memory->db, "SELECT language, text FROM variant WHERE unit "
                                       "= ?1 AND text <> '' ORDER BY id");
    db_bind_int(&query, 1, unit);
    while (!status && db_step(&query)) {
        bridge each = {.language = db_int(&query, 0), .size = db_size(&query, 1)};
        if (is_source(lookup, each.language)) continue;
        each.text = arena_copy(&lookup->results, db_must_text(&query, 1), each.size);
        if (!each.text || vec_push(bridges, each)) status = error_no_memory(error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

typedef struct same_list {
    vec(int64_t) ids;
    bool full; /* out of memory */
} same_list;

static double keep_same(void *context, const index_candidate *candidate)
{
    same_list *same = context;
    if (vec_push(&same->ids, candidate->variant)) same->full = true;
    return 1;
}

/* The unit of a variant, if it says exactly this; else 0. */
static aln_status unit_of(aln_lookup *lookup, int64_t variant, const bridge *wanted,
                          int64_t *unit, aln_error *error)
{
    db_query query =
        db_cached(&lookup->memory->db, "SELECT unit, text FROM variant WHERE id = ?1");
    db_bind_int(&query, 1, variant);
    *unit = 0;
    if (db_step(&query) && db_size(&query, 1) == wanted->size &&
        memcmp(db_must_text(&query, 1), wanted->text, wanted->size) == 0)
        *unit = db_int(&query, 0);
    return db_finish(&query, error);
}

static aln_status cross(aln_lookup *lookup, const bridge *from, aln_match *match,
                        aln_error *error)
{
    AUTO(text) index_text text = {0};
    same_list same = {0};
    TRY(index_text_read(&text, from->text, from->size, error));
    aln_status status = index_candidates(lookup->reader, from->language, &text, 1,
                                         keep_same, &same, error);
    if (!status && same.full) status = error_no_memory(error);
    for (size_t i = 0; i < same.ids.n && !status && !match->target; i++) {
        aln_match other = {0};
        status = unit_of(lookup, same.ids.at[i], from, &other.unit, error);
        if (status || !other.unit || other.unit == match->unit) continue;
        status = lookup_read_target(lookup, &other, same.ids.at[i], error);
        match->target = other.target;
        match->target_size = other.target_size;
        match->target_language = other.target_language;
    }
    vec_free(&same.ids);
    return status;
}

aln_status lookup_pivot(aln_lookup *lookup, aln_match *match, aln_error *error)
{
    AUTO(bridge_list) bridge_list bridges = {0};
    TRY(find_bridges(lookup, match->unit, &bridges, error));
    for (size_t i = 0; i < bridges.n && !match->target; i++) {
        TRY(cross(lookup, &bridges.at[i], match, error));
        if (match->target)
            TRY(language_tag(lookup->memory, bridges.at[i].language, &match->pivot,
                             error));
    }
    return ALN_OK;
}
