/* reader.c - a unit out of the tables, with its variants and metadata.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

/* The text of a column in the reader's arena; NULL for NULL. */
static aln_status copy_column(const db_query *query, int column, arena *texts,
                              const char **text, size_t *size)
{
    *text = NULL;
    *size = 0;
    if (db_is_null(query, column)) return ALN_OK;
    const char *bytes = sqlite3_column_blob(query->statement, column);
    *size = db_size(query, column);
    *text = arena_copy(texts, bytes, *size);
    return *text ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status read_meta(const db_query *query, int column, arena *texts,
                            const aln_meta **meta, size_t *n, aln_error *error)
{
    const char *packed;
    size_t size;
    if (copy_column(query, column, texts, &packed, &size))
        return error_no_memory(error);
    return unpack_meta(packed, size, texts, meta, n, error);
}

static aln_status read_uri(aln_memory *memory, int64_t set, int64_t place, arena *texts,
                           const char **uri, aln_error *error)
{
    db_query query = db_cached(
        &memory->db, "SELECT uri FROM document WHERE document_set = ?1 AND place = ?2");
    db_bind_int(&query, 1, set);
    db_bind_int(&query, 2, place);
    bool found = db_step(&query);
    size_t size;
    bool copied = !found || !copy_column(&query, 0, texts, uri, &size);
    TRY(db_finish(&query, error));
    if (!copied) return error_no_memory(error);
    if (!found) return error_set(error, ALN_CORRUPT, "a text names a missing document");
    return ALN_OK;
}

/* Columns: language, text, markup, meta, document. */
static aln_status read_variant(aln_memory *memory, const db_query *query,
                               unit_reader *reader, aln_error *error)
{
    aln_variant variant = {0};
    arena *texts = &reader->texts;
    TRY(language_tag(memory, db_int(query, 0), &variant.language, error));
    if (copy_column(query, 1, texts, &variant.text, &variant.size) ||
        copy_column(query, 2, texts, &variant.markup, &variant.markup_size))
        return error_no_memory(error);
    if (!variant.text)
        return error_set(error, ALN_CORRUPT,
                         "the file is damaged: unit %lld lacks a text",
                         (long long)reader->unit.id);
    TRY(read_meta(query, 3, texts, &variant.meta, &variant.n_meta, error));
    if (!db_is_null(query, 4) && reader->set)
        TRY(read_uri(memory, reader->set, db_int(query, 4), texts, &variant.document,
                     error));
    return vec_push(&reader->variants, variant) ? error_no_memory(error) : ALN_OK;
}

static aln_status read_variants(aln_memory *memory, unit_reader *reader,
                                aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT language, text, markup, meta, document FROM "
                               "variant WHERE unit = ?1 ORDER BY id");
    db_bind_int(&query, 1, reader->unit.id);
    aln_status status = ALN_OK;
    while (!status && db_step(&query))
        status = read_variant(memory, &query, reader, error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    reader->unit.variants = reader->variants.at;
    reader->unit.n_variants = reader->variants.n;
    if (status || finished) return status ? status : finished;
    if (!reader->variants.n) /* nobody who is handed a unit expects that */
        return error_set(error, ALN_CORRUPT,
                         "the file is damaged: unit %lld has no text",
                         (long long)reader->unit.id);
    return ALN_OK;
}

aln_status unit_read_row(aln_memory *memory, const db_query *query, unit_reader *reader,
                         aln_error *error)
{
    arena_clear(&reader->texts);
    vec_clear(&reader->variants);
    reader->unit =
        (aln_unit){.id = db_int(query, 0), .flags = (unsigned)db_int(query, 3)};
    reader->set = db_int(query, 1);
    reader->unit.score =
        db_is_null(query, 2) ? ALN_NO_SCORE : (double)db_int(query, 2) / SCORE_STEPS;
    reader->position = db_is_null(query, 4) ? -1 : db_int(query, 4);
    reader->origin = db_int(query, 5);
    TRY(read_meta(query, 6, &reader->texts, &reader->unit.meta, &reader->unit.n_meta,
                  error));
    return read_variants(memory, reader, error);
}

aln_status unit_read(aln_memory *memory, int64_t id, unit_reader *reader,
                     aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id = ?1");
    db_bind_int(&query, 1, id);
    bool found = db_step(&query);
    aln_status status = found ? unit_read_row(memory, &query, reader, error) : ALN_OK;
    aln_status finished = db_finish(&query, status ? NULL : error);
    if (status || finished) return status ? status : finished;
    if (!found)
        return error_set(error, ALN_NOT_FOUND, "there is no unit %lld", (long long)id);
    return ALN_OK;
}

void unit_reader_done(unit_reader *reader)
{
    arena_done(&reader->texts);
    vec_free(&reader->variants);
}

aln_status aln_memory_unit(aln_memory *memory, int64_t id, const aln_unit **unit,
                           aln_error *error)
{
    TRY(unit_read(memory, id, &memory->reader, error));
    *unit = &memory->reader.unit;
    return ALN_OK;
}
