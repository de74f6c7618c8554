/* dedupe.c - of several units that say the same, one stays.
 *
 * Units become (hash of what must be equal, reasons to stay, id) and are sorted; the
 * first of each run stays.  Equal hashes are not taken at their word: before a unit goes
 * its texts are compared with those of the one that stays.
 *
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

typedef struct candidate {
    uint64_t hash;
    int64_t reason; /* the greater, the better */
    int64_t id;
} candidate;

typedef vec(candidate) candidates;

/* "20170609T083400Z" and "2017-06-09" as numbers that sort by time; 0 for none. */
static int64_t date_of(const aln_unit *unit)
{
    const char *date =
        aln_meta_value(unit->meta, unit->n_meta, ALN_META_ATTRIBUTE, "changedate");
    if (!date)
        date = aln_meta_value(unit->meta, unit->n_meta, ALN_META_ATTRIBUTE,
                              "creationdate");
    int64_t number = 0;
    int digits = 0;
    for (; date && *date && digits < 14; date++) {
        if (!isdigit((unsigned char)*date)) continue;
        number = number * 10 + (*date - '0');
        digits++;
    }
    for (; number && digits < 14; digits++)
        number *= 10;
    return number;
}

/* Ties among the newest go to the last added, all others to the first. */
static candidate candidate_of(const aln_unit *unit, const aln_dedupe_options *options)
{
    candidate one = {.id = unit->id};
    one.hash = options->same_source ? content_hash_source(unit) : content_hash(unit);
    if (options->keep == ALN_KEEP_NEWEST) one.reason = date_of(unit);
    if (options->keep == ALN_KEEP_BEST) one.reason = llround(unit->score * SCORE_STEPS);
    if (unit->flags & ALN_FLAG_APPROVED) one.reason |= INT64_C(1) << 62;
    return one;
}

static int compare(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (a->reason != b->reason) return a->reason > b->reason ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int compare_newest(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->hash == b->hash && a->reason == b->reason)
        return (a->id < b->id) - (a->id > b->id);
    return compare(left, right);
}

static aln_status read_all(aln_memory *memory, const aln_filter *filter,
                           const aln_dedupe_options *options, candidates *out,
                           aln_error *error)
{
    aln_cursor *cursor;
    TRY(aln_memory_units(memory, filter, &cursor, error));
    const aln_unit *unit = NULL;
    aln_status status;
    while (!(status = aln_cursor_next(cursor, &unit, error)) && unit)
        if (vec_push(out, candidate_of(unit, options))) {
            status = error_no_memory(error);
            break;
        }
    aln_cursor_free(cursor);
    bool newest = options->keep == ALN_KEEP_NEWEST;
    if (!status && out->n)
        qsort(out->at, out->n, sizeof *out->at, newest ? compare_newest : compare);
    return status;
}

/* The unit that stays, and what the others add to it. */
typedef struct keeper {
    unit_reader reader, other;
    arena texts; /* what was joined to it */
} keeper;

static void keeper_done(keeper *stays)
{
    unit_reader_done(&stays->reader);
    unit_reader_done(&stays->other);
    arena_done(&stays->texts);
}

static bool same_source(const aln_unit *a, const aln_unit *b)
{
    aln_unit left = *a, right = *b;
    left.n_variants = right.n_variants = 1;
    return content_equal(&left, &right);
}

/* The one that stays gets the metadata of the other; its score and flags are its own. */
static aln_status absorb(aln_memory *memory, keeper *stays, aln_error *error)
{
    uint64_t before = content_hash_whole(&stays->reader.unit);
    aln_unit *unit = &stays->reader.unit;
    unsigned flags = unit->flags;
    double score = unit->score;
    arena_clear(&stays->texts);
    if (unit_join(unit, stays->reader.variants.at, &stays->other.unit, &stays->texts))
        return error_no_memory(error);
    unit->flags = flags;
    unit->score = score;
    if (content_hash_whole(unit) != before) TRY(aln_memory_edit(memory, unit, error));
    return unit_read(memory, unit->id, &stays->reader, error);
}

static aln_status remove_twin(aln_memory *memory, keeper *stays, int64_t id,
                              const aln_dedupe_options *options, size_t *removed,
                              aln_error *error)
{
    TRY(unit_read(memory, id, &stays->other, error));
    const aln_unit *a = &stays->reader.unit, *b = &stays->other.unit;
    bool same = options->same_source ? same_source(a, b) : content_equal(a, b);
    if (!same) return ALN_OK;
    ++*removed;
    if (options->dry_run) return ALN_OK;
    if (options->merge_meta && content_equal(a, b)) TRY(absorb(memory, stays, error));
    return aln_memory_delete(memory, id, error);
}

static aln_status dedupe(aln_memory *memory, const aln_filter *filter,
                         const aln_dedupe_options *options, candidates *all,
                         size_t *removed, aln_error *error)
{
    TRY(read_all(memory, filter, options, all, error));
    keeper stays = {0};
    aln_status status = ALN_OK;
    for (size_t i = 0, start = 0; i < all->n && !status; i++) {
        if (all->at[i].hash != all->at[start].hash) start = i;
        if (i == start) continue;
        int64_t id = all->at[start].id;
        if (i == start + 1) status = unit_read(memory, id, &stays.reader, error);
        if (!status)
            status =
                remove_twin(memory, &stays, all->at[i].id, options, removed, error);
    }
    keeper_done(&stays);
    return status;
}

aln_status aln_memory_dedupe(aln_memory *memory, const aln_filter *filter,
                             const aln_dedupe_options *options, size_t *removed,
                             aln_error *error)
{
    static const aln_dedupe_options defaults = {0};
    candidates all = {0};
    size_t n = 0;
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status =
        dedupe(memory, filter, options ? options : &defaults, &all, &n, error);
    vec_free(&all);
    TRY(memory_leave(memory, own, status, error));
    *removed = n;
    return ALN_OK;
}
