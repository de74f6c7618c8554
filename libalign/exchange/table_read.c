/* table_read.c - read tables with a column a language: TSV and CSV.
 *
 *     fr<TAB>en<TAB>score           a header, where the first line holds nothing but
 *     Bonjour<TAB>Hello<TAB>0.9     language tags and names of table_columns.h; else the
 *                                   languages are told
 *
 * TSV: with a header, \t \n \r and \\ in a cell stand for a tab, line ends and a
 * backslash; without one a backslash is a backslash, since such files come from tools that
 * know no escapes.  CSV: RFC 4180, separated by commas, or by semicolons where the first
 * line has more of those.  An empty cell is no variant, and a row with one text no pair:
 * it is left out, but for a review.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/row_reader.h"
#include "exchange/table_columns.h"
#include "exchange/xml.h"
#include "unit/flags.h"

enum { MOST_COLUMNS = 256 };

typedef struct table {
    row_reader from;
    str record;                  /* the cells of a row, each with a NUL behind it */
    vec(size_t) cells;           /* where they start */
    vec(const char *) languages; /* of the columns; NULL: the column is skipped, or: */
    vec(const table_column *) facts;
    char separator;
    bool quotes, escapes;
    bool held;     /* the first row is no header but a unit, and is in `record` */
    unsigned line; /* of the row's beginning */
} table;

static table *state_of(const aln_reader *reader)
{
    return reader->state;
}

static const char *cell(const table *t, size_t i)
{
    return str_text(&t->record) + t->cells.at[i];
}

/* ---- rows -------------------------------------------------------------------------------- */

static aln_status begin_cell(table *t, aln_error *error)
{
    if (t->cells.n && str_putc(&t->record, '\0')) return error_no_memory(error);
    if (t->cells.n == MOST_COLUMNS)
        return xml_fail(error, t->line, "more than %d columns", MOST_COLUMNS);
    return vec_push(&t->cells, t->record.size) ? error_no_memory(error) : ALN_OK;
}

static char unescaped(char c)
{
    return c == 't'    ? '\t'
           : c == 'n'  ? '\n'
           : c == 'r'  ? '\r'
           : c == '\\' ? '\\'
                       : '\0';
}

static aln_status read_plain_row(table *t, const char *text, size_t size,
                                 aln_error *error)
{
    TRY(begin_cell(t, error));
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == t->separator) {
            TRY(begin_cell(t, error));
            continue;
        }
        char meant =
            t->escapes && c == '\\' && i + 1 < size ? unescaped(text[i + 1]) : 0;
        if (meant) i++;
        if (str_putc(&t->record, meant ? meant : c)) return error_no_memory(error);
    }
    return ALN_OK;
}

/* A quoted cell may go on in the next line; text moves along. */
static aln_status read_quoted_row(table *t, char *text, size_t size, aln_error *error)
{
    bool quoted = false, fresh = true; /* fresh: nothing of the cell has been read */
    TRY(begin_cell(t, error));
    for (size_t i = 0;; i++) {
        if (i == size && !quoted) return ALN_OK;
        if (i == size) {
            if (t->record.size > MOST_UNIT)
                return xml_fail(error, t->line, "a quoted cell is too long");
            TRY(row_reader_next(&t->from, &text, &size, error));
            if (!text) return xml_fail(error, t->line, "a quoted cell does not end");
            if (str_putc(&t->record, '\n')) return error_no_memory(error);
            i = (size_t)-1;
            continue;
        }
        char c = text[i];
        bool doubled = quoted && c == '"' && i + 1 < size && text[i + 1] == '"';
        if (doubled) {
            i++;
        } else if (c == '"' && (quoted || fresh)) {
            quoted = !quoted;
            fresh = false;
            continue;
        } else if (c == t->separator && !quoted) {
            TRY(begin_cell(t, error));
            fresh = true;
            continue;
        }
        fresh = false;
        if (str_putc(&t->record, c)) return error_no_memory(error);
    }
}

/* Fill `record`; *found is false at the end. */
static aln_status read_row(table *t, bool *found, aln_error *error)
{
    char *text;
    size_t size;
    *found = true;
    if (t->held) {
        t->held = false;
        return ALN_OK;
    }
    TRY(row_reader_next(&t->from, &text, &size, error));
    *found = text != NULL;
    if (!text) return ALN_OK;
    t->line = t->from.number;
    str_clear(&t->record);
    vec_clear(&t->cells);
    if (t->quotes) return read_quoted_row(t, text, size, error);
    return read_plain_row(t, text, size, error);
}

/* ---- header -------------------------------------------------------------------------------- */

/* "en", "zh-Hans", "fr_FR": a tag whose language has two or three letters.  A word such
 * as "the" looks like one too, so that every cell must. */
static bool is_tag(const char *text)
{
    size_t n = strcspn(text, "-_");
    if (n < 2 || n > 3) return false;
    for (size_t i = 0; i < n; i++)
        if (!isalpha((unsigned char)text[i])) return false;
    char out[ALN_LANGUAGE_SIZE];
    return strlen(text) < 20 && aln_language_canonical(text, out, NULL) == ALN_OK;
}

static bool is_header(const table *t)
{
    size_t tags = 0;
    for (size_t i = 0; i < t->cells.n; i++) {
        if (table_column_named(cell(t, i))) continue;
        if (!is_tag(cell(t, i))) return false;
        tags++;
    }
    return tags > 1;
}

static aln_status add_column(aln_reader *reader, const char *name, aln_error *error)
{
    const char *canonical = NULL;
    table *t = state_of(reader);
    const table_column *fact = table_column_named(name);
    if (*name && !fact) TRY(reader_language(reader, name, t->line, &canonical, error));
    if (vec_push(&t->languages, canonical) || vec_push(&t->facts, fact))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status name_columns(aln_reader *reader, aln_error *error)
{
    table *t = state_of(reader);
    const char *const *told = reader->options.languages;
    bool header = is_header(t);
    if (!header && !told)
        return xml_fail(error, t->line,
                        "the first line names no languages; tell them with --langs");
    for (size_t i = 0; header && i < t->cells.n; i++)
        TRY(add_column(reader, cell(t, i), error));
    for (; !header && *told; told++)
        TRY(add_column(reader, *told, error));
    t->held = !header;
    t->escapes = header && !t->quotes;
    return ALN_OK;
}

static char find_separator(const aln_reader *reader, aln_error *error)
{
    const char *text;
    size_t size, commas = 0, semicolons = 0;
    if (decoder_peek(reader->input, &text, &size, error)) return ',';
    for (size_t i = 0; i < size && text[i] != '\n'; i++) {
        commas += text[i] == ',';
        semicolons += text[i] == ';';
    }
    return semicolons > commas ? ';' : ',';
}

static aln_status table_open(aln_reader *reader, bool quotes, aln_error *error)
{
    table *t = calloc(1, sizeof *t);
    if (!t) return error_no_memory(error);
    reader->state = t;
    t->from.input = reader->input;
    t->quotes = quotes;
    t->separator = quotes ? find_separator(reader, error) : '\t';
    bool found;
    TRY(read_row(t, &found, error));
    if (!found) return error_set(error, ALN_SYNTAX, "the file is empty");
    return name_columns(reader, error);
}

static aln_status tsv_open(aln_reader *reader, aln_error *error)
{
    return table_open(reader, false, error);
}

static aln_status csv_open(aln_reader *reader, aln_error *error)
{
    return table_open(reader, true, error);
}

static void table_close(aln_reader *reader)
{
    table *t = state_of(reader);
    if (!t) return;
    row_reader_done(&t->from);
    str_done(&t->record);
    vec_free(&t->cells);
    vec_free(&t->languages);
    vec_free(&t->facts);
    free(t);
}

/* ---- units ----------------------------------------------------------------------------------- */

static size_t cell_size(const table *t, size_t i)
{
    size_t end = i + 1 < t->cells.n ? t->cells.at[i + 1] - 1 : t->record.size;
    return end - t->cells.at[i];
}

/* A spreadsheet may have written 0,31. */
static bool parse_score(const char *text, double *score)
{
    char copy[32], *end;
    snprintf(copy, sizeof copy, "%s", text);
    char *comma = strchr(copy, ',');
    if (comma) *comma = '.';
    *score = strtod(copy, &end);
    return end != copy && !*end && *score >= 0 && *score <= 1;
}

static aln_status add_fact(aln_reader *reader, const table_column *column,
                           const char *text, aln_error *error)
{
    aln_unit *unit = &reader->unit.unit;
    const aln_meta item = {
        .kind = ALN_META_PROPERTY, .name = column->property, .value = text};
    switch (column->kind) {
    case TABLE_SCORE:
        if (parse_score(text, &unit->score)) return ALN_OK;
        return xml_fail(error, state_of(reader)->line, "\"%.40s\" is no score", text);
    case TABLE_FLAGS:
        unit->flags = flags_read(text);
        return ALN_OK;
    case TABLE_PROPERTY:
        if (unit_builder_meta(&reader->unit, &item)) return error_no_memory(error);
    }
    return ALN_OK;
}

static aln_status add_text(aln_reader *reader, size_t column, aln_error *error)
{
    const table *t = state_of(reader);
    if (unit_builder_variant(&reader->unit, t->languages.at[column]) ||
        unit_builder_text(&reader->unit, cell(t, column), cell_size(t, column)))
        return error_no_memory(error);
    unit_builder_end_variant(&reader->unit);
    return ALN_OK;
}

static aln_status make_unit(aln_reader *reader, aln_error *error)
{
    table *t = state_of(reader);
    unit_builder_clear(&reader->unit);
    if (t->cells.n != t->languages.n)
        return xml_fail(error, t->line, "%zu columns where there should be %zu",
                        t->cells.n, t->languages.n);
    for (size_t i = 0; i < t->cells.n; i++) {
        if (!cell_size(t, i)) continue;
        if (t->facts.at[i]) TRY(add_fact(reader, t->facts.at[i], cell(t, i), error));
        if (t->languages.at[i]) TRY(add_text(reader, i, error));
    }
    return ALN_OK;
}

static bool is_no_pair(aln_reader *reader)
{
    size_t n = reader->unit.variants.n;
    if (n > 1 || (n == 1 && reader->options.drafts)) return false;
    if (n == 1)
        warn_at(&reader->warn, state_of(reader)->line,
                "has one text only; the row is left out");
    return true;
}

static aln_status table_next(aln_reader *reader, const aln_unit **unit,
                             aln_error *error)
{
    table *t = state_of(reader);
    for (;;) {
        bool found;
        aln_error local = {0};
        aln_status status = read_row(t, &found, &local);
        *unit = NULL;
        if (!status && !found) return ALN_OK;
        bool blank = !status && t->cells.n == 1 && t->record.size == 0;
        if (blank) continue;
        if (!status) status = make_unit(reader, &local);
        bool usable = reader->options.keep_going && found && !t->from.broken;
        if (status == ALN_SYNTAX && usable) {
            warn_at(&reader->warn, local.line, "%s; the row is left out",
                    local.message);
            continue;
        }
        if (status && error) *error = local;
        if (status) return status;
        if (is_no_pair(reader)) continue;
        *unit = unit_builder_finish(&reader->unit, NULL);
        return ALN_OK;
    }
}

static unsigned table_line(const aln_reader *reader)
{
    return state_of(reader)->line;
}

const read_format read_tsv = {
    .format = ALN_FORMAT_TSV,
    .open = tsv_open,
    .next = table_next,
    .line = table_line,
    .close = table_close,
};

const read_format read_csv = {
    .format = ALN_FORMAT_CSV,
    .open = csv_open,
    .next = table_next,
    .line = table_line,
    .close = table_close,
};
