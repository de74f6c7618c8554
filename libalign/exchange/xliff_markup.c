/* xliff_markup.c - convert the inline tags of TMX into those of XLIFF.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xliff_markup.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/tmx.h"
#include "exchange/xml.h"

/* Markup on its way from TMX to XLIFF. */
typedef struct conversion {
    xml x;
    bool two;
    str *out;
    xliff_data *data;
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
        (str_printf(c->out, " dataRef=\"d%u\"", ++c->data->n) ||
         str_printf(&c->data->elements, "<data id=\"d%u\">", c->data->n) ||
         xml_escape(&c->data->elements, c->code.at, c->code.size, false) ||
         str_puts(&c->data->elements, "</data>")))
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

aln_status xliff_put_markup(const aln_variant *variant, const xliff_dialect *dialect,
                            str *out, xliff_data *data, aln_error *error)
{
    if (!variant->markup)
        return xml_escape(out, variant->text, variant->size, false)
                   ? error_no_memory(error)
                   : ALN_OK;
    AUTO(free) conversion *c = calloc(1, sizeof *c);
    if (!c) return error_no_memory(error);
    c->two = dialect->two;
    c->side = dialect->side;
    c->out = out;
    c->data = data;
    aln_status status = convert_markup(c, variant, error);
    str_done(&c->code);
    return status;
}
