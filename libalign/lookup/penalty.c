/* penalty.c - what makes a match worth less: where it comes from, its age, its making.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "lookup/lookup.h"

/* Does any document that the unit stands in have this in a column? */
static aln_status stands_in(aln_lookup *lookup, const char *sql, int64_t unit,
                            const char *value, bool *applies, aln_error *error)
{
    db_query query = db_cached(&lookup->memory->db, sql);
    db_bind_int(&query, 1, unit);
    db_bind_text(&query, 2, value, strlen(value));
    *applies = db_step(&query);
    return db_finish(&query, error);
}

static aln_status is_before(aln_lookup *lookup, int64_t unit, const char *date,
                            bool *applies, aln_error *error)
{
    aln_match match = {.unit = unit};
    TRY(lookup_dress(lookup, &match, error));
    *applies = match.changed && strncmp(match.changed, date, strlen(date)) < 0;
    return ALN_OK;
}

static aln_status is_by_machine(aln_lookup *lookup, int64_t unit, bool *applies,
                                aln_error *error)
{
    const aln_unit *found;
    *applies = false;
    TRY(aln_memory_unit(lookup->memory, unit, &found, error));
    for (size_t i = 0; i < found->n_meta && !*applies; i++) {
        const aln_meta *meta = &found->meta[i];
        bool origin = meta->name && meta->value &&
                      (strcasecmp(meta->name, "origin") == 0 ||
                       strcasecmp(meta->name, "x-origin") == 0);
        *applies = origin && (strncasecmp(meta->value, "mt", 2) == 0 ||
                              strncasecmp(meta->value, "machine", 7) == 0);
    }
    return ALN_OK;
}

static aln_status is_aligned_below(aln_lookup *lookup, int64_t unit, double below,
                                   bool *applies, aln_error *error)
{
    db_query query = db_cached(
        &lookup->memory->db,
        "SELECT 1 FROM unit WHERE id = ?1 AND score IS NOT NULL AND score < ?2");
    db_bind_int(&query, 1, unit);
    db_bind_int(&query, 2, (int64_t)(below * SCORE_STEPS));
    *applies = db_step(&query);
    return db_finish(&query, error);
}

static aln_status applies_to(aln_lookup *lookup, const aln_penalty *penalty,
                             int64_t unit, bool *applies, aln_error *error)
{
    *applies = true;
    switch (penalty->kind) {
    case ALN_PENALTY_ALL:
        return ALN_OK;
    case ALN_PENALTY_DOCUMENT:
        return stands_in(lookup,
                         "SELECT 1 FROM unit u JOIN document d USING (document_set) "
                         "WHERE u.id = ?1 AND d.uri = ?2",
                         unit, penalty->value, applies, error);
    case ALN_PENALTY_SOURCE:
        return stands_in(lookup,
                         "SELECT 1 FROM unit u JOIN document d USING (document_set) "
                         "WHERE u.id = ?1 AND d.source = ?2",
                         unit, penalty->value, applies, error);
    case ALN_PENALTY_BEFORE:
        return is_before(lookup, unit, penalty->value, applies, error);
    case ALN_PENALTY_SCORE:
        return is_aligned_below(lookup, unit, penalty->below, applies, error);
    case ALN_PENALTY_MACHINE:
        return is_by_machine(lookup, unit, applies, error);
    }
    return error_set(error, ALN_INVALID, "unknown penalty %d", (int)penalty->kind);
}

aln_status lookup_penalty(aln_lookup *lookup, int64_t unit, int *points,
                          aln_error *error)
{
    *points = 0;
    for (size_t i = 0; i < lookup->options.n_penalties; i++) {
        bool applies;
        const aln_penalty *penalty = &lookup->options.penalties[i];
        TRY(applies_to(lookup, penalty, unit, &applies, error));
        if (applies) *points += penalty->points;
    }
    return ALN_OK;
}
