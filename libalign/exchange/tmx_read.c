/* tmx_read.c - read TMX 1.1 to 1.4b as tools write it.
 *
 *     <tmx> <header> notes, props, udes </header>
 *           <body> <tu> notes, props, <tuv> notes, props, <seg/> </tuv>... </tu>...
 *
 * Lenient where the meaning is clear: `lang` for `xml:lang`, missing attributes, dates
 * and language tags in other shapes, properties after the variants.  Attributes that the
 * DTD does not know become properties named "x-attribute:NAME".  Everything of that kind
 * is reported; only XML that does not hold together, or a unit that is none, is an error.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <string.h>
#include <strings.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/segment_read.h"
#include "exchange/tmx.h"
#include "exchange/xml.h"
#include "unit/flags.h"

enum { BODY_DEPTH = 2 };

typedef struct tmx_reader {
    xml x;
    segment seg;
    str value;
    const char *source; /* the header's srclang, canonical; NULL: none, or *all* */
    bool in_body;
    bool pending; /* the <tu> that comes next has been read already */
} tmx_reader;

static tmx_reader *state_of(const aln_reader *reader)
{
    return reader->state;
}

static bool is(const xml *x, const char *name)
{
    return strcmp(xml_name(x), name) == 0;
}

static const char *language_attribute(const xml *x)
{
    const char *value = xml_attribute_value(x, "xml:lang");
    return value ? value : xml_attribute_value(x, "lang");
}

/* Add an item to the header or to the unit, whichever is being read. */
static aln_status add_item(aln_reader *reader, const aln_meta *item, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    aln_status status = tmx->in_body ? unit_builder_meta(&reader->unit, item)
                                     : reader_add_header(reader, item);
    return status ? error_no_memory(error) : ALN_OK;
}

/* ---- attributes ------------------------------------------------------------------------ */

static bool is_date(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, "date") == 0; /* creation, change, lastusage */
}

static aln_status add_foreign(aln_reader *reader, const char *element, const char *name,
                              const char *value, aln_error *error)
{
    AUTO(str) str property = {0};
    if (str_printf(&property, "x-attribute:%s%s%s", element, *element ? "/" : "", name))
        return error_no_memory(error);
    warn_at(&reader->warn, state_of(reader)->x.tag_line,
            "%.40s=\"%.40s\" is none of TMX's attributes; kept as a property", name,
            value);
    aln_meta item = {.kind = ALN_META_PROPERTY, .name = property.at, .value = value};
    return add_item(reader, &item, error);
}

static aln_status add_attribute(aln_reader *reader, const char *name, const char *value,
                                aln_error *error)
{
    char date[TMX_DATE];
    const char *canonical = NULL;
    unsigned line = state_of(reader)->x.tag_line;
    if (is_date(name)) {
        if (!tmx_date(value, date)) return add_foreign(reader, "", name, value, error);
        value = date;
    } else if (strcmp(name, "usagecount") == 0) {
        if (!*value || value[strspn(value, "0123456789")])
            return add_foreign(reader, "", name, value, error);
    } else if (strcmp(name, "segtype") == 0) {
        const char *word = tmx_segment_type(name, value);
        if (strcmp(word, value) != 0)
            warn_at(&reader->warn, line, "segtype \"%.40s\" is taken for \"%s\"", value,
                    word);
        value = word;
    } else if (strcmp(name, "srclang") == 0 && strcasecmp(value, "*all*") != 0) {
        TRY(reader_language(reader, value, line, &canonical, error));
        value = canonical;
    }
    aln_meta item = {.kind = ALN_META_ATTRIBUTE, .name = name, .value = value};
    return add_item(reader, &item, error);
}

static bool is_silent(const char *name)
{
    return strcmp(name, "xml:lang") == 0 || strcmp(name, "lang") == 0 ||
           strncmp(name, "xmlns", 5) == 0 || strcmp(name, "xml:space") == 0;
}

static aln_status read_attributes(aln_reader *reader, tmx_place place, aln_error *error)
{
    const xml *x = &state_of(reader)->x;
    for (size_t i = 0; i < x->n_attributes; i++) {
        const char *name = x->attributes[i].name, *value = x->attributes[i].value;
        if (is_silent(name)) continue;
        if (tmx_allows(place, name))
            TRY(add_attribute(reader, name, value, error));
        else
            TRY(add_foreign(reader, "", name, value, error));
    }
    return ALN_OK;
}

/* ---- notes, properties, maps ------------------------------------------------------------ */

/* A <note> or <prop>; what its tag says must be kept before its content is read. */
static aln_status read_item(aln_reader *reader, aln_meta_kind kind, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    AUTO(arena) arena texts = {0};
    const char *type = xml_attribute_value(&tmx->x, "type"), *language = NULL;
    if (kind == ALN_META_PROPERTY && !type) {
        warn_at(&reader->warn, tmx->x.tag_line,
                "<prop> has no type; taken for "
                "\"x-unknown\"");
        type = "x-unknown";
    }
    if (language_attribute(&tmx->x))
        TRY(reader_language(reader, language_attribute(&tmx->x), tmx->x.tag_line,
                            &language, error));
    aln_meta item, said = {.kind = kind,
                           .name = kind == ALN_META_PROPERTY ? type : NULL,
                           .language = language,
                           .encoding = xml_attribute_value(&tmx->x, "o-encoding")};
    if (meta_copy(&texts, &said, &item)) return error_no_memory(error);
    const char *element = kind == ALN_META_PROPERTY ? "prop" : "note";
    for (size_t i = 0; i < tmx->x.n_attributes; i++) {
        const char *name = tmx->x.attributes[i].name;
        if (is_silent(name) || strcmp(name, "type") == 0 ||
            strcmp(name, "o-encoding") == 0)
            continue;
        TRY(add_foreign(reader, element, name, tmx->x.attributes[i].value, error));
    }
    str_clear(&tmx->value);
    TRY(xml_content(&tmx->x, MOST_UNIT, &tmx->value, error));
    item.value = str_text(&tmx->value);
    return add_item(reader, &item, error);
}

/* <ude> and its <map>s, kept as they are with the attributes that the DTD knows. */
static aln_status write_element(str *out, const xml *x, const char *const *attributes)
{
    if (str_printf(out, "<%s", xml_name(x))) return ALN_NO_MEMORY;
    for (; *attributes; attributes++) {
        const char *value = xml_attribute_value(x, *attributes);
        if (!value) continue;
        if (str_printf(out, " %s=\"", *attributes) ||
            xml_escape(out, value, strlen(value), true) || str_putc(out, '"'))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status read_maps(aln_reader *reader, aln_error *error)
{
    static const char *const of_ude[] = {"name", "base", NULL};
    static const char *const of_map[] = {"unicode", "code", "ent", "subst", NULL};
    xml *x = &state_of(reader)->x;
    str *out = &state_of(reader)->value;
    size_t depth = x->depth, maps = 0;
    AUTO(free)
    char *name =
        strdup(xml_attribute_value(x, "name") ? xml_attribute_value(x, "name") : "");
    str_clear(out);
    if (!name || write_element(out, x, of_ude) || str_putc(out, '>'))
        return error_no_memory(error);
    while (x->depth >= depth) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event != XML_OPEN || !is(x, "map")) continue;
        if (!xml_attribute_value(x, "unicode")) continue;
        if (out->size > MOST_UNIT)
            return xml_fail(error, x->line, "a <ude> is too long");
        if (write_element(out, x, of_map) || str_puts(out, "/>"))
            return error_no_memory(error);
        maps++;
    }
    if (str_puts(out, "</ude>")) return error_no_memory(error);
    aln_meta item = {.kind = ALN_META_MAP, .name = name, .value = out->at};
    return maps && *name ? add_item(reader, &item, error) : ALN_OK;
}

/* Read the note, property or map that was just opened; *known is false, and nothing
 * read, for another element. */
static aln_status read_known_item(aln_reader *reader, bool *known, aln_error *error)
{
    const xml *x = &state_of(reader)->x;
    *known = true;
    if (is(x, "prop")) return read_item(reader, ALN_META_PROPERTY, error);
    if (is(x, "note")) return read_item(reader, ALN_META_NOTE, error);
    if (is(x, "ude") && !state_of(reader)->in_body) return read_maps(reader, error);
    *known = false;
    return ALN_OK;
}

static aln_status skip_unknown(aln_reader *reader, const char *where, aln_error *error)
{
    xml *x = &state_of(reader)->x;
    warn_at(&reader->warn, x->tag_line, "<%.40s> has no place in <%s>; left out",
            x->name, where);
    return xml_skip(x, error);
}

/* ---- units -------------------------------------------------------------------------------- */

static aln_status keep_segment(aln_reader *reader, aln_error *error)
{
    segment *seg = &state_of(reader)->seg;
    if (unit_builder_text(&reader->unit, str_text(&seg->text), seg->text.size))
        return error_no_memory(error);
    if (seg->has_tags &&
        unit_builder_markup(&reader->unit, str_text(&seg->markup), seg->markup.size))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status begin_variant(aln_reader *reader, aln_error *error)
{
    xml *x = &state_of(reader)->x;
    const char *tag = language_attribute(x), *canonical = "und";
    if (tag && *tag)
        TRY(reader_language(reader, tag, x->tag_line, &canonical, error));
    else
        warn_at(&reader->warn, x->tag_line, "<tuv> has no language; taken for \"und\"");
    if (unit_builder_variant(&reader->unit, canonical)) return error_no_memory(error);
    return read_attributes(reader, TMX_TUV, error);
}

static aln_status read_variant(aln_reader *reader, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    xml *x = &tmx->x;
    size_t depth = x->depth, segments = 0;
    unsigned line = x->tag_line;
    TRY(begin_variant(reader, error));
    while (x->depth >= depth) {
        xml_event event;
        bool known = false;
        TRY(xml_next(x, &event, error));
        if (event != XML_OPEN) continue;
        if (is(x, "seg")) {
            if (segments++)
                return xml_fail(error, x->tag_line, "a second <seg> in <tuv>");
            TRY(segment_read(&tmx->seg, x, error));
            TRY(keep_segment(reader, error));
            continue;
        }
        TRY(read_known_item(reader, &known, error));
        if (!known) TRY(skip_unknown(reader, "tuv", error));
    }
    unit_builder_end_variant(&reader->unit);
    if (!segments) return xml_fail(error, line, "<tuv> has no <seg>");
    return ALN_OK;
}

/* The <tu> that was just opened, up to its end. */
static aln_status read_tu(aln_reader *reader, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    xml *x = &tmx->x;
    unsigned line = x->tag_line;
    unit_builder_clear(&reader->unit);
    TRY(read_attributes(reader, TMX_TU, error));
    while (x->depth > BODY_DEPTH) {
        xml_event event;
        bool known = false;
        TRY(xml_next(x, &event, error));
        if (event != XML_OPEN) continue;
        if (is(x, "tuv")) {
            TRY(read_variant(reader, error));
            continue;
        }
        if (is(x, "tu")) {
            tmx->pending = true;
            return xml_fail(error, x->tag_line, "<tu> inside the <tu> of line %u",
                            line);
        }
        TRY(read_known_item(reader, &known, error));
        if (!known) TRY(skip_unknown(reader, "tu", error));
    }
    if (reader->unit.variants.n == 0)
        warn_at(&reader->warn, line, "<tu> has no <tuv>; left out");
    return ALN_OK;
}

/* ---- properties that say what the unit's own fields say ------------------------------------- */

static bool read_score(const char *value, double *score)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end || !(number >= 0 && number <= 1)) return false;
    *score = number;
    return true;
}

/* Move what we wrote as a property back into the field; false where it is none of ours. */
static bool take_field(aln_reader *reader, const aln_meta *item)
{
    aln_unit *unit = &reader->unit.unit;
    if (item->kind == ALN_META_ATTRIBUTE)
        return strcmp(item->name, "tuid") == 0 && tmx_made_tuid(unit, item->value);
    if (item->kind != ALN_META_PROPERTY || item->language) return false;
    if (strcmp(item->name, "x-score") == 0)
        return read_score(item->value, &unit->score);
    if (strcmp(item->name, "x-flags") != 0) return false;
    unit->flags = flags_read(item->value);
    return unit->flags != 0;
}

static void take_fields(aln_reader *reader)
{
    unit_builder *builder = &reader->unit;
    size_t kept = 0;
    for (size_t i = 0; i < builder->unit_meta.n; i++)
        if (!take_field(reader, &builder->unit_meta.at[i]))
            builder->unit_meta.at[kept++] = builder->unit_meta.at[i];
    builder->unit_meta.n = kept;
    builder->unit.n_meta = kept;
    for (size_t i = 0; i < builder->variants.n; i++) {
        aln_variant *variant = &builder->variants.at[i];
        variant->document = aln_meta_value(variant->meta, variant->n_meta,
                                           ALN_META_PROPERTY, "x-document");
    }
}

static const aln_unit *finish_unit(aln_reader *reader)
{
    const char *source =
        aln_meta_value(reader->unit.unit_meta.at, reader->unit.unit_meta.n,
                       ALN_META_ATTRIBUTE, "srclang");
    if (!source) source = state_of(reader)->source;
    const aln_unit *unit = unit_builder_finish(&reader->unit, source);
    take_fields(reader);
    return unit;
}

/* ---- the document ----------------------------------------------------------------------------- */

static aln_status read_header(aln_reader *reader, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    size_t depth = tmx->x.depth;
    const char *source = xml_attribute_value(&tmx->x, "srclang");
    if (!source || !*source)
        warn_at(&reader->warn, tmx->x.tag_line,
                "the header has no srclang: the first "
                "variant of each unit is its source");
    else if (strcasecmp(source, "*all*") != 0)
        TRY(reader_language(reader, source, tmx->x.tag_line, &tmx->source, error));
    TRY(read_attributes(reader, TMX_HEADER, error));
    while (tmx->x.depth >= depth) {
        xml_event event;
        bool known = false;
        TRY(xml_next(&tmx->x, &event, error));
        if (event != XML_OPEN) continue;
        TRY(read_known_item(reader, &known, error));
        if (!known) TRY(skip_unknown(reader, "header", error));
    }
    return ALN_OK;
}

static aln_status read_root(aln_reader *reader, aln_error *error)
{
    xml *x = &state_of(reader)->x;
    xml_event event = XML_TEXT;
    while (event == XML_TEXT)
        TRY(xml_next(x, &event, error));
    if (event != XML_OPEN || !is(x, "tmx"))
        return xml_fail(error, x->tag_line, "the document is no <tmx>");
    const char *version = xml_attribute_value(x, "version");
    if (version) version += strcspn(version, "0123456789"); /* Trados: "version 1.4" */
    if (!version || !*version)
        warn_at(&reader->warn, x->tag_line, "<tmx> has no version");
    else if (version[0] != '1')
        return xml_fail(error, x->tag_line, "TMX %.20s is not known", version);
    return ALN_OK;
}

/* Up to <body>. */
static aln_status read_beginning(aln_reader *reader, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    bool has_header = false;
    TRY(read_root(reader, error));
    while (!tmx->in_body) {
        xml_event event;
        TRY(xml_next(&tmx->x, &event, error));
        if (event == XML_CLOSE)
            return xml_fail(error, tmx->x.tag_line, "<tmx> has no <body>");
        if (event != XML_OPEN) continue;
        if (is(&tmx->x, "header")) {
            has_header = true;
            TRY(read_header(reader, error));
        } else if (is(&tmx->x, "body")) {
            tmx->in_body = true;
        } else {
            TRY(skip_unknown(reader, "tmx", error));
        }
    }
    if (!has_header) warn_at(&reader->warn, tmx->x.line, "there is no <header>");
    return ALN_OK;
}

static aln_status tmx_open(aln_reader *reader, aln_error *error)
{
    tmx_reader *tmx = malloc(sizeof *tmx);
    if (!tmx) return error_no_memory(error);
    *tmx = (tmx_reader){0};
    xml_init(&tmx->x, reader->input, reader->warn);
    reader->state = tmx;
    return read_beginning(reader, error);
}

static void tmx_close(aln_reader *reader)
{
    tmx_reader *tmx = state_of(reader);
    if (!tmx) return;
    xml_done(&tmx->x);
    segment_done(&tmx->seg);
    str_done(&tmx->value);
    free(tmx);
}

/* To the next <tu>; *found is false at the end of the document. */
static aln_status find_tu(aln_reader *reader, bool *found, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    xml *x = &tmx->x;
    *found = true;
    if (tmx->pending) {
        tmx->pending = false;
        xml_reopen(x, BODY_DEPTH);
        return ALN_OK;
    }
    for (;;) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event == XML_END) {
            *found = false;
            return ALN_OK;
        }
        if (event != XML_OPEN) continue;
        if (x->depth == BODY_DEPTH + 1 && is(x, "tu")) return ALN_OK;
        if (x->depth > BODY_DEPTH) TRY(skip_unknown(reader, "body", error));
    }
}

static aln_status next_or_fail(aln_reader *reader, const aln_unit **unit,
                               aln_error *error)
{
    do {
        bool found;
        TRY(find_tu(reader, &found, error));
        if (!found) {
            *unit = NULL;
            return ALN_OK;
        }
        TRY(read_tu(reader, error));
    } while (reader->unit.variants.n == 0);
    *unit = finish_unit(reader);
    return ALN_OK;
}

/* With keep_going a broken unit is reported and left out. */
static aln_status tmx_next(aln_reader *reader, const aln_unit **unit, aln_error *error)
{
    tmx_reader *tmx = state_of(reader);
    aln_error local = {0};
    for (;;) {
        aln_status status = next_or_fail(reader, unit, &local);
        bool broken = status == ALN_SYNTAX && reader->options.keep_going;
        if (!broken) {
            if (status && error) *error = local;
            return status;
        }
        warn_at(&reader->warn, local.line, "%s; the unit is left out", local.message);
        if (tmx->pending) continue;
        bool found;
        TRY(xml_resume(&tmx->x, "tu", BODY_DEPTH, &found, error));
        if (found) continue;
        *unit = NULL;
        return ALN_OK;
    }
}

static unsigned tmx_line(const aln_reader *reader)
{
    return state_of(reader)->x.line;
}

const read_format read_tmx = {
    .format = ALN_FORMAT_TMX,
    .open = tmx_open,
    .next = tmx_next,
    .line = tmx_line,
    .close = tmx_close,
};
