/* xml_text.c - references in the text of XML.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xml_text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "exchange/xml.h"

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
