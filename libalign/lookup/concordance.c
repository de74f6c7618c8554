/* concordance.c - the index names variants that may hold the words; their texts decide.
 *
 * The lists of folded keys that serve fuzzy lookup serve words as well.  Where every word
 * is so frequent that it has no list, a walk over the variants meets hits soon; a regular
 * expression always walks.  A word that ends with a star becomes the words of the memory
 * that begin so.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/concordance.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "lookup/lookup.h"
#include "lookup/phrase.h"
#include "text/fold.h"
#include "text/regex.h"

enum { DEFAULT_LIMIT = 20, MOST_WORDS_OF_A_PREFIX = 500 };

struct aln_search {
    aln_memory *memory;
    aln_search_options options; /* strings in texts */
    arena texts;
    index_reader *reader;
    phrase_list phrases;
    regex *expression; /* instead of phrases */
    language_list languages;

    bool walking;     /* over all variants; else over these: */
    int64_t *holders; /* ascending */
    size_t n_holders, at;
    int64_t last; /* variant looked at */
    size_t skipped, given;

    phrase_text text;
    found_list found;
    str kept; /* the text of the hit */
    aln_hit hit;
};

AUTO_DEFINE(search, aln_search *, aln_search_free)

/* -- candidates ----------------------------------------------------------------------- */

static aln_status list_holders(aln_search *search, uint32_t *keys, size_t n_keys,
                               index_which which, aln_error *error)
{
    return index_holders(search->reader, search->languages.at, search->languages.n,
                         keys, n_keys, which, &search->holders, &search->n_holders,
                         &search->walking, error);
}

/* The keys of the words of the memory that begin like this one. */
static aln_status expand(aln_search *search, const phrase_word *word, uint32_t *keys,
                         size_t *n, aln_error *error)
{
    AUTO(str) str from = {0};
    AUTO(str) str room = {0};
    aln_status status = text_fold(word->text, word->size, &from, error);
    if (status) return status;
    db_query query = db_cached(&search->memory->db,
                               "SELECT word FROM index_word WHERE word >= ?1 AND "
                               "word < ?1 || char(1114111) ORDER BY word LIMIT ?2");
    db_bind_text(&query, 1, str_text(&from), from.size);
    db_bind_int(&query, 2, MOST_WORDS_OF_A_PREFIX + 1);
    *n = 0;
    while (!status && db_step(&query) && *n <= MOST_WORDS_OF_A_PREFIX)
        status = index_key(db_must_text(&query, 0), db_size(&query, 0), false, &room,
                           &keys[(*n)++], error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* Only beginnings of words were given: all words that the first may stand for. */
static aln_status list_expanded(aln_search *search, aln_error *error)
{
    uint32_t keys[MOST_WORDS_OF_A_PREFIX + 1];
    size_t n;
    const phrase *first = &search->phrases.all.at[0];
    TRY(expand(search, &first->words[first->n - 1], keys, &n, error));
    search->walking = n > MOST_WORDS_OF_A_PREFIX;
    if (search->walking || !n) return ALN_OK;
    return list_holders(search, keys, n, INDEX_ANY_KEY, error);
}

static aln_status find_holders(aln_search *search, aln_error *error)
{
    vec(uint32_t) keys = {0};
    aln_status status = ALN_OK;
    for (size_t i = 0; i < search->phrases.all.n && !status; i++) {
        const phrase *each = &search->phrases.all.at[i];
        for (size_t k = 0; k < each->n && !status; k++)
            if (!each->words[k].prefix) status = vec_push(&keys, each->words[k].key);
    }
    if (status)
        status = error_no_memory(error);
    else if (keys.n)
        status = list_holders(search, keys.at, keys.n, INDEX_ALL_KEYS, error);
    else
        status = list_expanded(search, error);
    vec_free(&keys);
    return status;
}

/* -- one candidate -------------------------------------------------------------------- */

static aln_status keep_found(aln_search *search, size_t start, size_t end,
                             aln_error *error)
{
    if (vec_push(&search->found, (aln_found){start, end}))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status find_expression(aln_search *search, const char *text, size_t size,
                                  bool *all, aln_error *error)
{
    vec_clear(&search->found);
    bool found = true;
    for (size_t from = 0, start, end; found && from <= size; from = end) {
        TRY(regex_find(search->expression, text, size, from, &start, &end, &found,
                       error));
        if (!found) break;
        if (end > start) TRY(keep_found(search, start, end, error));
        if (end == start) end++;
    }
    *all = search->found.n > 0;
    return ALN_OK;
}

static bool is_filtered(const aln_search *search)
{
    const aln_search_options *options = &search->options;
    return options->document || options->source || options->since || options->until;
}

static void bind_or_null(db_query *query, int place, const char *text)
{
    if (text) db_bind_text(query, place, text, strlen(text));
}

static aln_status passes(aln_search *search, int64_t unit, bool *pass, aln_error *error)
{
    *pass = true;
    if (!is_filtered(search)) return ALN_OK;
    db_query query = db_cached(
        &search->memory->db,
        "SELECT 1 FROM unit u JOIN document d USING (document_set) WHERE u.id = ?1 AND "
        "d.uri = coalesce(?2, d.uri) AND (?3 IS NULL OR d.source = ?3) AND "
        "(?4 IS NULL OR d.date >= ?4) AND "
        "(?5 IS NULL OR substr(d.date, 1, length(?5)) <= ?5)");
    db_bind_int(&query, 1, unit);
    bind_or_null(&query, 2, search->options.document);
    bind_or_null(&query, 3, search->options.source);
    bind_or_null(&query, 4, search->options.since);
    bind_or_null(&query, 5, search->options.until);
    *pass = db_step(&query);
    return db_finish(&query, error);
}

static bool wants_language(const aln_search *search, int64_t language)
{
    for (size_t i = 0; i < search->languages.n; i++)
        if (search->languages.at[i] == language) return true;
    return false;
}

/* Columns: id, unit, language, text. */
static aln_status consider(aln_search *search, const db_query *row, bool *hit,
                           aln_error *error)
{
    *hit = false;
    search->last = db_int(row, 0);
    if (!wants_language(search, db_int(row, 2)) || db_is_null(row, 3)) return ALN_OK;

    const char *text = db_text(row, 3);
    size_t size = db_size(row, 3);
    if (search->expression)
        TRY(find_expression(search, text, size, hit, error));
    else
        TRY(phrases_find(&search->phrases, &search->text, text, size, &search->found,
                         hit, error));
    if (*hit) TRY(passes(search, db_int(row, 1), hit, error));
    if (!*hit) return ALN_OK;

    /* Places are those in the NFC text where the text was not in that form. */
    bool changed = !search->expression && search->text.text != text;
    str_clear(&search->kept);
    if (str_add(&search->kept, changed ? search->text.text : text,
                changed ? search->text.room.size : size))
        return error_no_memory(error);
    search->hit = (aln_hit){.unit = db_int(row, 1),
                            .text = search->kept.at,
                            .size = search->kept.size,
                            .found = search->found.at,
                            .n_found = search->found.n};
    return language_tag(search->memory, db_int(row, 2), &search->hit.language, error);
}

static aln_status walk(aln_search *search, bool *hit, aln_error *error)
{
    aln_status status = ALN_OK;
    *hit = false;
    db_query query =
        db_cached(&search->memory->db, "SELECT id, unit, language, text FROM variant "
                                       "WHERE id > ?1 ORDER BY id");
    db_bind_int(&query, 1, search->last);
    while (!status && !*hit && db_step(&query))
        status = consider(search, &query, hit, error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status next_holder(aln_search *search, bool *hit, aln_error *error)
{
    aln_status status = ALN_OK;
    *hit = false;
    db_query query =
        db_cached(&search->memory->db,
                  "SELECT id, unit, language, text FROM variant WHERE id = ?1");
    while (!status && !*hit && search->at < search->n_holders) {
        db_bind_int(&query, 1, search->holders[search->at++]);
        if (db_step(&query)) status = consider(search, &query, hit, error);
        db_reset(&query);
        if (query.result != SQLITE_OK) break;
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* -- the search ----------------------------------------------------------------------- */

static aln_status copy_text(aln_search *search, const char **text)
{
    if (!*text) return ALN_OK;
    *text = arena_copy(&search->texts, *text, strlen(*text));
    return *text ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status copy_options(aln_search *search, const aln_search_options *options,
                               aln_error *error)
{
    if (options) search->options = *options;
    if (!search->options.limit) search->options.limit = DEFAULT_LIMIT;
    if (copy_text(search, &search->options.language) ||
        copy_text(search, &search->options.document) ||
        copy_text(search, &search->options.source) ||
        copy_text(search, &search->options.since) ||
        copy_text(search, &search->options.until))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status prepare(aln_search *search, const char *query, aln_error *error)
{
    const char *range = search->options.language ? search->options.language : "";
    TRY(lookup_languages(search->memory, range, &search->languages, error));
    search->last = INT64_MIN;
    if (search->options.regex) {
        search->walking = true;
        return regex_compile(query, search->options.exact ? 0 : REGEX_IGNORE_CASE,
                             &search->expression, error);
    }
    TRY(phrases_parse(&search->phrases, query, search->options.exact, error));
    TRY(index_reader_open(search->memory->db.handle, &memory_texts, &search->reader,
                          error));
    bool own;
    TRY(lookup_enter(search->memory, &own, error));
    aln_status status = index_reader_refresh(search->reader, error);
    if (!status) status = find_holders(search, error);
    lookup_leave(search->memory, own);
    return status;
}

aln_status aln_search_new(aln_memory *memory, const char *query,
                          const aln_search_options *options, aln_search **search,
                          aln_error *error)
{
    if (!memory || !query || !search)
        return error_set(error, ALN_INVALID, "a memory and a query must be given");
    AUTO(search) aln_search *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    made->memory = memory;
    TRY(copy_options(made, options, error));
    TRY(prepare(made, query, error));
    *search = STEAL(made);
    return ALN_OK;
}

aln_status aln_search_next(aln_search *search, const aln_hit **hit, aln_error *error)
{
    if (!search || !hit) return error_set(error, ALN_INVALID, "no search");
    bool found = search->given < search->options.limit;
    while (found) {
        if (search->walking)
            TRY(walk(search, &found, error));
        else
            TRY(next_holder(search, &found, error));
        if (!found || search->skipped >= search->options.skip) break;
        search->skipped++;
    }
    search->given += found;
    *hit = found ? &search->hit : NULL;
    return ALN_OK;
}

void aln_search_free(aln_search *search)
{
    if (!search) return;

    index_reader_close(search->reader);
    phrases_done(&search->phrases);
    phrase_text_done(&search->text);
    regex_free(search->expression);
    vec_free(&search->languages);
    free(search->holders);
    vec_free(&search->found);
    str_done(&search->kept);
    arena_done(&search->texts);
    free(search);
}
