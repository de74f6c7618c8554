/* db.h - SQLite without the error ladder, and without trust.
 *
 * A query remembers its first failure; every call after that does nothing, and
 * db_finish reports it.  So a statement reads as one thought (SQLite's own FTS5 is
 * written this way):
 *
 *     db_query query = db_cached(&db, "SELECT target FROM unit WHERE source = ?1");
 *     db_bind_text(&query, 1, source, size);
 *     while (db_step(&query))
 *         keep(sqlite3_column_text(query.statement, 0));
 *     return db_finish(&query, error);
 *
 * db_cached keeps the compiled statement for the next time; db_prepare does not.
 *
 * A file may come from anybody: db_open turns off what a crafted schema could run
 * (sqlite.org/security.html), and every foreign code becomes an aln_status and a clear
 * sentence here and nowhere else.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

struct db_statement;

typedef struct db {
    sqlite3 *handle;
    struct db_statement *statements; /* compiled, by the address of their SQL */
    size_t n, cap;
} db;

typedef struct db_query {
    sqlite3 *db;
    sqlite3_stmt *statement;
    int result; /* SQLITE_OK, SQLITE_ROW, SQLITE_DONE, or the first failure */
    db *owner;  /* whose statement it is; NULL for one that is used once */
} db_query;

/* flags are sqlite3_open_v2's.  Another process's write is waited for up to five minutes.
 */
aln_status db_open(const char *path, int flags, db *out, aln_error *error);
void db_close(db *owner);

/* sql must be a literal: its address is the key. */
db_query db_cached(db *owner, const char *sql);
db_query db_prepare(sqlite3 *handle, const char *sql);

/* Texts and blobs are not copied and must last until db_finish; NULL binds NULL. */
void db_bind_text(db_query *query, int place, const char *text, size_t size);
void db_bind_blob(db_query *query, int place, const void *bytes, size_t size);
void db_bind_int(db_query *query, int place, int64_t value);

/* True while there is a row to read. */
bool db_step(db_query *query);

/* Run again with other values bound; the failure, if any, stays. */
void db_reset(db_query *query);

/* Must be called once for every db_prepare and db_cached. */
aln_status db_finish(db_query *query, aln_error *error);

/* A statement that has no rows, or several without parameters. */
aln_status db_exec(sqlite3 *handle, const char *sql, aln_error *error);

/* End a transaction without keeping what it wrote; reading is ended so too.  Tried again
 * where memory is short. */
void db_rollback(sqlite3 *handle);

/* The first column of the first row; 0 where there is none. */
aln_status db_number(sqlite3 *handle, const char *sql, int64_t *number,
                     aln_error *error);

/* The columns of the current row: a text is NUL-terminated, the statement's until the
 * next step, and NULL where the column is. */
static inline const char *db_text(const db_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

/* A text that is NULL in no sound file: "" there, and the query fails. */
const char *db_must_text(db_query *query, int column);

static inline size_t db_size(const db_query *query, int column)
{
    return (size_t)sqlite3_column_bytes(query->statement, column);
}

static inline int64_t db_int(const db_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

static inline bool db_is_null(const db_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

/* Fill in the error for a code of SQLite's. */
aln_status db_error(sqlite3 *handle, int code, aln_error *error);

#endif
