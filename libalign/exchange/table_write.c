/* table_write.c - write tables with a column a language: TSV and CSV.
 *
 * The first line names the languages.  TSV writes tabs, line ends and backslashes as \t
 * \n \r \\; CSV quotes as RFC 4180 says.  A cell holds text alone: tags, properties and a
 * second variant of a language have no place in a table.
 * Columns that are no languages: see table_columns.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/writer.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/table_columns.h"
#include "unit/flags.h"

static bool is_csv(const aln_writer *writer)
{
    return writer->options.format == ALN_FORMAT_CSV;
}

static aln_status put_escaped(str *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const char *escape = text[i] == '\t'   ? "\\t"
                             : text[i] == '\n' ? "\\n"
                             : text[i] == '\r' ? "\\r"
                             : text[i] == '\\' ? "\\\\"
                                               : NULL;
        if (escape ? str_add(out, escape, 2) : str_putc(out, text[i]))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static bool needs_quotes(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] && strchr(",;\"\r\n", text[i])) return true;
    return size && (text[0] == ' ' || text[size - 1] == ' ');
}

static aln_status put_quoted(str *out, const char *text, size_t size)
{
    if (!needs_quotes(text, size)) return str_add(out, text, size);
    if (str_putc(out, '"')) return ALN_NO_MEMORY;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"' && str_putc(out, '"')) return ALN_NO_MEMORY;
        if (str_putc(out, text[i])) return ALN_NO_MEMORY;
    }
    return str_putc(out, '"');
}

static aln_status put_cell(aln_writer *writer, size_t column, const char *text,
                           size_t size)
{
    str *out = &writer->out.text;
    bool csv = is_csv(writer);
    if (column && str_putc(out, csv ? ',' : '\t')) return ALN_NO_MEMORY;
    return csv ? put_quoted(out, text, size) : put_escaped(out, text, size);
}

static aln_status end_row(aln_writer *writer)
{
    return str_puts(&writer->out.text, is_csv(writer) ? "\r\n" : "\n");
}

static aln_status table_begin(aln_writer *writer, aln_error *error)
{
    const char *const *languages = writer->options.languages;
    if (!languages || !languages[0])
        return error_set(error, ALN_INVALID, "a table needs to know its languages");
    aln_status status = ALN_OK;
    for (size_t i = 0; !status && languages[i]; i++)
        status = put_cell(writer, i, languages[i], strlen(languages[i]));
    if (!status) status = end_row(writer);
    return status ? error_no_memory(error) : ALN_OK;
}

static const char *property(const aln_unit *unit, const char *name)
{
    const char *value =
        aln_meta_value(unit->meta, unit->n_meta, ALN_META_PROPERTY, name);
    return value ? value : "";
}

static aln_status put_fact(const table_column *column, const aln_unit *unit, str *out)
{
    switch (column->kind) {
    case TABLE_SCORE:
        return unit->score < 0 ? ALN_OK : str_printf(out, "%.3f", unit->score);
    case TABLE_FLAGS:
        return flags_write(unit->flags, " ", out);
    case TABLE_PROPERTY:
        return str_puts(out, property(unit, column->property));
    }
    return ALN_OK;
}

static aln_status put_column(aln_writer *writer, size_t i, const aln_unit *unit)
{
    const char *name = writer->options.languages[i];
    const table_column *column = table_column_named(name);
    if (column) {
        AUTO(str) str text = {0};
        if (put_fact(column, unit, &text)) return ALN_NO_MEMORY;
        return put_cell(writer, i, str_text(&text), text.size);
    }
    const aln_variant *variant = aln_unit_variant(unit, name);
    return variant ? put_cell(writer, i, variant->text, variant->size)
                   : put_cell(writer, i, "", 0);
}

static aln_status table_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    aln_status status = ALN_OK;
    for (size_t i = 0; !status && writer->options.languages[i]; i++)
        status = put_column(writer, i, unit);
    if (!status) status = end_row(writer);
    return status ? error_no_memory(error) : ALN_OK;
}

const write_format write_tsv = {
    .format = ALN_FORMAT_TSV,
    .begin = table_begin,
    .add = table_add,
};

const write_format write_csv = {
    .format = ALN_FORMAT_CSV,
    .begin = table_begin,
    .add = table_add,
};
