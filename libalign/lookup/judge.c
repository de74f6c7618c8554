/* judge.c - a candidate's text is read and compared; what holds becomes a match.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "lookup/lookup.h"

static const double NEARLY = 1e-9;

/* -- the source ------------------------------------------------------------------ */

aln_status lookup_read_source(aln_lookup *lookup, int64_t variant, aln_match *match,
                              bool *found, bool *tags, aln_error *error)
{
    db_query query = db_cached(&lookup->memory->db,
                               "SELECT unit, language, text, markup IS NOT NULL "
                               "FROM variant WHERE id = ?1");
    db_bind_int(&query, 1, variant);
    *found = db_step(&query);
    aln_status status = ALN_OK;
    if (*found) {
        match->unit = db_int(&query, 0);
        match->source_size = db_size(&query, 2);
        match->source =
            arena_copy(&lookup->results, db_must_text(&query, 2), match->source_size);
        *tags = db_int(&query, 3) != 0;
        if (!match->source) status = error_no_memory(error);
        if (!status)
            status = language_tag(lookup->memory, db_int(&query, 1),
                                  &match->source_language, error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* -- the target ------------------------------------------------------------------ */

static size_t rank_of(const aln_lookup *lookup, int64_t language)
{
    size_t i = 0;
    while (i < lookup->targets.n && lookup->targets.at[i] != language)
        i++;
    return i;
}

aln_status lookup_read_target(aln_lookup *lookup, aln_match *match, int64_t variant,
                              aln_error *error)
{
    db_query query = db_cached(&lookup->memory->db, "SELECT id, language, text FROM "
                                                    "variant WHERE unit = ?1");
    db_bind_int(&query, 1, match->unit);
    size_t best = lookup->targets.n;
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        size_t rank = rank_of(lookup, db_int(&query, 1));
        if (rank >= best || db_int(&query, 0) == variant) continue;
        best = rank;
        match->target_size = db_size(&query, 2);
        match->target =
            arena_copy(&lookup->results, db_must_text(&query, 2), match->target_size);
        if (!match->target) status = error_no_memory(error);
        if (!status)
            status = language_tag(lookup->memory, db_int(&query, 1),
                                  &match->target_language, error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* -- the score ------------------------------------------------------------------- */

static aln_status adapt(aln_lookup *lookup, aln_match *match,
                        const score_counts *counts, aln_error *error)
{
    if (!counts->numbers || counts->numbers != counts->edits) return ALN_OK;

    bool adapted;
    TRY(score_adapt(&lookup->script, &lookup->source, &lookup->query, match->target,
                    match->target_size, &lookup->adapted, &adapted, error));
    if (!adapted) return ALN_OK;
    match->adapted =
        arena_copy(&lookup->results, str_text(&lookup->adapted), lookup->adapted.size);
    if (!match->adapted) return error_no_memory(error);
    match->score = SCORE_NEAR;
    return ALN_OK;
}

static bool same_bytes(const scored_text *a, const scored_text *b)
{
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

static aln_status copy_edits(aln_lookup *lookup, aln_match *match, aln_error *error)
{
    size_t n = lookup->script.steps.n;
    aln_edit *edits = arena_array(&lookup->results, n ? n : 1, sizeof *edits);
    char *text = arena_copy(&lookup->results, lookup->source.text, lookup->source.size);
    if (!edits || !text) return error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        const edit_step *step = &lookup->script.steps.at[i];
        edits[i].kind = step->kind;
        edits[i].source = edits[i].query = "";
        if (step->kind != ALN_EDIT_INSERT) {
            const token *t = &lookup->source.tokens.at[step->source];
            edits[i].source = text + t->start;
            edits[i].source_size = t->end - t->start;
        }
        if (step->kind != ALN_EDIT_DELETE) {
            const token *t = &lookup->query.tokens.at[step->query];
            edits[i].query = lookup->query.text + t->start;
            edits[i].query_size = t->end - t->start;
        }
    }
    match->edits = edits;
    match->n_edits = n;
    return ALN_OK;
}

static aln_status explain(aln_lookup *lookup, aln_match *match,
                          const score_counts *counts, bool same, bool tags, int penalty,
                          int company, aln_error *error)
{
    AUTO(str) str why = {0};
    aln_status status = str_printf(&why, "base %.4g", 100 * match->base);
    if (!status && counts->edits && !lookup->script.steps.n)
        status = str_printf(&why, ", %zu edits: too many to be listed", counts->edits);
    else if (!status && counts->edits)
        status = str_printf(&why,
                            ", %zu edits: %zu numbers, %zu case or accents, "
                            "%zu punctuation",
                            counts->edits, counts->numbers, counts->forms,
                            counts->punctuation);
    if (!status && !counts->edits && !same) status = str_puts(&why, ", white space -1");
    if (!status && match->adapted) status = str_puts(&why, ", numbers replaced");
    if (!status && tags) status = str_puts(&why, ", tags -1");
    if (!status && match->pivot)
        status = str_printf(&why, ", through %s -1", match->pivot);
    if (!status && company) status = str_printf(&why, ", context +%d", company);
    if (!status && penalty) status = str_printf(&why, ", penalties -%d", penalty);
    match->why = status ? NULL : arena_copy(&lookup->results, why.at, why.size);
    if (!match->why) return error_no_memory(error);
    return copy_edits(lookup, match, error);
}

/* -- the company ------------------------------------------------------------------ */

static bool same_text(const char *a, const char *b, size_t size)
{
    return strlen(a) == size && memcmp(a, b, size) == 0;
}

/* Does the unit at a distance from this one, in its documents, say this in the match's
 * language? */
static aln_status neighbour_says(aln_lookup *lookup, const aln_match *match,
                                 int distance, const char *text, int *points,
                                 aln_error *error)
{
    if (!text) return ALN_OK;

    db_query query = db_cached(
        &lookup->memory->db,
        "SELECT v.text FROM unit u JOIN document_set s ON s.id = u.document_set "
        "JOIN unit o ON o.document_set = u.document_set "
        "AND coalesce(o.position, o.id - s.first) = "
        "coalesce(u.position, u.id - s.first) + ?2 "
        "AND o.id BETWEEN u.id - 64 AND u.id + 64 "
        "JOIN variant v ON v.unit = o.id JOIN language l ON l.id = v.language "
        "WHERE u.id = ?1 AND l.tag = ?3");
    db_bind_int(&query, 1, match->unit);
    db_bind_int(&query, 2, distance);
    db_bind_text(&query, 3, match->source_language, strlen(match->source_language));
    bool same = false;
    while (!same && db_step(&query))
        same = same_text(text, db_must_text(&query, 0), db_size(&query, 0));
    *points += same;
    return db_finish(&query, error);
}

static aln_status count_company(aln_lookup *lookup, const aln_match *match, int *points,
                                aln_error *error)
{
    *points = 0;
    if (match->score != SCORE_IDENTICAL) return ALN_OK;
    TRY(neighbour_says(lookup, match, -1, lookup->previous, points, error));
    return neighbour_says(lookup, match, 1, lookup->next, points, error);
}

/* -- together --------------------------------------------------------------------- */

static aln_status compare(aln_lookup *lookup, aln_match *match, size_t *distance,
                          bool *kept, aln_error *error)
{
    TRY(scored_text_set(&lookup->source, match->source, match->source_size, error));
    size_t n = lookup->source.tokens.n, m = lookup->query.tokens.n;
    size_t longer = n > m ? n : m;
    size_t most = (size_t)((1 - lookup->options.min) * (double)longer + NEARLY);
    TRY(edits_find(&lookup->script, &lookup->source, &lookup->query, most, distance,
                   error));
    *kept = *distance <= most;
    match->base = *kept ? 1 - (double)*distance / (double)longer : 0;
    return ALN_OK;
}

aln_status lookup_judge(aln_lookup *lookup, const found_variant *found,
                        aln_match *match, bool *kept, aln_error *error)
{
    bool tags = false;
    int penalty, company;
    size_t distance = 0;
    *match = (aln_match){0};
    TRY(lookup_read_source(lookup, found->variant, match, kept, &tags, error));
    if (*kept) TRY(compare(lookup, match, &distance, kept, error));
    if (*kept) TRY(lookup_read_target(lookup, match, found->variant, error));
    if (*kept && !match->target && lookup->pivots) {
        lookup->pivots--;
        TRY(lookup_pivot(lookup, match, error));
    }
    *kept = *kept && match->target;
    if (!*kept) return ALN_OK;

    score_counts counts;
    bool same = same_bytes(&lookup->source, &lookup->query);
    size_t n = lookup->source.tokens.n, m = lookup->query.tokens.n;
    TRY(score_count(&lookup->script, &lookup->source, &lookup->query, &counts, error));
    counts.edits = distance; /* there may be too many for a script */
    match->score = score_points(&counts, n > m ? n : m, same);
    TRY(adapt(lookup, match, &counts, error));
    match->tags = tags;
    if (tags && match->score > SCORE_NEAR - 1) match->score--;
    if (match->pivot) match->score--;
    TRY(count_company(lookup, match, &company, error));
    TRY(lookup_penalty(lookup, match->unit, &penalty, error));
    match->score += company - penalty;
    if (match->score < 0) match->score = 0;
    if (!lookup->options.explain) return ALN_OK;
    return explain(lookup, match, &counts, same, tags, penalty, company, error);
}

/* -- what is shown beside it ------------------------------------------------------- */

static aln_status read_document(aln_lookup *lookup, aln_match *match, aln_error *error)
{
    db_query query = db_cached(
        &lookup->memory->db,
        "SELECT d.uri FROM unit u JOIN document d USING (document_set) WHERE "
        "u.id = ?1 AND d.place = coalesce((SELECT document FROM variant WHERE "
        "unit = u.id AND document IS NOT NULL ORDER BY id LIMIT 1), 0)");
    db_bind_int(&query, 1, match->unit);
    if (db_step(&query)) {
        match->document =
            arena_copy(&lookup->results, db_must_text(&query, 0), db_size(&query, 0));
        if (!match->document) query.result = SQLITE_NOMEM;
    }
    return db_finish(&query, error);
}

static const char *as_date(aln_lookup *lookup, int64_t seconds)
{
    char text[32];
    time_t when = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&when, &parts)) return NULL;
    size_t size = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_copy(&lookup->results, text, size);
}

static aln_status read_time(aln_lookup *lookup, aln_match *match, const char *sql,
                            aln_error *error)
{
    if (match->changed) return ALN_OK;
    db_query query = db_cached(&lookup->memory->db, sql);
    db_bind_int(&query, 1, match->unit);
    if (db_step(&query)) match->changed = as_date(lookup, db_int(&query, 0));
    return db_finish(&query, error);
}

aln_status lookup_dress(aln_lookup *lookup, aln_match *match, aln_error *error)
{
    TRY(read_document(lookup, match, error));
    /* Edits name one unit; additions a span of them, and spans do not overlap. */
    TRY(read_time(lookup, match,
                  "SELECT b.time FROM change c JOIN batch b ON b.id = c.batch WHERE "
                  "c.unit = ?1 AND c.kind = 1 ORDER BY c.id DESC LIMIT 1",
                  error));
    return read_time(lookup, match,
                     "SELECT b.time FROM change c JOIN batch b ON b.id = c.batch WHERE "
                     "c.unit <= ?1 AND c.last >= ?1 AND c.kind = 0 ORDER BY c.unit "
                     "DESC LIMIT 1",
                     error);
}
