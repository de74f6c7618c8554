/* xml_text.c - escapes and references in the text of XML.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xml_text.h"

#include <stdint.h>
#include <string.h>

#include "exchange/utf8.h"
#include "exchange/xml.h"

bool xml_is_forbidden(const char *at, size_t left)
{
    return left > 2 && memcmp(at, "\xef\xbf", 2) == 0 && (unsigned char)at[2] >= 0xbe;
}

/* ---- references --------------------------------------------------------------------- */

static const struct {
    const char *name;
    char c;
} entities[] = {
    {"lt;", '<'}, {"gt;", '>'}, {"amp;", '&'}, {"quot;", '"'}, {"apos;", '\''}};

/* "#233;" or "#xE9;" -> its code point and length; 0 for what is no reference. */
static size_t read_number(const char *at, size_t size, uint32_t *c)
{
    size_t i = 1, digits = 0;
    uint32_t base = 10, value = 0;
    if (i < size && (at[i] == 'x' || at[i] == 'X')) {
        base = 16;
        i++;
    }
    for (; i < size && digits <= 8; i++, digits++) {
        char d = at[i];
        uint32_t v = d >= '0' && d <= '9'   ? (uint32_t)(d - '0')
                     : d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                     : d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A' + 10)
                                            : base;
        if (v >= base) break;
        value = value > 0x110000 ? value : value * base + v;
    }
    if (digits == 0 || i == size || at[i] != ';') return 0;
    *c = value;
    return i + 1;
}

aln_status xml_reference(const warner *warn, const char *at, size_t left, unsigned line,
                         size_t *size, char out[4], size_t *n, aln_error *error)
{
    uint32_t c = 0;
    *size = 0;
    if (left && at[0] == '#') *size = read_number(at, left, &c);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        size_t length = strlen(entities[i].name);
        if (left < length || memcmp(at, entities[i].name, length) != 0) continue;
        *size = length;
        c = (uint32_t)entities[i].c;
    }
    if (*size == 0) {
        size_t length = 0;
        while (length < left && length < 40 && !strchr("; \t\r\n<&", at[length]))
            length++;
        bool named = length && length < left && at[length] == ';';
        return named
                   ? xml_fail(error, line,
                              "the entity &%.*s; is not known, and none "
                              "is expanded",
                              (int)length, at)
                   : xml_fail(error, line, "\"&\" stands for itself; write \"&amp;\"");
    }
    *n = utf8_is_xml(c) ? utf8_put(c, out) : 0;
    if (*n == 0) warn_at(warn, line, "forbidden character U+%04X left out", c);
    return ALN_OK;
}

/* ---- writing ---------------------------------------------------------------------------- */

static const char *escape_of(unsigned char c, bool in_attribute)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    default:
        return c < ' ' ? "" : NULL;
    }
}

aln_status xml_escape(str *out, const char *text, size_t size, bool in_attribute)
{
    static const unsigned char plain_stops[256] = {
        ['<'] = 1, ['>'] = 1, ['&'] = 1, ['"'] = 1, [0xef] = 1};
    size_t from = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= ' ' && !plain_stops[c]) continue;
        bool forbidden = c == 0xef && xml_is_forbidden(text + i, size - i);
        const char *escape = forbidden ? "" : escape_of(c, in_attribute);
        if (!escape) continue;
        if (str_add(out, text + from, i - from) || str_puts(out, escape))
            return ALN_NO_MEMORY;
        from = i + (forbidden ? 3 : 1);
        i = from - 1;
    }
    return str_add(out, text + from, size - from);
}
