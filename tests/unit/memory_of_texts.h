/* memory_of_texts.h - a database with nothing but texts, and its index.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_MEMORY_OF_TEXTS_H
#define TESTS_MEMORY_OF_TEXTS_H

#include <stdlib.h>

#include "store/index.h"

#include "check.h"

static const index_source texts_source = {
    .one = "SELECT language, text FROM variant WHERE id = ?1",
    .all = "SELECT id, language, text FROM variant ORDER BY id",
};

typedef struct texts {
    sqlite3 *db;
    index_writer *writer;
    sqlite3_stmt *insert;
} texts;

static inline void texts_run(texts *t, const char *sql)
{
    if (sqlite3_exec(t->db, sql, NULL, NULL, NULL))
        fail_msg("%s", sqlite3_errmsg(t->db));
}

static inline void texts_open(texts *t, const char *path)
{
    aln_error error = {0};
    assert_int_equal(sqlite3_open(path, &t->db), SQLITE_OK);
    texts_run(t, "PRAGMA journal_mode = WAL");
    texts_run(t, "CREATE TABLE IF NOT EXISTS variant ("
                 "id INTEGER PRIMARY KEY, language INTEGER, text TEXT)");
    check_ok(index_writer_open(t->db, &texts_source, &t->writer, &error), &error);
    assert_int_equal(sqlite3_prepare_v2(t->db,
                                        "INSERT INTO variant VALUES (?1, ?2, ?3)", -1,
                                        &t->insert, NULL),
                     SQLITE_OK);
}

static inline void texts_close(texts *t)
{
    sqlite3_finalize(t->insert);
    index_writer_close(t->writer);
    assert_int_equal(sqlite3_close(t->db), SQLITE_OK);
}

static inline void texts_add(texts *t, int64_t id, int64_t language, const char *text)
{
    aln_error error = {0};
    sqlite3_bind_int64(t->insert, 1, id);
    sqlite3_bind_int64(t->insert, 2, language);
    sqlite3_bind_text(t->insert, 3, text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(t->insert), SQLITE_DONE);
    sqlite3_reset(t->insert);
    check_ok(index_add(t->writer, id, language, text, strlen(text), &error), &error);
}

static inline void texts_remove(texts *t, int64_t id, int64_t language)
{
    aln_error error = {0};
    char sql[64];
    snprintf(sql, sizeof sql, "DELETE FROM variant WHERE id = %lld", (long long)id);
    texts_run(t, sql);
    check_ok(index_remove(t->writer, id, language, &error), &error);
}

static inline void texts_flush(texts *t)
{
    aln_error error = {0};
    check_ok(index_flush(t->writer, &error), &error);
}

#endif
