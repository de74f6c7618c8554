/* index_words.c - the variants that hold all of some words, or any, by counting their
 * lists.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "store/index_cache.h"

enum {
    MOST_KEYS = 127, /* that one counter counts */

    /* What things cost, in numbers of variants to be listed. */
    BLOCK_COST = 25,     /* to load a block of a thousand of them */
    PAGE_COST = 20 * 15, /* to read the texts of a page of hits */
};

typedef struct holding {
    index_reader *reader;
    index_run *run;
    const int64_t *languages;
    size_t n_languages;
    const uint32_t *keys; /* ascending, each once */
    size_t n_keys;
    index_which which;
    aln_error *error;
} holding;

typedef vec(int64_t) id_list;

static void auto_id_list(id_list *list)
{
    vec_free(list);
}

static bool has_key(const index_tail *tail, uint32_t key)
{
    for (uint32_t i = 0; i < tail->length; i++)
        if (tail->keys[i] == key) return true;
    return false;
}

static bool has_language(const holding *s, int64_t language)
{
    for (size_t i = 0; i < s->n_languages; i++)
        if (s->languages[i] == language) return true;
    return false;
}

static aln_status hold_in_tail(const holding *s, id_list *ids)
{
    for (size_t i = 0; i < s->reader->tail.n; i++) {
        const index_tail *tail = &s->reader->tail.at[i];
        size_t n = 0, wanted = s->which == INDEX_ANY_KEY ? 1 : s->n_keys;
        if (!has_language(s, tail->language)) continue;
        for (size_t k = 0; k < s->n_keys && n < wanted; k++)
            n += has_key(tail, s->keys[k]);
        if (n && n == wanted && vec_push(ids, tail->variant))
            return error_no_memory(s->error);
    }
    return ALN_OK;
}

/* How many of the keys have a list in the run, none, or one too long to be kept; and the
 * bytes of the lists, about one a holder. */
typedef struct tally {
    size_t listed, none, common, cost;
} tally;

static aln_status tally_keys(const holding *s, index_run *run, tally *t)
{
    *t = (tally){0};
    for (size_t i = 0; i < s->n_keys; i++) {
        index_list list;
        TRY(index_list_open(s->reader, run, s->keys[i], 0, run->n, &list, s->error));
        t->common += list.common;
        t->none += list.none;
        t->listed += !list.common && !list.none;
        t->cost += list.cost;
    }
    return ALN_OK;
}

/* What to expect of a run: how many hold the keys, and what it costs to list them. */
typedef struct forecast {
    double holders, cost;
} forecast;

static void forecast_run(const holding *s, const index_run *run, const tally *t,
                         forecast *f)
{
    bool any = s->which == INDEX_ANY_KEY, unlisted = any ? t->common : !t->listed;
    if (any ? !t->common && !t->listed : t->none > 0) return;
    if (!any && s->n_keys > 1 && t->listed) return; /* few hold both, as a rule */

    double n = run->n, holders = unlisted ? n / INDEX_COMMON : (double)t->cost;
    double listed = unlisted ? n : holders;
    double blocks = listed < n / 1024 ? listed : n / 1024;
    f->holders += holders;
    f->cost += listed + BLOCK_COST * blocks;
}

/* Is a page of hits found sooner by walking over all variants?  Holders in a small run
 * alone say nothing of the others. */
static aln_status is_frequent(const holding *s, bool *frequent)
{
    forecast f = {0};
    double all = 0;
    for (size_t i = 0; i < s->reader->runs.n; i++) {
        index_run *run = &s->reader->runs.at[i];
        tally t;
        all += run->n;
        if (!has_language(s, run->language) || !run->n_signs) continue;
        TRY(tally_keys(s, run, &t));
        forecast_run(s, run, &t, &f);
    }
    *frequent = f.holders > 0 && PAGE_COST * all / f.holders < f.cost;
    return ALN_OK;
}

static aln_status count_keys(holding *s, size_t from, size_t to)
{
    TRY(index_counters_clear(s->reader, s->run->n, s->error));
    for (size_t i = from; i < to; i++) {
        index_list list;
        TRY(index_list_open(s->reader, s->run, s->keys[i], 0, s->run->n, &list,
                            s->error));
        if (!list.common && !list.none)
            TRY(index_list_count(s->reader, &list, 1, 0, s->run->n, s->error));
    }
    return ALN_OK;
}

/* Eight counters at a time: few are not 0. */
static aln_status keep_counted(holding *s, unsigned least, id_list *ids)
{
    const unsigned char *counters = s->reader->counters;
    for (uint32_t i = 0; i < s->run->n; i += 8) {
        uint64_t eight;
        memcpy(&eight, counters + i, 8);
        if (!eight && least) continue;
        for (uint32_t k = i; k < i + 8 && k < s->run->n; k++) {
            int64_t variant;
            if (counters[k] < least) continue;
            TRY(index_variant(s->reader, s->run, k, &variant, s->error));
            if (vec_push(ids, variant)) return error_no_memory(s->error);
        }
    }
    return ALN_OK;
}

static aln_status hold_all_in_run(holding *s, id_list *ids)
{
    tally t;
    size_t n = s->n_keys < MOST_KEYS ? s->n_keys : MOST_KEYS; /* propose more, if any */
    holding few = *s;
    few.n_keys = n;
    TRY(tally_keys(&few, s->run, &t));
    if (t.none) return ALN_OK;
    TRY(count_keys(s, 0, n));
    return keep_counted(s, (unsigned)t.listed, ids);
}

static aln_status hold_any_in_run(holding *s, id_list *ids)
{
    for (size_t i = 0; i < s->n_keys; i += MOST_KEYS) {
        size_t end = s->n_keys - i < MOST_KEYS ? s->n_keys : i + MOST_KEYS;
        TRY(count_keys(s, i, end));
        TRY(keep_counted(s, 1, ids));
    }
    return ALN_OK;
}

static aln_status hold_in_run(holding *s, id_list *ids)
{
    tally t = {0};
    if (s->run->n_signs) TRY(tally_keys(s, s->run, &t));
    if (!s->run->n_signs || (s->which == INDEX_ANY_KEY && t.common)) {
        /* without lists: any of its variants may */
        TRY(index_counters_clear(s->reader, s->run->n, s->error));
        return keep_counted(s, 0, ids);
    }
    return s->which == INDEX_ANY_KEY ? hold_any_in_run(s, ids)
                                     : hold_all_in_run(s, ids);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_once_each(id_list *ids)
{
    size_t n = 0;
    if (ids->n) qsort(ids->at, ids->n, sizeof *ids->at, by_id);
    for (size_t i = 0; i < ids->n; i++)
        if (!i || ids->at[i] != ids->at[i - 1]) ids->at[n++] = ids->at[i];
    ids->n = n;
}

aln_status index_holders(index_reader *reader, const int64_t *languages,
                         size_t n_languages, uint32_t *keys, size_t n_keys,
                         index_which which, int64_t **variants, size_t *n,
                         bool *frequent, aln_error *error)
{
    AUTO(id_list) id_list ids = {0};
    size_t distinct = 0;
    if (n_keys) qsort(keys, n_keys, sizeof *keys, by_number);
    for (size_t i = 0; i < n_keys; i++)
        if (!i || keys[i] != keys[i - 1]) keys[distinct++] = keys[i];

    holding s = {.reader = reader,
                 .languages = languages,
                 .n_languages = n_languages,
                 .keys = keys,
                 .n_keys = distinct,
                 .which = which,
                 .error = error};
    *frequent = n_keys == 0;
    if (!*frequent) TRY(is_frequent(&s, frequent));
    if (!*frequent) TRY(hold_in_tail(&s, &ids));
    for (size_t i = 0; i < reader->runs.n && !*frequent; i++) {
        s.run = &reader->runs.at[i];
        if (has_language(&s, s.run->language)) TRY(hold_in_run(&s, &ids));
    }
    sort_once_each(&ids);
    *n = ids.n;
    *variants = STEAL(ids.at);
    return ALN_OK;
}
