/* index_search.c - the variants that may resemble a text; the variants with some words.
 *
 * index_reader.h explains why none is missed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "store/index_cache.h"

/* Bases are fractions of small numbers: nothing lies this close to a threshold but the
 * threshold itself. */
static const double NEARLY = 1e-9;

/* Reading a byte of a list and looking a variant up costs about as much as looking at
 * so many signatures one after the other. */
enum { LIST_COST = 5 };

typedef struct search {
    index_reader *reader;
    const index_text *query;
    double least;
    index_visit visit;
    void *context;
    index_run *run;
    uint32_t *allowed;                       /* edits, by group */
    uint64_t signatures[5][INDEX_MAX_WORDS]; /* the query's, of 1, 2, 4, 8, 16 words */
    aln_error *error;
} search;

static uint32_t allowed_edits(const search *s, uint32_t length)
{
    double longer = s->query->n > length ? (double)s->query->n : length;
    return (uint32_t)((1 - s->least) * longer + NEARLY);
}

static void allow(search *s)
{
    for (size_t g = 0; g < s->run->n_groups; g++)
        s->allowed[g] = allowed_edits(s, s->run->groups[g].length);
}

/* Lengths from which base >= least can be reached with so many tokens in common. */
static uint32_t shortest(const search *s)
{
    return (uint32_t)ceil((double)s->query->n * s->least - NEARLY);
}

static double longest(const search *s, size_t common)
{
    return (double)common / s->least + NEARLY;
}

static unsigned log_of(unsigned words)
{
    unsigned log = 0;
    while (words > 1U << log)
        log++;
    return log;
}

static unsigned count_bits(uint64_t bits)
{
    return (unsigned)__builtin_popcountll(bits);
}

/* Tokens without a counterpart, at least, in whichever text has more of them. */
static unsigned least_edits(const uint64_t *mine, const unsigned char *theirs,
                            unsigned words)
{
    unsigned here = 0, there = 0;
    for (unsigned i = 0; i < words; i++) {
        uint64_t other = index_get64(theirs + (size_t)8 * i);
        here += count_bits(mine[i] & ~other);
        there += count_bits(other & ~mine[i]);
    }
    return here > there ? here : there;
}

static aln_status meet(search *s, size_t g, uint32_t ordinal)
{
    const index_group *group = &s->run->groups[g];
    index_candidate candidate = {.length = group->length};
    TRY(index_variant(s->reader, s->run, ordinal, &candidate.variant, s->error));
    if (group->code_size) {
        index_place place =
            index_place_of(group->codes, group->code_size, ordinal - group->first);
        candidate.codes =
            index_record(s->reader, s->run, place, group->code_size, s->error);
        if (!candidate.codes) return ALN_CORRUPT;
    }
    double least = s->visit(s->context, &candidate);
    if (least > s->least) {
        s->least = least;
        allow(s);
    }
    return ALN_OK;
}

/* Compare one variant by signature. */
static aln_status look(search *s, size_t g, uint32_t ordinal)
{
    const index_group *group = &s->run->groups[g];
    index_place place =
        index_place_of(group->signatures, group->words * 8, ordinal - group->first);
    const unsigned char *at =
        index_record(s->reader, s->run, place, group->words * 8, s->error);
    if (!at) return ALN_CORRUPT;
    if (least_edits(s->signatures[log_of(group->words)], at, group->words) >
        s->allowed[g])
        return ALN_OK;
    return meet(s, g, ordinal);
}

/* Compare all variants of a group, block by block. */
static aln_status look_at_all(search *s, size_t g)
{
    const index_group *group = &s->run->groups[g];
    const uint64_t *mine = s->signatures[log_of(group->words)];
    uint32_t record = group->words * 8;
    for (uint32_t i = 0; i < group->n;) {
        index_place place = index_place_of(group->signatures, record, i);
        uint32_t here = (INDEX_BLOCK - place.offset) / record;
        if (here > group->n - i) here = group->n - i;
        const unsigned char *at =
            index_record(s->reader, s->run, place, here * record, s->error);
        if (!at) return ALN_CORRUPT;
        for (uint32_t k = 0; k < here; k++)
            if (least_edits(mine, at + (size_t)k * record, group->words) <=
                s->allowed[g])
                TRY(meet(s, g, group->first + i + k));
        i += here;
    }
    return ALN_OK;
}

/* -- lists ----------------------------------------------------------------------- */

/* A key of the query, the tokens it stands for, and its list. */
typedef struct term {
    uint32_t key, weight;
    index_list list;
} term;

static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const term *)a)->key, y = ((const term *)b)->key;
    return (x > y) - (x < y);
}

/* What a list costs for each token it settles; common ones last. */
static double price(const term *t)
{
    if (t->list.common) return INFINITY;
    return (double)t->list.cost / t->weight;
}

static int by_price(const void *a, const void *b)
{
    double x = price(a), y = price(b);
    if (x != y) return x > y ? 1 : -1;
    return by_key(a, b);
}

static size_t gather_terms(const index_text *query, term *terms)
{
    size_t n = 0;
    for (size_t i = 0; i < query->n; i++)
        terms[i] = (term){.key = query->keys[i], .weight = 1};
    qsort(terms, query->n, sizeof *terms, by_key);
    for (size_t i = 0; i < query->n; i++) {
        if (n && terms[n - 1].key == terms[i].key)
            terms[n - 1].weight++;
        else
            terms[n++] = terms[i];
    }
    return n;
}

/* Would the lists needed cost more than all signatures of the span? */
static bool lists_cost_too_much(const search *s, const term *terms, size_t n,
                                uint32_t span)
{
    double cost = 0;
    size_t settled = 0, wanted = allowed_edits(s, 0) + 1;
    for (size_t i = 0; i < n && settled < wanted; i++) {
        if (terms[i].list.common) return true;
        cost += (double)terms[i].list.cost * LIST_COST;
        settled += terms[i].weight;
    }
    return cost > span;
}

static aln_status walk_list(search *s, index_list *list, size_t g, uint32_t from,
                            uint32_t to)
{
    aln_status status = ALN_OK;
    const index_group *groups = s->run->groups;
    if (!list->at && !index_list_next_block(s->reader, list, &status, s->error))
        return status;
    do {
        while (list->at < list->end) {
            uint32_t ordinal = list->ordinal += index_varint(&list->at, list->end);
            if (ordinal < from) continue;
            if (ordinal >= to) return ALN_OK;
            unsigned char *seen = &s->reader->seen[(ordinal - from) / 8];
            unsigned char bit = (unsigned char)(1U << ((ordinal - from) % 8));
            if (*seen & bit) continue;
            *seen |= bit;
            if (ordinal < groups[g].first)
                return error_set(s->error, ALN_CORRUPT, "the index is damaged: order");
            while (ordinal - groups[g].first >= groups[g].n)
                g++;
            TRY(look(s, g, ordinal));
        }
    } while (index_list_next_block(s->reader, list, &status, s->error));
    return status;
}

static aln_status prepare_seen(index_reader *reader, uint32_t span, aln_error *error)
{
    size_t size = span / 8 + 1;
    if (size > reader->seen_size) {
        free(reader->seen);
        reader->seen = malloc(size);
        reader->seen_size = reader->seen ? size : 0;
        if (!reader->seen) return error_no_memory(error);
    }
    memset(reader->seen, 0, size);
    return ALN_OK;
}

/* The groups [*first, *last) of the lengths from the shortest to `most`. */
static void span_of(const search *s, double most, size_t *first, size_t *last)
{
    const index_run *run = s->run;
    uint32_t least = shortest(s);
    for (*first = 0; *first < run->n_groups; ++*first)
        if (run->groups[*first].length >= least) break;
    for (*last = *first; *last < run->n_groups; ++*last)
        if (run->groups[*last].length > most) break;
}

static uint32_t end_of(const index_run *run, size_t last)
{
    return last < run->n_groups ? run->groups[last].first : run->n;
}

static aln_status search_lists(search *s, term *terms, size_t n, size_t first,
                               uint32_t from, uint32_t to)
{
    TRY(prepare_seen(s->reader, to - from, s->error));
    size_t settled = 0;
    for (size_t i = 0; i < n; i++) {
        size_t common = s->query->n - settled, low, last;
        span_of(s, longest(s, common), &low, &last);
        if ((double)common < s->least * (double)s->query->n - NEARLY) return ALN_OK;
        uint32_t end = end_of(s->run, last);
        if (!terms[i].list.none) {
            terms[i].list.to = end;
            TRY(walk_list(s, &terms[i].list, first, from, end));
        }
        settled += terms[i].weight;
    }
    return ALN_OK;
}

static aln_status search_run(search *s, term *terms, size_t n)
{
    size_t first, last;
    span_of(s, longest(s, s->query->n), &first, &last);
    if (first == last) return ALN_OK;

    uint32_t from = s->run->groups[first].first, to = end_of(s->run, last);
    bool listed = s->run->n_signs > 0;
    for (size_t i = 0; i < n && listed; i++)
        TRY(index_list_open(s->reader, s->run, terms[i].key, from, to, &terms[i].list,
                            s->error));
    if (listed) qsort(terms, n, sizeof *terms, by_price);
    if (listed && !lists_cost_too_much(s, terms, n, to - from))
        return search_lists(s, terms, n, first, from, to);
    for (size_t g = first; g < last; g++)
        TRY(look_at_all(s, g));
    return ALN_OK;
}

static void search_tail(search *s, int64_t language)
{
    for (size_t i = 0; i < s->reader->tail.n; i++) {
        const index_tail *tail = &s->reader->tail.at[i];
        if (tail->language != language || tail->length < shortest(s) ||
            tail->length > longest(s, s->query->n))
            continue;
        index_candidate candidate = {tail->variant, tail->length, tail->codes};
        double least = s->visit(s->context, &candidate);
        if (least > s->least) s->least = least;
    }
}

static aln_status make_signatures(search *s)
{
    AUTO(free) uint64_t *hashes = malloc(s->query->n * sizeof *hashes);
    if (!hashes) return error_no_memory(s->error);
    memcpy(hashes, s->query->hashes, s->query->n * sizeof *hashes);
    for (unsigned log = 0; log < 5; log++)
        index_signature(hashes, s->query->n, 1U << log, s->signatures[log]);
    return ALN_OK;
}

aln_status index_candidates(index_reader *reader, int64_t language,
                            const index_text *query, double least, index_visit visit,
                            void *context, aln_error *error)
{
    if (!query->n) return ALN_OK;

    AUTO(free) search *s = calloc(1, sizeof *s);
    AUTO(free) term *terms = malloc(query->n * sizeof *terms);
    if (!s || !terms) return error_no_memory(error);
    *s = (search){.reader = reader,
                  .query = query,
                  .least = least,
                  .visit = visit,
                  .context = context,
                  .error = error};
    TRY(make_signatures(s));
    size_t n = gather_terms(query, terms);
    search_tail(s, language);
    for (size_t i = 0; i < reader->runs.n; i++) {
        if (reader->runs.at[i].language != language) continue;
        s->run = &reader->runs.at[i];
        AUTO(free) uint32_t *allowed = malloc(s->run->n_groups * sizeof *allowed);
        if (!allowed) return error_no_memory(error);
        s->allowed = allowed;
        allow(s);
        TRY(search_run(s, terms, n));
    }
    return ALN_OK;
}

/* -- words ----------------------------------------------------------------------- */

aln_status index_holders(index_reader *reader, int64_t language, const uint32_t *keys,
                         size_t n_keys, int64_t **variants, size_t *n, bool *frequent,
                         aln_error *error)
{
    return error_set(error, ALN_UNSUPPORTED, "not yet");
}
