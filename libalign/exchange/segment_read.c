/* segment_read.c - read the content of a <seg>, mending what the DTD forbids.
 *
 * A stack of the open elements tells text from code: text inside bpt, ept, it, ph and ut
 * is the code of another format, text inside hi is the segment's own, and a sub in a code
 * is a text of its own that stays in the markup alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/segment_read.h"

#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/tmx.h"

enum { MOST_SEGMENT = 16 << 20, MOST_PAIRS = 128 };

/* What is open inside of the segment. */
typedef enum opened {
    OPENED_TEXT = 0,    /* hi, sub */
    OPENED_CODE = 1,    /* bpt, ept, it, ph, ut */
    OPENED_SILENT = 2,  /* an element that left no trace */
    OPENED_FOREIGN = 3, /* an element of another format: its tags became codes */
} opened;

typedef struct walk {
    segment *seg;
    xml *x;
    opened stack[XML_MOST_DEPTH];
    size_t depth, codes; /* codes: how many of the stack are code or inside of it */
    unsigned pairs[MOST_PAIRS]; /* the i of every bpt that has no ept yet */
    size_t n_pairs;
    unsigned latest; /* highest i so far */
    bool tag_open;   /* "<ph" is written, its ">" not yet */
} walk;

void segment_done(segment *seg)
{
    str_done(&seg->text);
    str_done(&seg->markup);
}

static aln_status finish_tag(walk *w)
{
    if (!w->tag_open) return ALN_OK;
    w->tag_open = false;
    return str_putc(&w->seg->markup, '>');
}

/* Is text that comes now part of the segment's own? */
static bool in_text(const walk *w)
{
    return w->codes == 0;
}

static bool in_code(const walk *w)
{
    return w->depth > 0 && w->stack[w->depth - 1] == OPENED_CODE;
}

static aln_status add_text(walk *w, aln_error *error)
{
    segment *seg = w->seg;
    if (seg->markup.size + w->x->text_size > MOST_SEGMENT)
        return xml_fail(error, xml_open_line(w->x), "a segment is longer than %d MiB",
                        MOST_SEGMENT >> 20);
    if (w->x->text_size == 0) return ALN_OK;
    if (finish_tag(w) || xml_escape(&seg->markup, w->x->text, w->x->text_size, false) ||
        (in_text(w) && str_add(&seg->text, w->x->text, w->x->text_size)))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status put_attribute(str *out, const char *name, const char *value)
{
    if (str_printf(out, " %s=\"", name)) return ALN_NO_MEMORY;
    if (xml_escape(out, value, strlen(value), true)) return ALN_NO_MEMORY;
    return str_putc(out, '"');
}

/* ---- what the DTD asks for and the file does not have ------------------------------- */

/* The i of a bpt or ept that has none: the next one, or that of the innermost pair. */
static unsigned missing_i(const walk *w, const tmx_inline *element)
{
    bool closes = strcmp(element->name, "ept") == 0;
    return closes && w->n_pairs ? w->pairs[w->n_pairs - 1] : w->latest + 1;
}

static void remember_pair(walk *w, const tmx_inline *element, const char *value)
{
    unsigned i = (unsigned)strtoul(value, NULL, 10);
    if (i > w->latest) w->latest = i;
    if (strcmp(element->name, "bpt") == 0) {
        if (w->n_pairs < MOST_PAIRS) w->pairs[w->n_pairs++] = i;
        return;
    }
    for (size_t k = w->n_pairs; k-- > 0;) {
        if (w->pairs[k] != i) continue;
        memmove(w->pairs + k, w->pairs + k + 1, (--w->n_pairs - k) * sizeof *w->pairs);
        return;
    }
}

static aln_status put_required(walk *w, const tmx_inline *element)
{
    const char *name = element->required;
    const char *given = name ? xml_attribute_value(w->x, name) : NULL;
    char value[16] = "begin";
    if (!name) return ALN_OK;
    if (strcmp(name, "i") == 0) {
        if (!given) snprintf(value, sizeof value, "%u", missing_i(w, element));
        remember_pair(w, element, given ? given : value);
    }
    if (given) return ALN_OK;
    warn_at(&w->x->warn, w->x->tag_line, "<%s> has no %s; taken for \"%s\"",
            element->name, name, value);
    return put_attribute(&w->seg->markup, name, value);
}

static const char *mended_position(const char *value)
{
    static const char *const ends[] = {"end", "close", "End", "Close"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strcmp(ends[i], value) == 0) return "end";
    return "begin";
}

static aln_status put_attributes(walk *w, const tmx_inline *element)
{
    const xml *x = w->x;
    for (size_t i = 0; i < x->n_attributes; i++) {
        const char *name = x->attributes[i].name, *value = x->attributes[i].value;
        if (strcmp(name, "id") == 0 && tmx_inline_allows(element, "x") &&
            !xml_attribute_value(x, "x"))
            name = "x";
        if (strcmp(name, "pos") == 0) value = mended_position(value);
        if (!tmx_inline_allows(element, name))
            warn_at(&x->warn, x->tag_line, "<%s> has no attribute %.40s; left out",
                    element->name, name);
        else if (put_attribute(&w->seg->markup, name, value))
            return ALN_NO_MEMORY;
    }
    return put_required(w, element);
}

/* ---- elements --------------------------------------------------------------------------- */

/* "<b class="x">" as a code of its own: <ph>&lt;b class="x"&gt;</ph> */
static aln_status put_foreign_open(walk *w)
{
    AUTO(str) str tag = {0};
    const xml *x = w->x;
    if (str_printf(&tag, "<%s", x->name)) return ALN_NO_MEMORY;
    for (size_t i = 0; i < x->n_attributes; i++)
        if (put_attribute(&tag, x->attributes[i].name, x->attributes[i].value))
            return ALN_NO_MEMORY;
    if (str_puts(&tag, x->closing ? "/>" : ">")) return ALN_NO_MEMORY;
    str *out = &w->seg->markup;
    if (str_puts(out, "<ph>") || xml_escape(out, tag.at, tag.size, false))
        return ALN_NO_MEMORY;
    return str_puts(out, "</ph>");
}

static aln_status put_foreign_close(walk *w)
{
    return str_printf(&w->seg->markup, "<ph>&lt;/%s&gt;</ph>", w->x->name);
}

/* What an element counts as where it stands. */
static opened classify(const walk *w, const tmx_inline *element)
{
    if (in_code(w)) /* only sub may stand in code */
        return element && strcmp(element->name, "sub") == 0 ? OPENED_TEXT
                                                            : OPENED_SILENT;
    if (!element) return OPENED_FOREIGN;
    return element->is_code ? OPENED_CODE : OPENED_TEXT;
}

static aln_status put_open(walk *w, const tmx_inline *element)
{
    if (str_printf(&w->seg->markup, "<%s", element->name)) return ALN_NO_MEMORY;
    if (put_attributes(w, element)) return ALN_NO_MEMORY;
    w->tag_open = true;
    return ALN_OK;
}

static aln_status open_element(walk *w, aln_error *error)
{
    xml *x = w->x;
    const tmx_inline *element = tmx_inline_named(xml_name(x));
    opened kind = classify(w, element);
    if (kind == OPENED_TEXT && !in_code(w) && !element->alone)
        element = tmx_inline_named("hi"); /* a sub outside of code */
    if (kind >= OPENED_SILENT)
        warn_at(&x->warn, x->tag_line,
                "<%.40s> inside of a segment is none of TMX's; %s", x->name,
                kind == OPENED_SILENT ? "left out" : "kept as <ph>");

    aln_status status = finish_tag(w);
    if (!status && kind == OPENED_FOREIGN) status = put_foreign_open(w);
    if (!status && kind < OPENED_SILENT) status = put_open(w, element);
    if (status) return error_no_memory(error);
    if (kind != OPENED_SILENT) w->seg->has_tags = true;
    w->stack[w->depth++] = kind;
    if (kind == OPENED_CODE || w->codes) w->codes++;
    return ALN_OK;
}

static aln_status close_element(walk *w, bool was_empty, aln_error *error)
{
    opened kind = w->stack[--w->depth];
    if (w->codes) w->codes--;
    aln_status status = ALN_OK;
    if (kind == OPENED_FOREIGN) {
        status = was_empty ? ALN_OK : put_foreign_close(w);
    } else if (kind != OPENED_SILENT) {
        const char *name = xml_name(w->x);
        if (kind == OPENED_TEXT && strcmp(name, "sub") == 0 && !in_code(w)) name = "hi";
        status = w->tag_open ? str_puts(&w->seg->markup, "/>")
                             : str_printf(&w->seg->markup, "</%s>", name);
        w->tag_open = false;
    }
    return status ? error_no_memory(error) : ALN_OK;
}

aln_status segment_read(segment *seg, xml *x, aln_error *error)
{
    walk w = {.seg = seg, .x = x};
    size_t depth = x->depth;
    str_clear(&seg->text);
    str_clear(&seg->markup);
    seg->has_tags = false;
    for (;;) {
        xml_event event;
        bool was_empty = x->closing;
        TRY(xml_next(x, &event, error));
        if (event == XML_CLOSE && x->depth < depth) return ALN_OK;
        if (event == XML_TEXT)
            TRY(add_text(&w, error));
        else if (event == XML_OPEN)
            TRY(open_element(&w, error));
        else
            TRY(close_element(&w, was_empty, error));
    }
}

aln_status segment_read_text(segment *seg, const char *xml_text, size_t size,
                             warner warn, aln_error *error)
{
    byte_source *source;
    decoder *input;
    TRY(bytes_open_memory(xml_text, size, &source, error));
    TRY(decoder_open(source, warn, &input, error));
    AUTO(free) xml *x = malloc(sizeof *x);
    if (!x) {
        decoder_close(input);
        return error_no_memory(error);
    }
    xml_event event;
    xml_init(x, input, warn);
    aln_status status = xml_next(x, &event, error);
    if (!status) status = segment_read(seg, x, error);
    xml_done(x);
    decoder_close(input);
    return status;
}
