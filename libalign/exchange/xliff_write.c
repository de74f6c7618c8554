/* xliff_write.c - write XLIFF 1.2 and 2.0, for review in a translation tool.
 *
 * The first language is the source and the second the target.  A tag of TMX becomes the
 * tag of XLIFF that holds as much:
 *
 *     TMX          1.2                    2.0
 *     bpt ept      bpt ept                sc ec, the code in <originalData>
 *     it           it pos="open|close"    sc ec isolated="yes"
 *     ph ut        ph                     ph
 *     hi           g                      pc
 *     sub          its text               its text
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
#include "exchange/tmx.h"
#include "exchange/xml.h"

/* Markup on its way from TMX to XLIFF. */
typedef struct conversion {
    xml x;
    bool two;
    str *out;
    str *data; /* <data> elements of the unit */
    unsigned *n_data;
    unsigned n_tags;
    const char *side; /* "s" or "t": ids must differ where i does not link them */
    str code;         /* of the tag that is open */
} conversion;

static aln_status put_attribute(str *out, const char *name, const char *value)
{
    if (str_printf(out, " %s=\"", name) || xml_escape(out, value, strlen(value), true))
        return ALN_NO_MEMORY;
    return str_putc(out, '"');
}

/* ---- inline tags --------------------------------------------------------------------------- */

/* What links a tag to its twin in the other language, and a bpt to its ept. */
static void tag_id(conversion *c, const char *name, char out[48])
{
    const char *i = xml_attribute_value(&c->x, "i"),
               *x = xml_attribute_value(&c->x, "x");
    c->n_tags++;
    if (i && (name[0] == 'b' || name[0] == 'e'))
        snprintf(out, 48, "i%.40s", i);
    else if (x)
        snprintf(out, 48, "x%.40s", x);
    else
        snprintf(out, 48, "%s%u", c->side, c->n_tags);
}

/* 1.2: the code is the content of the tag. */
static aln_status put_tag_1(conversion *c, const char *name, const char *id,
                            const char *position)
{
    str *out = c->out;
    if (str_printf(out, "<%s", name) || put_attribute(out, "id", id))
        return ALN_NO_MEMORY;
    if (position && put_attribute(out, "pos", *position == 'e' ? "close" : "open"))
        return ALN_NO_MEMORY;
    if (str_putc(out, '>') || xml_escape(out, str_text(&c->code), c->code.size, false))
        return ALN_NO_MEMORY;
    return str_printf(out, "</%s>", name);
}

/* 2.0: the code stands in <data>. */
static aln_status put_tag_2(conversion *c, const char *name, const char *id,
                            const char *position)
{
    bool ends = name[0] == 'e' || (position && *position == 'e');
    bool starts = name[0] == 'b' || (position && *position != 'e');
    if (str_printf(c->out, "<%s",
                   ends     ? "ec"
                   : starts ? "sc"
                            : "ph") ||
        (position && put_attribute(c->out, "isolated", "yes")) ||
        put_attribute(c->out, ends && !position ? "startRef" : "id", id))
        return ALN_NO_MEMORY;
    if (c->code.size &&
        (str_printf(c->out, " dataRef=\"d%u\"", ++*c->n_data) ||
         str_printf(c->data, "          <data id=\"d%u\">", *c->n_data) ||
         xml_escape(c->data, c->code.at, c->code.size, false) ||
         str_puts(c->data, "</data>\n")))
        return ALN_NO_MEMORY;
    return str_puts(c->out, "/>");
}

/* A whole code: its tag was just opened, its content is read here. */
static aln_status convert_code(conversion *c, const char *name, aln_error *error)
{
    char id[48], position[8] = "";
    const char *pos = xml_attribute_value(&c->x, "pos");
    const char *as = strcmp(name, "ut") == 0 ? "ph" : name;
    char kept[8];
    snprintf(kept, sizeof kept, "%.7s", as);
    if (pos) snprintf(position, sizeof position, "%.7s", pos);
    tag_id(c, kept, id);
    str_clear(&c->code);
    TRY(xml_content(&c->x, SIZE_MAX / 2, &c->code, error));
    const char *at = strcmp(kept, "it") == 0 ? position : NULL;
    aln_status status =
        c->two ? put_tag_2(c, kept, id, at) : put_tag_1(c, kept, id, at);
    return status ? error_no_memory(error) : ALN_OK;
}

static aln_status convert_span(conversion *c, bool opens, aln_error *error)
{
    const char *name = c->two ? "pc" : "g";
    char id[48];
    if (opens) tag_id(c, "hi", id);
    aln_status status = opens ? str_printf(c->out, "<%s id=\"%s\">", name, id)
                              : str_printf(c->out, "</%s>", name);
    return status ? error_no_memory(error) : ALN_OK;
}

static aln_status convert_events(conversion *c, aln_error *error)
{
    for (;;) {
        xml_event event;
        TRY(xml_next(&c->x, &event, error));
        if (event == XML_END) return ALN_OK;
        bool inside = event == XML_CLOSE ? c->x.depth > 0 : c->x.depth > 1;
        if (event == XML_TEXT) {
            if (xml_escape(c->out, c->x.text, c->x.text_size, false))
                return error_no_memory(error);
        } else if (inside) {
            const tmx_inline *is = tmx_inline_named(xml_name(&c->x));
            if (event == XML_OPEN && is && is->is_code)
                TRY(convert_code(c, is->name, error));
            else
                TRY(convert_span(c, event == XML_OPEN, error));
        }
    }
}

/* The parser wants one root. */
static aln_status convert_markup(conversion *c, const aln_variant *variant,
                                 aln_error *error)
{
    AUTO(str) str wrapped = {0};
    byte_source *source;
    decoder *input;
    if (str_puts(&wrapped, "<seg>") ||
        str_add(&wrapped, variant->markup, variant->markup_size) ||
        str_puts(&wrapped, "</seg>"))
        return error_no_memory(error);
    TRY(bytes_open_memory(wrapped.at, wrapped.size, &source, error));
    TRY(decoder_open(source, (warner){0}, &input, error));
    xml_init(&c->x, input, (warner){0});
    aln_status status = convert_events(c, error);
    xml_done(&c->x);
    decoder_close(input);
    return status;
}

static aln_status put_content(aln_writer *writer, const aln_variant *variant,
                              const char *side, str *out, str *data, unsigned *n_data,
                              aln_error *error)
{
    if (!variant->markup || writer->options.level == 1)
        return xml_escape(out, variant->text, variant->size, false)
                   ? error_no_memory(error)
                   : ALN_OK;
    AUTO(free) conversion *c = calloc(1, sizeof *c);
    if (!c) return error_no_memory(error);
    c->two = writer->options.format == ALN_FORMAT_XLIFF2;
    c->out = out;
    c->data = data;
    c->n_data = n_data;
    c->side = side;
    aln_status status = convert_markup(c, variant, error);
    str_done(&c->code);
    return status;
}

/* ---- units ------------------------------------------------------------------------------------ */

/* The parts of a unit, converted. */
typedef struct parts {
    str source, target, data, notes;
    unsigned n_data;
} parts;

static void auto_parts(parts *made)
{
    str_done(&made->source);
    str_done(&made->target);
    str_done(&made->data);
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

static aln_status write_1(aln_writer *writer, const parts *made)
{
    str *out = &writer->out.text;
    return str_printf(out,
                      "      <trans-unit id=\"%lu\" xml:space=\"preserve\">\n"
                      "        <source>%s</source>\n"
                      "        <target state=\"translated\">%s</target>\n"
                      "%s      </trans-unit>\n",
                      writer->n, str_text(&made->source), str_text(&made->target),
                      str_text(&made->notes));
}

static aln_status write_2(aln_writer *writer, const parts *made)
{
    str *out = &writer->out.text;
    bool notes = made->notes.size, data = made->data.size;
    return str_printf(out,
                      "    <unit id=\"u%lu\" xml:space=\"preserve\">\n%s%s%s%s%s%s"
                      "      <segment state=\"translated\">\n"
                      "        <source>%s</source>\n"
                      "        <target>%s</target>\n"
                      "      </segment>\n    </unit>\n",
                      writer->n, notes ? "      <notes>\n" : "", str_text(&made->notes),
                      notes ? "      </notes>\n" : "",
                      data ? "      <originalData>\n" : "", str_text(&made->data),
                      data ? "      </originalData>\n" : "", str_text(&made->source),
                      str_text(&made->target));
}

static aln_status xliff_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    __attribute__((cleanup(auto_parts))) parts made = {0};
    bool two = writer->options.format == ALN_FORMAT_XLIFF2;
    const aln_variant *source = aln_unit_variant(unit, writer->source);
    const aln_variant *target = find_target(writer, unit);
    if (!source || !target || source == target) return ALN_OK;
    TRY(put_content(writer, source, "s", &made.source, &made.data, &made.n_data,
                    error));
    TRY(put_content(writer, target, "t", &made.target, &made.data, &made.n_data,
                    error));
    if (put_notes(unit, &made.notes)) return error_no_memory(error);
    writer->n++;
    aln_status status = two ? write_2(writer, &made) : write_1(writer, &made);
    return status ? error_no_memory(error) : ALN_OK;
}

/* ---- the document --------------------------------------------------------------------------------- */

static aln_status xliff_begin(aln_writer *writer, aln_error *error)
{
    const char *const *languages = writer->options.languages;
    if (!languages || !languages[0] || !languages[1])
        return error_set(error, ALN_INVALID, "XLIFF needs to know its two languages");
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
