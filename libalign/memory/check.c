/* check.c - look for damage, from the pages of the file up to the meaning of the rows.
 *
 * What must hold is a table of queries; each finds the rows that break one rule.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

extern const char memory_schema_sql[];

typedef struct report {
    void (*tell)(void *context, const char *problem);
    void *context;
    size_t n;
} report;

static const struct rule {
    const char *broken_by; /* a query: the number of the first such row */
    const char *sentence;  /* with a place for that number */
} rules[] = {
    {"SELECT u.id FROM unit u WHERE NOT EXISTS (SELECT 1 FROM variant v WHERE v.unit = "
     "u.id)",
     "unit %lld has no text"},
    {"SELECT v.unit FROM variant v JOIN unit u ON u.id = v.unit WHERE v.document IS "
     "NOT "
     "NULL AND NOT EXISTS (SELECT 1 FROM document d WHERE d.document_set = "
     "u.document_set "
     "AND d.place = v.document)",
     "a text of unit %lld names a document that is not there"},
    {"SELECT s.id FROM document_set s WHERE s.size > (SELECT count(*) FROM document d "
     "WHERE d.document_set = s.id AND d.place < s.size)",
     "document set %lld lacks a document"},
    {"SELECT u.id FROM unit u JOIN document_set s ON s.id = u.document_set WHERE "
     "s.first "
     "IS NULL AND u.position IS NULL",
     "unit %lld has no position among its documents"},
    {"SELECT id FROM variant WHERE instr(CAST(text AS BLOB), x'00')",
     "text %lld holds a NUL byte"},
    {"SELECT id FROM change WHERE last < unit", "change %lld ends before it begins"},
    {"SELECT id FROM change WHERE kind IN (1, 2, 4) AND before IS NULL",
     "change %lld does not know what was before"},
};

static void say(report *out, const char *problem)
{
    out->n++;
    if (out->tell) out->tell(out->context, problem);
}

static aln_status check_rule(aln_memory *memory, const struct rule *rule, report *out,
                             aln_error *error)
{
    db_query query = db_prepare(memory->db.handle, rule->broken_by);
    AUTO(str) str sentence = {0};
    bool failed = false;
    while (!failed && db_step(&query)) {
        str_clear(&sentence);
        const char *hole = strstr(rule->sentence, "%lld");
        failed = str_add(&sentence, rule->sentence, (size_t)(hole - rule->sentence)) ||
                 str_printf(&sentence, "%lld", (long long)db_int(&query, 0)) ||
                 str_puts(&sentence, hole + 4);
        if (!failed) say(out, str_text(&sentence));
    }
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

/* SQLite's own check: "ok", or a line for each problem. */
static aln_status check_pages(aln_memory *memory, report *out, aln_error *error)
{
    db_query query = db_prepare(memory->db.handle, "PRAGMA integrity_check");
    while (db_step(&query)) {
        const char *line = db_text(&query, 0);
        if (line && strcmp(line, "ok") != 0) say(out, line);
    }
    return db_finish(&query, error);
}

static aln_status check_references(aln_memory *memory, report *out, aln_error *error)
{
    db_query query = db_prepare(memory->db.handle, "PRAGMA foreign_key_check");
    char sentence[160];
    while (db_step(&query)) {
        snprintf(sentence, sizeof sentence,
                 "row %lld of %.40s refers to a missing %.40s",
                 (long long)db_int(&query, 1), db_text(&query, 0), db_text(&query, 2));
        say(out, sentence);
    }
    return db_finish(&query, error);
}

/* Every table must be as schema.sql makes it: without its CHECKs nothing is checked. */
static aln_status check_tables(aln_memory *memory, report *out, aln_error *error)
{
    db fresh = {0};
    if (memory->version < MEMORY_VERSION) return ALN_OK; /* by another schema.sql */
    TRY(db_open(":memory:", SQLITE_OPEN_READWRITE, &fresh, error));
    aln_status status = db_exec(fresh.handle, memory_schema_sql, error);
    db_query wanted = db_prepare(
        fresh.handle, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
    while (!status && db_step(&wanted)) {
        const char *name = db_text(&wanted, 0), *sql = db_text(&wanted, 1);
        if (!name || !sql) continue; /* no memory: the next step says so */
        db_query query = db_cached(
            &memory->db,
            "SELECT count(*) FROM sqlite_schema WHERE name = ?1 AND sql = ?2");
        db_bind_text(&query, 1, name, strlen(name));
        db_bind_text(&query, 2, sql, strlen(sql));
        bool same = db_step(&query) && db_int(&query, 0) == 1;
        status = db_finish(&query, error);
        char sentence[128];
        snprintf(sentence, sizeof sentence, "the table or index %.60s is not ours",
                 name);
        if (!status && !same) say(out, sentence);
    }
    aln_status finished = db_finish(&wanted, status ? NULL : error);
    db_close(&fresh);
    return status ? status : finished;
}

/* What is packed must unpack: rows of a number and metadata. */
static aln_status check_packed(aln_memory *memory, const char *sql, const char *whose,
                               report *out, aln_error *error)
{
    arena texts = {0};
    db_query query = db_prepare(memory->db.handle, sql);
    aln_status status = ALN_OK;
    char sentence[128];
    while (!status && db_step(&query)) {
        const aln_meta *meta;
        size_t n;
        arena_clear(&texts);
        status = unpack_meta(sqlite3_column_blob(query.statement, 1),
                             db_size(&query, 1), &texts, &meta, &n, error);
        if (status != ALN_CORRUPT) continue;
        snprintf(sentence, sizeof sentence, "the metadata of %s %lld is damaged", whose,
                 (long long)db_int(&query, 0));
        say(out, sentence);
        status = ALN_OK;
    }
    arena_done(&texts);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status check_metadata(aln_memory *memory, report *out, aln_error *error)
{
    TRY(check_packed(memory,
                     "SELECT id, meta FROM unit WHERE meta IS NOT NULL UNION ALL "
                     "SELECT unit, meta FROM variant WHERE meta IS NOT NULL",
                     "unit", out, error));
    if (memory->version < FIRST_WITH_HEADERS) return ALN_OK;
    return check_packed(memory, "SELECT document_set, meta FROM header", "document set",
                        out, error);
}

/* The bytes are the pupil's: what we know is whether they are those that it saved, and
 * that it cannot have learned of a change that was never made. */
static aln_status check_learned(aln_memory *memory, report *out, aln_error *error)
{
    if (memory->version < FIRST_WITH_LEARNED) return ALN_OK;
    db_query query =
        db_prepare(memory->db.handle,
                   "SELECT name, sum, bytes, change <= (SELECT coalesce(max(id), 0) "
                   "FROM change) FROM learned");
    char sentence[160];
    while (db_step(&query)) {
        const void *bytes = sqlite3_column_blob(query.statement, 2);
        const char *name = db_text(&query, 0);
        bool same =
            bytes && learned_sum(bytes, db_size(&query, 2)) == db_int(&query, 1);
        if (same && db_int(&query, 3)) continue;
        snprintf(sentence, sizeof sentence, "what was learned as %.60s is damaged",
                 name ? name : "?");
        say(out, sentence);
    }
    return db_finish(&query, error);
}

static bool skip(void *context, const aln_change *change)
{
    return true;
}

static aln_status check_history(aln_memory *memory, report *out, aln_error *error)
{
    aln_error found = {0};
    aln_status status = aln_memory_history(memory, 0, skip, NULL, &found);
    if (status == ALN_CORRUPT)
        say(out, found.message);
    else if (status)
        return error_set(error, status, "%s", found.message);
    return ALN_OK;
}

static aln_status check_index(aln_memory *memory, report *out, aln_error *error)
{
    aln_error found = {0};
    size_t missing = 0, entries;
    aln_status status =
        index_check(memory->db.handle, &memory_texts, &missing, &entries, &found);
    char sentence[320];
    if (status == ALN_CORRUPT)
        snprintf(sentence, sizeof sentence, "the index is damaged: %s", found.message);
    else if (status == ALN_NOT_FOUND)
        snprintf(sentence, sizeof sentence, "%s", found.message);
    else if (status)
        return error_set(error, status, "%s", found.message);
    else if (missing)
        snprintf(sentence, sizeof sentence, "the index misses %zu texts", missing);
    if (status || missing) say(out, sentence);
    return ALN_OK;
}

static aln_status check_all(aln_memory *memory, report *out, aln_error *error)
{
    TRY(check_pages(memory, out, error));
    if (out->n) return ALN_OK; /* what follows would trip over the same */
    TRY(check_tables(memory, out, error));
    if (out->n) return ALN_OK;
    TRY(check_references(memory, out, error));
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        TRY(check_rule(memory, &rules[i], out, error));
    TRY(check_metadata(memory, out, error));
    TRY(check_history(memory, out, error));
    TRY(check_learned(memory, out, error));
    return check_index(memory, out, error);
}

aln_status aln_memory_check(aln_memory *memory,
                            void (*tell)(void *context, const char *problem),
                            void *context, size_t *n, aln_error *error)
{
    report out = {.tell = tell, .context = context};
    bool own = !memory->in_transaction;
    if (own) TRY(db_exec(memory->db.handle, "BEGIN", error));
    aln_status status = check_all(memory, &out, error);
    if (own) db_rollback(memory->db.handle);
    if (!status) *n = out.n;
    return status;
}
