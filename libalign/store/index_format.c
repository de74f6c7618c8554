/* index_format.c - tokens as numbers, and where things lie in a run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/index_format.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "text/fold.h"
#include "text/tokens.h"

/* -- tokens ---------------------------------------------------------------------- */

static bool lower_ascii(const char *text, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) return false;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return true;
}

aln_status index_key(const char *text, size_t size, bool ideograph, str *room,
                     uint32_t *key, aln_error *error)
{
    char lower[64];
    const char *folded = text;
    size_t folded_size = size;
    if (size <= sizeof lower && lower_ascii(text, size, lower)) {
        folded = lower;
    } else if (!ideograph) {
        TRY(text_fold(text, size, room, error));
        folded = str_text(room);
        folded_size = room->size;
    }
    *key = (uint32_t)(hash_bytes(folded, folded_size) >> 32);
    return ALN_OK;
}

static aln_status grow_text(index_text *text)
{
    size_t cap = text->cap ? text->cap * 2 : 64;
    uint64_t *hashes = realloc(text->hashes, cap * sizeof *hashes);
    if (!hashes) return ALN_NO_MEMORY;
    text->hashes = hashes;
    uint32_t *keys = realloc(text->keys, cap * sizeof *keys);
    if (!keys) return ALN_NO_MEMORY;
    text->keys = keys;
    text->cap = cap;
    return ALN_OK;
}

aln_status index_text_read(index_text *text, const char *bytes, size_t size,
                           aln_error *error)
{
    text->n = 0;
    TRY(text_nfc(&bytes, &size, &text->room, error));
    size_t at = 0;
    token t;
    while (token_next(bytes, size, &at, &t)) {
        const char *from = bytes + t.start;
        if (text->n == text->cap && grow_text(text)) return error_no_memory(error);
        text->hashes[text->n] = hash_bytes(from, t.end - t.start);
        TRY(index_key(from, t.end - t.start, t.kind == TOKEN_HAN, &text->folded,
                      &text->keys[text->n], error));
        text->n++;
    }
    return ALN_OK;
}

void index_text_done(index_text *text)
{
    free(text->hashes);
    free(text->keys);
    str_done(&text->room);
    str_done(&text->folded);
    *text = (index_text){0};
}

/* -- signatures ------------------------------------------------------------------ */

unsigned index_signature_words(size_t n_tokens)
{
    if (n_tokens <= 10) return 1;
    if (n_tokens <= 24) return 2;
    if (n_tokens <= 48) return 4;
    return n_tokens <= 96 ? 8 : INDEX_MAX_WORDS;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_hashes(uint64_t *hashes, size_t n)
{
    if (n > 64) {
        qsort(hashes, n, sizeof *hashes, by_value);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint64_t moved = hashes[i];
        size_t j = i;
        for (; j && hashes[j - 1] > moved; j--)
            hashes[j] = hashes[j - 1];
        hashes[j] = moved;
    }
}

/* A token's second occurrence has a bit of its own, so that signatures differ as
 * multisets do. */
void index_signature(uint64_t *hashes, size_t n, unsigned words, uint64_t *signature)
{
    memset(signature, 0, words * sizeof *signature);
    sort_hashes(hashes, n);
    uint64_t occurrence = 0;
    for (size_t i = 0; i < n; i++) {
        occurrence = i && hashes[i] == hashes[i - 1] ? occurrence + 1 : 0;
        uint64_t bit = hash_mix(hashes[i] + occurrence) % ((uint64_t)words * 64);
        signature[bit / 64] |= (uint64_t)1 << (bit % 64);
    }
}

/* -- places ---------------------------------------------------------------------- */

index_place index_place_of(index_place start, uint32_t size, uint32_t i)
{
    if (!size) return start;
    uint32_t room = (INDEX_BLOCK - start.offset) / size, per_block = INDEX_BLOCK / size;
    if (i < room) return (index_place){start.block, start.offset + i * size};
    i -= room;
    return (index_place){start.block + 1 + i / per_block, i % per_block * size};
}

/* Where the next record of another size may begin, after n of this size. */
static index_place place_after(index_place start, uint32_t size, uint32_t n)
{
    if (!size || !n) return start;
    index_place last = index_place_of(start, size, n - 1);
    last.offset += size;
    return last;
}

/* The first block after everything before this place. */
static uint32_t next_block(index_place place)
{
    return place.block + (place.offset > 0);
}

bool index_layout(index_run *run)
{
    uint32_t first = 0;
    for (size_t i = 0; i < run->n_groups; i++) {
        index_group *group = &run->groups[i];
        if (!group->length || !group->n || group->n > INDEX_RUN_MAX - first)
            return false;
        group->first = first;
        group->words = index_signature_words(group->length);
        group->code_size = group->length <= INDEX_LONGEST ? 2 * group->length : 0;
        first += group->n;
    }
    if (first != run->n || (run->id_size != 4 && run->id_size != 8)) return false;

    index_place place = place_after((index_place){0, 0}, run->id_size, run->n);
    place = (index_place){next_block(place), 0};
    for (size_t i = 0; i < run->n_groups; i++) {
        index_group *group = &run->groups[i];
        group->signatures = place;
        place = place_after(place, group->words * 8, group->n);
    }
    place = (index_place){next_block(place), 0};
    for (size_t i = 0; i < run->n_groups; i++) {
        index_group *group = &run->groups[i];
        group->codes = place;
        place = place_after(place, group->code_size, group->n);
    }
    run->list_block = next_block(place);
    run->n_blocks = run->list_block + (uint32_t)run->n_signs;
    return true;
}

/* -- the row --------------------------------------------------------------------- */

void index_put(unsigned char *at, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        at[i] = (unsigned char)(value >> (8 * i));
}

unsigned index_varint_put(unsigned char *at, uint32_t value)
{
    unsigned n = 0;
    for (; value >= 128; value >>= 7)
        at[n++] = (unsigned char)(value | 128);
    at[n++] = (unsigned char)value;
    return n;
}

static aln_status add_varint(str *out, uint32_t value)
{
    unsigned char bytes[5];
    unsigned size = index_varint_put(bytes, value);
    return str_add(out, (const char *)bytes, size);
}

static aln_status add_fixed(str *out, uint64_t value, unsigned size)
{
    unsigned char bytes[8];
    index_put(bytes, value, size);
    return str_add(out, (const char *)bytes, size);
}

aln_status index_run_pack(const index_run *run, str *out)
{
    TRY(add_fixed(out, (uint64_t)run->least_id, 8));
    TRY(add_varint(out, run->id_size));
    TRY(add_varint(out, (uint32_t)run->n_groups));
    for (size_t i = 0; i < run->n_groups; i++) {
        TRY(add_varint(out, run->groups[i].length));
        TRY(add_varint(out, run->groups[i].n));
    }
    TRY(add_varint(out, (uint32_t)run->n_signs));
    for (size_t i = 0; i < run->n_signs; i++) {
        TRY(add_fixed(out, run->signs[i].key, 4));
        TRY(add_fixed(out, run->signs[i].ordinal, 4));
    }
    return ALN_OK;
}

static aln_status parse_groups(index_run *run, const unsigned char **at,
                               const unsigned char *end)
{
    uint32_t n = index_varint(at, end), before = 0;
    if (!n || n > (size_t)(end - *at)) return ALN_CORRUPT;
    run->groups = calloc(n, sizeof *run->groups);
    if (!run->groups) return ALN_NO_MEMORY;
    run->n_groups = n;
    for (uint32_t i = 0; i < n; i++) {
        run->groups[i].length = index_varint(at, end);
        run->groups[i].n = index_varint(at, end);
        if (run->groups[i].length <= before) return ALN_CORRUPT;
        before = run->groups[i].length;
    }
    return ALN_OK;
}

static aln_status parse_signs(index_run *run, const unsigned char **at,
                              const unsigned char *end)
{
    if (*at == end) return ALN_CORRUPT;
    uint32_t n = index_varint(at, end);
    if ((size_t)(end - *at) != (size_t)n * 8) return ALN_CORRUPT;
    run->signs = calloc(n ? n : 1, sizeof *run->signs);
    if (!run->signs) return ALN_NO_MEMORY;
    run->n_signs = n;
    for (uint32_t i = 0; i < n; i++, *at += 8)
        run->signs[i] = (index_sign){index_get32(*at), index_get32(*at + 4)};
    return ALN_OK;
}

static aln_status parse_row(index_run *run, const unsigned char *at, size_t size)
{
    const unsigned char *end = at + size;
    if (size <= 9) return ALN_CORRUPT;
    run->least_id = (int64_t)index_get64(at);
    at += 8;
    run->id_size = index_varint(&at, end);
    TRY(parse_groups(run, &at, end));
    TRY(parse_signs(run, &at, end));
    return index_layout(run) ? ALN_OK : ALN_CORRUPT;
}

aln_status index_run_parse(index_run *run, const void *bytes, size_t size,
                           aln_error *error)
{
    aln_status status = parse_row(run, bytes, size);
    if (status == ALN_NO_MEMORY) return error_no_memory(error);
    if (status) return error_set(error, status, "the index is damaged: run row");

    run->blocks = calloc((size_t)run->n_blocks + 1, sizeof *run->blocks);
    run->sizes = calloc((size_t)run->n_blocks + 1, sizeof *run->sizes);
    return run->blocks && run->sizes ? ALN_OK : error_no_memory(error);
}

void index_run_done(index_run *run)
{
    for (uint32_t i = 0; run->blocks && i < run->n_blocks; i++)
        free(run->blocks[i]);
    free(run->blocks);
    free(run->sizes);
    free(run->groups);
    free(run->signs);
    *run = (index_run){0};
}
