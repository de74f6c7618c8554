/* units.c - rows of units and their variants.
 *
 * Units of one set stand in the order of their ids, so a position costs nothing: it is
 * id - document_set.first unless the row says otherwise.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "memory/memory.h"

static bool is_text(const char *text, size_t size)
{
    return utf8_valid_prefix(text, size) == size && !memchr(text, '\0', size);
}

static bool is_optional_text(const char *text)
{
    return !text || is_text(text, strlen(text));
}

static bool are_texts(const aln_meta *meta, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_optional_text(meta[i].name) || !is_optional_text(meta[i].value) ||
            !is_optional_text(meta[i].language) || !is_optional_text(meta[i].encoding))
            return false;
    return true;
}

static aln_status check_variant(const aln_variant *variant, aln_error *error)
{
    if (!variant->language || !*variant->language || !variant->text)
        return error_set(error, ALN_INVALID, "a variant needs a language and a text");
    if (!is_text(variant->text, variant->size) ||
        (variant->markup && !is_text(variant->markup, variant->markup_size)) ||
        !is_optional_text(variant->language) ||
        !are_texts(variant->meta, variant->n_meta))
        return error_set(error, ALN_INVALID, "a text is not UTF-8, or holds a NUL");
    return ALN_OK;
}

static aln_status check_unit(const aln_unit *unit, aln_error *error)
{
    if (!unit || unit->n_variants == 0)
        return error_set(error, ALN_INVALID, "a unit needs a variant");
    bool scored = unit->score >= 0;
    if (isnan(unit->score) || (scored && unit->score > 1))
        return error_set(error, ALN_INVALID, "a score lies between 0 and 1");
    if (!are_texts(unit->meta, unit->n_meta))
        return error_set(error, ALN_INVALID, "a note or property is not UTF-8");
    for (size_t i = 0; i < unit->n_variants; i++)
        TRY(check_variant(&unit->variants[i], error));
    return ALN_OK;
}

static void bind_meta(db_query *query, int place, const str *packed)
{
    if (packed->size) db_bind_blob(query, place, packed->at, packed->size);
}

static aln_status insert_variant(aln_memory *memory, const aln_variant *variant,
                                 unit_place place, aln_error *error)
{
    int64_t language, document = -1;
    TRY(language_id(memory, variant->language, &language, error));
    if (variant->document && place.set)
        TRY(document_place(memory, place.set, variant->document, &document, error));
    AUTO(str) str meta = {0};
    if (pack_meta(&meta, variant->meta, variant->n_meta)) return error_no_memory(error);

    db_query query = db_cached(&memory->db, "INSERT INTO variant (unit, language, "
                                            "document, text, markup, meta) VALUES (?1, "
                                            "?2, ?3, ?4, ?5, ?6)");
    db_bind_int(&query, 1, place.id);
    db_bind_int(&query, 2, language);
    if (document >= 0) db_bind_int(&query, 3, document);
    db_bind_text(&query, 4, variant->text, variant->size);
    if (variant->markup) db_bind_text(&query, 5, variant->markup, variant->markup_size);
    bind_meta(&query, 6, &meta);
    db_step(&query);
    TRY(db_finish(&query, error));

    index_writer *index;
    TRY(memory_index(memory, &index, error));
    return index_add(index, sqlite3_last_insert_rowid(memory->db.handle), language,
                     variant->text, variant->size, error);
}

aln_status unit_insert(aln_memory *memory, const aln_unit *unit, unit_place place,
                       aln_error *error)
{
    TRY(check_unit(unit, error));
    AUTO(str) str meta = {0};
    if (pack_meta(&meta, unit->meta, unit->n_meta)) return error_no_memory(error);

    db_query query =
        db_cached(&memory->db,
                  "INSERT INTO unit (id, document_set, score, flags, "
                  "position, origin, meta) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                  "?7)");
    db_bind_int(&query, 1, place.id);
    if (place.set) db_bind_int(&query, 2, place.set);
    if (unit->score >= 0) db_bind_int(&query, 3, llround(unit->score * SCORE_STEPS));
    db_bind_int(&query, 4, unit->flags);
    if (place.position >= 0) db_bind_int(&query, 5, place.position);
    if (place.origin) db_bind_int(&query, 6, place.origin);
    bind_meta(&query, 7, &meta);
    db_step(&query);
    TRY(db_finish(&query, error));

    for (size_t i = 0; i < unit->n_variants; i++)
        TRY(insert_variant(memory, &unit->variants[i], place, error));
    return ALN_OK;
}

static aln_status unindex(aln_memory *memory, int64_t id, aln_error *error)
{
    index_writer *index;
    TRY(memory_index(memory, &index, error));
    db_query query =
        db_cached(&memory->db, "SELECT id, language FROM variant WHERE unit = ?1");
    db_bind_int(&query, 1, id);
    aln_status status = ALN_OK;
    while (!status && db_step(&query))
        status = index_remove(index, db_int(&query, 0), db_int(&query, 1), error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

aln_status unit_delete(aln_memory *memory, int64_t id, aln_error *error)
{
    TRY(unindex(memory, id, error));
    db_query query = db_cached(&memory->db, "DELETE FROM variant WHERE unit = ?1");
    db_bind_int(&query, 1, id);
    db_step(&query);
    TRY(db_finish(&query, error));

    query = db_cached(&memory->db, "DELETE FROM unit WHERE id = ?1");
    db_bind_int(&query, 1, id);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status unit_reindex(aln_memory *memory, int64_t id, aln_error *error)
{
    index_writer *index;
    TRY(memory_index(memory, &index, error));
    db_query query = db_cached(
        &memory->db, "SELECT id, language, text FROM variant WHERE unit = ?1");
    db_bind_int(&query, 1, id);
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        const char *text = db_text(&query, 2);
        status = text ? index_add(index, db_int(&query, 0), db_int(&query, 1), text,
                                  db_size(&query, 2), error)
                      : error_no_memory(error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* Ids are not used twice, so that a unit's history stays its own. */
aln_status unit_next_id(aln_memory *memory, int64_t *id, aln_error *error)
{
    if (!memory->next_unit) {
        TRY(db_number(memory->db.handle,
                      "SELECT max(coalesce((SELECT max(id) FROM unit), 0), coalesce("
                      "(SELECT max(last) FROM change WHERE kind = 0), 0))",
                      &memory->next_unit, error));
        if (memory->next_unit < 0 || memory->next_unit >= INT64_MAX / 2)
            return error_set(error, ALN_CORRUPT, "its numbers of units have no end");
        memory->next_unit++;
    }
    *id = memory->next_unit++;
    return ALN_OK;
}
