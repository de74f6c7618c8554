/* index.c - additions wait in piles, go to the tail or into runs, and runs merge.
 *
 * A few additions only write their numbers into index_tail, so that adding one variant
 * costs one small row; whoever searches reads the texts of the tail.  When the tail is
 * full it becomes a run.  A level holds the runs with 64-511, 512-4095, ... variants;
 * RUNS_PER_LEVEL of one level become one of the next, by reading the texts again: those
 * of removed variants are not there any more, and so a merge forgets them.  A merge is
 * never much larger than what is being flushed, lest one addition pay for all.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/index_format.h"
#include "text/fold.h"
#include "text/tokens.h"

enum {
    MAX_TOKENS = 40000000, /* waiting, 4 bytes each; then they are written */
    MAX_WORDS = 4000000,
    RUNS_PER_LEVEL = 8,
    SMALL_MERGE = 1 << 15, /* variants: a fraction of a second */
    MERGE_FACTOR = 8,
    LARGEST_MERGE = 1 << 19, /* variants: what waits in memory meanwhile is bounded */
};

struct index_writer {
    sqlite3 *handle;
    const index_source *source;
    index_words words;
    vec(index_pile) piles;
    size_t n_tokens; /* in all piles */
    bool changed;    /* since the last flush */
    bool absent; /* there are texts and no index: nothing is written before a rebuild */
    str room, folded;
    sqlite3_stmt *word_query;
};

static const char DROP[] =
    "DROP TABLE IF EXISTS index_state; DROP TABLE IF EXISTS index_tail;"
    "DROP TABLE IF EXISTS index_run; DROP TABLE IF EXISTS index_word;"
    "DROP TABLE IF EXISTS index_block;";

static const char SCHEMA[] =
    "CREATE TABLE IF NOT EXISTS index_state ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER, format INTEGER);"
    "CREATE TABLE IF NOT EXISTS index_tail ("
    "  language INTEGER, variant INTEGER, PRIMARY KEY (language, variant)"
    ") WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS index_run ("
    "  id INTEGER PRIMARY KEY, language INTEGER, n INTEGER, first_block INTEGER,"
    "  n_blocks INTEGER, head BLOB);"
    "CREATE TABLE IF NOT EXISTS index_word (word TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS index_block (id INTEGER PRIMARY KEY, data BLOB);"
    "INSERT OR IGNORE INTO index_state VALUES (1, 0, 1);";

static bool has_tables(sqlite3 *handle)
{
    return sqlite3_table_column_metadata(handle, "main", "index_state", "generation",
                                         NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static aln_status has_texts(sqlite3 *handle, const index_source *source, bool *some,
                            aln_error *error)
{
    db_query query = db_prepare(handle, source->all);
    *some = db_step(&query);
    return db_finish(&query, error);
}

aln_status index_writer_open(sqlite3 *handle, const index_source *source,
                             index_writer **writer, aln_error *error)
{
    bool absent = !has_tables(handle);
    if (absent) TRY(has_texts(handle, source, &absent, error));
    if (!absent) TRY(db_exec(handle, SCHEMA, error));

    index_writer *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    made->absent = absent;
    made->handle = handle;
    made->source = source;
    *writer = made;
    return ALN_OK;
}

void index_writer_close(index_writer *writer)
{
    if (!writer) return;

    for (size_t i = 0; i < writer->piles.n; i++) {
        index_pile *pile = &writer->piles.at[i];
        vec_free(&pile->ids);
        vec_free(&pile->ends);
        vec_free(&pile->tokens);
    }
    vec_free(&writer->piles);
    index_words_done(&writer->words);
    str_done(&writer->room);
    str_done(&writer->folded);
    sqlite3_finalize(writer->word_query);
    free(writer);
}

void index_forget(index_writer *writer)
{
    for (size_t i = 0; i < writer->piles.n; i++) {
        index_pile *pile = &writer->piles.at[i];
        pile->ids.n = pile->ends.n = pile->tokens.n = 0;
    }
    writer->n_tokens = 0;
    writer->changed = false;
    writer->absent = !has_tables(writer->handle);
    index_words_clear(&writer->words);
}

/* -- piles ----------------------------------------------------------------------- */

static index_pile *pile_of(index_writer *writer, int64_t language)
{
    for (size_t i = 0; i < writer->piles.n; i++)
        if (writer->piles.at[i].language == language) return &writer->piles.at[i];
    if (vec_push(&writer->piles, (index_pile){.language = language})) return NULL;
    return &writer->piles.at[writer->piles.n - 1];
}

/* Keep the folded form of a new word, for searches by prefix. */
static aln_status keep_word(index_writer *writer, const char *from, size_t size,
                            token_kind kind, aln_error *error)
{
    enum { LONGEST_WORD = 64 };
    if (kind == TOKEN_HAN || kind == TOKEN_MARK || size > LONGEST_WORD) return ALN_OK;

    TRY(text_fold(from, size, &writer->folded, error));
    sqlite3_stmt *query = writer->word_query;
    if (!query && sqlite3_prepare_v3(writer->handle,
                                     "INSERT OR IGNORE INTO index_word VALUES (?1)", -1,
                                     SQLITE_PREPARE_PERSISTENT, &query, NULL))
        return db_error(writer->handle, sqlite3_errcode(writer->handle), error);
    writer->word_query = query;
    sqlite3_bind_text64(query, 1, str_text(&writer->folded), writer->folded.size,
                        SQLITE_STATIC, SQLITE_UTF8);
    int result = sqlite3_step(query);
    sqlite3_reset(query);
    return result == SQLITE_DONE ? ALN_OK : db_error(writer->handle, result, error);
}

static aln_status number_of(index_writer *writer, const char *from, size_t size,
                            token_kind kind, uint32_t *number, aln_error *error)
{
    uint64_t hash = hash_bytes(from, size);
    uint32_t key;
    *number = index_words_find(&writer->words, hash);
    if (*number != UINT32_MAX) return ALN_OK;
    TRY(index_key(from, size, kind == TOKEN_HAN, &writer->folded, &key, error));
    if (index_words_add(&writer->words, hash, key, number))
        return error_no_memory(error);
    return keep_word(writer, from, size, kind, error);
}

static aln_status push_tokens(index_writer *writer, index_pile *pile, const char *text,
                              size_t size, aln_error *error)
{
    size_t at = 0;
    token t;
    while (token_next(text, size, &at, &t)) {
        uint32_t number;
        TRY(number_of(writer, text + t.start, t.end - t.start, t.kind, &number, error));
        if (vec_push(&pile->tokens, number)) return error_no_memory(error);
    }
    return ALN_OK;
}

static aln_status pile_up(index_writer *writer, index_pile *pile, int64_t variant,
                          const char *text, size_t size, aln_error *error)
{
    size_t before = pile->tokens.n;
    TRY(text_nfc(&text, &size, &writer->room, error));
    aln_status status = push_tokens(writer, pile, text, size, error);
    bool empty = pile->tokens.n == before; /* no token: nothing can resemble it */
    if (!status && !empty &&
        (vec_push(&pile->ends, (uint32_t)pile->tokens.n) ||
         vec_push(&pile->ids, variant))) {
        pile->ends.n = pile->ids.n;
        status = error_no_memory(error);
    }
    if (status) pile->tokens.n = before;
    writer->n_tokens += pile->tokens.n - before;
    return status;
}

/* -- the tail -------------------------------------------------------------------- */

static aln_status count_tail(sqlite3 *handle, int64_t language, size_t *n,
                             aln_error *error)
{
    db_query query =
        db_prepare(handle, "SELECT count(*) FROM index_tail WHERE language = ?1");
    db_bind_int(&query, 1, language);
    if (db_step(&query)) *n = (size_t)sqlite3_column_int64(query.statement, 0);
    return db_finish(&query, error);
}

static aln_status extend_tail(sqlite3 *handle, const index_pile *pile, aln_error *error)
{
    db_query query =
        db_prepare(handle, "INSERT OR IGNORE INTO index_tail VALUES (?1, ?2)");
    for (size_t i = 0; i < pile->ids.n && query.result == SQLITE_OK; i++) {
        db_bind_int(&query, 1, pile->language);
        db_bind_int(&query, 2, pile->ids.at[i]);
        db_step(&query);
        db_reset(&query);
    }
    return db_finish(&query, error);
}

typedef vec(int64_t) id_list;

static void auto_id_list(id_list *list)
{
    vec_free(list);
}

static aln_status take_tail(sqlite3 *handle, int64_t language, id_list *ids,
                            aln_error *error)
{
    aln_status pushed = ALN_OK;
    db_query query = db_prepare(
        handle, "DELETE FROM index_tail WHERE language = ?1 RETURNING variant");
    db_bind_int(&query, 1, language);
    while (db_step(&query) && !pushed)
        pushed = vec_push(ids, sqlite3_column_int64(query.statement, 0));
    TRY(db_finish(&query, error));
    return pushed ? error_no_memory(error) : ALN_OK;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Read the texts of variants again; those that are gone stay out. */
static aln_status pile_up_again(index_writer *writer, index_pile *pile, id_list *ids,
                                aln_error *error)
{
    if (ids->n) qsort(ids->at, ids->n, sizeof *ids->at, by_id);
    aln_status status = ALN_OK;
    db_query query = db_prepare(writer->handle, writer->source->one);
    for (size_t i = 0; i < ids->n && query.result == SQLITE_OK && !status; i++) {
        if (i && ids->at[i] == ids->at[i - 1]) continue;
        db_bind_int(&query, 1, ids->at[i]);
        if (db_step(&query) &&
            sqlite3_column_int64(query.statement, 0) == pile->language) {
            const char *text = (const char *)sqlite3_column_text(query.statement, 1);
            size_t size = (size_t)sqlite3_column_bytes(query.statement, 1);
            status = pile_up(writer, pile, ids->at[i], text ? text : "", size, error);
        }
        db_reset(&query);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* -- runs ------------------------------------------------------------------------ */

static unsigned level_of(int64_t n)
{
    unsigned level = 0;
    for (; n >= RUNS_PER_LEVEL; n /= RUNS_PER_LEVEL)
        level++;
    return level;
}

typedef struct run_row {
    int64_t id, n, first_block, n_blocks;
} run_row;

typedef vec(run_row) run_list;

static void auto_run_list(run_list *list)
{
    vec_free(list);
}

static aln_status list_runs(sqlite3 *handle, int64_t language, run_list *runs,
                            aln_error *error)
{
    aln_status pushed = ALN_OK;
    db_query query =
        db_prepare(handle, "SELECT id, n, first_block, n_blocks FROM index_run "
                           "WHERE language = ?1 ORDER BY id");
    db_bind_int(&query, 1, language);
    while (db_step(&query) && !pushed) {
        sqlite3_stmt *row = query.statement;
        pushed = vec_push(runs, (run_row){.id = sqlite3_column_int64(row, 0),
                                          .n = sqlite3_column_int64(row, 1),
                                          .first_block = sqlite3_column_int64(row, 2),
                                          .n_blocks = sqlite3_column_int64(row, 3)});
    }
    TRY(db_finish(&query, error));
    return pushed ? error_no_memory(error) : ALN_OK;
}

static aln_status ids_of_run(sqlite3 *handle, const run_row *row, id_list *ids,
                             aln_error *error)
{
    aln_status status = ALN_OK;
    db_query query = db_prepare(handle, "SELECT r.head, b.data FROM index_run r, "
                                        "index_block b WHERE r.id = ?1 AND b.id = ?2");
    index_run run = {.n = (uint32_t)row->n};
    uint32_t done = 0;
    for (int64_t block = row->first_block; done < row->n && !status; block++) {
        db_bind_int(&query, 1, row->id);
        db_bind_int(&query, 2, block);
        if (!db_step(&query)) {
            status = query.result == SQLITE_DONE
                         ? error_set(error, ALN_CORRUPT, "the index is damaged: block")
                         : ALN_IO;
            break;
        }
        if (!run.groups)
            status = index_run_parse(&run, sqlite3_column_blob(query.statement, 0),
                                     (size_t)sqlite3_column_bytes(query.statement, 0),
                                     error);
        const unsigned char *at = sqlite3_column_blob(query.statement, 1);
        size_t size = (size_t)sqlite3_column_bytes(query.statement, 1);
        size_t n = status ? 0 : size / run.id_size;
        if (!n && !status)
            status = error_set(error, ALN_CORRUPT, "the index is damaged: ids");
        for (size_t i = 0; i < n && done < row->n && !status; i++, done++) {
            uint64_t id =
                run.id_size == 4 ? index_get32(at + 4 * i) : index_get64(at + 8 * i);
            if (vec_push(ids, (int64_t)(id + (uint64_t)run.least_id)))
                status = error_no_memory(error);
        }
        db_reset(&query);
    }
    index_run_done(&run);
    aln_status finished = db_finish(&query, status && status != ALN_IO ? NULL : error);
    return status ? status : finished;
}

static aln_status delete_run(sqlite3 *handle, const run_row *row, aln_error *error)
{
    db_query query =
        db_prepare(handle, "DELETE FROM index_block WHERE id >= ?1 AND id < ?2");
    db_bind_int(&query, 1, row->first_block);
    db_bind_int(&query, 2, row->first_block + row->n_blocks);
    db_step(&query);
    TRY(db_finish(&query, error));
    query = db_prepare(handle, "DELETE FROM index_run WHERE id = ?1");
    db_bind_int(&query, 1, row->id);
    db_step(&query);
    return db_finish(&query, error);
}

/* The lowest level with too many runs, or 0. */
static unsigned crowded_level(const run_list *runs, int64_t most)
{
    for (unsigned level = 1; level < 32; level++) {
        size_t n = 0;
        int64_t variants = 0;
        for (size_t i = 0; i < runs->n; i++) {
            if (level_of(runs->at[i].n) != level) continue;
            n++;
            variants += runs->at[i].n;
        }
        if (n >= RUNS_PER_LEVEL && variants <= most) return level;
    }
    return 0;
}

static void empty_pile(index_writer *writer, index_pile *pile)
{
    writer->n_tokens -= pile->tokens.n;
    pile->ids.n = pile->ends.n = pile->tokens.n = 0;
}

static aln_status merge_once(index_writer *writer, index_pile *pile, int64_t most,
                             bool *merged, aln_error *error)
{
    AUTO(run_list) run_list runs = {0};
    AUTO(id_list) id_list ids = {0};
    TRY(list_runs(writer->handle, pile->language, &runs, error));
    unsigned level = crowded_level(&runs, most);
    *merged = level > 0;
    if (!level) return ALN_OK;

    for (size_t i = 0; i < runs.n; i++) {
        if (level_of(runs.at[i].n) != level) continue;
        TRY(ids_of_run(writer->handle, &runs.at[i], &ids, error));
        TRY(delete_run(writer->handle, &runs.at[i], error));
    }
    TRY(pile_up_again(writer, pile, &ids, error));
    TRY(index_build(writer->handle, pile, &writer->words, error));
    empty_pile(writer, pile);
    return ALN_OK;
}

static aln_status flush_pile(index_writer *writer, index_pile *pile, aln_error *error)
{
    size_t tail = 0, n = pile->ids.n;
    if (!n) return ALN_OK;
    TRY(count_tail(writer->handle, pile->language, &tail, error));
    if (tail + n < INDEX_TAIL) {
        TRY(extend_tail(writer->handle, pile, error));
        empty_pile(writer, pile);
        return ALN_OK;
    }

    AUTO(id_list) id_list ids = {0};
    TRY(take_tail(writer->handle, pile->language, &ids, error));
    TRY(pile_up_again(writer, pile, &ids, error));
    TRY(index_build(writer->handle, pile, &writer->words, error));
    empty_pile(writer, pile);

    size_t most = n * MERGE_FACTOR > SMALL_MERGE ? n * MERGE_FACTOR : SMALL_MERGE;
    if (most > LARGEST_MERGE) most = LARGEST_MERGE;
    bool merged = true;
    while (merged)
        TRY(merge_once(writer, pile, (int64_t)most, &merged, error));
    return ALN_OK;
}

/* A number that no earlier state of the index had, so that readers see the change even
 * after a rollback. */
static aln_status next_generation(sqlite3 *handle, aln_error *error)
{
    db_query query = db_prepare(handle, "UPDATE index_state SET generation = random()");
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status flush_piles(index_writer *writer, aln_error *error)
{
    for (size_t i = 0; i < writer->piles.n; i++)
        TRY(flush_pile(writer, &writer->piles.at[i], error));
    index_words_clear(&writer->words);
    return ALN_OK;
}

aln_status index_flush(index_writer *writer, aln_error *error)
{
    if (!writer->changed) return ALN_OK;
    TRY(flush_piles(writer, error));
    TRY(next_generation(writer->handle, error));
    writer->changed = false;
    return ALN_OK;
}

aln_status index_add(index_writer *writer, int64_t variant, int64_t language,
                     const char *text, size_t size, aln_error *error)
{
    if (writer->absent) return ALN_OK;
    index_pile *pile = pile_of(writer, language);
    if (!pile) return error_no_memory(error);
    TRY(pile_up(writer, pile, variant, text, size, error));
    writer->changed = true;
    if (writer->n_tokens < MAX_TOKENS && writer->words.n < MAX_WORDS) return ALN_OK;
    return flush_piles(writer, error);
}

aln_status index_remove(index_writer *writer, int64_t variant, int64_t language,
                        aln_error *error)
{
    if (writer->absent) return ALN_OK;
    /* A run keeps the entry until it is merged; whoever searches sees that it is gone.
     */
    db_query query = db_prepare(
        writer->handle, "DELETE FROM index_tail WHERE language = ?1 AND variant = ?2");
    db_bind_int(&query, 1, language);
    db_bind_int(&query, 2, variant);
    db_step(&query);
    writer->changed = true;
    return db_finish(&query, error);
}

aln_status index_drop(index_writer *writer, aln_error *error)
{
    index_forget(writer);
    sqlite3_finalize(STEAL(writer->word_query)); /* it would lock its table */
    TRY(db_exec(writer->handle, DROP, error));
    writer->absent = true;
    return ALN_OK;
}

aln_status index_rebuild(index_writer *writer,
                         void (*progress)(void *context, size_t n), void *context,
                         aln_error *error)
{
    enum { EVERY = 1024 };
    TRY(index_drop(writer, error));
    TRY(db_exec(writer->handle, SCHEMA, error));
    writer->absent = false;

    aln_status status = ALN_OK;
    size_t n = 0;
    db_query query = db_prepare(writer->handle, writer->source->all);
    while (!status && db_step(&query)) {
        const char *text = (const char *)sqlite3_column_text(query.statement, 2);
        status = index_add(writer, sqlite3_column_int64(query.statement, 0),
                           sqlite3_column_int64(query.statement, 1), text ? text : "",
                           (size_t)sqlite3_column_bytes(query.statement, 2), error);
        if (progress && ++n % EVERY == 0) progress(context, n);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    if (status || finished) return status ? status : finished;
    writer->changed = true;
    return index_flush(writer, error);
}

/* As wide as the number it overwrites, so that nothing of that is left in the page. */
aln_status index_settle(sqlite3 *handle, aln_error *error)
{
    return db_exec(handle, "UPDATE index_state SET generation = 4611686018427387904",
                   error);
}
