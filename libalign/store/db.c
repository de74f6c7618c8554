/* db.c - SQLite without the error ladder, and without trust.
 *
 * SPDX-License-Identifier: MIT
 */
#include "store/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"

struct db_statement {
    const char *sql;
    sqlite3_stmt *statement;
    bool busy; /* lent to a query that has not been finished */
};

enum { BUSY_MILLISECONDS = 300000 };

/* What SQLite's codes mean to the people who own the file.  Extended codes first. */
static const struct meaning {
    int code;
    aln_status status;
    const char *sentence; /* NULL: SQLite's own */
} meanings[] = {
    {SQLITE_NOMEM, ALN_NO_MEMORY, "out of memory"},
    {SQLITE_BUSY, ALN_BUSY, "another process is writing to it; try again later"},
    {SQLITE_LOCKED, ALN_BUSY, "it is in use by the same process; try again later"},
    {SQLITE_CORRUPT, ALN_CORRUPT, "the file is damaged"},
    {SQLITE_NOTADB, ALN_CORRUPT, "is not a database"},
    {SQLITE_FULL, ALN_IO, "cannot write: the disk is full"},
    {SQLITE_READONLY, ALN_IO, "cannot write: the file or its folder is read-only"},
    {SQLITE_CANTOPEN, ALN_IO, "cannot open"},
    {SQLITE_PERM, ALN_IO, "cannot open: permission denied"},
    {SQLITE_IOERR, ALN_IO, "cannot read or write: input/output error"},
    {SQLITE_TOOBIG, ALN_UNSUPPORTED, "a text is too long to be kept"},
    {SQLITE_ERROR, ALN_CORRUPT, NULL},
    {SQLITE_CONSTRAINT, ALN_CORRUPT, NULL},
};

static const struct meaning *meaning_of(int code)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].code == (code & 0xff)) return &meanings[i];
    return NULL;
}

aln_status db_error(sqlite3 *handle, int code, aln_error *error)
{
    const struct meaning *meaning = meaning_of(code);
    aln_status status = meaning ? meaning->status : ALN_IO;
    int number = handle ? sqlite3_system_errno(handle) : 0;
    if ((code & 0xff) == SQLITE_IOERR && number) /* a quota, a limit, a cable ... */
        return error_set(error, status, "cannot read or write: %s", strerror(number));
    if (meaning && meaning->sentence)
        return error_set(error, status, "%s", meaning->sentence);
    const char *detail = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return error_set(error, status, "its tables are not as they should be: %s", detail);
}

/* What every connection gets.  Debian's SQLite overwrites freed pages with zeros unless
 * it is told not to, which doubles the cost of a delete. */
static int harden(sqlite3 *handle)
{
    static const struct {
        int option, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof switches / sizeof *switches && !result; i++)
        result = sqlite3_db_config(handle, switches[i].option, switches[i].value, NULL);
    if (!result) result = sqlite3_extended_result_codes(handle, 1);
    if (!result) result = sqlite3_busy_timeout(handle, BUSY_MILLISECONDS);
    if (!result)
        result = sqlite3_exec(handle,
                              "PRAGMA cell_size_check = ON; PRAGMA secure_delete = OFF;"
                              "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL",
                              NULL, NULL, NULL);
    return result;
}

static aln_status open_error(sqlite3 *handle, int code, aln_error *error)
{
    int number = handle ? sqlite3_system_errno(handle) : 0;
    if ((code & 0xff) == SQLITE_CANTOPEN && number)
        return error_set(error, ALN_IO, "cannot open: %s", strerror(number));
    return db_error(handle, handle ? code : SQLITE_NOMEM, error);
}

aln_status db_open(const char *path, int flags, db *out, aln_error *error)
{
    db opened = {0};
    int result =
        sqlite3_open_v2(path, &opened.handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!result) result = harden(opened.handle);
    if (result) {
        aln_status status = open_error(opened.handle, result, error);
        sqlite3_close(opened.handle);
        return status;
    }
    *out = opened;
    return ALN_OK;
}

void db_close(db *owner)
{
    for (size_t i = 0; i < owner->n; i++)
        sqlite3_finalize(owner->statements[i].statement);
    free(owner->statements);
    sqlite3_close_v2(owner->handle);
    *owner = (db){0};
}

static struct db_statement *add_statement(db *owner, const char *sql)
{
    if (owner->n == owner->cap) {
        size_t cap = owner->cap ? owner->cap * 2 : 32;
        struct db_statement *more = realloc(owner->statements, cap * sizeof *more);
        if (!more) return NULL;
        owner->statements = more;
        owner->cap = cap;
    }
    struct db_statement *added = &owner->statements[owner->n];
    *added = (struct db_statement){.sql = sql};
    if (sqlite3_prepare_v3(owner->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           &added->statement, NULL))
        return NULL;
    owner->n++;
    return added;
}

/* A statement that is being stepped is not lent twice. */
db_query db_cached(db *owner, const char *sql)
{
    struct db_statement *found = NULL;
    for (size_t i = 0; i < owner->n && !found; i++)
        if (owner->statements[i].sql == sql) found = &owner->statements[i];
    if (!found) found = add_statement(owner, sql);
    if (!found || found->busy) return db_prepare(owner->handle, sql);

    found->busy = true;
    return (
        db_query){.db = owner->handle, .statement = found->statement, .owner = owner};
}

db_query db_prepare(sqlite3 *handle, const char *sql)
{
    db_query query = {.db = handle};
    query.result = sqlite3_prepare_v2(handle, sql, -1, &query.statement, NULL);
    return query;
}

void db_bind_text(db_query *query, int place, const char *text, size_t size)
{
    if (query->result == SQLITE_OK)
        query->result = sqlite3_bind_text64(query->statement, place, text, size,
                                            SQLITE_STATIC, SQLITE_UTF8);
}

void db_bind_blob(db_query *query, int place, const void *bytes, size_t size)
{
    if (query->result == SQLITE_OK)
        query->result =
            sqlite3_bind_blob64(query->statement, place, bytes, size, SQLITE_STATIC);
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

void db_reset(db_query *query)
{
    if (query->result != SQLITE_ROW && query->result != SQLITE_DONE) return;
    sqlite3_reset(query->statement);
    query->result = SQLITE_OK;
}

const char *db_must_text(db_query *query, int column)
{
    const char *text = db_text(query, column);
    if (text) return text;
    query->result = db_is_null(query, column) ? SQLITE_CORRUPT : SQLITE_NOMEM;
    return "";
}

static bool has_failed(const db_query *query)
{
    return query->result != SQLITE_OK && query->result != SQLITE_ROW &&
           query->result != SQLITE_DONE;
}

static void give_back(db_query *query)
{
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
    for (size_t i = 0; i < query->owner->n; i++)
        if (query->owner->statements[i].statement == query->statement)
            query->owner->statements[i].busy = false;
}

aln_status db_finish(db_query *query, aln_error *error)
{
    aln_status status =
        has_failed(query) ? db_error(query->db, query->result, error) : ALN_OK;
    if (query->owner)
        give_back(query);
    else
        sqlite3_finalize(query->statement);
    query->statement = NULL;
    return status;
}

aln_status db_exec(sqlite3 *handle, const char *sql, aln_error *error)
{
    int result = sqlite3_exec(handle, sql, NULL, NULL, NULL);
    return result ? db_error(handle, result, error) : ALN_OK;
}

void db_rollback(sqlite3 *handle)
{
    for (int tries = 0; tries < 3 && !sqlite3_get_autocommit(handle); tries++)
        sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
}

aln_status db_number(sqlite3 *handle, const char *sql, int64_t *number,
                     aln_error *error)
{
    db_query query = db_prepare(handle, sql);
    int64_t found = db_step(&query) ? db_int(&query, 0) : 0;
    TRY(db_finish(&query, error));
    *number = found;
    return ALN_OK;
}
