/* escape.c - text as XML writes it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "unit/escape.h"

#include <string.h>

bool xml_is_forbidden(const char *at, size_t left)
{
    return left > 2 && memcmp(at, "\xef\xbf", 2) == 0 && (unsigned char)at[2] >= 0xbe;
}

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
