/* db.c - SQLite statements that remember their first failure.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/db.h"

#include "base/error.h"

static aln_status status_of(int result)
{
    switch (result & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ALN_OK;
    case SQLITE_NOMEM:
        return ALN_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ALN_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ALN_CORRUPT;
    default:
        return ALN_IO;
    }
}

db_query db_prepare(sqlite3 *db, const char *sql)
{
    db_query query = {.db = db};
    query.result = sqlite3_prepare_v2(db, sql, -1, &query.statement, NULL);
    return query;
}

void db_bind_text(db_query *query, int place, const char *text, size_t size)
{
    if (query->result == SQLITE_OK)
        query->result = sqlite3_bind_text64(query->statement, place, text, size,
                                            SQLITE_STATIC, SQLITE_UTF8);
}

void db_bind_int(db_query *query, int place, int64_t value)
{
    if (query->result == SQLITE_OK)
        query->result = sqlite3_bind_int64(query->statement, place, value);
}

bool db_step(db_query *query)
{
    if (query->result == SQLITE_OK || query->result == SQLITE_ROW)
        query->result = sqlite3_step(query->statement);
    return query->result == SQLITE_ROW;
}

aln_status db_finish(db_query *query, aln_error *error)
{
    aln_status status = status_of(query->result);
    if (status) error_set(error, status, "%s", sqlite3_errmsg(query->db));
    sqlite3_finalize(query->statement);
    query->statement = NULL;
    return status;
}
