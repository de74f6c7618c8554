/* xliff_write.c - write XLIFF 1.2 and 2.0, for review in a translation tool.
 *
 * The first language is the source and the second the target.  Tags are converted by
 * xliff_markup.c.  The property x-context names a unit, x-state says how far its translation
 * is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/writer.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/xliff_inline.h"
#include "exchange/xliff_markup.h"
#include "unit/escape.h"

static aln_status put_content(aln_writer *writer, const aln_variant *variant,
                              const char *side, str *out, xliff_data *data,
                              aln_error *error)
{
    aln_variant plain = {.text = variant->text, .size = variant->size};
    const xliff_dialect dialect = {writer->options.format == ALN_FORMAT_XLIFF2, side};
    bool with_tags = writer->options.level != 1;
    return xliff_put_markup(with_tags ? variant : &plain, &dialect, out, data, error);
}

/* ---- units ------------------------------------------------------------------------------------ */

/* The parts of a unit, converted. */
typedef struct parts {
    str source, target, notes;
    xliff_data data;
} parts;

static void auto_parts(parts *made)
{
    str_done(&made->source);
    str_done(&made->target);
    str_done(&made->data.elements);
    str_done(&made->notes);
}

static aln_status put_notes(const aln_unit *unit, str *out)
{
    for (size_t i = 0; i < unit->n_meta; i++) {
        if (unit->meta[i].kind != ALN_META_NOTE) continue;
        const char *text = unit->meta[i].value;
        if (str_puts(out, "        <note>") ||
            xml_escape(out, text, strlen(text), false) || str_puts(out, "</note>\n"))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static const aln_variant *find_target(const aln_writer *writer, const aln_unit *unit)
{
    for (size_t i = 0; i < unit->n_variants; i++)
        if (strcasecmp(unit->variants[i].language, writer->target) == 0)
            return &unit->variants[i];
    return NULL;
}

static const char *property(const aln_unit *unit, const char *name)
{
    return aln_meta_value(unit->meta, unit->n_meta, ALN_META_PROPERTY, name);
}

/* How far a translation is, in the words of 1.2 and of 2.0. */
typedef struct progress_state {
    const char *one, *two, *finer; /* finer: the subState of 2.0, or NULL */
} progress_state;

/* By the property x-state; what says nothing is translated. */
static const progress_state *state_of(const aln_unit *unit)
{
    static const progress_state states[] = {
        {"translated", "translated", NULL},
        {"final", "final", NULL},
        {"signed-off", "final", NULL},
        {"new", "initial", NULL},
        {"needs-adaptation", "initial", NULL},
        {"needs-l10n", "initial", NULL},
        {"needs-translation", "initial", NULL},
        {"needs-review-adaptation", "translated", XLIFF2_NEEDS_REVIEW},
        {"needs-review-l10n", "translated", XLIFF2_NEEDS_REVIEW},
        {XLIFF_NEEDS_REVIEW, "translated", XLIFF2_NEEDS_REVIEW},
    };
    const char *said = property(unit, XLIFF_STATE);
    for (size_t i = 0; said && i < sizeof states / sizeof *states; i++)
        if (strcmp(said, states[i].one) == 0) return &states[i];
    return states;
}

static aln_status put_name(aln_writer *writer, const char *attribute,
                           const aln_unit *unit)
{
    str *out = &writer->out.text;
    const char *name = property(unit, "x-context");
    if (!name) return ALN_OK;
    if (str_printf(out, " %s=\"", attribute) ||
        xml_escape(out, name, strlen(name), true))
        return ALN_NO_MEMORY;
    return str_putc(out, '"');
}

static aln_status write_1(aln_writer *writer, const aln_unit *unit, const parts *made)
{
    str *out = &writer->out.text;
    if (str_printf(out, "      <trans-unit id=\"%lu\"", writer->n) ||
        put_name(writer, "resname", unit))
        return ALN_NO_MEMORY;
    return str_printf(out,
                      " xml:space=\"preserve\">\n"
                      "        <source>%s</source>\n"
                      "        <target state=\"%s\">%s</target>\n"
                      "%s      </trans-unit>\n",
                      str_text(&made->source), state_of(unit)->one,
                      str_text(&made->target), str_text(&made->notes));
}

static aln_status write_2(aln_writer *writer, const aln_unit *unit, const parts *made)
{
    str *out = &writer->out.text;
    bool notes = made->notes.size, data = made->data.n > 0;
    const progress_state *state = state_of(unit);
    if (str_printf(out, "    <unit id=\"u%lu\"", writer->n) ||
        put_name(writer, "name", unit))
        return ALN_NO_MEMORY;
    return str_printf(out,
                      " canResegment=\"no\" xml:space=\"preserve\">\n%s%s%s%s%s%s"
                      "      <segment state=\"%s\"%s%s%s>\n"
                      "        <source>%s</source>\n"
                      "        <target>%s</target>\n"
                      "      </segment>\n    </unit>\n",
                      notes ? "      <notes>\n" : "", str_text(&made->notes),
                      notes ? "      </notes>\n" : "",
                      data ? "      <originalData>" : "",
                      str_text(&made->data.elements), data ? "</originalData>\n" : "",
                      state->two, state->finer ? " subState=\"" : "",
                      state->finer ? state->finer : "", state->finer ? "\"" : "",
                      str_text(&made->source), str_text(&made->target));
}

static aln_status xliff_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    __attribute__((cleanup(auto_parts))) parts made = {0};
    bool two = writer->options.format == ALN_FORMAT_XLIFF2;
    const aln_variant *source = aln_unit_variant(unit, writer->source);
    const aln_variant *target = find_target(writer, unit);
    if (!source || !target || source == target) return ALN_OK;
    TRY(put_content(writer, source, "s", &made.source, &made.data, error));
    TRY(put_content(writer, target, "t", &made.target, &made.data, error));
    if (put_notes(unit, &made.notes)) return error_no_memory(error);
    writer->n++;
    aln_status status =
        two ? write_2(writer, unit, &made) : write_1(writer, unit, &made);
    return status ? error_no_memory(error) : ALN_OK;
}

/* ---- the document --------------------------------------------------------------------------------- */

static aln_status xliff_begin(aln_writer *writer, aln_error *error)
{
    const char *const *languages = writer->options.languages;
    if (!languages || !languages[0] || !languages[1])
        return error_set(error, ALN_INVALID,
                         "XLIFF holds two languages; tell them with --langs");
    writer->target = strdup(languages[1]);
    if (!writer->target) return error_no_memory(error);
    bool two = writer->options.format == ALN_FORMAT_XLIFF2;
    str *out = &writer->out.text;
    aln_status status = str_printf(out, "<?xml version=\"1.0\" encoding=\"%s\"?>\n",
                                   writer->options.utf16 ? "UTF-16" : "UTF-8");
    if (!status && two)
        status = str_printf(out,
                            "<xliff version=\"2.0\" "
                            "xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" "
                            "srcLang=\"%s\" trgLang=\"%s\">\n  <file id=\"f1\">\n",
                            writer->source, writer->target);
    else if (!status)
        status = str_printf(out,
                            "<xliff version=\"1.2\" "
                            "xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n"
                            "  <file original=\"memory\" source-language=\"%s\" "
                            "target-language=\"%s\" datatype=\"plaintext\">\n"
                            "    <body>\n",
                            writer->source, writer->target);
    return status ? error_no_memory(error) : ALN_OK;
}

static aln_status xliff_finish(aln_writer *writer, aln_error *error)
{
    bool two = writer->options.format == ALN_FORMAT_XLIFF2;
    const char *end =
        two ? "  </file>\n</xliff>\n" : "    </body>\n  </file>\n</xliff>\n";
    return str_puts(&writer->out.text, end) ? error_no_memory(error) : ALN_OK;
}

const write_format write_xliff = {
    .format = ALN_FORMAT_XLIFF,
    .begin = xliff_begin,
    .add = xliff_add,
    .finish = xliff_finish,
};

const write_format write_xliff2 = {
    .format = ALN_FORMAT_XLIFF2,
    .begin = xliff_begin,
    .add = xliff_add,
    .finish = xliff_finish,
};
