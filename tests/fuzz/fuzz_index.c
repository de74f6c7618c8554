/* fuzz_index.c - an index with bytes changed is searched: it finds less, or says that it
 * is damaged.
 *
 *     n, n times (table, row, offset in two bytes, new byte), the query
 *
 * n + 32 has all of it compared with the texts too, which is slow.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/str.h"
#include "store/index.h"
#include "store/index_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LANGUAGE = 1, VARIANTS = 3000, PATCH = 5 };

static const index_source source = {
    .one = "SELECT language, text FROM variant WHERE id = ?1",
    .all = "SELECT id, language, text FROM variant ORDER BY id",
};

static void must(bool fine)
{
    if (!fine) abort();
}

static void run(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

/* Words as frequent as in a language: a list is long, short, or not kept. */
static void fill(sqlite3 *db)
{
    index_writer *writer;
    sqlite3_stmt *insert;
    uint32_t state = 1;
    str text = {0};
    run(db,
        "CREATE TABLE variant (id INTEGER PRIMARY KEY, language INTEGER, text TEXT)");
    must(!index_writer_open(db, &source, &writer, NULL));
    must(!sqlite3_prepare_v2(db, "INSERT INTO variant VALUES (?1, 1, ?2)", -1, &insert,
                             NULL));
    for (int64_t id = 1; id <= VARIANTS; id++) {
        str_clear(&text);
        for (int64_t n = 1 + id % 30; n; n--) {
            state = state * 1664525 + 1013904223;
            must(!str_printf(&text, "w%u ", (state >> 16) % (1 + (state >> 8) % 400)));
        }
        sqlite3_bind_int64(insert, 1, id);
        sqlite3_bind_text(insert, 2, str_text(&text), -1, SQLITE_STATIC);
        must(sqlite3_step(insert) == SQLITE_DONE);
        sqlite3_reset(insert);
        must(!index_add(writer, id, LANGUAGE, str_text(&text), text.size, NULL));
    }
    must(!index_flush(writer, NULL));
    index_writer_close(writer);
    sqlite3_finalize(insert);
    str_done(&text);
}

static sqlite3 *open_copy(void)
{
    static unsigned char *made;
    static sqlite3_int64 n;
    sqlite3 *db;
    must(!sqlite3_open(":memory:", &db));
    if (!made) {
        fill(db);
        made = sqlite3_serialize(db, "main", &n, 0);
        must(made);
    }
    unsigned char *copy = sqlite3_malloc64((sqlite3_uint64)n);
    must(copy);
    memcpy(copy, made, (size_t)n);
    must(!sqlite3_deserialize(db, "main", copy, n, n,
                              SQLITE_DESERIALIZE_FREEONCLOSE |
                                  SQLITE_DESERIALIZE_RESIZEABLE));
    return db;
}

static void change(sqlite3 *db, const uint8_t *patch)
{
    bool block = patch[0] & 1;
    size_t offset = (size_t)patch[2] << 8 | patch[3];
    sqlite3_stmt *query;
    must(!sqlite3_prepare_v2(
        db,
        block ? "UPDATE index_block SET data = CAST(substr(data, 1, ?2) || ?3 || "
                "substr(data, ?2 + 2) AS BLOB) WHERE id = (SELECT min(id) FROM "
                "index_block) + ?1 % (SELECT count(*) FROM index_block)"
              : "UPDATE index_run SET head = CAST(substr(head, 1, ?2) || ?3 || "
                "substr(head, ?2 + 2) AS BLOB) WHERE id = (SELECT min(id) FROM "
                "index_run) + ?1 % (SELECT count(*) FROM index_run)",
        -1, &query, NULL));
    sqlite3_bind_int(query, 1, patch[1]);
    sqlite3_bind_int64(query, 2, (sqlite3_int64)offset);
    sqlite3_bind_blob(query, 3, patch + 4, 1, SQLITE_STATIC);
    must(sqlite3_step(query) == SQLITE_DONE);
    sqlite3_finalize(query);
}

static double read_codes(void *context, const index_candidate *candidate)
{
    uint8_t *sum = context;
    for (uint32_t i = 0; candidate->codes && i < 2 * candidate->length; i++)
        *sum ^= candidate->codes[i];
    return 0.5;
}

static aln_status search(index_reader *reader, index_text *query, aln_error *error)
{
    const int64_t language = LANGUAGE;
    uint8_t sum = 0;
    TRY(index_reader_refresh(reader, error));
    TRY(index_candidates(reader, LANGUAGE, query, 0.5, read_codes, &sum, error));
    for (int which = INDEX_ALL_KEYS; which <= INDEX_ANY_KEY; which++) {
        AUTO(free) int64_t *variants = NULL;
        bool frequent;
        size_t n;
        TRY(index_holders(reader, &language, 1, query->keys, query->n,
                          (index_which)which, &variants, &n, &frequent, error));
    }
    return ALN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n = size ? data[0] % 32 : 0, at = size > 0;
    sqlite3 *db = open_copy();
    for (; n && at + PATCH <= size; n--, at += PATCH)
        change(db, data + at);

    index_reader *reader;
    index_text query = {0};
    aln_error error = {0};
    size_t missing, entries;
    must(!index_reader_open(db, &source, &reader, &error));
    must(!index_text_read(&query, (const char *)data + at, size - at, &error));
    aln_status status = search(reader, &query, &error);
    must(!status || status == ALN_CORRUPT);
    if (size && data[0] & 32)
        status = index_check(db, &source, &missing, &entries, &error);
    must(!status || status == ALN_CORRUPT);
    index_text_done(&query);
    index_reader_close(reader);
    sqlite3_close(db);
    return 0;
}
