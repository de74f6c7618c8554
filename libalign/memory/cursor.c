/* cursor.c - walk over the units that a filter lets through.
 *
 * A filter becomes the WHERE of one query.  Its conditions are a table: each stands for
 * a field of aln_filter and is there only if the field is.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

struct aln_cursor {
    aln_memory *memory;
    str sql;
    db_query query;
    unit_reader reader;
    vec(char *) languages;   /* of the filter */
    vec(aln_variant) chosen; /* the variants in these, in their order */
    vec(char *) bound;       /* copies of what the query compares with */
    aln_unit unit;
};

AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)

/* Documents that stand behind a unit: those its set was added with, and those that a
 * variant of it names. */
#define OF_DOCUMENT(condition)                                                       \
    " AND u.document_set IN (SELECT document_set FROM document WHERE " condition ")" \
    " AND EXISTS (SELECT 1 FROM document d JOIN document_set s ON s.id = "           \
    "d.document_set WHERE d.document_set = u.document_set AND d." condition          \
    " AND (d.place < s.size OR EXISTS (SELECT 1 FROM variant v WHERE v.unit = u.id " \
    "AND v.document = d.place)))"

static aln_status bind_later(aln_cursor *cursor, const char *text)
{
    AUTO(free) char *copy = strdup(text);
    if (!copy || vec_push(&cursor->bound, copy)) return ALN_NO_MEMORY;
    copy = NULL;
    return ALN_OK;
}

/* One condition, in which ?N stands for the text. */
static aln_status add_text(aln_cursor *cursor, const char *text, const char *before,
                           const char *after)
{
    if (!text) return ALN_OK;
    TRY(bind_later(cursor, text));
    return str_printf(&cursor->sql, "%s?%zu%s", before, cursor->bound.n, after);
}

static aln_status add_document(aln_cursor *cursor, const char *uri)
{
    if (!uri) return ALN_OK;
    TRY(bind_later(cursor, uri)); /* the first: ?1 */
    return str_puts(&cursor->sql, OF_DOCUMENT("uri = ?1"));
}

/* ISO 8601 dates sort as texts; "2017" as an upper end means all of that year. */
static aln_status add_documents_conditions(aln_cursor *cursor, const aln_filter *filter)
{
    if (!filter->source && !filter->since && !filter->until) return ALN_OK;
    TRY(str_puts(&cursor->sql, " AND EXISTS (SELECT 1 FROM document d JOIN "
                               "document_set s ON s.id = d.document_set WHERE "
                               "d.document_set = u.document_set AND d.place < s.size"));
    TRY(add_text(cursor, filter->source, " AND d.source = ", ""));
    TRY(add_text(cursor, filter->since, " AND d.date >= ", ""));
    if (filter->until) {
        TRY(add_text(cursor, filter->until, " AND substr(d.date, 1, length(", ""));
        TRY(add_text(cursor, filter->until, ")) <= ", ""));
    }
    return str_puts(&cursor->sql, ")");
}

static aln_status add_numbers(aln_cursor *cursor, const aln_filter *filter)
{
    str *sql = &cursor->sql;
    if (filter->min_score > 0)
        TRY(str_printf(sql, " AND (u.score IS NULL OR u.score >= %lld)",
                       (long long)ceil(filter->min_score * SCORE_STEPS - 1e-6)));
    if (filter->below_score > 0)
        TRY(str_printf(sql, " AND u.score < %lld",
                       (long long)ceil(filter->below_score * SCORE_STEPS - 1e-6)));
    if (filter->flags) TRY(str_printf(sql, " AND u.flags & %u", filter->flags));
    if (filter->without_flags)
        TRY(str_printf(sql, " AND NOT u.flags & %u", filter->without_flags));
    if (filter->unit) TRY(str_printf(sql, " AND u.id = %lld", (long long)filter->unit));
    return ALN_OK;
}

static aln_status build(aln_cursor *cursor, const aln_filter *filter)
{
    TRY(str_puts(&cursor->sql, "SELECT " UNIT_COLUMNS " FROM unit u WHERE 1"));
    TRY(add_document(cursor, filter->document));
    TRY(add_documents_conditions(cursor, filter));
    TRY(add_text(cursor, filter->text,
                 " AND EXISTS (SELECT 1 FROM variant v WHERE v.unit = u.id AND "
                 "instr(v.text, ",
                 "))"));
    TRY(add_numbers(cursor, filter));
    TRY(str_puts(&cursor->sql, " ORDER BY u.id"));

    for (size_t i = 0; filter->languages && filter->languages[i]; i++) {
        char *copy = strdup(filter->languages[i]);
        if (!copy || vec_push(&cursor->languages, copy)) {
            free(copy);
            return ALN_NO_MEMORY;
        }
    }
    return ALN_OK;
}

aln_status aln_memory_units(aln_memory *memory, const aln_filter *filter,
                            aln_cursor **out, aln_error *error)
{
    static const aln_filter every = {0};
    AUTO(cursor) aln_cursor *cursor = calloc(1, sizeof *cursor);
    if (!cursor) return error_no_memory(error);
    cursor->memory = memory;
    if (build(cursor, filter ? filter : &every)) return error_no_memory(error);

    cursor->query = db_prepare(memory->db.handle, str_text(&cursor->sql));
    for (size_t i = 0; i < cursor->bound.n; i++) {
        const char *text = cursor->bound.at[i];
        db_bind_text(&cursor->query, (int)i + 1, text, strlen(text));
    }
    *out = STEAL(cursor);
    return ALN_OK;
}

/* False where the unit lacks one of the languages. */
static aln_status choose_variants(aln_cursor *cursor, bool *complete)
{
    vec_clear(&cursor->chosen);
    cursor->unit = cursor->reader.unit;
    *complete = true;
    if (!cursor->languages.n) return ALN_OK;

    for (size_t i = 0; i < cursor->languages.n && *complete; i++) {
        const aln_variant *found =
            aln_unit_variant(&cursor->reader.unit, cursor->languages.at[i]);
        *complete = found != NULL;
        if (found && vec_push(&cursor->chosen, *found)) return ALN_NO_MEMORY;
    }
    cursor->unit.variants = cursor->chosen.at;
    cursor->unit.n_variants = cursor->chosen.n;
    return ALN_OK;
}

aln_status aln_cursor_next(aln_cursor *cursor, const aln_unit **unit, aln_error *error)
{
    while (db_step(&cursor->query)) {
        TRY(unit_read_row(cursor->memory, &cursor->query, &cursor->reader, error));
        bool complete;
        if (choose_variants(cursor, &complete)) return error_no_memory(error);
        if (!complete) continue;
        *unit = &cursor->unit;
        return ALN_OK;
    }
    if (cursor->query.result != SQLITE_DONE)
        return db_error(cursor->memory->db.handle, cursor->query.result, error);
    *unit = NULL;
    return ALN_OK;
}

void aln_cursor_free(aln_cursor *cursor)
{
    if (!cursor) return;
    (void)!db_finish(&cursor->query, NULL);
    unit_reader_done(&cursor->reader);
    for (size_t i = 0; i < cursor->languages.n; i++)
        free(cursor->languages.at[i]);
    for (size_t i = 0; i < cursor->bound.n; i++)
        free(cursor->bound.at[i]);
    vec_free(&cursor->languages);
    vec_free(&cursor->bound);
    vec_free(&cursor->chosen);
    str_done(&cursor->sql);
    free(cursor);
}
