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
    KIND_EMPTY = 4,   /* x, bx, ex, sc, ec, and ph of 2.x: content is dropped */
} kind;

typedef struct level {
    kind is;
    const char *tag; /* KIND_CODE: what to close */
    unsigned pair;
} level;

typedef struct walk {
    xml *x;
    xliff_pieces *pieces;
    level stack[XML_MOST_DEPTH];
    size_t depth;
    size_t codes;   /* how deep inside of codes */
    bool in_piece;  /* a segment is open: the last piece */
    unsigned pairs; /* so far */
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

static aln_status put_tag(walk *w, const char *name, const char *required,
                          const char *value, bool empty, aln_error *error)
{
    AUTO(str) str tag = {0};
    bool links = strcmp(name, "ept") != 0; /* which has no x */
    const char *type = xml_attribute_value(w->x, "ctype");
    if (!type) type = xml_attribute_value(w->x, "type");
    if (str_printf(&tag, "<%s", name) || put_attribute(&tag, required, value) ||
        (links && put_attribute(&tag, "x", xml_attribute_value(w->x, "id"))) ||
        (links && put_attribute(&tag, "type", type)) ||
        str_puts(&tag, empty ? "/>" : ">") || put_markup(w, tag.at, tag.size, true))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status put_end(walk *w, const level *closed, aln_error *error)
{
    char tag[32];
    int n = closed->is == KIND_PAIR
                ? snprintf(tag, sizeof tag, "<ept i=\"%u\"/>", closed->pair)
                : snprintf(tag, sizeof tag, "</%s>", closed->tag);
    return put_markup(w, tag, (size_t)n, true) ? error_no_memory(error) : ALN_OK;
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

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0) return true;
    return false;
}

static aln_status open_element(walk *w, aln_error *error)
{
    static const char *const pairs[] = {"g", "pc", NULL};
    static const char *const begins[] = {"bx", "sc", NULL};
    static const char *const ends[] = {"ex", "ec", NULL};
    static const char *const codes[] = {"bpt", "ept", "ph", "it", NULL};
    const char *name = xml_name(w->x);
    level opened = {.is = KIND_TEXT};
    aln_status status = ALN_OK;
    if (w->codes) {
        opened.is = KIND_TEXT; /* sub: its text stays part of the code */
    } else if (one_of(name, pairs)) {
        char i[16];
        opened = (level){.is = KIND_PAIR, .pair = ++w->pairs};
        snprintf(i, sizeof i, "%u", opened.pair);
        status = put_tag(w, "bpt", "i", i, true, error);
    } else if (one_of(name, begins) || one_of(name, ends)) {
        opened.is = KIND_EMPTY;
        status =
            put_tag(w, "it", "pos", one_of(name, ends) ? "end" : "begin", true, error);
    } else if (strcmp(name, "x") == 0) {
        opened.is = KIND_EMPTY;
        status = put_tag(w, "ph", "x", NULL, true, error);
    } else if (one_of(name, codes)) {
        bool paired = name[0] == 'b' || name[0] == 'e';
        const char *value = xml_attribute_value(w->x, paired ? "rid" : "pos");
        if (!value && paired) value = xml_attribute_value(w->x, "id");
        bool close = value && strcmp(value, "close") == 0;
        if (!paired && name[0] == 'i') value = close ? "end" : "begin";
        if (paired && !value) value = "1";
        if (name[0] == 'p') value = NULL;
        opened = (level){.is = KIND_CODE,
                         .tag = *name == 'b'   ? "bpt"
                                : *name == 'e' ? "ept"
                                : *name == 'i' ? "it"
                                               : "ph"};
        status = put_tag(w, opened.tag, paired ? "i" : "pos", value, false, error);
    } else if (strcmp(name, "cp") == 0) {
        status = put_code_point(w, error);
    } else if (strcmp(name, "mrk") == 0 && !w->in_piece) {
        const char *type = xml_attribute_value(w->x, "mtype");
        if (type && strcmp(type, "seg") == 0) {
            opened.is = KIND_SEGMENT;
            status = begin_segment(w, error);
        }
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

aln_status xliff_read_content(xml *x, xliff_pieces *pieces, aln_error *error)
{
    AUTO(free) walk *w = calloc(1, sizeof *w);
    size_t depth = x->depth;
    xliff_pieces_clear(pieces);
    if (!w || vec_push(pieces, (xliff_piece){.mid = ""})) return error_no_memory(error);
    w->x = x;
    w->pieces = pieces;
    for (;;) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event == XML_CLOSE && x->depth < depth) return ALN_OK;
        if (event == XML_TEXT)
            TRY(put_text(w, x->text, x->text_size, error));
        else if (event == XML_OPEN)
            TRY(open_element(w, error));
        else
            TRY(close_element(w, error));
    }
}
