/* documents.c - sets of documents: known, replaced, or new.
 *
 *     known      a set holds all of these documents with these very bytes
 *     replaced   a set holds one of them with other bytes, or nothing but some of them
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "memory/memory.h"

enum { SHA256_SIZE = 32, SHA256_DIGITS = 64 };

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool parse_sha256(const char *text, unsigned char out[SHA256_SIZE])
{
    if (strlen(text) != SHA256_DIGITS) return false;
    for (size_t i = 0; i < SHA256_SIZE; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static aln_status check_documents(const aln_document *documents, size_t n,
                                  aln_error *error)
{
    unsigned char bytes[SHA256_SIZE];
    for (size_t i = 0; i < n; i++) {
        if (!documents[i].uri || !*documents[i].uri)
            return error_set(error, ALN_INVALID, "a document needs a name");
        if (documents[i].sha256 && !parse_sha256(documents[i].sha256, bytes))
            return error_set(error, ALN_INVALID, "a SHA-256 has 64 hexadecimal digits");
    }
    return ALN_OK;
}

static void bind_sha256(db_query *query, int place, const char *text,
                        unsigned char bytes[SHA256_SIZE])
{
    if (text && parse_sha256(text, bytes))
        db_bind_blob(query, place, bytes, SHA256_SIZE);
}

/* Names are kept as UTF-8: of a file name in another encoding the odd bytes as "%FF". */
static aln_status bind_name(db_query *query, int place, const char *uri, str *room)
{
    str_clear(room);
    TRY(utf8_add_escaped(room, uri));
    db_bind_text(query, place, str_text(room), room->size);
    return ALN_OK;
}

typedef vec(int64_t) ids;

/* The sets that were added with a document of this name; same: with these bytes. */
static aln_status sets_of(aln_memory *memory, const aln_document *document, bool same,
                          ids *out, aln_error *error)
{
    unsigned char bytes[SHA256_SIZE];
    AUTO(str) str name = {0};
    db_query query =
        db_cached(&memory->db,
                  "SELECT s.id FROM document d JOIN document_set s ON s.id = "
                  "d.document_set WHERE d.uri = ?1 AND d.place < s.size AND "
                  "(d.sha256 IS ?2) = ?3 ORDER BY s.id");
    bool failed = bind_name(&query, 1, document->uri, &name);
    bind_sha256(&query, 2, document->sha256, bytes);
    db_bind_int(&query, 3, same);
    while (!failed && db_step(&query))
        failed = vec_push(out, db_int(&query, 0));
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

static bool holds(const ids *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == id) return true;
    return false;
}

/* One set that every document of the list stands in, with its bytes; 0 for none. */
static aln_status find_known(aln_memory *memory, const aln_document *documents,
                             size_t n, int64_t *set, aln_error *error)
{
    ids common = {0}, some = {0};
    aln_status status = sets_of(memory, &documents[0], true, &common, error);
    for (size_t i = 1; i < n && common.n && !status; i++) {
        vec_clear(&some);
        status = sets_of(memory, &documents[i], true, &some, error);
        size_t kept = 0;
        for (size_t j = 0; j < common.n; j++)
            if (holds(&some, common.at[j])) common.at[kept++] = common.at[j];
        common.n = kept;
    }
    bool comparable = true;
    for (size_t i = 0; i < n; i++)
        comparable = comparable && documents[i].sha256;
    *set = common.n && comparable ? common.at[0] : 0;
    vec_free(&common);
    vec_free(&some);
    return status;
}

static aln_status set_size(aln_memory *memory, int64_t set, int64_t *size,
                           aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT size FROM document_set WHERE id = ?1");
    db_bind_int(&query, 1, set);
    *size = db_step(&query) ? db_int(&query, 0) : 0;
    return db_finish(&query, error);
}

/* Sets with other bytes of a document, and sets that the new one holds wholly. */
static aln_status find_replaced(aln_memory *memory, const aln_document *documents,
                                size_t n, ids *replaced, aln_error *error)
{
    ids same = {0};
    aln_status status = ALN_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (!documents[i].sha256) continue;
        status = sets_of(memory, &documents[i], false, replaced, error);
        if (!status) status = sets_of(memory, &documents[i], true, &same, error);
    }
    for (size_t i = 0; i < same.n && !status; i++) {
        int64_t size = 0, found = 0;
        for (size_t j = 0; j < same.n; j++)
            found += same.at[j] == same.at[i];
        status = set_size(memory, same.at[i], &size, error);
        if (!status && found >= size && !holds(replaced, same.at[i]) &&
            vec_push(replaced, same.at[i]))
            status = error_no_memory(error);
    }
    vec_free(&same);
    return status;
}

static aln_status units_of(aln_memory *memory, int64_t set, ids *out, aln_error *error)
{
    db_query query = db_cached(
        &memory->db, "SELECT id FROM unit WHERE document_set = ?1 ORDER BY id");
    db_bind_int(&query, 1, set);
    bool failed = false;
    while (!failed && db_step(&query))
        failed = vec_push(out, db_int(&query, 0));
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

static aln_status remove_units(aln_memory *memory, int64_t set, aln_error *error)
{
    ids units = {0};
    aln_status status = units_of(memory, set, &units, error);
    for (size_t i = 0; i < units.n && !status; i++) {
        status = keep_approved(memory, units.at[i], error);
        if (!status) status = history_unit(memory, CHANGE_DELETED, units.at[i], error);
        if (!status) status = unit_delete(memory, units.at[i], error);
    }
    vec_free(&units);
    return status;
}

aln_status document_set_delete(aln_memory *memory, int64_t set, aln_error *error)
{
    static const char *const statements[] = {
        "DELETE FROM header WHERE document_set = ?1",
        "DELETE FROM document WHERE document_set = ?1",
        "DELETE FROM document_set WHERE id = ?1",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        db_query query = db_cached(&memory->db, statements[i]);
        db_bind_int(&query, 1, set);
        db_step(&query);
        TRY(db_finish(&query, error));
    }
    return ALN_OK;
}

static aln_status remove_set(aln_memory *memory, int64_t set, aln_error *error)
{
    TRY(remove_units(memory, set, error));
    TRY(history_set(memory, CHANGE_SET_REMOVED, set, error));
    return document_set_delete(memory, set, error);
}

static void bind_optional(db_query *query, int place, const char *text)
{
    if (text) db_bind_text(query, place, text, strlen(text));
}

static aln_status insert_document(aln_memory *memory, int64_t set, int64_t place,
                                  const aln_document *document, aln_error *error)
{
    unsigned char bytes[SHA256_SIZE];
    AUTO(str) str name = {0};
    db_query query =
        db_cached(&memory->db, "INSERT INTO document VALUES (?1, ?2, ?3, ?4, "
                               "?5, ?6, ?7, ?8)");
    db_bind_int(&query, 1, set);
    db_bind_int(&query, 2, place);
    bool failed = bind_name(&query, 3, document->uri, &name);
    bind_sha256(&query, 4, document->sha256, bytes);
    bind_optional(&query, 5, document->language);
    bind_optional(&query, 6, document->title);
    bind_optional(&query, 7, document->date);
    bind_optional(&query, 8, document->source);
    if (!failed) db_step(&query);
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

aln_status document_set_insert(aln_memory *memory, const aln_document *documents,
                               size_t n, int64_t *set, aln_error *error)
{
    /* An id past those of the history, so that undo can bring an old set back. */
    db_query query =
        db_cached(&memory->db, "INSERT INTO document_set (id, size) SELECT 1 + "
                               "max(coalesce((SELECT max(id) FROM "
                               "document_set), 0), coalesce((SELECT max(unit) FROM "
                               "change WHERE kind = 3), 0)), "
                               "?1 RETURNING id");
    db_bind_int(&query, 1, (int64_t)n);
    int64_t id = db_step(&query) ? db_int(&query, 0) : 0;
    db_step(&query);
    TRY(db_finish(&query, error));
    for (size_t i = 0; i < n; i++)
        TRY(insert_document(memory, id, (int64_t)i, &documents[i], error));
    *set = id;
    return ALN_OK;
}

static aln_status insert_set(aln_memory *memory, const aln_document *documents,
                             size_t n, aln_error *error)
{
    int64_t set;
    TRY(document_set_insert(memory, documents, n, &set, error));
    memory->set = set;
    memory->set_first = 0;
    return history_set(memory, CHANGE_SET_ADDED, set, error);
}

aln_status document_set_first(aln_memory *memory, int64_t set, int64_t first,
                              aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "UPDATE document_set SET first = ?1 WHERE id = ?2");
    db_bind_int(&query, 1, first);
    db_bind_int(&query, 2, set);
    db_step(&query);
    return db_finish(&query, error);
}

static aln_status set_first(aln_memory *memory, int64_t set, int64_t *first,
                            aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT first FROM document_set WHERE id = ?1");
    db_bind_int(&query, 1, set);
    *first = db_step(&query) ? db_int(&query, 0) : 0;
    return db_finish(&query, error);
}

static aln_status add_documents(aln_memory *memory, const aln_document *documents,
                                size_t n, bool *known, aln_error *error)
{
    TRY(check_documents(documents, n, error));
    TRY(documents_finish(memory, error));

    int64_t set = 0;
    if (n) TRY(find_known(memory, documents, n, &set, error));
    *known = set != 0;
    if (*known) {
        memory->set = set;
        return set_first(memory, set, &memory->set_first, error);
    }

    ids replaced = {0};
    aln_status status = find_replaced(memory, documents, n, &replaced, error);
    for (size_t i = 0; i < replaced.n && !status; i++) {
        bool done = false; /* a set may hold two of the documents */
        for (size_t j = 0; j < i; j++)
            done = done || replaced.at[j] == replaced.at[i];
        if (!done) status = remove_set(memory, replaced.at[i], error);
    }
    vec_free(&replaced);
    return status ? status : insert_set(memory, documents, n, error);
}

aln_status aln_memory_knows(aln_memory *memory, const aln_document *documents, size_t n,
                            bool *known, aln_error *error)
{
    int64_t set = 0;
    if (n) TRY(find_known(memory, documents, n, &set, error));
    *known = set != 0;
    return ALN_OK;
}

aln_status aln_memory_add_documents(aln_memory *memory, const aln_document *documents,
                                    size_t n, bool *known, aln_error *error)
{
    bool own, ignored;
    TRY(memory_enter(memory, &own, error));
    aln_status status =
        add_documents(memory, documents, n, known ? known : &ignored, error);
    return memory_leave(memory, own, status, error);
}

aln_status document_place(aln_memory *memory, int64_t set, const char *uri,
                          int64_t *place, aln_error *error)
{
    AUTO(str) str name = {0};
    db_query query =
        db_cached(&memory->db, "SELECT place FROM document WHERE uri = ?1 AND "
                               "document_set = ?2 ORDER BY place LIMIT 1");
    bool failed = bind_name(&query, 1, uri, &name);
    db_bind_int(&query, 2, set);
    bool found = !failed && db_step(&query);
    int64_t at = found ? db_int(&query, 0) : 0;
    TRY(db_finish(&query, error));
    if (failed) return error_no_memory(error);

    if (!found) {
        query =
            db_cached(&memory->db, "SELECT coalesce(max(place) + 1, 0) FROM document "
                                   "WHERE document_set = ?1");
        db_bind_int(&query, 1, set);
        if (db_step(&query)) at = db_int(&query, 0);
        TRY(db_finish(&query, error));
        const aln_document named = {.uri = uri};
        TRY(insert_document(memory, set, at, &named, error));
    }
    *place = at;
    return ALN_OK;
}
