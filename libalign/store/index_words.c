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

enum { MOST_KEYS = 127 }; /* that one counter counts */

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

/* How many of some keys have a list in the run, none, or one too long to be kept. */
typedef struct tally {
    unsigned listed, none, common;
} tally;

static aln_status count_keys(holding *s, size_t from, size_t to, tally *t)
{
    for (size_t i = from; i < to; i++) {
        index_list list;
        TRY(index_list_open(s->reader, s->run, s->keys[i], 0, s->run->n, &list,
                            s->error));
        t->common += list.common;
        t->none += list.none;
        if (list.common || list.none) continue;
        TRY(index_list_count(s->reader, &list, 1, 0, s->run->n, s->error));
        t->listed++;
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

/* A run without lists is small: any of its variants may hold them. */
static aln_status hold_all_in_run(holding *s, id_list *ids, bool *frequent)
{
    tally t = {0};
    size_t n = s->n_keys < MOST_KEYS ? s->n_keys : MOST_KEYS; /* propose more, if any */
    TRY(index_counters_clear(s->reader, s->run->n, s->error));
    if (s->run->n_signs) TRY(count_keys(s, 0, n, &t));
    if (t.none) return ALN_OK;
    *frequent = s->run->n_signs && !t.listed;
    return *frequent ? ALN_OK : keep_counted(s, t.listed, ids);
}

static aln_status hold_any_in_run(holding *s, id_list *ids, bool *frequent)
{
    bool lists = s->run->n_signs > 0;
    for (size_t i = 0; i < s->n_keys && !*frequent; i += MOST_KEYS) {
        tally t = {0};
        size_t end = s->n_keys - i < MOST_KEYS ? s->n_keys : i + MOST_KEYS;
        TRY(index_counters_clear(s->reader, s->run->n, s->error));
        if (lists) TRY(count_keys(s, i, end, &t));
        *frequent = t.common > 0;
        if (!*frequent) TRY(keep_counted(s, lists, ids));
        if (!lists) break;
    }
    return ALN_OK;
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
    TRY(hold_in_tail(&s, &ids));
    for (size_t i = 0; i < reader->runs.n && !*frequent; i++) {
        s.run = &reader->runs.at[i];
        if (!has_language(&s, s.run->language)) continue;
        TRY(which == INDEX_ANY_KEY ? hold_any_in_run(&s, &ids, frequent)
                                   : hold_all_in_run(&s, &ids, frequent));
    }
    if (*frequent) ids.n = 0;
    sort_once_each(&ids);
    *n = ids.n;
    *variants = STEAL(ids.at);
    return ALN_OK;
}
