/* review_apply.c - a reviewed table goes back into the memory.
 *
 * All rows in one transaction: where one makes no sense, nothing has changed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include <align/manage.h>

#include "review.h"

enum { MOST_COLUMNS = 64 };

typedef struct table {
    const char *languages[MOST_COLUMNS];
    size_t n; /* columns in all */
    size_t approved, corrected, dropped;
} table;

static aln_status fail(aln_error *error, const char *message)
{
    *error = (aln_error){.status = ALN_SYNTAX};
    snprintf(error->message, sizeof error->message, "%s", message);
    return ALN_SYNTAX;
}

static size_t split(char *line, char *columns[MOST_COLUMNS])
{
    size_t n = 0;
    char *column;
    while (n < MOST_COLUMNS && (column = strsep(&line, "\t")))
        columns[n++] = column;
    return line ? MOST_COLUMNS + 1 : n;
}

static aln_status read_header(table *read, char *line, aln_error *error)
{
    char *columns[MOST_COLUMNS];
    read->n = split(line, columns);
    if (read->n <= REVIEW_FIXED || read->n > MOST_COLUMNS)
        return fail(error, "is no table for review");
    for (size_t i = 0; i < read->n; i++) {
        if (i >= REVIEW_FIXED)
            read->languages[i] = columns[i];
        else if (strcmp(columns[i], review_columns[i]))
            return fail(error, "is no table for review");
    }
    return ALN_OK;
}

/* In place: what is written \t becomes a tab. */
static void unescape(char *text)
{
    static const char FROM[] = "tnr\\", TO[] = "\t\n\r\\";
    char *to = text;
    for (const char *at = text; *at; at++) {
        const char *found = *at == '\\' && at[1] ? strchr(FROM, at[1]) : NULL;
        *to++ = found ? TO[found - FROM] : *at;
        if (found) at++;
    }
    *to = '\0';
}

/* Put the texts of the row in the place of the unit's; *n counts those that differ. */
static aln_status correct(const table *read, char *const *columns, const aln_unit *unit,
                          aln_variant *variants, size_t *n, aln_error *error)
{
    memcpy(variants, unit->variants, unit->n_variants * sizeof *variants);
    for (size_t i = REVIEW_FIXED; i < read->n; i++) {
        const aln_variant *found = aln_unit_variant(unit, read->languages[i]);
        unescape(columns[i]);
        size_t size = strlen(columns[i]);
        if (!found && !size) continue;
        if (!found) return fail(error, "adds a language to the unit");
        if (!size) return fail(error, "has an empty text; \"drop\" removes a unit");
        if (size == found->size && memcmp(columns[i], found->text, size) == 0) continue;
        aln_variant *variant = &variants[found - unit->variants];
        variant->text = columns[i];
        variant->size = size;
        variant->markup = NULL; /* it marks up what is no longer there */
        variant->markup_size = 0;
        ++*n;
    }
    return ALN_OK;
}

static aln_status settle(table *read, char *const *columns, aln_memory *memory,
                         const aln_unit *unit, aln_error *error)
{
    const char *verdict = columns[2];
    int64_t id = unit->id;
    if (strcmp(verdict, "drop") == 0) {
        read->dropped++;
        return aln_memory_delete(memory, id, error);
    }
    if (*verdict && strcmp(verdict, "ok"))
        return fail(error, "has a verdict that is neither ok nor drop");

    AUTO(free) aln_variant *variants = calloc(unit->n_variants, sizeof *variants);
    if (!variants) return fail(error, "out of memory");
    size_t corrections = 0;
    TRY(correct(read, columns, unit, variants, &corrections, error));
    if (corrections) {
        aln_unit edited = *unit;
        edited.variants = variants;
        edited.flags |= ALN_FLAG_APPROVED;
        read->corrected++;
        return aln_memory_edit(memory, &edited, error);
    }
    if (!*verdict) return ALN_OK;
    read->approved++;
    return aln_memory_set_flags(memory, id, ALN_FLAG_APPROVED, 0, error);
}

static aln_status apply_row(table *read, char *line, aln_memory *memory,
                            aln_error *error)
{
    char *columns[MOST_COLUMNS], *rest;
    if (split(line, columns) != read->n)
        return fail(error, "has other columns than the first line");
    int64_t id = strtoll(columns[0], &rest, 10);
    if (*rest || rest == columns[0]) return fail(error, "does not begin with a unit");
    uint64_t check = strtoull(columns[1], &rest, 16);

    const aln_unit *unit;
    aln_status status = aln_memory_unit(memory, id, &unit, error);
    if (status == ALN_NOT_FOUND) return fail(error, "the unit is no longer there");
    if (status) return status;
    if (check != review_hash(unit))
        return fail(error, "the unit has changed since the table was written");
    return settle(read, columns, memory, unit, error);
}

static aln_status apply_rows(table *read, char *text, aln_memory *memory,
                             aln_error *error)
{
    char *rest = text, *line;
    for (unsigned number = 1; (line = strsep(&rest, "\n")); number++) {
        size_t size = strlen(line);
        if (size && line[size - 1] == '\r') line[--size] = '\0';
        if (!size) continue;
        aln_status status = number == 1 ? read_header(read, line, error)
                                        : apply_row(read, line, memory, error);
        if (status) error->line = number;
        if (status) return status;
    }
    return read->n ? ALN_OK : fail(error, "is empty");
}

int review_apply(aln_memory *memory, const char *memory_path, const char *path)
{
    size_t size;
    AUTO(free) char *text = read_input(path, &size);
    if (!text) return EXIT_TROUBLE;

    aln_error error = {0};
    if (aln_memory_set_author(memory, NULL, "review", &error) ||
        aln_memory_begin(memory, &error))
        return complain(memory_path, &error);
    table read = {.n = 0};
    if (apply_rows(&read, text, memory, &error)) {
        aln_memory_rollback(memory);
        return complain(input_name(path), &error);
    }
    if (aln_memory_commit(memory, &error)) return complain(memory_path, &error);
    note("%zu units approved, %zu corrected, %zu dropped", read.approved,
         read.corrected, read.dropped);
    return EXIT_FOUND;
}
