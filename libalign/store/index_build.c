/* index_build.c - a pile of variants becomes a run.
 *
 *     pile (in the order of addition)  ->  sorted by length  ->  ids, signatures, codes
 *                                      ->  counted by key    ->  lists
 *
 * Blocks are written one after the other, so SQLite appends them to its tree.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/index_format.h"

/* -- words ----------------------------------------------------------------------- */

enum { FIRST_SLOTS = 1 << 12, MAX_WORDS = 1 << 28 };

static uint32_t *slot_of(const index_words *words, uint64_t hash)
{
    uint32_t i = (uint32_t)hash;
    for (;; i++) {
        uint32_t *slot = &words->slots[i & (words->n_slots - 1)];
        if (!*slot || words->hashes[*slot - 1] == hash) return slot;
    }
}

uint32_t index_words_find(const index_words *words, uint64_t hash)
{
    if (!words->n_slots) return UINT32_MAX;
    return *slot_of(words, hash) - 1; /* an empty slot is 0 */
}

static aln_status grow_slots(index_words *words)
{
    uint32_t n = words->n_slots ? words->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots) return ALN_NO_MEMORY;
    free(words->slots);
    words->slots = slots;
    words->n_slots = n;
    for (uint32_t i = 0; i < words->n; i++)
        *slot_of(words, words->hashes[i]) = i + 1;
    return ALN_OK;
}

static aln_status grow_words(index_words *words)
{
    uint32_t cap = words->cap ? words->cap * 2 : FIRST_SLOTS;
    if (cap > MAX_WORDS) return ALN_NO_MEMORY;
    uint64_t *hashes = realloc(words->hashes, cap * sizeof *hashes);
    if (!hashes) return ALN_NO_MEMORY;
    words->hashes = hashes;
    uint32_t *keys = realloc(words->keys, cap * sizeof *keys);
    if (!keys) return ALN_NO_MEMORY;
    words->keys = keys;
    words->cap = cap;
    return ALN_OK;
}

aln_status index_words_add(index_words *words, uint64_t hash, uint32_t key,
                           uint32_t *number)
{
    if (words->n == words->cap && grow_words(words)) return ALN_NO_MEMORY;
    if (words->n * 2 >= words->n_slots && grow_slots(words)) return ALN_NO_MEMORY;

    words->hashes[words->n] = hash;
    words->keys[words->n] = key;
    uint32_t *slot = slot_of(words, hash);
    *number = words->n++;
    *slot = words->n;
    return ALN_OK;
}

void index_words_clear(index_words *words)
{
    words->n = 0;
    if (words->slots) memset(words->slots, 0, words->n_slots * sizeof *words->slots);
}

void index_words_done(index_words *words)
{
    free(words->hashes);
    free(words->keys);
    free(words->slots);
    *words = (index_words){0};
}

/* -- blocks ---------------------------------------------------------------------- */

typedef struct block_writer {
    sqlite3_stmt *insert;
    int64_t next; /* id of the block being filled */
    unsigned char bytes[INDEX_BLOCK];
    uint32_t used;
} block_writer;

static aln_status put_block(block_writer *out, aln_error *error)
{
    sqlite3_bind_int64(out->insert, 1, out->next++);
    sqlite3_bind_blob(out->insert, 2, out->bytes, (int)out->used, SQLITE_STATIC);
    int result = sqlite3_step(out->insert);
    sqlite3_reset(out->insert);
    out->used = 0;
    if (result == SQLITE_DONE) return ALN_OK;
    return error_set(error, result == SQLITE_NOMEM ? ALN_NO_MEMORY : ALN_IO,
                     "cannot write the index: %s",
                     sqlite3_errmsg(sqlite3_db_handle(out->insert)));
}

static aln_status end_section(block_writer *out, aln_error *error)
{
    return out->used ? put_block(out, error) : ALN_OK;
}

/* Room for the next record; index_place_of expects the same breaks. */
static aln_status next_record(block_writer *out, uint32_t size, unsigned char **at,
                              aln_error *error)
{
    if (out->used + size > INDEX_BLOCK) TRY(put_block(out, error));
    *at = out->bytes + out->used;
    out->used += size;
    return ALN_OK;
}

/* -- the work -------------------------------------------------------------------- */

typedef struct builder {
    const index_pile *pile;
    const index_words *words;
    index_run run;
    uint32_t *order;  /* ordinal -> place in the pile */
    uint32_t *folded; /* word -> number of its key */
    uint32_t *keys;   /* number -> key, ascending */
    uint32_t n_keys;
    uint32_t *ends; /* number -> end of its list in ordinals */
    uint32_t *ordinals;
    vec(index_sign) signs;
    block_writer out;
} builder;

static void auto_builder(builder *b)
{
    sqlite3_finalize(b->out.insert);
    index_run_done(&b->run);
    free(b->order);
    free(b->folded);
    free(b->keys);
    free(b->ends);
    free(b->ordinals);
    vec_free(&b->signs);
}

static uint32_t start_of(const index_pile *pile, uint32_t i)
{
    return i ? pile->ends.at[i - 1] : 0;
}

static uint32_t length_of(const index_pile *pile, uint32_t i)
{
    return pile->ends.at[i] - start_of(pile, i);
}

/* Count by length, then put everyone in its place: stable. */
static aln_status sort_by_length(builder *b, aln_error *error)
{
    const index_pile *pile = b->pile;
    uint32_t n = (uint32_t)pile->ids.n, longest = 0, n_groups = 0, at = 0;
    for (uint32_t i = 0; i < n; i++)
        if (length_of(pile, i) > longest) longest = length_of(pile, i);

    AUTO(free) uint32_t *counts = calloc((size_t)longest + 1, sizeof *counts);
    b->order = malloc(((size_t)n + 1) * sizeof *b->order);
    if (!counts || !b->order) return error_no_memory(error);
    for (uint32_t i = 0; i < n; i++)
        n_groups += counts[length_of(pile, i)]++ == 0;

    b->run.groups = calloc((size_t)n_groups + 1, sizeof *b->run.groups);
    if (!b->run.groups) return error_no_memory(error);
    for (uint32_t length = 0; length <= longest; length++) {
        uint32_t count = counts[length];
        if (!count) continue;
        b->run.groups[b->run.n_groups++] = (index_group){.length = length, .n = count};
        counts[length] = at;
        at += count;
    }
    for (uint32_t i = 0; i < n; i++)
        b->order[counts[length_of(pile, i)]++] = i;
    return ALN_OK;
}

static void choose_id_size(builder *b)
{
    int64_t least = b->pile->ids.at[0], most = least;
    for (size_t i = 1; i < b->pile->ids.n; i++) {
        int64_t id = b->pile->ids.at[i];
        if (id < least) least = id;
        if (id > most) most = id;
    }
    b->run.least_id = least;
    b->run.id_size = (uint64_t)most - (uint64_t)least <= UINT32_MAX ? 4 : 8;
}

static aln_status write_ids(builder *b, aln_error *error)
{
    unsigned char *at;
    for (uint32_t i = 0; i < b->run.n; i++) {
        int64_t id = b->pile->ids.at[b->order[i]];
        TRY(next_record(&b->out, b->run.id_size, &at, error));
        index_put(at, (uint64_t)id - (uint64_t)b->run.least_id, b->run.id_size);
    }
    return end_section(&b->out, error);
}

static aln_status write_signatures(builder *b, aln_error *error)
{
    uint32_t longest = b->run.groups[b->run.n_groups - 1].length;
    AUTO(free) uint64_t *hashes = malloc(longest * sizeof *hashes);
    if (!hashes) return error_no_memory(error);

    for (size_t g = 0; g < b->run.n_groups; g++) {
        const index_group *group = &b->run.groups[g];
        for (uint32_t i = 0; i < group->n; i++) {
            uint32_t start = start_of(b->pile, b->order[group->first + i]);
            uint64_t signature[INDEX_MAX_WORDS];
            unsigned char *at;
            for (uint32_t k = 0; k < group->length; k++)
                hashes[k] = b->words->hashes[b->pile->tokens.at[start + k]];
            index_signature(hashes, group->length, group->words, signature);
            TRY(next_record(&b->out, group->words * 8, &at, error));
            for (uint32_t k = 0; k < group->words; k++)
                index_put(at + (size_t)8 * k, signature[k], 8);
        }
    }
    return end_section(&b->out, error);
}

static aln_status write_codes(builder *b, aln_error *error)
{
    for (size_t g = 0; g < b->run.n_groups; g++) {
        const index_group *group = &b->run.groups[g];
        for (uint32_t i = 0; group->code_size && i < group->n; i++) {
            uint32_t start = start_of(b->pile, b->order[group->first + i]);
            unsigned char *at;
            TRY(next_record(&b->out, group->code_size, &at, error));
            for (uint32_t k = 0; k < group->length; k++) {
                uint64_t hash = b->words->hashes[b->pile->tokens.at[start + k]];
                index_put(at + (size_t)2 * k, index_code(hash), 2);
            }
        }
    }
    return end_section(&b->out, error);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Give the words' keys numbers in ascending order of key. */
static aln_status number_keys(builder *b, aln_error *error)
{
    uint32_t n = b->words->n;
    AUTO(free) uint64_t *pairs = malloc(n * sizeof *pairs);
    b->folded = malloc(n * sizeof *b->folded);
    b->keys = malloc(n * sizeof *b->keys);
    if (!pairs || !b->folded || !b->keys) return error_no_memory(error);

    for (uint32_t i = 0; i < n; i++)
        pairs[i] = (uint64_t)b->words->keys[i] << 32 | i;
    qsort(pairs, n, sizeof *pairs, by_key);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t key = (uint32_t)(pairs[i] >> 32);
        if (!i || key != b->keys[b->n_keys - 1]) b->keys[b->n_keys++] = key;
        b->folded[(uint32_t)pairs[i]] = b->n_keys - 1;
    }
    return ALN_OK;
}

/* Call for every (key number, ordinal) once, ordinals ascending: count, or fill in.
 * seen[] remembers the last ordinal + 1 of each key. */
static void walk_postings(const builder *b, uint32_t *seen, uint32_t *ends,
                          uint32_t *ordinals, const unsigned char *common)
{
    memset(seen, 0, b->n_keys * sizeof *seen);
    for (uint32_t i = 0; i < b->run.n; i++) {
        uint32_t from = b->order[i];
        for (uint32_t k = start_of(b->pile, from); k < b->pile->ends.at[from]; k++) {
            uint32_t number = b->folded[b->pile->tokens.at[k]];
            if (seen[number] == i + 1 || (common && common[number])) continue;
            seen[number] = i + 1;
            if (ordinals)
                ordinals[ends[number]++] = i;
            else
                ends[number]++;
        }
    }
}

/* ends[] becomes the end of each key's list; common[] those without one. */
static aln_status invert(builder *b, unsigned char *common, aln_error *error)
{
    AUTO(free) uint32_t *seen = malloc(b->n_keys * sizeof *seen);
    b->ends = calloc(b->n_keys, sizeof *b->ends);
    if (!seen || !b->ends) return error_no_memory(error);

    walk_postings(b, seen, b->ends, NULL, NULL);
    uint32_t total = 0;
    for (uint32_t k = 0; k < b->n_keys; k++) {
        uint32_t n = b->ends[k];
        common[k] = n > b->run.n / INDEX_COMMON;
        b->ends[k] = total;
        total += common[k] ? 0 : n;
    }
    b->ordinals = malloc((total ? total : 1) * sizeof *b->ordinals);
    if (!b->ordinals) return error_no_memory(error);
    walk_postings(b, seen, b->ends, b->ordinals, common);
    return ALN_OK;
}

/* A block of lists being filled; entries and payload grow until they meet. */
typedef struct list_block {
    uint32_t keys[INDEX_BLOCK / 6];
    uint16_t ends[INDEX_BLOCK / 6];
    unsigned char payload[INDEX_BLOCK];
    uint32_t n, size;
    uint32_t first_ordinal;
} list_block;

static bool has_room(const list_block *block, uint32_t size)
{
    return 2 + 6 * block->n + block->size + size <= INDEX_BLOCK;
}

static aln_status put_lists(builder *b, list_block *block, aln_error *error)
{
    unsigned char *at = b->out.bytes;
    index_put(at, block->n, 2);
    at += 2;
    for (uint32_t i = 0; i < block->n; i++, at += 4)
        index_put(at, block->keys[i], 4);
    for (uint32_t i = 0; i < block->n; i++, at += 2)
        index_put(at, block->ends[i], 2);
    memcpy(at, block->payload, block->size);
    b->out.used = (uint32_t)(at - b->out.bytes) + block->size;
    if (vec_push(&b->signs, (index_sign){block->keys[0], block->first_ordinal}))
        return error_no_memory(error);
    block->n = block->size = 0;
    return put_block(&b->out, error);
}

static void open_entry(list_block *block, uint32_t key, uint32_t first_ordinal)
{
    if (!block->n) block->first_ordinal = first_ordinal;
    block->keys[block->n] = key;
    block->ends[block->n++] = (uint16_t)block->size;
}

static aln_status write_list(builder *b, list_block *block, uint32_t key,
                             const uint32_t *ordinals, uint32_t n, aln_error *error)
{
    enum { ENTRY = 6, MOST = 5 }; /* bytes: key and end; a varint */
    uint32_t before = 0;
    if (!has_room(block, ENTRY + 4 * MOST)) TRY(put_lists(b, block, error));
    open_entry(block, key, n ? ordinals[0] : 0);
    for (uint32_t i = 0; i < n; i++) {
        if (!has_room(block, MOST)) {
            TRY(put_lists(b, block, error));
            open_entry(block, key, ordinals[i]);
            before = 0;
        }
        block->size +=
            index_varint_put(block->payload + block->size, ordinals[i] - before);
        block->ends[block->n - 1] = (uint16_t)block->size;
        before = ordinals[i];
    }
    return ALN_OK;
}

static aln_status write_lists(builder *b, aln_error *error)
{
    TRY(number_keys(b, error));
    AUTO(free) unsigned char *common = calloc(b->n_keys, 1);
    AUTO(free) list_block *block = calloc(1, sizeof *block);
    if (!common || !block) return error_no_memory(error);
    TRY(invert(b, common, error));

    uint32_t start = 0;
    for (uint32_t k = 0; k < b->n_keys; k++) {
        uint32_t n = b->ends[k] - start; /* 0: common, or of another language */
        if (n || common[k])
            TRY(write_list(b, block, b->keys[k], b->ordinals + start, n, error));
        start = b->ends[k];
    }
    if (block->n) TRY(put_lists(b, block, error));
    b->run.signs = STEAL(b->signs.at);
    b->run.n_signs = b->signs.n;
    return ALN_OK;
}

static aln_status write_row(builder *b, sqlite3 *handle, aln_error *error)
{
    AUTO(str) str row = {0};
    b->run.n_blocks = b->run.list_block + (uint32_t)b->run.n_signs;
    if (index_run_pack(&b->run, &row)) return error_no_memory(error);
    db_query query =
        db_prepare(handle, "INSERT INTO index_run (language, n, first_block, "
                           "n_blocks, head) VALUES (?1, ?2, ?3, ?4, ?5)");
    db_bind_int(&query, 1, b->run.language);
    db_bind_int(&query, 2, b->run.n);
    db_bind_int(&query, 3, b->run.first_block);
    db_bind_int(&query, 4, b->run.n_blocks);
    if (query.result == SQLITE_OK)
        query.result =
            sqlite3_bind_blob64(query.statement, 5, row.at, row.size, SQLITE_STATIC);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status first_free_block(sqlite3 *handle, int64_t *id, aln_error *error)
{
    db_query query =
        db_prepare(handle, "SELECT coalesce(max(id), 0) + 1 FROM index_block");
    if (db_step(&query)) *id = sqlite3_column_int64(query.statement, 0);
    return db_finish(&query, error);
}

aln_status index_build(sqlite3 *handle, const index_pile *pile,
                       const index_words *words, aln_error *error)
{
    if (!pile->ids.n) return ALN_OK;

    AUTO(builder)
    builder b = {
        .pile = pile,
        .words = words,
        .run = {.language = pile->language, .n = (uint32_t)pile->ids.n},
    };
    TRY(first_free_block(handle, &b.run.first_block, error));
    b.out.next = b.run.first_block;
    if (sqlite3_prepare_v2(handle, "INSERT INTO index_block (id, data) VALUES (?1, ?2)",
                           -1, &b.out.insert, NULL))
        return error_set(error, ALN_IO, "cannot write the index: %s",
                         sqlite3_errmsg(handle));
    TRY(sort_by_length(&b, error));
    choose_id_size(&b);
    if (!index_layout(&b.run))
        return error_set(error, ALN_INVALID, "index run too long");
    TRY(write_ids(&b, error));
    TRY(write_signatures(&b, error));
    TRY(write_codes(&b, error));
    if (b.run.n >= INDEX_LISTED) TRY(write_lists(&b, error));
    return write_row(&b, handle, error);
}
