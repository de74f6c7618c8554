/* index_reader.c - load runs, blocks and the tail as they are needed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/index_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/index_cache.h"

/* Bytes of blocks; where there are more, some are dropped between searches. */
enum { MAX_CACHED = 256 << 20 };

static aln_status damaged(index_reader *reader, aln_error *error, const char *what)
{
    reader->failure = ALN_CORRUPT;
    return error_set(error, ALN_CORRUPT, "the index is damaged: %s", what);
}

/* -- blocks ---------------------------------------------------------------------- */

static aln_status load_block(index_reader *reader, index_run *run, uint32_t block,
                             aln_error *error)
{
    sqlite3_stmt *query = reader->block_query;
    aln_status status = ALN_OK;
    sqlite3_bind_int64(query, 1, run->first_block + block);
    int result = sqlite3_step(query);
    const void *data = result == SQLITE_ROW ? sqlite3_column_blob(query, 0) : NULL;
    int size = data ? sqlite3_column_bytes(query, 0) : 0;
    if (!data || size > UINT16_MAX) {
        status = damaged(reader, error, "a block is missing");
    } else if (!(run->blocks[block] = malloc((size_t)size))) {
        status = reader->failure = error_no_memory(error);
    } else {
        memcpy(run->blocks[block], data, (size_t)size);
        run->sizes[block] = (uint16_t)size;
        reader->cached += (size_t)size;
    }
    sqlite3_reset(query);
    return status;
}

const unsigned char *index_block(index_reader *reader, index_run *run, uint32_t block,
                                 uint32_t *size, aln_error *error)
{
    if (block >= run->n_blocks) {
        (void)damaged(reader, error, "a place beyond the end");
        return NULL;
    }
    if (!run->blocks[block] && load_block(reader, run, block, error)) return NULL;
    *size = run->sizes[block];
    return run->blocks[block];
}

const unsigned char *index_record(index_reader *reader, index_run *run,
                                  index_place place, uint32_t size, aln_error *error)
{
    uint32_t block_size;
    const unsigned char *block =
        index_block(reader, run, place.block, &block_size, error);
    if (block && place.offset + size <= block_size) return block + place.offset;
    if (block) (void)damaged(reader, error, "a block is too short");
    return NULL;
}

aln_status index_variant(index_reader *reader, index_run *run, uint32_t ordinal,
                         int64_t *variant, aln_error *error)
{
    index_place place = index_place_of((index_place){0, 0}, run->id_size, ordinal);
    const unsigned char *at = index_record(reader, run, place, run->id_size, error);
    if (!at) return reader->failure;
    uint64_t id = run->id_size == 4 ? index_get32(at) : index_get64(at);
    *variant = (int64_t)(id + (uint64_t)run->least_id);
    return ALN_OK;
}

static void drop_run(index_reader *reader, index_run *run)
{
    for (uint32_t i = 0; i < run->n_blocks; i++) {
        if (!run->blocks[i]) continue;
        reader->cached -= run->sizes[i];
        free(STEAL(run->blocks[i]));
    }
}

/* Run after run in turn, so that most of what was loaded stays. */
static void drop_blocks(index_reader *reader)
{
    while (reader->cached > MAX_CACHED - MAX_CACHED / 4) {
        reader->next_dropped %= reader->runs.n;
        drop_run(reader, &reader->runs.at[reader->next_dropped++]);
    }
}

/* -- lists ----------------------------------------------------------------------- */

static bool sign_before(const index_sign *sign, uint32_t key, uint32_t ordinal)
{
    return sign->key < key || (sign->key == key && sign->ordinal <= ordinal);
}

/* The last block of lists that begins at or before (key, ordinal). */
static size_t find_sign(const index_run *run, uint32_t key, uint32_t ordinal)
{
    size_t low = 0, high = run->n_signs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sign_before(&run->signs[middle], key, ordinal))
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* The bytes of a key's entry in a block; NULL, without an error, where it has none. */
static const unsigned char *find_entry(const unsigned char *block, uint32_t size,
                                       uint32_t key, const unsigned char **end)
{
    uint32_t n = size >= 2 ? index_get16(block) : 0;
    if (2 + 6 * n > size) return NULL;

    const unsigned char *keys = block + 2, *ends = keys + 4 * (size_t)n,
                        *payload = ends + 2 * (size_t)n;
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (index_get32(keys + (size_t)4 * middle) < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n || index_get32(keys + (size_t)4 * low) != key) return NULL;

    uint32_t from = low ? index_get16(ends + (size_t)2 * (low - 1)) : 0;
    uint32_t to = index_get16(ends + (size_t)2 * low);
    if (from > to || to > size - 2 - 6 * n) return NULL;
    *end = payload + to;
    return payload + from;
}

static bool is_next_sign(const index_list *list)
{
    const index_run *run = list->run;
    return list->sign < run->n_signs && run->signs[list->sign].key == list->key &&
           run->signs[list->sign].ordinal < list->to;
}

bool index_list_next_block(index_reader *reader, index_list *list, aln_status *status,
                           aln_error *error)
{
    if (!is_next_sign(list)) return false;

    uint32_t size, number = list->run->list_block + (uint32_t)list->sign++;
    const unsigned char *block = index_block(reader, list->run, number, &size, error);
    list->at = block ? find_entry(block, size, list->key, &list->end) : NULL;
    if (list->at && list->at < list->end) return true;
    *status = block ? damaged(reader, error, "a list") : reader->failure;
    return false;
}

aln_status index_list_open(index_reader *reader, index_run *run, uint32_t key,
                           uint32_t from, uint32_t to, index_list *list,
                           aln_error *error)
{
    *list = (index_list){.run = run, .key = key, .to = to, .none = true};
    if (!run->n_signs) return ALN_OK;

    uint32_t size;
    list->sign = find_sign(run, key, from);
    const unsigned char *block =
        index_block(reader, run, run->list_block + (uint32_t)list->sign, &size, error);
    if (!block) return reader->failure;
    list->at = find_entry(block, size, key, &list->end);
    list->sign++;
    list->common = list->at && list->at == list->end;
    list->none = !list->at && !is_next_sign(list);
    list->cost = list->at ? (size_t)(list->end - list->at) : 0;
    for (size_t i = list->sign;
         i < run->n_signs && run->signs[i].key == key && run->signs[i].ordinal < to;
         i++)
        list->cost += INDEX_BLOCK;
    return ALN_OK;
}

aln_status index_counters_clear(index_reader *reader, uint32_t span, aln_error *error)
{
    size_t size = (size_t)span + 8; /* they are read eight at a time */
    if (size > reader->n_counters) {
        free(reader->counters);
        reader->counters = malloc(size);
        reader->n_counters = reader->counters ? size : 0;
        if (!reader->counters) return error_no_memory(error);
    }
    memset(reader->counters, 0, size);
    return ALN_OK;
}

aln_status index_list_count(index_reader *reader, index_list *list, unsigned weight,
                            uint32_t from, uint32_t to, aln_error *error)
{
    aln_status status = ALN_OK;
    unsigned char *counters = reader->counters;
    list->to = to;
    if (!list->at && !index_list_next_block(reader, list, &status, error))
        return status;
    do {
        const unsigned char *at = list->at, *end = list->end;
        uint32_t ordinal = 0;
        while (at < end) {
            uint32_t step = *at < 128 ? *at++ : index_varint(&at, end);
            ordinal += step;
            if (ordinal >= to) return ALN_OK;
            if (ordinal >= from) counters[ordinal - from] += (unsigned char)weight;
        }
    } while (index_list_next_block(reader, list, &status, error));
    return status;
}

/* -- runs and the tail ----------------------------------------------------------- */

static void forget_all(index_reader *reader)
{
    for (size_t i = 0; i < reader->runs.n; i++)
        index_run_done(&reader->runs.at[i]);
    reader->runs.n = 0;
    reader->tail.n = 0;
    arena_clear(&reader->tail_arena);
    reader->cached = 0;
    reader->loaded = false;
}

static aln_status load_runs(index_reader *reader, aln_error *error)
{
    aln_status status = ALN_OK;
    db_query query = db_prepare(
        reader->db, "SELECT id, language, n, first_block, head FROM index_run");
    while (!status && db_step(&query)) {
        sqlite3_stmt *row = query.statement;
        index_run run = {.id = sqlite3_column_int64(row, 0),
                         .language = sqlite3_column_int64(row, 1),
                         .n = (uint32_t)sqlite3_column_int64(row, 2),
                         .first_block = sqlite3_column_int64(row, 3)};
        status = index_run_parse(&run, sqlite3_column_blob(row, 4),
                                 (size_t)sqlite3_column_bytes(row, 4), error);
        if (!status && vec_push(&reader->runs, run)) status = error_no_memory(error);
        if (status) index_run_done(&run);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status keep_tail(index_reader *reader, int64_t variant, int64_t language,
                            const index_text *text, aln_error *error)
{
    if (!text->n || text->n > UINT32_MAX) return ALN_OK;

    index_tail entry = {.variant = variant,
                        .language = language,
                        .length = (uint32_t)text->n,
                        .codes = arena_array(&reader->tail_arena, text->n, 2),
                        .keys = arena_array(&reader->tail_arena, text->n,
                                            sizeof *entry.keys)};
    if (!entry.codes || !entry.keys || vec_push(&reader->tail, entry))
        return error_no_memory(error);
    for (size_t i = 0; i < text->n; i++)
        index_put(entry.codes + 2 * i, index_code(text->hashes[i]), 2);
    memcpy(entry.keys, text->keys, text->n * sizeof *entry.keys);
    return ALN_OK;
}

static aln_status read_tail(index_reader *reader, db_query *list, db_query *one,
                            index_text *text, aln_error *error)
{
    while (db_step(list)) {
        int64_t language = sqlite3_column_int64(list->statement, 0);
        int64_t variant = sqlite3_column_int64(list->statement, 1);
        db_bind_int(one, 1, variant);
        if (db_step(one) && sqlite3_column_int64(one->statement, 0) == language) {
            const char *bytes = (const char *)sqlite3_column_text(one->statement, 1);
            size_t size = (size_t)sqlite3_column_bytes(one->statement, 1);
            TRY(index_text_read(text, bytes ? bytes : "", size, error));
            TRY(keep_tail(reader, variant, language, text, error));
        }
        db_reset(one);
    }
    return ALN_OK;
}

static aln_status load_tail(index_reader *reader, aln_error *error)
{
    index_text text = {0};
    db_query list = db_prepare(reader->db, "SELECT language, variant FROM index_tail");
    db_query one = db_prepare(reader->db, reader->source->one);
    aln_status status = read_tail(reader, &list, &one, &text, error);
    aln_status listed = db_finish(&list, status ? NULL : error);
    aln_status read = db_finish(&one, status || listed ? NULL : error);
    index_text_done(&text);
    if (status) return status;
    return listed ? listed : read;
}

aln_status index_reader_refresh(index_reader *reader, aln_error *error)
{
    sqlite3_stmt *query = reader->generation_query;
    int result = sqlite3_step(query);
    int64_t generation = result == SQLITE_ROW ? sqlite3_column_int64(query, 0) : 0;
    sqlite3_reset(query);
    if (result != SQLITE_ROW)
        return error_set(error, (result & 0xff) == SQLITE_BUSY ? ALN_BUSY : ALN_CORRUPT,
                         "cannot read the index: %s", sqlite3_errmsg(reader->db));

    if (reader->loaded && generation == reader->generation) {
        if (reader->cached > MAX_CACHED) drop_blocks(reader);
        return ALN_OK;
    }
    forget_all(reader);
    TRY(load_runs(reader, error));
    TRY(load_tail(reader, error));
    reader->generation = generation;
    reader->loaded = true;
    return ALN_OK;
}

aln_status index_reader_open(sqlite3 *handle, const index_source *source,
                             index_reader **reader, aln_error *error)
{
    index_reader *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);

    made->db = handle;
    made->source = source;
    if (sqlite3_prepare_v3(handle, "SELECT generation FROM index_state", -1,
                           SQLITE_PREPARE_PERSISTENT, &made->generation_query, NULL) ||
        sqlite3_prepare_v3(handle, "SELECT data FROM index_block WHERE id = ?1", -1,
                           SQLITE_PREPARE_PERSISTENT, &made->block_query, NULL)) {
        aln_status status = sqlite3_errcode(handle) == SQLITE_NOMEM
                                ? error_no_memory(error)
                                : error_set(error, ALN_NOT_FOUND,
                                            "there is no index; it must be made first "
                                            "(bitext index --rebuild)");
        index_reader_close(made);
        return status;
    }
    *reader = made;
    return ALN_OK;
}

void index_reader_close(index_reader *reader)
{
    if (!reader) return;

    forget_all(reader);
    sqlite3_finalize(reader->generation_query);
    sqlite3_finalize(reader->block_query);
    vec_free(&reader->runs);
    vec_free(&reader->tail);
    arena_done(&reader->tail_arena);
    free(reader->counters);
    free(reader);
}

/* -- everything ------------------------------------------------------------------ */

static aln_status entries_of_group(index_reader *reader, index_run *run,
                                   const index_group *group, index_entry entry,
                                   void *context, aln_error *error)
{
    for (uint32_t i = 0; i < group->n; i++) {
        int64_t variant = 0;
        TRY(index_variant(reader, run, group->first + i, &variant, error));
        index_place place = index_place_of(group->codes, group->code_size, i);
        const unsigned char *codes = (const unsigned char *)"";
        if (group->code_size)
            codes = index_record(reader, run, place, group->code_size, error);
        if (!codes) return reader->failure;
        entry(context, variant, hash_bytes(codes, group->code_size));
    }
    return ALN_OK;
}

aln_status index_entries(index_reader *reader, int64_t language, index_entry entry,
                         void *context, aln_error *error)
{
    for (size_t i = 0; i < reader->tail.n; i++) {
        const index_tail *tail = &reader->tail.at[i];
        size_t size = tail->length > INDEX_LONGEST ? 0 : (size_t)tail->length * 2;
        if (tail->language == language)
            entry(context, tail->variant, hash_bytes(tail->codes, size));
    }
    for (size_t i = 0; i < reader->runs.n; i++) {
        index_run *run = &reader->runs.at[i];
        if (run->language != language) continue;
        for (size_t g = 0; g < run->n_groups; g++)
            TRY(entries_of_group(reader, run, &run->groups[g], entry, context, error));
    }
    return ALN_OK;
}
