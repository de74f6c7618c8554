/* past.c - tell the history: who changed which unit, and what it was before.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

typedef struct cell {
    bool is_number;
    int64_t number;
    const char *bytes; /* NULL for NULL */
    size_t size;
} cell;

static cell next_cell(unpacker *from)
{
    cell found = {.is_number = unpack_number(from) != 0};
    if (found.is_number)
        found.number = (int64_t)unpack_number(from);
    else
        found.bytes = unpack_bytes(from, &found.size);
    return found;
}

static void next_row(unpacker *from, cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cells[i] = next_cell(from);
}

/* Packed texts have no NUL behind them. */
static aln_status copy(const cell *from, arena *texts, const char **text, size_t *size)
{
    *text = NULL;
    *size = from->size;
    if (!from->bytes) return ALN_OK;
    *text = arena_copy(texts, from->bytes, from->size);
    return *text ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status copy_meta(const cell *from, arena *texts, const aln_meta **meta,
                            size_t *n, aln_error *error)
{
    const char *packed;
    size_t size;
    if (copy(from, texts, &packed, &size)) return error_no_memory(error);
    return unpack_meta(packed, size, texts, meta, n, error);
}

enum { UNIT_CELLS = 6, VARIANT_CELLS = 6 };

/* Columns as history.c packs them: id, language, document, text, markup, meta. */
static aln_status unpack_variant(aln_memory *memory, unpacker *from,
                                 unit_reader *reader, aln_error *error)
{
    cell cells[VARIANT_CELLS];
    next_row(from, cells, VARIANT_CELLS);
    if (from->failed || !cells[3].bytes) return ALN_CORRUPT;

    aln_variant variant = {0};
    arena *texts = &reader->texts;
    TRY(language_tag(memory, cells[1].number, &variant.language, error));
    if (copy(&cells[3], texts, &variant.text, &variant.size) ||
        copy(&cells[4], texts, &variant.markup, &variant.markup_size))
        return error_no_memory(error);
    TRY(copy_meta(&cells[5], texts, &variant.meta, &variant.n_meta, error));
    return vec_push(&reader->variants, variant) ? error_no_memory(error) : ALN_OK;
}

/* document_set, score, flags, position, origin, meta; then the variants. */
aln_status unit_unpack(aln_memory *memory, int64_t id, unpacker *from,
                       unit_reader *reader, aln_error *error)
{
    cell cells[UNIT_CELLS];
    arena_clear(&reader->texts);
    vec_clear(&reader->variants);
    next_row(from, cells, UNIT_CELLS);
    bool scored = cells[1].is_number;
    reader->set = cells[0].number;
    reader->unit = (aln_unit){
        .id = id,
        .score = scored ? (double)cells[1].number / SCORE_STEPS : ALN_NO_SCORE,
        .flags = (unsigned)cells[2].number,
    };
    TRY(copy_meta(&cells[5], &reader->texts, &reader->unit.meta, &reader->unit.n_meta,
                  error));
    aln_status status = from->failed ? ALN_CORRUPT : ALN_OK;
    while (!status && from->at < from->end)
        status = unpack_variant(memory, from, reader, error);
    reader->unit.variants = reader->variants.at;
    reader->unit.n_variants = reader->variants.n;
    if (!status && !reader->variants.n) status = ALN_CORRUPT;
    if (status == ALN_CORRUPT)
        return error_set(error, status, "the history is damaged");
    return status;
}

static aln_status read_change(aln_memory *memory, const db_query *query,
                              unit_reader *reader, aln_change *change, aln_error *error)
{
    *change = (aln_change){.batch = db_int(query, 0),
                           .time = db_int(query, 1),
                           .who = db_text(query, 2),
                           .what = db_text(query, 3),
                           .kind = (aln_change_kind)db_int(query, 4),
                           .first = db_int(query, 5),
                           .last = db_int(query, 6)};
    if (!change->who || !change->what) return error_no_memory(error);
    if (db_is_null(query, 7)) return ALN_OK;
    unpacker from = unpacker_of(query, 7);
    TRY(unit_unpack(memory, change->first, &from, reader, error));
    change->before = &reader->unit;
    return ALN_OK;
}

aln_status aln_memory_history(aln_memory *memory, int64_t unit,
                              bool (*tell)(void *context, const aln_change *change),
                              void *context, aln_error *error)
{
    unit_reader reader = {0};
    db_query query =
        db_cached(&memory->db,
                  "SELECT b.id, b.time, b.who, b.what, c.kind, c.unit, c.last, "
                  "c.before FROM change c JOIN batch b ON b.id = c.batch WHERE c.kind "
                  "< 3 AND (?1 = 0 OR ?1 BETWEEN c.unit AND c.last) ORDER BY c.id");
    db_bind_int(&query, 1, unit);
    aln_status status = ALN_OK;
    bool more = true;
    while (!status && more && db_step(&query)) {
        aln_change change;
        status = read_change(memory, &query, &reader, &change, error);
        if (!status) more = tell(context, &change);
    }
    unit_reader_done(&reader);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}
