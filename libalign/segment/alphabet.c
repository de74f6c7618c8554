/* alphabet.c - the characters as far as the rules tell them apart.
 *
 * Every set is a list of ranges.  A sweep over the ends of all ranges keeps, bit by
 * bit, which sets the characters of the current stretch are in; equal patterns of bits
 * are one class.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/alphabet.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"

enum { MOST_CLASSES = 60000, END = 0x110000 };

/* From this character on, the set's characters begin or have ended. */
typedef struct turn {
    int32_t at;
    uint32_t set;
} turn;

typedef vec(turn) turns;

uint32_t alphabet_find(const alphabet *letters, const char *name, size_t size)
{
    return intern_find(&letters->names, name, size);
}

aln_status alphabet_add(alphabet *letters, const char *name, size_t size, USet *set,
                        uint32_t *id, aln_error *error)
{
    // NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what is kept
    if (vec_push(&letters->sets, set)) {
        uset_close(set);
        return error_no_memory(error);
    }
    return intern_add(&letters->names, name, size, id) ? error_no_memory(error)
                                                       : ALN_OK;
}

static aln_status collect_turns(const alphabet *letters, turns *all)
{
    for (uint32_t set = 0; set < letters->sets.n; set++) {
        USet *ranges = letters->sets.at[set];
        int32_t n = uset_getItemCount(ranges);
        for (int32_t i = 0; i < n; i++) {
            UErrorCode code = U_ZERO_ERROR;
            UChar32 first, last;
            if (uset_getItem(ranges, i, &first, &last, NULL, 0, &code) != 0) continue;
            if (vec_push(all, (turn){first, set})) return ALN_NO_MEMORY;
            if (vec_push(all, (turn){last + 1, set})) return ALN_NO_MEMORY;
        }
    }
    return vec_push(all, (turn){END, 0});
}

static int compare_turns(const void *a, const void *b)
{
    int32_t x = ((const turn *)a)->at, y = ((const turn *)b)->at;
    return (x > y) - (x < y);
}

typedef struct sweep {
    alphabet *letters;
    intern signatures, blocks;
    vec(const uint16_t *) unique;
    uint16_t block[ALPHABET_BLOCK];
} sweep;

/* The block that ends before character `end` is full: share it or keep a copy. */
static aln_status keep_block(sweep *s, int32_t end)
{
    uint32_t id;
    if (intern_add(&s->blocks, (const char *)s->block, sizeof s->block, &id))
        return ALN_NO_MEMORY;
    if (id == s->unique.n) {
        uint16_t *copy = arena_alloc(&s->letters->tables, sizeof s->block);
        if (!copy || vec_push(&s->unique, copy)) return ALN_NO_MEMORY;
        memcpy(copy, s->block, sizeof s->block);
    }
    s->letters->blocks[end / ALPHABET_BLOCK - 1] = s->unique.at[id];
    return ALN_OK;
}

static aln_status fill(sweep *s, int32_t from, int32_t to, uint16_t class)
{
    for (int32_t c = from; c < to; c++) {
        s->block[c % ALPHABET_BLOCK] = class;
        if ((c + 1) % ALPHABET_BLOCK == 0 && keep_block(s, c + 1)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status sweep_over(sweep *s, const turns *all, uint8_t *bits, size_t size,
                             aln_error *error)
{
    int32_t from = 0;
    for (size_t i = 0; i < all->n;) {
        uint32_t class;
        int32_t to = all->at[i].at;
        if (to > from) {
            if (intern_add(&s->signatures, (const char *)bits, size, &class) ||
                fill(s, from, to, (uint16_t) class))
                return error_no_memory(error);
            if (class > MOST_CLASSES)
                return error_set(error, ALN_UNSUPPORTED, "too many character classes");
        }
        if (to == END) break;
        for (; all->at[i].at == to; i++)
            bits[all->at[i].set / 8] ^= (uint8_t)(1u << all->at[i].set % 8);
        from = to;
    }
    return ALN_OK;
}

static aln_status fill_members(alphabet *letters, const intern *signatures,
                               aln_error *error)
{
    letters->n_classes = signatures->n;
    letters->members =
        arena_array(&letters->tables, letters->sets.n + 1, letters->n_classes);
    if (!letters->members) return error_no_memory(error);
    for (uint32_t set = 0; set < letters->sets.n; set++)
        for (uint32_t class = 0; class < letters->n_classes; class ++) {
            size_t size;
            const char *bits = intern_text(signatures, class, &size);
            letters->members[(size_t)set * letters->n_classes + class] =
                (uint8_t)bits[set / 8] >> set % 8 & 1;
        }
    return ALN_OK;
}

aln_status alphabet_close(alphabet *letters, aln_error *error)
{
    turns all = {0};
    sweep s = {.letters = letters};
    size_t size = letters->sets.n / 8 + 1;
    AUTO(free) uint8_t *bits = calloc(1, size);
    aln_status status = bits && collect_turns(letters, &all) == ALN_OK
                            ? ALN_OK
                            : error_no_memory(error);
    if (!status && all.n) {
        qsort(all.at, all.n, sizeof *all.at, compare_turns);
        status = sweep_over(&s, &all, bits, size, error);
    }
    if (!status) status = fill_members(letters, &s.signatures, error);
    vec_free(&all);
    vec_free(&s.unique);
    intern_done(&s.signatures);
    intern_done(&s.blocks);
    return status;
}

void alphabet_done(alphabet *letters)
{
    for (size_t i = 0; i < letters->sets.n; i++)
        uset_close(letters->sets.at[i]);
    vec_free(&letters->sets);
    intern_done(&letters->names);
    arena_done(&letters->tables);
    *letters = (alphabet){0};
}
