/* xliff_inline.c - read the content of an XLIFF <source> or <target>.
 *
 * What is read goes to the whole and to the segment that is open, both with the same
 * tags.  A stack says for each open element what its end has to write.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xliff_inline.h"

#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/utf8.h"

enum { MOST_CONTENT = 16 << 20, MOST_SEGMENTS = 4096 };

typedef enum kind {
    KIND_TEXT = 0,    /* mrk: leaves no trace */
    KIND_SEGMENT = 1, /* mrk mtype="seg" */
    KIND_PAIR = 2,    /* g, pc: bpt ... ept */
    KIND_CODE = 3,    /* ph, it, bpt, ept: content is the code of another format */
    KIND_EMPTY = 4,   /* x, bx, ex, sc, ec; what is inside is dropped, if anything is */
} kind;

/* The elements, what they become, and which attributes tell their code: by reference, or
 * as it looks to people. */
static const struct element {
    const char *name;
    kind is;
    const char *tag;
    const char *position; /* of an <it> */
    const char *data, *looks;
} elements[] = {
    {"g", KIND_PAIR, "bpt", NULL, "", "equiv-text"},
    {"pc", KIND_PAIR, "bpt", NULL, "dataRefStart", "dispStart"},
    {"bx", KIND_EMPTY, "it", "begin", "", "equiv-text"},
    {"sc", KIND_EMPTY, "it", "begin", "dataRef", "disp"},
    {"ex", KIND_EMPTY, "it", "end", "", "equiv-text"},
    {"ec", KIND_EMPTY, "it", "end", "dataRef", "disp"},
    {"x", KIND_EMPTY, "ph", NULL, "", "equiv-text"},
    {"ph", KIND_CODE, "ph", NULL, "dataRef", "disp"},
    {"bpt", KIND_CODE, "bpt", NULL, "", ""},
    {"ept", KIND_CODE, "ept", NULL, "", ""},
    {"it", KIND_CODE, "it", NULL, "", ""},
};

typedef struct level {
    kind is;
    const char *tag; /* KIND_CODE: what to close */
    unsigned pair;
    const char *code; /* KIND_PAIR: of its end, or NULL */
} level;

typedef struct walk {
    xml *x;
    const xliff_codes *data;
    xliff_pieces *pieces;
    level stack[XML_MOST_DEPTH];
    size_t depth;
    size_t codes;   /* how deep inside of codes */
    bool in_piece;  /* a segment is open: the last piece */
    unsigned pairs; /* so far */
    arena texts;
} walk;

static void clear_piece(xliff_piece *piece)
{
    str_done(&piece->text);
    str_done(&piece->markup);
}

void xliff_pieces_clear(xliff_pieces *pieces)
{
    for (size_t i = 0; i < pieces->n; i++)
        clear_piece(&pieces->at[i]);
    vec_free(pieces);
}

const xliff_piece *xliff_piece_of(const xliff_pieces *pieces, const char *mid)
{
    for (size_t i = 0; i < pieces->n; i++)
        if (strcmp(pieces->at[i].mid, mid) == 0) return &pieces->at[i];
    return NULL;
}

/* ---- to the whole, and to the open segment ------------------------------------------------ */

static aln_status put_markup(walk *w, const char *text, size_t size, bool is_tag)
{
    for (size_t i = 0; i < 2; i++) {
        if (i && !w->in_piece) break;
        xliff_piece *piece = &w->pieces->at[i ? w->pieces->n - 1 : 0];
        piece->has_tags = piece->has_tags || is_tag;
        if (is_tag ? str_add(&piece->markup, text, size)
                   : xml_escape(&piece->markup, text, size, false))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status put_text(walk *w, const char *text, size_t size, aln_error *error)
{
    if (w->pieces->at[0].markup.size + size > MOST_CONTENT)
        return xml_fail(error, xml_open_line(w->x), "a segment is longer than %d MiB",
                        MOST_CONTENT >> 20);
    bool dropped = w->depth && w->stack[w->depth - 1].is == KIND_EMPTY;
    if (dropped || size == 0) return ALN_OK;
    if (put_markup(w, text, size, false)) return error_no_memory(error);
    if (w->codes) return ALN_OK;
    if (str_add(&w->pieces->at[0].text, text, size) ||
        (w->in_piece && str_add(&w->pieces->at[w->pieces->n - 1].text, text, size)))
        return error_no_memory(error);
    return ALN_OK;
}

/* ---- tags ------------------------------------------------------------------------------------- */

static aln_status put_attribute(str *tag, const char *name, const char *value)
{
    if (!value) return ALN_OK;
    if (str_printf(tag, " %s=\"", name) || xml_escape(tag, value, strlen(value), true))
        return ALN_NO_MEMORY;
    return str_putc(tag, '"');
}

/* The code of the latest tag, or NULL. */
static const char *code_of(const walk *w, const char *reference, const char *looks)
{
    const char *id = xml_attribute_value(w->x, reference);
    uint32_t found =
        id && w->data ? intern_find(&w->data->ids, id, strlen(id)) : INTERN_NONE;
    return found == INTERN_NONE ? xml_attribute_value(w->x, looks)
                                : w->data->list.at[found];
}

/* <name required="value" x="id" type="...">code, and its end unless more may come. */
static aln_status put_tag(walk *w, const struct element *as, const char *required,
                          const char *value, aln_error *error)
{
    AUTO(str) str made = {0};
    bool links = strcmp(as->tag, "ept") != 0; /* which has no x */
    const char *type = xml_attribute_value(w->x, "ctype");
    const char *code = code_of(w, as->data, as->looks);
    if (!type) type = xml_attribute_value(w->x, "type");
    bool failed =
        str_printf(&made, "<%s", as->tag) || put_attribute(&made, required, value) ||
        (links && put_attribute(&made, "x", xml_attribute_value(w->x, "id"))) ||
        (links && put_attribute(&made, "type", type));
    if (as->is != KIND_CODE && !code)
        failed = failed || str_puts(&made, "/>");
    else
        failed = failed || str_putc(&made, '>');
    if (code) failed = failed || xml_escape(&made, code, strlen(code), false);
    if (code && as->is != KIND_CODE)
        failed = failed || str_printf(&made, "</%s>", as->tag);
    if (failed || put_markup(w, made.at, made.size, true))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status put_end(walk *w, const level *closed, aln_error *error)
{
    AUTO(str) str made = {0};
    bool failed;
    if (closed->is == KIND_CODE)
        failed = str_printf(&made, "</%s>", closed->tag);
    else if (!closed->code)
        failed = str_printf(&made, "<ept i=\"%u\"/>", closed->pair);
    else
        failed = str_printf(&made, "<ept i=\"%u\">", closed->pair) ||
                 xml_escape(&made, closed->code, strlen(closed->code), false) ||
                 str_puts(&made, "</ept>");
    return failed || put_markup(w, made.at, made.size, true) ? error_no_memory(error)
                                                             : ALN_OK;
}

/* ---- elements --------------------------------------------------------------------------------- */

static aln_status begin_segment(walk *w, aln_error *error)
{
    const char *mid = xml_attribute_value(w->x, "mid");
    xliff_piece piece = {.mid = ""};
    snprintf(piece.mid, sizeof piece.mid, "%s", mid ? mid : "-");
    if (w->pieces->n == MOST_SEGMENTS)
        return xml_fail(error, w->x->tag_line, "more than %d segments", MOST_SEGMENTS);
    if (vec_push(w->pieces, piece)) return error_no_memory(error);
    w->in_piece = true;
    return ALN_OK;
}

static aln_status put_code_point(walk *w, aln_error *error)
{
    char out[4];
    const char *hex = xml_attribute_value(w->x, "hex");
    uint32_t c = hex ? (uint32_t)strtoul(hex, NULL, 16) : 0;
    if (!c || !utf8_is_xml(c)) {
        warn_at(&w->x->warn, w->x->tag_line, "forbidden character U+%04X left out", c);
        return ALN_OK;
    }
    return put_text(w, out, utf8_put(c, out), error);
}

static const struct element *element_named(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0) return &elements[i];
    return NULL;
}

static aln_status open_pair(walk *w, const struct element *as, level *opened,
                            aln_error *error)
{
    char i[16];
    const char *end = code_of(w, "dataRefEnd", "dispEnd");
    opened->pair = ++w->pairs;
    if (end && !(opened->code = arena_copy(&w->texts, end, strlen(end))))
        return error_no_memory(error);
    snprintf(i, sizeof i, "%u", opened->pair);
    return put_tag(w, as, "i", i, error);
}

static aln_status open_code(walk *w, const struct element *as, aln_error *error)
{
    bool paired = as->tag[0] == 'b' || as->tag[0] == 'e';
    const char *value = as->position;
    if (strcmp(as->name, "it") == 0) {
        const char *pos = xml_attribute_value(w->x, "pos");
        value = pos && strcmp(pos, "close") == 0 ? "end" : "begin";
    }
    if (paired) value = xml_attribute_value(w->x, "rid");
    if (paired && !value) value = xml_attribute_value(w->x, "id");
    if (paired && !value) value = "1";
    return put_tag(w, as, paired ? "i" : "pos", value, error);
}

/* Segments are told apart, what Trados marks as deleted is no text any more, and other
 * marks leave no trace. */
static aln_status open_mark(walk *w, level *opened, aln_error *error)
{
    const char *type = xml_attribute_value(w->x, "mtype");
    if (type && strcmp(type, "x-sdl-deleted") == 0) opened->is = KIND_EMPTY;
    if (!type || strcmp(type, "seg") != 0 || w->in_piece) return ALN_OK;
    opened->is = KIND_SEGMENT;
    return begin_segment(w, error);
}

static aln_status open_element(walk *w, aln_error *error)
{
    const char *name = xml_name(w->x);
    const struct element *as = element_named(name);
    level opened = {.is = KIND_TEXT};
    bool inside = w->codes || (w->depth && w->stack[w->depth - 1].is == KIND_EMPTY);
    aln_status status = ALN_OK;
    if (inside) { /* sub: its text stays part of the code */
        opened.is = w->codes ? KIND_TEXT : KIND_EMPTY;
    } else if (as) {
        opened = (level){.is = as->is, .tag = as->tag};
        status = as->is == KIND_PAIR ? open_pair(w, as, &opened, error)
                                     : open_code(w, as, error);
    } else if (strcmp(name, "cp") == 0) {
        status = put_code_point(w, error);
    } else if (strcmp(name, "mrk") == 0) {
        status = open_mark(w, &opened, error);
    }
    w->codes += w->codes || opened.is == KIND_CODE;
    w->stack[w->depth++] = opened;
    return status;
}

static aln_status close_element(walk *w, aln_error *error)
{
    level closed = w->stack[--w->depth];
    if (w->codes) w->codes--;
    if (closed.is == KIND_SEGMENT) w->in_piece = false;
    bool writes = closed.is == KIND_PAIR || closed.is == KIND_CODE;
    return writes ? put_end(w, &closed, error) : ALN_OK;
}

static aln_status read_events(walk *w, aln_error *error)
{
    size_t depth = w->x->depth;
    for (;;) {
        xml_event event;
        TRY(xml_next(w->x, &event, error));
        if (event == XML_CLOSE && w->x->depth < depth) return ALN_OK;
        if (event == XML_TEXT)
            TRY(put_text(w, w->x->text, w->x->text_size, error));
        else if (event == XML_OPEN)
            TRY(open_element(w, error));
        else
            TRY(close_element(w, error));
    }
}

aln_status xliff_read_content(xml *x, const xliff_codes *data, xliff_pieces *pieces,
                              aln_error *error)
{
    AUTO(free) walk *w = calloc(1, sizeof *w);
    xliff_pieces_clear(pieces);
    if (!w || vec_push(pieces, (xliff_piece){.mid = ""})) return error_no_memory(error);
    w->x = x;
    w->data = data;
    w->pieces = pieces;
    aln_status status = read_events(w, error);
    arena_done(&w->texts);
    return status;
}

/* ---- the codes of 2.x -------------------------------------------------------------------------- */

static aln_status add_code(xml *x, xliff_codes *codes, str *text, aln_error *error)
{
    const char *id = xml_attribute_value(x, "id");
    uint32_t number;
    if (!id) return xml_skip(x, error);
    if (intern_add(&codes->ids, id, strlen(id), &number)) return error_no_memory(error);
    if (number < codes->list.n) return xml_skip(x, error);
    str_clear(text);
    TRY(xml_content(x, MOST_CONTENT, text, error));
    const char *copy = arena_copy(&codes->texts, str_text(text), text->size);
    if (!copy || vec_push(&codes->list, copy)) return error_no_memory(error);
    return ALN_OK;
}

aln_status xliff_read_codes(xml *x, xliff_codes *codes, aln_error *error)
{
    AUTO(str) str text = {0};
    size_t depth = x->depth;
    while (x->depth >= depth) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event == XML_OPEN) TRY(add_code(x, codes, &text, error));
    }
    return ALN_OK;
}

void xliff_codes_clear(xliff_codes *codes)
{
    vec_free(&codes->list);
    arena_done(&codes->texts);
    intern_done(&codes->ids);
}
