/* index_words.c - the variants that hold all of some words, by counting their lists.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "base/auto.h"
#include "base/error.h"
#include "store/index_cache.h"

enum { MOST_KEYS = 127 }; /* that count; more only propose more */

typedef struct holding {
    index_reader *reader;
    index_run *run;
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

static aln_status hold_in_tail(const holding *s, int64_t language, const uint32_t *keys,
                               size_t n_keys, id_list *ids)
{
    for (size_t i = 0; i < s->reader->tail.n; i++) {
        const index_tail *tail = &s->reader->tail.at[i];
        size_t n = 0;
        while (tail->language == language && n < n_keys && has_key(tail, keys[n]))
            n++;
        if (n && n == n_keys && vec_push(ids, tail->variant))
            return error_no_memory(s->error);
    }
    return ALN_OK;
}

/* Count the listed keys; *listed becomes how many there are, UINT32_MAX where one is
 * not in the run at all. */
static aln_status count_keys(holding *s, const uint32_t *keys, size_t n_keys,
                             uint32_t *listed)
{
    *listed = 0;
    TRY(index_counters_clear(s->reader, s->run->n, s->error));
    for (size_t i = 0; i < n_keys && i < MOST_KEYS; i++) {
        index_list list;
        TRY(index_list_open(s->reader, s->run, keys[i], 0, s->run->n, &list, s->error));
        if (list.common) continue;
        if (list.none) {
            *listed = UINT32_MAX;
            return ALN_OK;
        }
        TRY(index_list_count(s->reader, &list, 1, 0, s->run->n, s->error));
        ++*listed;
    }
    return ALN_OK;
}

static aln_status hold_in_run(holding *s, const uint32_t *keys, size_t n_keys,
                              id_list *ids, bool *frequent)
{
    uint32_t listed = 0;
    bool small = s->run->n_signs == 0; /* no lists: any of them may */
    if (small)
        TRY(index_counters_clear(s->reader, s->run->n, s->error));
    else
        TRY(count_keys(s, keys, n_keys, &listed));
    if (listed == UINT32_MAX) return ALN_OK;
    if (!listed && !small) {
        *frequent = true;
        return ALN_OK;
    }
    for (uint32_t i = 0; i < s->run->n; i++) {
        int64_t variant;
        if (s->reader->counters[i] != listed) continue;
        TRY(index_variant(s->reader, s->run, i, &variant, s->error));
        if (vec_push(ids, variant)) return error_no_memory(s->error);
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

aln_status index_holders(index_reader *reader, int64_t language, uint32_t *keys,
                         size_t n_keys, int64_t **variants, size_t *n, bool *frequent,
                         aln_error *error)
{
    AUTO(id_list) id_list ids = {0};
    holding all = {.reader = reader, .error = error}, *s = &all;
    *frequent = n_keys == 0;

    size_t distinct = 0;
    if (n_keys) qsort(keys, n_keys, sizeof *keys, by_number);
    for (size_t i = 0; i < n_keys; i++)
        if (!i || keys[i] != keys[i - 1]) keys[distinct++] = keys[i];
    TRY(hold_in_tail(s, language, keys, distinct, &ids));
    for (size_t i = 0; i < reader->runs.n && !*frequent; i++) {
        s->run = &reader->runs.at[i];
        if (s->run->language == language)
            TRY(hold_in_run(s, keys, distinct, &ids, frequent));
    }
    if (ids.n) qsort(ids.at, ids.n, sizeof *ids.at, by_id);
    *n = *frequent ? 0 : ids.n;
    *variants = STEAL(ids.at);
    return ALN_OK;
}
