/* summary.c - what is in a memory, in numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

typedef struct counted {
    aln_summary summary; /* first, so that a pointer to it is one to this */
    arena texts;
    vec(aln_language_count) languages;
    vec(aln_document_count) documents;
} counted;

static void counted_free(counted *all)
{
    arena_done(&all->texts);
    vec_free(&all->languages);
    vec_free(&all->documents);
    free(all);
}

AUTO_DEFINE(counted, counted *, counted_free)

static aln_status copy(counted *all, const db_query *query, int column,
                       const char **out)
{
    *out = NULL;
    const char *text = db_text(query, column);
    if (!text) return ALN_OK;
    *out = arena_copy(&all->texts, text, db_size(query, column));
    return *out ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status count_languages(aln_memory *memory, counted *all, aln_error *error)
{
    db_query query =
        db_cached(&memory->db,
                  "SELECT l.tag, count(*) AS n FROM variant v JOIN language l "
                  "ON l.id = v.language GROUP BY v.language ORDER BY n DESC, "
                  "l.tag");
    bool failed = false;
    while (!failed && db_step(&query)) {
        aln_language_count one = {.variants = db_int(&query, 1)};
        all->summary.variants += one.variants;
        failed = copy(all, &query, 0, &one.language) || vec_push(&all->languages, one);
    }
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

static aln_status add_document(counted *all, const db_query *query)
{
    aln_document_count one = {.units = db_int(query, 6)};
    const char **texts[] = {&one.document.uri,      &one.document.sha256,
                            &one.document.language, &one.document.title,
                            &one.document.date,     &one.document.source};
    for (int i = 0; i < 6; i++)
        TRY(copy(all, query, i, texts[i]));
    return vec_push(&all->documents, one);
}

/* Units of a set belong to the documents it was added with; the others count the
 * variants that name them. */
static aln_status count_documents(aln_memory *memory, counted *all, aln_error *error)
{
    db_query query = db_cached(
        &memory->db,
        "WITH of_set AS (SELECT document_set AS id, count(*) AS n FROM unit WHERE "
        "document_set IS NOT NULL GROUP BY document_set), named AS (SELECT "
        "u.document_set AS id, v.document AS place, count(*) AS n FROM variant v JOIN "
        "unit u ON u.id = v.unit WHERE v.document IS NOT NULL GROUP BY 1, 2) SELECT "
        "d.uri, "
        "lower(hex(d.sha256)), d.language, d.title, d.date, d.source, coalesce(CASE "
        "WHEN "
        "d.place < s.size THEN of_set.n ELSE named.n END, 0) FROM document d JOIN "
        "document_set s ON s.id = d.document_set LEFT JOIN of_set ON of_set.id = "
        "d.document_set LEFT JOIN named ON named.id = d.document_set AND named.place = "
        "d.place ORDER BY d.document_set, d.place");
    bool failed = false;
    while (!failed && db_step(&query))
        failed = add_document(all, &query);
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

static aln_status count_units(aln_memory *memory, aln_summary *summary,
                              aln_error *error)
{
    db_query query = db_cached(
        &memory->db,
        "SELECT count(*), sum(flags & ?1 <> 0), sum(origin IS NOT NULL), sum(score IS "
        "NULL), sum(document_set IS NULL) FROM unit");
    db_bind_int(&query, 1, ALN_FLAG_APPROVED);
    if (db_step(&query)) {
        summary->units = db_int(&query, 0);
        summary->approved = db_int(&query, 1);
        summary->edited = db_int(&query, 2);
        summary->without_score = db_int(&query, 3);
        summary->loose = db_int(&query, 4);
    }
    TRY(db_finish(&query, error));

    query =
        db_cached(&memory->db, "SELECT min(score / 1000, 9), count(*) FROM unit WHERE "
                               "score IS NOT NULL GROUP BY 1");
    while (db_step(&query)) {
        int64_t tenth = db_int(&query, 0);
        if (tenth >= 0 && tenth <= 9) /* else somebody has been at the file */
            summary->tenths[tenth] += db_int(&query, 1);
    }
    return db_finish(&query, error);
}

static aln_status measure(aln_memory *memory, aln_summary *summary, aln_error *error)
{
    sqlite3 *handle = memory->db.handle;
    int64_t pages, size, version;
    TRY(db_number(handle, "PRAGMA page_count", &pages, error));
    TRY(db_number(handle, "PRAGMA page_size", &size, error));
    TRY(db_number(handle, "PRAGMA user_version", &version, error));
    TRY(db_number(handle, "SELECT count(*) FROM batch", &summary->batches, error));
    summary->bytes = pages * size;
    summary->version = (int)version;
    return ALN_OK;
}

/* One snapshot for all the counts, whatever others write meanwhile. */
static aln_status count_all(aln_memory *memory, counted *all, aln_error *error)
{
    bool own = !memory->in_transaction;
    if (own) TRY(db_exec(memory->db.handle, "BEGIN", error));
    aln_status status = count_units(memory, &all->summary, error);
    if (!status) status = count_languages(memory, all, error);
    if (!status) status = count_documents(memory, all, error);
    if (!status) status = measure(memory, &all->summary, error);
    if (own) db_rollback(memory->db.handle);
    return status;
}

aln_status aln_memory_summary(aln_memory *memory, aln_summary **summary,
                              aln_error *error)
{
    AUTO(counted) counted *all = calloc(1, sizeof *all);
    if (!all) return error_no_memory(error);
    TRY(count_all(memory, all, error));
    all->summary.languages = all->languages.at;
    all->summary.n_languages = all->languages.n;
    all->summary.documents = all->documents.at;
    all->summary.n_documents = all->documents.n;
    *summary = &STEAL(all)->summary;
    return ALN_OK;
}

void aln_summary_free(aln_summary *summary)
{
    if (summary) counted_free((counted *)summary);
}
