/* lookup.c - the best prior translations of a text.
 *
 *     gather   every variant whose codes allow a base of at least min, best first
 *     judge    read their texts, from the best base on, until no base that is left can
 *              bring a score among the `limit` best
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/lookup.h"

#include <string.h>

#include <align/text.h>

#include "base/error.h"

static const double DEFAULT_MIN = 0.7;
enum { DEFAULT_LIMIT = 5, MAX_CONTEXT = 2, MOST_PIVOTS = 64 };

AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)

/* -- transactions and languages --------------------------------------------------- */

aln_status lookup_enter(aln_memory *memory, bool *own, aln_error *error)
{
    *own = sqlite3_get_autocommit(memory->db.handle) != 0;
    if (!*own) return ALN_OK;
    db_query query = db_cached(&memory->db, "BEGIN");
    db_step(&query);
    return db_finish(&query, error);
}

void lookup_leave(aln_memory *memory, bool own)
{
    if (!own) return;
    db_query query = db_cached(&memory->db, "COMMIT");
    db_step(&query);
    (void)!db_finish(&query, NULL); /* nothing was written */
}

aln_status lookup_languages(aln_memory *memory, const char *range, language_list *out,
                            aln_error *error)
{
    aln_status pushed = ALN_OK;
    vec_clear(out);
    db_query query = db_cached(&memory->db, "SELECT id, tag FROM language ORDER BY "
                                            "tag <> ?1 COLLATE NOCASE, tag");
    db_bind_text(&query, 1, range, strlen(range));
    while (!pushed && db_step(&query))
        if (!*range || aln_language_covers(range, db_must_text(&query, 1)))
            pushed = vec_push(out, db_int(&query, 0));
    TRY(db_finish(&query, error));
    return pushed ? error_no_memory(error) : ALN_OK;
}

static void auto_language_list(language_list *list)
{
    vec_free(list);
}

/* A memory may have learned languages since the last time. */
static aln_status find_languages(aln_lookup *lookup, aln_error *error)
{
    int64_t n = 0;
    db_query query = db_cached(&lookup->memory->db, "SELECT count(*) FROM language");
    if (db_step(&query)) n = db_int(&query, 0);
    TRY(db_finish(&query, error));
    if (n == lookup->known_languages) return ALN_OK;

    AUTO(language_list) language_list list = {0};
    TRY(lookup_languages(lookup->memory, lookup->options.source, &list, error));
    vec_clear(&lookup->sources);
    for (size_t i = 0; i < list.n; i++)
        if (vec_push(&lookup->sources, list.at[i])) return error_no_memory(error);
    TRY(lookup_languages(lookup->memory, lookup->options.target, &list, error));
    vec_clear(&lookup->targets);
    for (size_t i = 0; i < list.n; i++)
        if (vec_push(&lookup->targets, list.at[i])) return error_no_memory(error);
    lookup->known_languages = n;
    return ALN_OK;
}

/* -- options ------------------------------------------------------------------------ */

static const char *keep_text(aln_lookup *lookup, const char *text)
{
    return text ? arena_copy(&lookup->texts, text, strlen(text)) : NULL;
}

static aln_status copy_options(aln_lookup *lookup, const aln_lookup_options *options,
                               aln_error *error)
{
    size_t n = options->n_penalties;
    aln_penalty *penalties = arena_array(&lookup->texts, n ? n : 1, sizeof *penalties);
    lookup->options = *options;
    lookup->options.source = keep_text(lookup, options->source);
    lookup->options.target = keep_text(lookup, options->target);
    lookup->options.penalties = penalties;
    if (!penalties || !lookup->options.source || !lookup->options.target)
        return error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        penalties[i] = options->penalties[i];
        penalties[i].value = keep_text(lookup, options->penalties[i].value);
        if (options->penalties[i].value && !penalties[i].value)
            return error_no_memory(error);
        lookup->most_penalty += penalties[i].points;
    }
    if (options->min == 0) lookup->options.min = DEFAULT_MIN;
    if (!options->limit) lookup->options.limit = DEFAULT_LIMIT;
    return ALN_OK;
}

static bool penalties_make_sense(const aln_lookup_options *options)
{
    for (size_t i = 0; i < options->n_penalties; i++) {
        const aln_penalty *penalty = &options->penalties[i];
        bool named = penalty->kind == ALN_PENALTY_DOCUMENT ||
                     penalty->kind == ALN_PENALTY_SOURCE ||
                     penalty->kind == ALN_PENALTY_BEFORE;
        if (penalty->points < 0 || penalty->points > 100 || (named && !penalty->value))
            return false;
    }
    return true;
}

aln_status aln_lookup_new(aln_memory *memory, const aln_lookup_options *options,
                          aln_lookup **lookup, aln_error *error)
{
    if (!memory || !options || !lookup || !options->source || !options->target)
        return error_set(error, ALN_INVALID,
                         "a memory and two languages must be given");
    if (options->min < 0 || options->min > 1 || !penalties_make_sense(options))
        return error_set(error, ALN_INVALID, "least base or penalties out of range");

    AUTO(lookup) aln_lookup *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    made->memory = memory;
    made->known_languages = -1;
    TRY(copy_options(made, options, error));
    TRY(index_reader_open(memory->db.handle, &memory_texts, &made->reader, error));
    *lookup = STEAL(made);
    return ALN_OK;
}

void aln_lookup_context(aln_lookup *lookup, const char *previous, const char *next)
{
    lookup->previous = previous;
    lookup->next = next;
}

void aln_lookup_free(aln_lookup *lookup)
{
    if (!lookup) return;

    index_reader_close(lookup->reader);
    index_text_done(&lookup->tokens);
    scored_text_done(&lookup->query);
    scored_text_done(&lookup->source);
    pattern_done(&lookup->pattern);
    edit_script_done(&lookup->script);
    vec_free(&lookup->sources);
    vec_free(&lookup->targets);
    vec_free(&lookup->found);
    vec_free(&lookup->best);
    vec_free(&lookup->matches);
    vec_free(&lookup->match_variants);
    vec_free(&lookup->fragments);
    arena_done(&lookup->texts);
    arena_done(&lookup->results);
    str_done(&lookup->room);
    str_done(&lookup->adapted);
    free(lookup);
}

/* -- ranking ------------------------------------------------------------------------ */

/* Would a match with this score and base come before that one? */
static bool is_better(const aln_match *a, int64_t a_variant, const aln_match *b,
                      int64_t b_variant)
{
    if (a->score != b->score) return a->score > b->score;
    if (a->base != b->base) return a->base > b->base;
    return a_variant > b_variant;
}

static bool is_full(const aln_lookup *lookup)
{
    return lookup->matches.n == lookup->options.limit;
}

static bool says_the_same(const aln_match *a, const aln_match *b)
{
    return a->unit == b->unit ||
           (a->source_size == b->source_size && a->target_size == b->target_size &&
            memcmp(a->source, b->source, a->source_size) == 0 &&
            memcmp(a->target, b->target, a->target_size) == 0);
}

/* Put a match in its place; of those that say the same the better one stays. */
static aln_status rank(aln_lookup *lookup, const aln_match *match, int64_t variant,
                       aln_error *error)
{
    for (size_t i = 0; i < lookup->matches.n; i++) {
        if (!says_the_same(&lookup->matches.at[i], match)) continue;
        if (is_better(&lookup->matches.at[i], lookup->match_variants.at[i], match,
                      variant))
            return ALN_OK;
        lookup->matches.n--;
        lookup->match_variants.n--;
        for (size_t k = i; k < lookup->matches.n; k++) {
            lookup->matches.at[k] = lookup->matches.at[k + 1];
            lookup->match_variants.at[k] = lookup->match_variants.at[k + 1];
        }
        break;
    }
    size_t at = lookup->matches.n;
    while (at && is_better(match, variant, &lookup->matches.at[at - 1],
                           lookup->match_variants.at[at - 1]))
        at--;
    if (at == lookup->options.limit) return ALN_OK;
    if (!is_full(lookup) && (vec_push(&lookup->matches, *match) ||
                             vec_push(&lookup->match_variants, variant)))
        return error_no_memory(error);
    for (size_t k = lookup->matches.n - 1; k > at; k--) {
        lookup->matches.at[k] = lookup->matches.at[k - 1];
        lookup->match_variants.at[k] = lookup->match_variants.at[k - 1];
    }
    lookup->matches.at[at] = *match;
    lookup->match_variants.at[at] = variant;
    return ALN_OK;
}

/* The most points that a base can bring here. */
static int most_points(const aln_lookup *lookup, double base)
{
    int context = lookup->previous || lookup->next ? MAX_CONTEXT : 0;
    int points = score_most(base, lookup->tokens.n, lookup->n_numbers);
    return points + (base >= 1 ? context : 0);
}

/* Can nothing of this base, or less, and no newer variant come among the matches? */
static bool is_settled(const aln_lookup *lookup, double base)
{
    if (!is_full(lookup)) return false;
    const aln_match *last = &lookup->matches.at[lookup->matches.n - 1];
    int most = most_points(lookup, base);
    return most < last->score || (most == last->score && base <= last->base);
}

/* Scores may leave the match with the greatest base out: it takes the last place then,
 * so that whoever counts bases finds it. */
static void keep_greatest(aln_lookup *lookup, const aln_match *greatest,
                          int64_t variant)
{
    for (size_t i = 0; i < lookup->matches.n; i++)
        if (lookup->matches.at[i].base >= greatest->base) return;
    lookup->matches.at[lookup->matches.n - 1] = *greatest;
    lookup->match_variants.at[lookup->matches.n - 1] = variant;
}

static aln_status judge_all(aln_lookup *lookup, aln_error *error)
{
    aln_match greatest = {.base = -1};
    int64_t greatest_variant = 0;
    arena_clear(&lookup->results);
    vec_clear(&lookup->matches);
    vec_clear(&lookup->match_variants);
    for (size_t i = 0; i < lookup->found.n; i++) {
        const found_variant *found = &lookup->found.at[i];
        if (i && found->variant == found[-1].variant) continue;
        if (is_settled(lookup, found->base)) break;
        aln_match match;
        bool kept;
        TRY(lookup_judge(lookup, found, &match, &kept, error));
        if (!kept) continue;
        TRY(rank(lookup, &match, found->variant, error));
        if (match.base > greatest.base) {
            greatest = match;
            greatest_variant = found->variant;
        }
    }
    if (lookup->matches.n) keep_greatest(lookup, &greatest, greatest_variant);
    return ALN_OK;
}

/* -- looking up ---------------------------------------------------------------------- */

aln_status lookup_set_query(aln_lookup *lookup, const char *text, size_t size,
                            aln_error *error)
{
    TRY(index_text_read(&lookup->tokens, text, size, error));
    TRY(scored_text_set(&lookup->query, text, size, error));
    lookup->n_numbers = 0;
    for (size_t i = 0; i < lookup->query.tokens.n; i++)
        lookup->n_numbers += lookup->query.tokens.at[i].kind == TOKEN_NUMBER;
    return ALN_OK;
}

aln_status lookup_refresh(aln_lookup *lookup, aln_error *error)
{
    TRY(find_languages(lookup, error));
    return index_reader_refresh(lookup->reader, error);
}

static aln_status find(aln_lookup *lookup, aln_error *error)
{
    TRY(lookup_refresh(lookup, error));
    lookup->raise = true;
    TRY(lookup_gather(lookup, lookup->sources.at, lookup->sources.n, error));
    TRY(judge_all(lookup, error));
    bool raised = lookup->least > lookup->options.min;
    if (raised && !is_settled(lookup, lookup->least)) {
        lookup->raise = false;
        TRY(lookup_gather(lookup, lookup->sources.at, lookup->sources.n, error));
        TRY(judge_all(lookup, error));
    }
    bool third = lookup->known_languages > 2;
    lookup->pivots = !lookup->matches.n && third ? MOST_PIVOTS : 0;
    if (lookup->pivots) TRY(judge_all(lookup, error));
    lookup->pivots = 0;
    for (size_t i = 0; i < lookup->matches.n; i++)
        TRY(lookup_dress(lookup, &lookup->matches.at[i], error));
    return ALN_OK;
}

aln_status aln_lookup_find(aln_lookup *lookup, const char *text, size_t size,
                           const aln_match **matches, size_t *n, aln_error *error)
{
    if (!lookup || !text || !matches || !n)
        return error_set(error, ALN_INVALID, "a lookup and a text must be given");

    bool own;
    TRY(lookup_set_query(lookup, text, size, error));
    TRY(lookup_enter(lookup->memory, &own, error));
    aln_status status = find(lookup, error);
    lookup_leave(lookup->memory, own);
    lookup->previous = lookup->next = NULL;
    if (status) return status;
    *matches = lookup->matches.at;
    *n = lookup->matches.n;
    return ALN_OK;
}
