/* tmx_write.c - write TMX 1.4b, valid against the TMX 1.4 DTD.
 *
 *     <tu tuid="1-9f86d081">
 *       <prop type="x-score">0.93</prop>
 *       <tuv xml:lang="fr">
 *         <prop type="x-document">fr.html</prop>
 *         <seg>Bonjour</seg>
 *       </tuv>
 *       ...
 *
 * The same units give the same bytes: no date of today, no number of a database.  The
 * header names one source language, for there are tools that refuse "*all*"; a unit with
 * another source says so itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/writer.h"

#include <string.h>
#include <strings.h>

#include <align/align.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/utf8.h"
#include "exchange/tmx.h"
#include "exchange/xml.h"
#include "unit/flags.h"

static aln_status put_attribute(str *out, const char *name, const char *value)
{
    if (str_putc(out, ' ') || str_puts(out, name) || str_puts(out, "=\""))
        return ALN_NO_MEMORY;
    if (xml_escape(out, value, strlen(value), true)) return ALN_NO_MEMORY;
    return str_putc(out, '"');
}

/* The name of a document is that of a file, which may be any bytes. */
static aln_status put_text(str *out, const char *text)
{
    size_t valid;
    while ((valid = utf8_valid_prefix(text, strlen(text))) < strlen(text)) {
        if (xml_escape(out, text, valid, false) || str_puts(out, "\xEF\xBF\xBD"))
            return ALN_NO_MEMORY;
        text += valid + 1;
    }
    return xml_escape(out, text, strlen(text), false);
}

static aln_status canonical(const char *tag, char out[ALN_LANGUAGE_SIZE])
{
    if (aln_language_canonical(tag, out, NULL) == ALN_OK) return ALN_OK;
    size_t n = strnlen(tag, ALN_LANGUAGE_SIZE - 1);
    memcpy(out, tag, n);
    out[n] = '\0';
    return ALN_OK;
}

/* ---- notes and properties ------------------------------------------------------------------ */

static aln_status put_item(str *out, const char *indent, const aln_meta *item)
{
    bool is_note = item->kind == ALN_META_NOTE;
    const char *element = is_note ? "note" : "prop";
    const char *type = item->name && *item->name ? item->name : "x-unknown";
    if (str_puts(out, indent) || str_putc(out, '<') || str_puts(out, element))
        return ALN_NO_MEMORY;
    if (!is_note && put_attribute(out, "type", type)) return ALN_NO_MEMORY;
    if (item->language && put_attribute(out, "xml:lang", item->language))
        return ALN_NO_MEMORY;
    if (item->encoding && put_attribute(out, "o-encoding", item->encoding))
        return ALN_NO_MEMORY;
    if (str_putc(out, '>') || put_text(out, item->value ? item->value : ""))
        return ALN_NO_MEMORY;
    return str_puts(out, is_note ? "</note>\n" : "</prop>\n");
}

/* An attribute that TMX does not have, as a property. */
static aln_status put_foreign(str *out, const char *indent, const aln_meta *item)
{
    AUTO(str) str name = {0};
    if (str_printf(&name, "x-attribute:%s", item->name)) return ALN_NO_MEMORY;
    aln_meta property = {
        .kind = ALN_META_PROPERTY, .name = name.at, .value = item->value};
    return put_item(out, indent, &property);
}

static bool is_attribute(const aln_meta *item)
{
    return item->kind == ALN_META_ATTRIBUTE && item->name && item->value;
}

static aln_status put_items(str *out, const char *indent, tmx_place place,
                            const aln_meta *meta, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        aln_status status = ALN_OK;
        bool item = meta[i].kind == ALN_META_PROPERTY || meta[i].kind == ALN_META_NOTE;
        if (item)
            status = put_item(out, indent, &meta[i]);
        else if (is_attribute(&meta[i]) && !tmx_allows(place, meta[i].name))
            status = put_foreign(out, indent, &meta[i]);
        if (status) return status;
    }
    return ALN_OK;
}

static aln_status put_attributes(str *out, tmx_place place, const aln_meta *meta,
                                 size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_attribute(&meta[i]) || !tmx_allows(place, meta[i].name)) continue;
        if (aln_meta_value(meta, i, ALN_META_ATTRIBUTE, meta[i].name))
            continue; /* twice */
        if (put_attribute(out, meta[i].name,
                          tmx_segment_type(meta[i].name, meta[i].value)))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

/* ---- header ---------------------------------------------------------------------------------- */

/* Those that the header must have, and what they are where nothing is known. */
static aln_status put_required(aln_writer *writer, char source[ALN_LANGUAGE_SIZE])
{
    const aln_write_options *options = &writer->options;
    const struct {
        const char *name, *value;
        bool ours; /* not taken over from another document */
    } table[] = {
        {"creationtool", "bitext", true}, {"creationtoolversion", aln_version(), true},
        {"segtype", "sentence", false},   {"o-tmf", "bitext", false},
        {"adminlang", "en", false},       {"srclang", source, true},
        {"datatype", "plaintext", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        aln_meta item = {.name = table[i].name, .value = NULL};
        if (!table[i].ours)
            item.value = aln_meta_value(options->header, options->n_header,
                                        ALN_META_ATTRIBUTE, item.name);
        if (!item.value) item.value = table[i].value;
        if (put_attribute(&writer->out.text, item.name,
                          tmx_segment_type(item.name, item.value)))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

/* The others, of those that stay true when the units are written again. */
static aln_status put_kept(aln_writer *writer)
{
    static const char *const names[] = {"creationdate", "creationid", "changedate",
                                        "changeid", "o-encoding"};
    const aln_write_options *options = &writer->options;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = aln_meta_value(options->header, options->n_header,
                                           ALN_META_ATTRIBUTE, names[i]);
        if (i == 0 && options->date) value = options->date;
        if (value && put_attribute(&writer->out.text, names[i], value))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status put_header_items(aln_writer *writer)
{
    const aln_meta *meta = writer->options.header;
    str *out = &writer->out.text;
    for (size_t i = 0; i < writer->options.n_header; i++) {
        aln_status status = ALN_OK;
        if (meta[i].kind == ALN_META_MAP)
            status = str_printf(out, "    %s\n", meta[i].value);
        else if (meta[i].kind != ALN_META_ATTRIBUTE)
            status = put_item(out, "    ", &meta[i]);
        if (status) return status;
    }
    return ALN_OK;
}

static bool has_header_items(const aln_writer *writer)
{
    for (size_t i = 0; i < writer->options.n_header; i++)
        if (writer->options.header[i].kind != ALN_META_ATTRIBUTE) return true;
    return false;
}

static aln_status tmx_begin(aln_writer *writer, aln_error *error)
{
    str *out = &writer->out.text;
    char source[ALN_LANGUAGE_SIZE];
    bool items = has_header_items(writer);
    aln_status status = canonical(writer->source, source);
    if (!status)
        status = str_printf(out,
                            "<?xml version=\"1.0\" encoding=\"%s\"?>\n"
                            "<tmx version=\"1.4\">\n  <header",
                            writer->options.utf16 ? "UTF-16" : "UTF-8");
    if (!status) status = put_required(writer, source);
    if (!status) status = put_kept(writer);
    if (!status) status = str_puts(out, items ? ">\n" : "/>\n");
    if (!status && items) status = put_header_items(writer);
    if (!status && items) status = str_puts(out, "  </header>\n");
    if (!status) status = str_puts(out, "  <body>\n");
    return status ? error_no_memory(error) : ALN_OK;
}

/* ---- units ----------------------------------------------------------------------------------- */

static aln_status put_variant(aln_writer *writer, const aln_variant *variant)
{
    str *out = &writer->out.text;
    char tag[ALN_LANGUAGE_SIZE];
    bool tags = variant->markup && writer->options.level != 1;
    if (canonical(variant->language, tag)) return ALN_NO_MEMORY;
    if (str_puts(out, "      <tuv") || put_attribute(out, "xml:lang", tag) ||
        put_attributes(out, TMX_TUV, variant->meta, variant->n_meta) ||
        str_puts(out, ">\n"))
        return ALN_NO_MEMORY;
    bool named =
        aln_meta_value(variant->meta, variant->n_meta, ALN_META_PROPERTY, "x-document");
    aln_meta document = {
        .kind = ALN_META_PROPERTY, .name = "x-document", .value = variant->document};
    if (variant->document && !named && put_item(out, "        ", &document))
        return ALN_NO_MEMORY;
    if (put_items(out, "        ", TMX_TUV, variant->meta, variant->n_meta) ||
        str_puts(out, "        <seg>"))
        return ALN_NO_MEMORY;
    aln_status status = tags ? str_add(out, variant->markup, variant->markup_size)
                             : xml_escape(out, variant->text, variant->size, false);
    return status ? status : str_puts(out, "</seg>\n      </tuv>\n");
}

static aln_status put_own_items(str *out, const aln_unit *unit)
{
    AUTO(str) str text = {0};
    if (unit->score >= 0) {
        if (str_printf(&text, "%.6g", unit->score)) return ALN_NO_MEMORY;
        aln_meta item = {
            .kind = ALN_META_PROPERTY, .name = "x-score", .value = text.at};
        if (put_item(out, "      ", &item)) return ALN_NO_MEMORY;
    }
    if (!unit->flags) return ALN_OK;
    str_clear(&text);
    if (flags_write(unit->flags, " ", &text)) return ALN_NO_MEMORY;
    aln_meta item = {
        .kind = ALN_META_PROPERTY, .name = "x-flags", .value = str_text(&text)};
    return put_item(out, "      ", &item);
}

static aln_status put_tu_tag(aln_writer *writer, const aln_unit *unit)
{
    str *out = &writer->out.text;
    char tuid[TMX_TUID], source[ALN_LANGUAGE_SIZE];
    if (str_puts(out, "    <tu")) return ALN_NO_MEMORY;
    if (!aln_meta_value(unit->meta, unit->n_meta, ALN_META_ATTRIBUTE, "tuid")) {
        tmx_make_tuid(unit, writer->n, tuid);
        if (put_attribute(out, "tuid", tuid)) return ALN_NO_MEMORY;
    }
    if (put_attributes(out, TMX_TU, unit->meta, unit->n_meta)) return ALN_NO_MEMORY;
    bool says = aln_meta_value(unit->meta, unit->n_meta, ALN_META_ATTRIBUTE, "srclang");
    if (!says && strcasecmp(unit->variants[0].language, writer->source) != 0) {
        canonical(unit->variants[0].language, source);
        if (put_attribute(out, "srclang", source)) return ALN_NO_MEMORY;
    }
    return str_puts(out, ">\n");
}

static aln_status put_unit(aln_writer *writer, const aln_unit *unit)
{
    str *out = &writer->out.text;
    if (put_tu_tag(writer, unit) || put_own_items(out, unit) ||
        put_items(out, "      ", TMX_TU, unit->meta, unit->n_meta))
        return ALN_NO_MEMORY;
    for (size_t i = 0; i < unit->n_variants; i++)
        if (put_variant(writer, &unit->variants[i])) return ALN_NO_MEMORY;
    return str_puts(out, "    </tu>\n");
}

static aln_status tmx_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    if (unit->n_variants == 0) return ALN_OK; /* the DTD wants one at least */
    writer->n++;
    return put_unit(writer, unit) ? error_no_memory(error) : ALN_OK;
}

static aln_status tmx_finish(aln_writer *writer, aln_error *error)
{
    aln_status status = str_puts(&writer->out.text, "  </body>\n</tmx>\n");
    return status ? error_no_memory(error) : ALN_OK;
}

const write_format write_tmx = {
    .format = ALN_FORMAT_TMX,
    .begin = tmx_begin,
    .add = tmx_add,
    .finish = tmx_finish,
};
