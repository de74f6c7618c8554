/* fragments.c - where nothing resembles the whole, the longest phrases that are held.
 *
 *     The president | arrived in Astana on 8 June | .        a fragment, with its unit
 *
 * From the left: the index names variants that hold the next few tokens; the one that
 * goes on longest gives the fragment, and the search goes on behind it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "lookup/lookup.h"

enum {
    SHORTEST = 3,       /* tokens of a fragment */
    MOST_TEXTS = 64,    /* read for one place */
    MOST_PLACES = 1000, /* tokens looked at in one text */
};

static const size_t windows[] = {8, 5, SHORTEST};

/* The longest run of source tokens equal to the query's from `at` on. */
static size_t common_run(const scored_text *source, const scored_text *query, size_t at,
                         size_t *where)
{
    size_t longest = 0, n = source->hashes.n, m = query->hashes.n;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (i + k < n && at + k < m &&
               source->hashes.at[i + k] == query->hashes.at[at + k])
            k++;
        if (k <= longest) continue;
        longest = k;
        *where = i;
    }
    return longest;
}

static bool has_word(const scored_text *query, size_t at, size_t n)
{
    for (size_t i = at; i < at + n; i++)
        if (query->tokens.at[i].kind == TOKEN_WORD ||
            query->tokens.at[i].kind == TOKEN_HAN)
            return true;
    return false;
}

static size_t byte_at(const scored_text *text, size_t first)
{
    return text->tokens.at[first].start;
}

static size_t byte_behind(const scored_text *text, size_t first, size_t n)
{
    return text->tokens.at[first + n - 1].end;
}

/* Does this variant go on longer than what is there, or as long in a shorter text?  Then
 * it is the fragment. */
static aln_status try_variant(aln_lookup *lookup, int64_t variant, size_t at,
                              aln_fragment *best, size_t *best_n, aln_error *error)
{
    aln_match match = {0};
    bool found, tags;
    size_t where = 0;
    TRY(lookup_read_source(lookup, variant, &match, &found, &tags, error));
    if (!found) return ALN_OK;
    TRY(scored_text_set(&lookup->source, match.source, match.source_size, error));
    size_t n = common_run(&lookup->source, &lookup->query, at, &where);
    bool longer = n > *best_n ||
                  (n && n == *best_n && lookup->source.size < strlen(best->source));
    if (n < SHORTEST || !longer || !has_word(&lookup->query, at, n)) return ALN_OK;
    TRY(lookup_read_target(lookup, &match, variant, error));
    if (!match.target) return ALN_OK;

    *best_n = n;
    *best = (aln_fragment){
        .start = byte_at(&lookup->query, at),
        .end = byte_behind(&lookup->query, at, n),
        .unit = match.unit,
        .source =
            arena_copy(&lookup->results, lookup->source.text, lookup->source.size),
        .source_start = byte_at(&lookup->source, where),
        .source_end = byte_behind(&lookup->source, where, n),
        .source_language = match.source_language,
        .target = match.target,
        .target_language = match.target_language,
    };
    return best->source ? ALN_OK : error_no_memory(error);
}

static aln_status try_window(aln_lookup *lookup, size_t at, size_t window,
                             aln_fragment *best, size_t *best_n, aln_error *error)
{
    uint32_t keys[16];
    AUTO(free) int64_t *variants = NULL;
    size_t n;
    bool frequent;
    memcpy(keys, lookup->tokens.keys + at, window * sizeof *keys);
    TRY(index_holders(lookup->reader, lookup->sources.at, lookup->sources.n, keys,
                      window, INDEX_ALL_KEYS, &variants, &n, &frequent, error));
    /* the newest first */
    for (size_t k = n; k && n - k < MOST_TEXTS; k--)
        TRY(try_variant(lookup, variants[k - 1], at, best, best_n, error));
    return ALN_OK;
}

static aln_status find_fragments(aln_lookup *lookup, aln_error *error)
{
    size_t n = lookup->tokens.n < MOST_PLACES ? lookup->tokens.n : MOST_PLACES;
    for (size_t at = 0; at + SHORTEST <= n;) {
        aln_fragment best;
        size_t best_n = 0;
        for (size_t i = 0; i < sizeof windows / sizeof *windows && !best_n; i++)
            if (at + windows[i] <= n)
                TRY(try_window(lookup, at, windows[i], &best, &best_n, error));
        if (best_n) TRY(lookup_counterpart(lookup, &best, error));
        if (best_n && vec_push(&lookup->fragments, best)) return error_no_memory(error);
        at += best_n ? best_n : 1;
    }
    return ALN_OK;
}

aln_status aln_lookup_fragments(aln_lookup *lookup, const char *text, size_t size,
                                const aln_fragment **fragments, size_t *n,
                                aln_error *error)
{
    if (!lookup || !text || !fragments || !n)
        return error_set(error, ALN_INVALID, "a lookup and a text must be given");

    bool own;
    vec_clear(&lookup->fragments);
    vec_clear(&lookup->matches);
    vec_clear(&lookup->match_variants);
    arena_clear(&lookup->results);
    TRY(lookup_set_query(lookup, text, size, error));
    TRY(lookup_enter(lookup->memory, &own, error));
    aln_status status = lookup_refresh(lookup, error);
    if (!status) status = find_fragments(lookup, error);
    lookup_leave(lookup->memory, own);
    if (status) return status;
    *fragments = lookup->fragments.at;
    *n = lookup->fragments.n;
    return ALN_OK;
}
