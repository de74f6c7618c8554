/* cursor.c - walk over the units that a filter lets through.
 *
 * A filter becomes the WHERE of one query (filter.c); the languages are looked at here.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

struct aln_cursor {
    aln_memory *memory;
    conditions conditions;
    db_query query;
    unit_reader reader;
    vec(char *) languages;   /* of the filter */
    vec(aln_variant) chosen; /* the variants in these, in their order */
    aln_unit unit;
};

AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)

static aln_status copy_languages(aln_cursor *cursor, const aln_filter *filter)
{
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
    if (!filter) filter = &every;
    if (copy_languages(cursor, filter) || conditions_add(&cursor->conditions, filter) ||
        conditions_query(&cursor->conditions, memory->db.handle,
                         "SELECT " UNIT_COLUMNS " FROM unit u WHERE 1",
                         " ORDER BY u.id", &cursor->query))
        return error_no_memory(error);
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
    vec_free(&cursor->languages);
    vec_free(&cursor->chosen);
    conditions_done(&cursor->conditions);
    free(cursor);
}
