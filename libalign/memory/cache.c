/* cache.c - what takes long to compute for a text, kept beside the units.
 *
 * The table is made when something is first put into it, and nothing else refers to it:
 * a memory with it and one without hold the same units.  Texts are found by SHA-256, so
 * that a wrong answer for another text cannot happen.
 *
 * SPDX-License-Identifier: MIT
 */
#include <sha256.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

static const char make_table[] =
    "CREATE TABLE IF NOT EXISTS cache ("
    "  name TEXT NOT NULL,"
    "  text BLOB NOT NULL CHECK (length(text) = 32)," /* its SHA-256 */
    "  value BLOB NOT NULL,"
    "  UNIQUE (name, text)) STRICT";

static void digest(const char *text, size_t size, uint8_t out[SHA256_DIGEST_LENGTH])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)text, size);
    SHA256Final(out, &context);
}

static aln_status put(aln_memory *memory, const char *name, const char *text,
                      size_t size, const void *bytes, size_t n, aln_error *error)
{
    uint8_t key[SHA256_DIGEST_LENGTH];
    digest(text, size, key);
    TRY(db_exec(memory->db.handle, make_table, error));
    db_query query =
        db_cached(&memory->db, "INSERT OR REPLACE INTO cache VALUES (?1, ?2, ?3)");
    db_bind_text(&query, 1, name, strlen(name));
    db_bind_blob(&query, 2, key, sizeof key);
    db_bind_blob(&query, 3, bytes, n);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status aln_memory_cache_put(aln_memory *memory, const char *name, const char *text,
                                size_t size, const void *bytes, size_t n,
                                aln_error *error)
{
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = put(memory, name, text, size, bytes, n, error);
    return memory_leave(memory, own, status, error);
}

static aln_status has_table(aln_memory *memory, int64_t *found, aln_error *error)
{
    return db_number(memory->db.handle,
                     "SELECT count(*) FROM sqlite_schema WHERE name = 'cache'", found,
                     error);
}

aln_status aln_memory_cache_get(aln_memory *memory, const char *name, const char *text,
                                size_t size, void **bytes, size_t *n, aln_error *error)
{
    int64_t found;
    TRY(has_table(memory, &found, error));
    *bytes = NULL;
    if (!found) return ALN_OK;

    uint8_t key[SHA256_DIGEST_LENGTH];
    digest(text, size, key);
    db_query query =
        db_cached(&memory->db, "SELECT value FROM cache WHERE name = ?1 AND text = ?2");
    db_bind_text(&query, 1, name, strlen(name));
    db_bind_blob(&query, 2, key, sizeof key);
    AUTO(free) void *copy = NULL;
    bool hit = db_step(&query);
    if (hit) {
        *n = db_size(&query, 0);
        copy = malloc(*n + 1);
        if (copy) memcpy(copy, sqlite3_column_blob(query.statement, 0), *n);
    }
    TRY(db_finish(&query, error));
    if (hit && !copy) return error_no_memory(error);
    *bytes = STEAL(copy);
    return ALN_OK;
}
