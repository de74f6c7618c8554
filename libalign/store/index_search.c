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

static const double LIST_COST = 0.5; /* of a byte, in signatures looked at in order */
static const double HIT_COST =
    16; /* of a signature looked at alone, in bytes of lists */

enum {
    MOST_EXTRA = 3,     /* tokens settled beyond what is needed */
    MOST_SETTLED = 127, /* counters leave the top bit free */
};

/* Are there more tokens than allowed without a counterpart, in either text?  Half of the
 * words tell so of most. */
__attribute__((always_inline)) static inline bool
differs_more(const uint64_t *mine, const unsigned char *theirs, unsigned words,
             unsigned allowed)
{
    unsigned here = 0, there = 0;
    for (unsigned i = 0; i < words; i++) {
        uint64_t other = index_get64(theirs + (size_t)8 * i);
        here += (unsigned)__builtin_popcountll(mine[i] & ~other);
        there += (unsigned)__builtin_popcountll(other & ~mine[i]);
        if (i + 1 == words / 2 && (here > allowed || there > allowed)) return true;
    }
    return here > allowed || there > allowed;
}

/* The first of the signatures i.. n-1 that allows so few edits, or n. */
typedef uint32_t index_scan(const uint64_t *mine, const unsigned char *theirs,
                            unsigned words, uint32_t i, uint32_t n, uint32_t allowed);

/* With a constant number of words the compiler unrolls. */
#define SCAN_WORDS(count)                                                          \
    case count:                                                                    \
        while (i < n &&                                                            \
               differs_more(mine, theirs + (size_t)8 * count * i, count, allowed)) \
            i++;                                                                   \
        return i

#define SCAN_BODY       \
    switch (words) {    \
        SCAN_WORDS(1);  \
        SCAN_WORDS(2);  \
        SCAN_WORDS(4);  \
        SCAN_WORDS(8);  \
    default:            \
        SCAN_WORDS(16); \
    }

static uint32_t scan_plainly(const uint64_t *mine, const unsigned char *theirs,
                             unsigned words, uint32_t i, uint32_t n, uint32_t allowed)
{
    SCAN_BODY
}

#if defined(__x86_64__)
/* Every processor since 2008 counts bits in one instruction, but x86-64 as compilers
 * know it does not promise it. */
__attribute__((target("popcnt"))) static uint32_t
scan_by_instruction(const uint64_t *mine, const unsigned char *theirs, unsigned words,
                    uint32_t i, uint32_t n, uint32_t allowed)
{
    SCAN_BODY
}

static index_scan *best_scan(void)
{
    return __builtin_cpu_supports("popcnt") ? scan_by_instruction : scan_plainly;
}
#else
static index_scan *best_scan(void)
{
    return scan_plainly;
}
#endif

typedef struct search {
    index_reader *reader;
    const index_text *query;
    double least;
    index_visit visit;
    void *context;
    index_run *run;
    index_scan *scan;
    uint32_t settled;  /* tokens whose lists are counted */
    uint32_t extra;    /* of them, beyond those that may be missing */
    uint32_t *covered; /* tokens settled, by group */
    uint32_t *allowed; /* edits, by group */
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

static double longest(const search *s)
{
    return (double)s->query->n / s->least + NEARLY;
}

static uint32_t end_of(const index_run *run, size_t last)
{
    return last < run->n_groups ? run->groups[last].first : run->n;
}

static unsigned log_of(unsigned words)
{
    unsigned log = 0;
    while (words > 1U << log)
        log++;
    return log;
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
        if (!candidate.codes) return s->reader->failure;
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
    if (!at) return s->reader->failure;
    if (s->scan(s->signatures[log_of(group->words)], at, group->words, 0, 1,
                s->allowed[g]))
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
        if (!at) return s->reader->failure;
        for (uint32_t k = 0;; k++) {
            k = s->scan(mine, at, group->words, k, here, s->allowed[g]);
            if (k == here) break;
            TRY(meet(s, g, group->first + i + k));
        }
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

/* How many of the query's tokens must stand in a text of a length. */
static uint32_t wanted_common(const search *s, uint32_t length)
{
    double longer = s->query->n > length ? (double)s->query->n : length;
    return (uint32_t)ceil(s->least * longer - NEARLY);
}

/* How many lists to read: as many as settle one token more than may be missing, and
 * some more where they are cheap, because a variant must then stand in several of them.
 * 0 where all signatures of the span are cheaper. */
static size_t plan_lists(search *s, const term *terms, size_t n, uint32_t span)
{
    size_t missing = s->query->n - wanted_common(s, 0), settled = 0, i = 0;
    double cost = 0;
    for (; i < n && settled <= missing; i++) {
        if (terms[i].list.common) return 0;
        cost += (double)terms[i].list.cost;
        settled += terms[i].weight;
    }
    if (cost * LIST_COST > span) return 0;
    for (; i < n && settled <= missing + MOST_EXTRA; i++) {
        if (terms[i].list.common || (double)terms[i].list.cost * 2 > cost) break;
        cost += (double)terms[i].list.cost;
        settled += terms[i].weight;
    }
    s->extra = (uint32_t)(settled - missing);
    s->settled = (uint32_t)settled;
    return settled <= MOST_SETTLED ? i : 0;
}

/* Count for every variant of the groups [first, last) how many of the settled tokens it
 * has; covered[] becomes how many it could have. */
static aln_status count_all(search *s, term *terms, size_t n_lists, size_t first,
                            size_t last, uint32_t from)
{
    size_t settled = 0;
    for (size_t i = 0; i < n_lists; i++) {
        size_t end = first;
        for (; end < last; end++) {
            size_t missing = s->query->n - wanted_common(s, s->run->groups[end].length);
            if (settled >= missing + s->extra) break;
            s->covered[end] += terms[i].weight;
        }
        if (end == first) break;
        if (!terms[i].list.none)
            TRY(index_list_count(s->reader, &terms[i].list, terms[i].weight, from,
                                 end_of(s->run, end), s->error));
        settled += terms[i].weight;
    }
    return ALN_OK;
}

/* What a counter of the group must reach for the base worth looking for now. */
static uint32_t needed(const search *s, size_t g)
{
    size_t n = s->query->n, common = wanted_common(s, s->run->groups[g].length);
    if (common > n) return UINT32_MAX;
    return s->covered[g] > n - common ? (uint32_t)(s->covered[g] - (n - common)) : 0;
}

/* A variant that stands in enough lists. */
typedef struct hit {
    uint32_t ordinal, group, count;
} hit;

typedef vec(hit) hit_list;

static void auto_hit_list(hit_list *hits)
{
    vec_free(hits);
}

/* Eight counters at a time: all are below 128, so adding 128 - least to each sets the
 * top bit of those that reach it. */
static aln_status find_hits(search *s, size_t g, uint32_t from, hit_list *hits)
{
    const index_group *group = &s->run->groups[g];
    const unsigned char *counters = s->reader->counters + (group->first - from);
    uint32_t least = needed(s, g);
    if (least > MOST_SETTLED) return ALN_OK;

    const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
    for (uint32_t i = 0; i < group->n; i += 8) {
        uint64_t eight;
        memcpy(&eight, counters + i, 8);
        if (!((eight + ones * (128 - least)) & tops)) continue;
        for (uint32_t k = i; k < i + 8 && k < group->n; k++)
            if (counters[k] >= least &&
                vec_push(hits, (hit){group->first + k, (uint32_t)g, counters[k]}))
                return error_no_memory(s->error);
    }
    return ALN_OK;
}

/* Those that stand in most lists first: they raise what is worth looking for. */
static aln_status look_at_hits(search *s, const hit_list *hits)
{
    uint32_t starts[MOST_SETTLED + 2] = {0};
    AUTO(free) uint32_t *order = malloc((hits->n + 1) * sizeof *order);
    if (!order) return error_no_memory(s->error);
    for (size_t i = 0; i < hits->n; i++)
        starts[MOST_SETTLED - hits->at[i].count + 1]++;
    for (size_t i = 1; i < MOST_SETTLED + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < hits->n; i++)
        order[starts[MOST_SETTLED - hits->at[i].count]++] = (uint32_t)i;
    for (size_t i = 0; i < hits->n; i++) {
        const hit *each = &hits->at[order[i]];
        if (each->count >= needed(s, each->group))
            TRY(look(s, each->group, each->ordinal));
    }
    return ALN_OK;
}

/* The groups [*first, *last) that can reach the base. */
static void span_of(const search *s, size_t *first, size_t *last)
{
    const index_run *run = s->run;
    uint32_t least = shortest(s);
    for (*first = 0; *first < run->n_groups; ++*first)
        if (run->groups[*first].length >= least) break;
    for (*last = *first; *last < run->n_groups; ++*last)
        if (run->groups[*last].length > longest(s)) break;
}

/* Count further lists, from number *i on, while they cost less than looking at the hits:
 * every token settled must then be found in them. */
static aln_status settle_more(search *s, term *terms, size_t n, size_t n_hits,
                              size_t first, size_t last, size_t *i)
{
    double budget = (double)n_hits * HIT_COST;
    for (; *i < n && !terms[*i].list.common; ++*i) {
        term *next = &terms[*i];
        budget -= (double)next->list.cost;
        if (budget < 0 || s->settled + next->weight > MOST_SETTLED) break;
        if (!next->list.none)
            TRY(index_list_count(s->reader, &next->list, next->weight,
                                 s->run->groups[first].first, end_of(s->run, last),
                                 s->error));
        for (size_t g = first; g < last; g++)
            s->covered[g] += next->weight;
        s->settled += next->weight;
    }
    return ALN_OK;
}

static aln_status search_lists(search *s, term *terms, size_t n, size_t n_lists,
                               size_t first, size_t last)
{
    AUTO(hit_list) hit_list hits = {0};
    uint32_t from = s->run->groups[first].first;
    TRY(index_counters_clear(s->reader, end_of(s->run, last) - from, s->error));
    memset(s->covered, 0, s->run->n_groups * sizeof *s->covered);
    TRY(count_all(s, terms, n_lists, first, last, from));
    for (size_t counted = 0; counted < n_lists;) {
        vec_clear(&hits);
        for (size_t g = first; g < last; g++)
            TRY(find_hits(s, g, from, &hits));
        counted = n_lists;
        TRY(settle_more(s, terms, n, hits.n, first, last, &n_lists));
    }
    return look_at_hits(s, &hits);
}

static aln_status search_run(search *s, term *terms, size_t n)
{
    size_t first, last;
    span_of(s, &first, &last);
    if (first == last) return ALN_OK;

    uint32_t from = s->run->groups[first].first, to = end_of(s->run, last);
    bool listed = s->run->n_signs > 0;
    for (size_t i = 0; i < n && listed; i++)
        TRY(index_list_open(s->reader, s->run, terms[i].key, from, to, &terms[i].list,
                            s->error));
    if (listed) qsort(terms, n, sizeof *terms, by_price);
    size_t n_lists = listed ? plan_lists(s, terms, n, to - from) : 0;
    if (n_lists) return search_lists(s, terms, n, n_lists, first, last);
    for (size_t g = first; g < last; g++)
        TRY(look_at_all(s, g));
    return ALN_OK;
}

static void search_tail(search *s, int64_t language)
{
    for (size_t i = 0; i < s->reader->tail.n; i++) {
        const index_tail *tail = &s->reader->tail.at[i];
        if (tail->language != language || tail->length < shortest(s) ||
            tail->length > longest(s))
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
                  .scan = best_scan(),
                  .error = error};
    TRY(make_signatures(s));
    size_t n = gather_terms(query, terms);
    search_tail(s, language);
    for (size_t i = 0; i < reader->runs.n; i++) {
        if (reader->runs.at[i].language != language) continue;
        s->run = &reader->runs.at[i];
        AUTO(free) uint32_t *allowed = malloc(2 * s->run->n_groups * sizeof *allowed);
        if (!allowed) return error_no_memory(error);
        s->allowed = allowed;
        s->covered = allowed + s->run->n_groups;
        allow(s);
        TRY(search_run(s, terms, n));
    }
    return ALN_OK;
}
