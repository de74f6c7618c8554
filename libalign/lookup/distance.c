/* distance.c - bit-parallel Levenshtein distance.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/distance.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"

enum { CODES = 1 << 16 };

static aln_status reserve(pattern *p, size_t n, size_t n_rows)
{
    size_t words = (n + 63) / 64, masks = n_rows * words;
    if (masks > p->cap_masks) {
        free(p->masks);
        p->masks = malloc(masks * sizeof *p->masks);
        p->cap_masks = p->masks ? masks : 0;
        if (!p->masks) return ALN_NO_MEMORY;
    }
    if (n > p->cap) {
        free(p->codes);
        free(p->plus);
        free(p->minus);
        p->codes = malloc(n * sizeof *p->codes);
        p->plus = malloc(words * sizeof *p->plus);
        p->minus = malloc(words * sizeof *p->minus);
        p->cap = p->codes && p->plus && p->minus ? n : 0;
        if (!p->cap) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static void forget_codes(pattern *p)
{
    for (size_t i = 0; i < p->n; i++)
        p->rows[p->codes[i]] = 0;
    p->n = 0;
}

/* A row of masks for every code that occurs, after row 0 of those that do not: a text of
 * a million tokens has far fewer different ones. */
static size_t number_rows(pattern *p, const uint16_t *codes, size_t n)
{
    uint32_t n_rows = 1;
    for (size_t i = 0; i < n; i++)
        if (!p->rows[codes[i]]) p->rows[codes[i]] = n_rows++;
    return n_rows;
}

aln_status pattern_set(pattern *p, const uint16_t *codes, size_t n, aln_error *error)
{
    forget_codes(p);
    if (!p->rows && !(p->rows = calloc(CODES, sizeof *p->rows)))
        return error_no_memory(error);
    size_t n_rows = number_rows(p, codes, n);
    if (reserve(p, n, n_rows)) {
        for (size_t i = 0; i < n; i++)
            p->rows[codes[i]] = 0;
        return error_no_memory(error);
    }

    p->n = n;
    p->n_words = (n + 63) / 64;
    if (n) memset(p->masks, 0, n_rows * p->n_words * sizeof *p->masks);
    for (size_t i = 0; i < n; i++) {
        size_t row = p->rows[codes[i]];
        p->masks[row * p->n_words + i / 64] |= (uint64_t)1 << (i % 64);
        p->codes[i] = codes[i];
    }
    return ALN_OK;
}

void pattern_done(pattern *p)
{
    free(p->rows);
    free(p->masks);
    free(p->plus);
    free(p->minus);
    free(p->codes);
    *p = (pattern){0};
}

static const uint64_t *masks_of(const pattern *p, const unsigned char *at)
{
    uint32_t code = (uint32_t)at[0] | (uint32_t)at[1] << 8;
    return p->masks + p->rows[code] * p->n_words;
}

/* Can the distance still come down to `most` in the columns that remain? */
static bool is_lost(size_t distance, size_t remaining, size_t most)
{
    return distance > most && distance - most > remaining;
}

static size_t distance_in_one_word(const pattern *p, const unsigned char *other,
                                   size_t m, size_t most)
{
    uint64_t plus = ~(uint64_t)0, minus = 0, last = (uint64_t)1 << (p->n - 1);
    size_t distance = p->n;
    for (size_t j = 0; j < m; j++) {
        uint64_t equal = *masks_of(p, other + 2 * j);
        uint64_t vertical = equal | minus;
        uint64_t horizontal = (((equal & plus) + plus) ^ plus) | equal;
        uint64_t up = minus | ~(horizontal | plus), down = plus & horizontal;
        distance += (up & last) != 0;
        distance -= (down & last) != 0;
        if (is_lost(distance, m - j - 1, most)) return most + 1;
        up = up << 1 | 1;
        plus = down << 1 | ~(vertical | up);
        minus = up & vertical;
    }
    return distance > most ? most + 1 : distance;
}

/* One word of a column; carry is what the word below hands on: -1, 0 or 1. */
static int step_word(uint64_t equal, uint64_t *plus, uint64_t *minus, uint64_t last,
                     int carry)
{
    uint64_t vertical = equal | *minus;
    equal |= carry < 0;
    uint64_t horizontal = (((equal & *plus) + *plus) ^ *plus) | equal;
    uint64_t up = *minus | ~(horizontal | *plus), down = *plus & horizontal;
    int out = ((up & last) != 0) - ((down & last) != 0);
    up = up << 1 | (carry > 0);
    down = down << 1 | (carry < 0);
    *plus = down | ~(vertical | up);
    *minus = up & vertical;
    return out;
}

static size_t distance_in_words(pattern *p, const unsigned char *other, size_t m,
                                size_t most)
{
    const uint64_t top = (uint64_t)1 << 63, last = (uint64_t)1 << ((p->n - 1) % 64);
    memset(p->plus, 0xff, p->n_words * sizeof *p->plus);
    memset(p->minus, 0, p->n_words * sizeof *p->minus);
    size_t distance = p->n;
    for (size_t j = 0; j < m; j++) {
        const uint64_t *masks = masks_of(p, other + 2 * j);
        int carry = 1;
        for (size_t i = 0; i < p->n_words; i++)
            carry = step_word(masks[i], &p->plus[i], &p->minus[i],
                              i + 1 < p->n_words ? top : last, carry);
        distance = (size_t)((ptrdiff_t)distance + carry);
        if (is_lost(distance, m - j - 1, most)) return most + 1;
    }
    return distance > most ? most + 1 : distance;
}

size_t pattern_distance(pattern *p, const unsigned char *other, size_t m, size_t most)
{
    if (!p->n) return m > most ? most + 1 : m;
    if (p->n <= 64) return distance_in_one_word(p, other, m, most);
    return distance_in_words(p, other, m, most);
}

/* -- long texts ------------------------------------------------------------------ */

/* Where each token of a text stands, and the column.  Numbers of places are one more than
 * the place: 0 ends a chain.  A token that stands in more places than there are words has
 * its mask: fewer than 64 can. */
typedef struct long_text {
    const uint64_t *hashes;
    size_t n, n_words, n_slots;
    uint32_t *first;  /* slot of a hash -> its last place */
    uint32_t *next;   /* place -> the one before with that hash */
    uint64_t **masks; /* slot of a hash -> mask of a frequent one */
    arena room;
    uint64_t *equal, *plus, *minus;
} long_text;

static void auto_long_text(long_text *text)
{
    free(text->first);
    free(text->next);
    free(text->masks);
    arena_done(&text->room);
    free(text->equal);
    free(text->plus);
    free(text->minus);
}

static size_t slot_of(const long_text *text, uint64_t hash)
{
    for (size_t i = (size_t)hash;; i++) {
        size_t slot = i & (text->n_slots - 1);
        uint32_t place = text->first[slot];
        if (!place || text->hashes[place - 1] == hash) return slot;
    }
}

static void flip_places(const long_text *text, size_t slot, uint64_t *mask)
{
    for (uint32_t place = text->first[slot]; place; place = text->next[place - 1])
        mask[(place - 1) / 64] ^= (uint64_t)1 << ((place - 1) % 64);
}

static bool is_frequent(const long_text *text, size_t slot)
{
    size_t n = 0;
    for (uint32_t place = text->first[slot]; place; place = text->next[place - 1])
        n++;
    return n > text->n_words;
}

static aln_status make_masks(long_text *text, aln_error *error)
{
    for (size_t slot = 0; slot < text->n_slots; slot++) {
        if (!is_frequent(text, slot)) continue;
        uint64_t *mask = arena_array(&text->room, text->n_words, sizeof *mask);
        if (!mask) return error_no_memory(error);
        memset(mask, 0, text->n_words * sizeof *mask);
        flip_places(text, slot, mask);
        text->masks[slot] = mask;
    }
    return ALN_OK;
}

static aln_status note_places(long_text *text, aln_error *error)
{
    text->n_words = (text->n + 63) / 64;
    for (text->n_slots = 64; text->n_slots < 2 * text->n;)
        text->n_slots *= 2;
    text->first = calloc(text->n_slots, sizeof *text->first);
    text->next = calloc(text->n, sizeof *text->next);
    text->masks = calloc(text->n_slots, sizeof *text->masks);
    text->equal = calloc(text->n_words, sizeof *text->equal);
    text->plus = malloc(text->n_words * sizeof *text->plus);
    text->minus = calloc(text->n_words, sizeof *text->minus);
    if (!text->first || !text->next || !text->masks || !text->equal || !text->plus ||
        !text->minus)
        return error_no_memory(error);
    memset(text->plus, 0xff, text->n_words * sizeof *text->plus);
    for (size_t i = 0; i < text->n; i++) {
        size_t slot = slot_of(text, text->hashes[i]);
        text->next[i] = text->first[slot];
        text->first[slot] = (uint32_t)i + 1;
    }
    return make_masks(text, error);
}

/* The column of one token more; what it adds to the distance. */
static int step_column(long_text *text, uint64_t hash)
{
    const uint64_t top = (uint64_t)1 << 63, last = (uint64_t)1 << ((text->n - 1) % 64);
    size_t slot = slot_of(text, hash);
    const uint64_t *equal = text->masks[slot] ? text->masks[slot] : text->equal;
    int carry = 1;
    if (equal == text->equal) flip_places(text, slot, text->equal);
    for (size_t i = 0; i < text->n_words; i++)
        carry = step_word(equal[i], &text->plus[i], &text->minus[i],
                          i + 1 < text->n_words ? top : last, carry);
    if (equal == text->equal) flip_places(text, slot, text->equal);
    return carry;
}

aln_status hashes_distance(const uint64_t *a, size_t n, const uint64_t *b, size_t m,
                           size_t most, size_t *distance, aln_error *error)
{
    AUTO(long_text) long_text text = {.hashes = a, .n = n};
    size_t found = n ? n : m;
    if (n > UINT32_MAX - 1)
        return error_set(error, ALN_UNSUPPORTED, "segments too long to compare");
    if (n) TRY(note_places(&text, error));
    for (size_t j = 0; j < m && n; j++) {
        found = (size_t)((ptrdiff_t)found + step_column(&text, b[j]));
        if (is_lost(found, m - j - 1, most)) break;
    }
    *distance = found > most ? most + 1 : found;
    return ALN_OK;
}
