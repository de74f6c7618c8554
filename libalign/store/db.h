/* db.h - SQLite without the error ladder.
 *
 * A query remembers its first failure; every call after that does nothing, and
 * db_finish reports it.  So a statement reads as one thought (SQLite's own FTS5 is
 * written this way):
 *
 *     db_query query = db_prepare(db, "SELECT target FROM unit WHERE source = ?1");
 *     db_bind_text(&query, 1, source, size);
 *     while (db_step(&query))
 *         keep(sqlite3_column_text(query.statement, 0));
 *     return db_finish(&query, error);
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

typedef struct db_query {
    sqlite3 *db;
    sqlite3_stmt *statement;
    int result; /* SQLITE_OK, SQLITE_ROW, SQLITE_DONE, or the first failure */
} db_query;

db_query db_prepare(sqlite3 *db, const char *sql);

/* The text is not copied and must last until db_finish. */
void db_bind_text(db_query *query, int place, const char *text, size_t size);
void db_bind_int(db_query *query, int place, int64_t value);

/* True while there is a row to read. */
bool db_step(db_query *query);

/* Must be called once for every db_prepare. */
aln_status db_finish(db_query *query, aln_error *error);

#endif
