/* xml.c - cut a stream into tags and text, in a window that only tags can enlarge.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xml.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/xml_text.h"

enum { CHUNK = 1 << 16, MOST_REFERENCE = 64 };

void xml_init(xml *x, decoder *input, warner warn)
{
    memset(x, 0, sizeof *x);
    x->input = input;
    x->warn = warn;
    x->line = 1;
}

void xml_done(xml *x)
{
    free(x->buffer);
    str_done(&x->names);
}

aln_status xml_fail(aln_error *error, unsigned line, const char *format, ...)
{
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    error_set(error, ALN_SYNTAX, "%s", message);
    if (error) error->line = line;
    return ALN_SYNTAX;
}

/* ---- the window on the input ------------------------------------------------------ */

/* Read on; what is between start and end may move. */
static aln_status fill(xml *x, aln_error *error)
{
    if (x->at_end) return ALN_OK;
    if (x->start) memmove(x->buffer, x->buffer + x->start, x->end - x->start);
    x->end -= x->start;
    x->start = 0;
    if (x->cap - x->end < CHUNK) {
        size_t cap = x->cap ? 2 * x->cap : (size_t)2 * CHUNK;
        char *larger = realloc(x->buffer, cap);
        if (!larger) return error_no_memory(error);
        x->buffer = larger;
        x->cap = cap;
    }
    size_t n;
    TRY(decoder_read(x->input, x->buffer + x->end, x->cap - x->end, &n, error));
    x->end += n;
    x->at_end = n == 0;
    return ALN_OK;
}

/* Have n bytes ready where the input has as many. */
static aln_status need(xml *x, size_t n, aln_error *error)
{
    while (x->end - x->start < n && !x->at_end)
        TRY(fill(x, error));
    return ALN_OK;
}

static bool looking_at(const xml *x, const char *text)
{
    size_t n = strlen(text);
    return x->end - x->start >= n && memcmp(x->buffer + x->start, text, n) == 0;
}

static void count_lines(xml *x, size_t size)
{
    const char *at = x->buffer + x->start, *end = at + size;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        x->line++;
        at++;
    }
}

static void consume(xml *x, size_t size)
{
    count_lines(x, size);
    if (x->raw && str_add(x->raw, x->buffer + x->start, size)) x->raw_failed = true;
    x->start += size;
}

/* ---- what is not content: declarations, comments, DOCTYPE -------------------------- */

/* Consume up to and with `end`.  Comments may be long: they are dropped as they come. */
static aln_status skip_past(xml *x, const char *end, const char *what, aln_error *error)
{
    unsigned line = x->line;
    size_t n = strlen(end);
    for (;;) {
        TRY(need(x, n, error));
        const char *at = x->buffer + x->start;
        size_t size = x->end - x->start;
        const char *found = size >= n ? memmem(at, size, end, n) : NULL;
        if (found) {
            consume(x, (size_t)(found - at) + n);
            return ALN_OK;
        }
        if (x->at_end) return xml_fail(error, line, "%s does not end", what);
        if (size >= n) consume(x, size - (n - 1));
        TRY(fill(x, error));
    }
}

/* A DOCTYPE ends at the first ">" outside of quotes and of its [inner part]. */
static aln_status skip_doctype(xml *x, aln_error *error)
{
    unsigned line = x->line;
    size_t read = 0;
    char quote = 0;
    bool inside = false;
    for (;;) {
        TRY(need(x, 4, error));
        if (x->start == x->end)
            return xml_fail(error, line, "the DOCTYPE does not end");
        if (++read > XML_MOST_MARKUP)
            return xml_fail(error, line, "the DOCTYPE is longer than 1 MiB");
        if (!quote && looking_at(x, "<!--")) {
            TRY(skip_past(x, "-->", "a comment", error));
            continue;
        }
        char c = x->buffer[x->start];
        consume(x, 1);
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == ']') {
            inside = c == '[';
        } else if (c == '>' && !inside) {
            return ALN_OK;
        }
    }
}

/* ---- tags --------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The length of the tag at `start`, up to its ">" outside of quotes. */
static aln_status measure_tag(xml *x, size_t *size, aln_error *error)
{
    char quote = 0;
    for (size_t i = 1;; i++) {
        if (x->start + i >= x->end) {
            if (i > XML_MOST_MARKUP)
                return xml_fail(error, x->line, "a tag is longer than 1 MiB");
            TRY(need(x, i + 1, error));
            if (x->start + i >= x->end)
                return xml_fail(error, x->line, "the file ends inside a tag");
        }
        char c = x->buffer[x->start + i];
        if (quote) {
            if (c == quote) quote = 0;
            if (c == '<')
                return xml_fail(error, x->line,
                                "\"<\" inside the value of an attribute");
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            *size = i + 1;
            return ALN_OK;
        } else if (c == '<') {
            return xml_fail(error, x->line, "a tag does not end before the next one");
        }
    }
}

/* Put the meaning of a value where it stands: it is never longer. */
static aln_status decode_value(xml *x, char *value, size_t size, unsigned line,
                               aln_error *error)
{
    char *to = value;
    const char *from = value, *end = value + size;
    while (from < end) {
        unsigned char c = (unsigned char)*from++;
        if (c == '&') {
            size_t used, n;
            char out[4];
            TRY(xml_reference(&x->warn, from, (size_t)(end - from), line, &used, out,
                              &n, error));
            from += used;
            memcpy(to, out, n);
            to += n;
        } else if (is_space((char)c)) {
            if (c == '\r' && from < end && *from == '\n') from++;
            *to++ = ' ';
        } else if (c >= ' ') {
            *to++ = (char)c;
        } else {
            warn_at(&x->warn, line, "forbidden character U+%04X left out", c);
        }
    }
    *to = '\0';
    return ALN_OK;
}

static bool ends_name(char c)
{
    return is_space(c) || strchr("=/>\"'<", c); /* NUL too */
}

static aln_status add_attribute(xml *x, const char *name, const char *value,
                                aln_error *error)
{
    if (x->n_attributes == XML_MOST_ATTRIBUTES)
        return xml_fail(error, x->tag_line, "a tag has more than %d attributes",
                        XML_MOST_ATTRIBUTES);
    for (size_t i = 0; i < x->n_attributes; i++)
        if (strcmp(x->attributes[i].name, name) == 0)
            return xml_fail(error, x->tag_line, "the attribute %.60s stands twice",
                            name);
    x->attributes[x->n_attributes++] = (xml_attribute){name, value};
    return ALN_OK;
}

/* name="value" from *at to end, which is the tag's ">" or "/". */
static aln_status read_attribute(xml *x, char **at, char *end, aln_error *error)
{
    char *name = *at, *p = *at;
    while (p < end && !ends_name(*p))
        p++;
    char *name_end = p;
    while (p < end && is_space(*p))
        p++;
    if (name_end == name || p == end || *p != '=')
        return xml_fail(error, x->tag_line, "an attribute of <%.60s> has no value",
                        x->name);
    p++;
    while (p < end && is_space(*p))
        p++;
    char quote = p < end ? *p : '\0';
    char *value = p + 1;
    char *value_end = quote == '"' || quote == '\''
                          ? memchr(value, quote, (size_t)(end - value))
                          : NULL;
    if (!value_end)
        return xml_fail(error, x->tag_line, "a value in <%.60s> has no quotes",
                        x->name);

    *name_end = '\0';
    TRY(decode_value(x, value, (size_t)(value_end - value), x->tag_line, error));
    *at = value_end + 1;
    return add_attribute(x, name, value, error);
}

static aln_status push_name(xml *x, aln_error *error)
{
    if (x->depth == XML_MOST_DEPTH)
        return xml_fail(error, x->tag_line, "more than %d elements inside one another",
                        XML_MOST_DEPTH);
    if (x->depth == 0 && x->had_root)
        return xml_fail(error, x->tag_line, "<%.60s> after the end of the document",
                        x->name);
    x->open[x->depth].name = x->names.size;
    x->open[x->depth].line = x->tag_line;
    if (str_add(&x->names, x->name, strlen(x->name) + 1)) return error_no_memory(error);
    x->depth++;
    x->had_root = true;
    return ALN_OK;
}

static void pop_name(xml *x)
{
    x->depth--;
    str_truncate(&x->names, x->open[x->depth].name);
}

static aln_status read_open_tag(xml *x, char *tag, size_t size, aln_error *error)
{
    char *end = tag + size - 1; /* the ">" */
    x->closing = end[-1] == '/';
    if (x->closing) end--;
    char *p = tag + 1;
    while (p < end && !ends_name(*p))
        p++;
    if (p == tag + 1)
        return xml_fail(error, x->tag_line,
                        "\"<\" begins no tag; write "
                        "\"&lt;\"");
    char *name_end = p;
    char first = *name_end;
    *name_end = '\0';
    x->name = tag + 1;
    x->n_attributes = 0;
    if (first != '\0' && !is_space(first) && p != end)
        return xml_fail(error, x->tag_line, "<%.60s is no tag", x->name);
    for (p = p < end ? p + 1 : p; p < end;) {
        if (is_space(*p))
            p++;
        else
            TRY(read_attribute(x, &p, end, error));
    }
    return push_name(x, error);
}

static aln_status read_close_tag(xml *x, char *tag, size_t size, aln_error *error)
{
    char *end = tag + size - 1;
    while (is_space(end[-1]))
        end--;
    *end = '\0';
    x->name = tag + 2;
    x->n_attributes = 0;
    if (x->depth == 0)
        return xml_fail(error, x->tag_line, "</%.60s> closes nothing", x->name);
    const char *open = x->names.at + x->open[x->depth - 1].name;
    if (strcmp(open, x->name) != 0)
        return xml_fail(error, x->tag_line,
                        "</%.60s> where </%.60s> should close line %u", x->name, open,
                        x->open[x->depth - 1].line);
    pop_name(x);
    return ALN_OK;
}

static aln_status read_tag(xml *x, xml_event *event, aln_error *error)
{
    size_t size = 0;
    x->tag_line = x->line;
    aln_status status = measure_tag(x, &size, error);
    if (status) {
        if (x->start < x->end) consume(x, 1); /* so that xml_resume gets on */
        return status;
    }
    char *tag = x->buffer + x->start;
    consume(x, size);
    if (tag[1] == '/') {
        *event = XML_CLOSE;
        return read_close_tag(x, tag, size, error);
    }
    *event = XML_OPEN;
    return read_open_tag(x, tag, size, error);
}

/* ---- text --------------------------------------------------------------------------- */

/* Bytes at which a run of plain text stops. */
static const unsigned char stops[256] = {
    [0] = 1,  [1] = 1,  [2] = 1,   [3] = 1,   [4] = 1,   [5] = 1,    [6] = 1,
    [7] = 1,  [8] = 1,  [11] = 1,  [12] = 1,  [13] = 1,  [14] = 1,   [15] = 1,
    [16] = 1, [17] = 1, [18] = 1,  [19] = 1,  [20] = 1,  [21] = 1,   [22] = 1,
    [23] = 1, [24] = 1, [25] = 1,  [26] = 1,  [27] = 1,  [28] = 1,   [29] = 1,
    [30] = 1, [31] = 1, ['&'] = 1, ['<'] = 1, [']'] = 1, [0xef] = 1,
};

static size_t run_length(const xml *x)
{
    const char *at = x->buffer + x->start;
    size_t i = 0, size = x->end - x->start;
    for (; i < size; i++) {
        unsigned char c = (unsigned char)at[i];
        if (stops[c] && (c != 0xef || xml_is_forbidden(at + i, size - i))) break;
    }
    return i;
}

static void give_small(xml *x, const char *text, size_t size)
{
    memcpy(x->small, text, size);
    x->text = x->small;
    x->text_size = size;
}

/* One character at which a run stopped. */
static aln_status read_special(xml *x, aln_error *error)
{
    TRY(need(x, MOST_REFERENCE, error));
    unsigned char c = (unsigned char)x->buffer[x->start];
    unsigned line = x->line;
    consume(x, 1);
    if (c == '&' && !x->in_cdata) {
        size_t size = 0, n = 0;
        char out[4];
        TRY(xml_reference(&x->warn, x->buffer + x->start, x->end - x->start, line,
                          &size, out, &n, error));
        consume(x, size);
        give_small(x, out, n);
    } else if (c == '\r') {
        bool pair = x->start < x->end && x->buffer[x->start] == '\n';
        give_small(x, "\n", pair ? 0 : 1);
    } else if (c == '&' || c == '<' || c == ']') {
        give_small(x, (const char[]){(char)c}, 1);
    } else {
        if (c == 0xef) consume(x, 2);
        warn_at(&x->warn, line, "forbidden character U+%04X left out",
                c == 0xef ? 0xffffu : c);
        give_small(x, "", 0);
    }
    return ALN_OK;
}

static aln_status read_text(xml *x, aln_error *error)
{
    size_t n = run_length(x);
    if (n == 0) return read_special(x, error);
    x->text = x->buffer + x->start;
    x->text_size = n;
    consume(x, n);
    return ALN_OK;
}

/* Byte order marks are none of ours: files that were joined have them anywhere. */
static bool only_space(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (size - i > 2 && memcmp(text + i, "\xef\xbb\xbf", 3) == 0)
            i += 2;
        else if (!is_space(text[i]))
            return false;
    }
    return true;
}

/* Text between tags, or inside CDATA. */
static aln_status read_content(xml *x, aln_error *error)
{
    unsigned line = x->line;
    TRY(read_text(x, error));
    if (x->depth == 0 && !only_space(x->text, x->text_size))
        return xml_fail(error, line,
                        x->had_root ? "text after the end of the document"
                                    : "this is no XML");
    return ALN_OK;
}

/* ---- events ------------------------------------------------------------------------- */

static aln_status read_end(xml *x, xml_event *event, aln_error *error)
{
    if (x->depth) {
        const char *open = x->names.at + x->open[x->depth - 1].name;
        return xml_fail(error, x->line, "the file ends inside <%.60s> of line %u", open,
                        x->open[x->depth - 1].line);
    }
    if (!x->had_root) return xml_fail(error, x->line, "the file is empty");
    *event = XML_END;
    return ALN_OK;
}

/* Consume what is no event; *is_event is false where it did. */
static aln_status skip_silent(xml *x, bool *is_event, aln_error *error)
{
    *is_event = x->in_cdata && !looking_at(x, "]]>");
    if (*is_event) return ALN_OK;
    if (x->in_cdata) {
        x->in_cdata = false;
        consume(x, 3);
    } else if (looking_at(x, "<![CDATA[")) {
        x->in_cdata = true;
        consume(x, 9);
    } else if (looking_at(x, "<!--")) {
        return skip_past(x, "-->", "a comment", error);
    } else if (looking_at(x, "<?")) {
        return skip_past(x, "?>", "a processing instruction", error);
    } else if (looking_at(x, "<!DOCTYPE") || looking_at(x, "<!doctype")) {
        return skip_doctype(x, error);
    } else {
        *is_event = true;
    }
    return ALN_OK;
}

static aln_status next_event(xml *x, xml_event *event, aln_error *error)
{
    if (x->raw) x->event_at = x->raw->size;
    if (x->closing) {
        x->closing = false;
        x->n_attributes = 0;
        *event = XML_CLOSE;
        pop_name(x);
        return ALN_OK;
    }
    bool is_event = false;
    while (!is_event) {
        TRY(need(x, 10, error));
        if (x->start == x->end) return read_end(x, event, error);
        TRY(skip_silent(x, &is_event, error));
    }
    if (x->raw) x->event_at = x->raw->size;
    if (!x->in_cdata && x->buffer[x->start] == '<') return read_tag(x, event, error);
    *event = XML_TEXT;
    return read_content(x, error);
}

aln_status xml_next(xml *x, xml_event *event, aln_error *error)
{
    TRY(next_event(x, event, error));
    return x->raw_failed ? error_no_memory(error) : ALN_OK;
}

const char *xml_name(const xml *x)
{
    const char *colon = strchr(x->name, ':');
    return colon ? colon + 1 : x->name;
}

const char *xml_attribute_value(const xml *x, const char *name)
{
    for (size_t i = 0; i < x->n_attributes; i++)
        if (strcmp(x->attributes[i].name, name) == 0) return x->attributes[i].value;
    return NULL;
}

unsigned xml_open_line(const xml *x)
{
    return x->depth ? x->open[x->depth - 1].line : x->line;
}

aln_status xml_content(xml *x, size_t most, str *out, aln_error *error)
{
    size_t depth = x->depth;
    unsigned line = x->tag_line;
    while (x->depth >= depth) {
        xml_event event = XML_END;
        TRY(xml_next(x, &event, error));
        if (event != XML_TEXT || !out) continue;
        if (out->size + x->text_size > most)
            return xml_fail(error, line, "an element is longer than %zu bytes", most);
        if (str_add(out, x->text, x->text_size)) return error_no_memory(error);
    }
    return ALN_OK;
}

aln_status xml_skip(xml *x, aln_error *error)
{
    return xml_content(x, 0, NULL, error);
}

/* ---- after a failure ------------------------------------------------------------------ */

static void cut_stack(xml *x, size_t depth)
{
    while (x->depth > depth)
        pop_name(x);
    x->closing = x->in_cdata = false;
}

static bool begins_element(const xml *x, const char *name, size_t size)
{
    return looking_at(x, "<") && x->end - x->start > size + 1 &&
           memcmp(x->buffer + x->start + 1, name, size) == 0 &&
           ends_name(x->buffer[x->start + 1 + size]);
}

aln_status xml_resume(xml *x, const char *name, size_t depth, bool *found,
                      aln_error *error)
{
    size_t size = strlen(name);
    cut_stack(x, depth);
    *found = false;
    for (;;) {
        TRY(need(x, size + 2, error));
        if (x->start == x->end) return ALN_OK;
        if (begins_element(x, name, size)) break;
        const char *at = x->buffer + x->start;
        const char *next = memchr(at + 1, '<', x->end - x->start - 1);
        consume(x, next ? (size_t)(next - at) : x->end - x->start);
    }
    while (x->depth < depth) { /* what closed too early is open again */
        x->name = "-";
        x->had_root = false;
        TRY(push_name(x, error));
    }
    *found = true;
    return ALN_OK;
}

void xml_reopen(xml *x, size_t depth)
{
    unsigned line = x->tag_line;
    bool closing = x->closing;
    cut_stack(x, depth);
    x->open[x->depth].name = x->names.size;
    x->open[x->depth].line = line;
    x->closing = closing;
    /* There was room for the name: it stood further on before. */
    if (str_puts(&x->names, xml_name(x)) == ALN_OK &&
        str_putc(&x->names, '\0') == ALN_OK)
        x->depth++;
}
