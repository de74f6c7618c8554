/* utf8.c - check, count and write UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/utf8.h"

#include <string.h>

#include "base/auto.h"

static bool is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* The length of the character that a byte begins, 0 where it begins none. */
static size_t length_of(unsigned char c)
{
    if (c < 0x80) return 1;
    if (c < 0xc2) return 0;
    if (c < 0xe0) return 2;
    if (c < 0xf0) return 3;
    return c < 0xf5 ? 4 : 0;
}

/* The second byte excludes overlong forms, surrogates and what is above U+10FFFF. */
static bool fits(unsigned char first, unsigned char second)
{
    if (!is_tail(second)) return false;
    if (first == 0xe0) return second >= 0xa0;
    if (first == 0xed) return second < 0xa0;
    if (first == 0xf0) return second >= 0x90;
    return first != 0xf4 || second < 0x90;
}

/* The length of the valid character at the start, or 0. */
static size_t valid_character(const unsigned char *text, size_t size)
{
    size_t n = length_of(text[0]);
    if (n == 0 || n > size) return 0;
    if (n > 1 && !fits(text[0], text[1])) return 0;
    for (size_t i = 2; i < n; i++)
        if (!is_tail(text[i])) return 0;
    return n;
}

size_t utf8_valid_prefix(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    while (i < size) {
        uint64_t eight;
        while (i + sizeof eight <= size) {
            memcpy(&eight, bytes + i, sizeof eight);
            if (eight & 0x8080808080808080u) break;
            i += sizeof eight;
        }
        if (i == size) break;
        size_t n = valid_character(bytes + i, size - i);
        if (n == 0) break;
        i += n;
    }
    return i;
}

aln_status utf8_add_escaped(str *out, const char *text)
{
    for (size_t left = strlen(text);;) {
        size_t valid = utf8_valid_prefix(text, left);
        TRY(str_add(out, text, valid));
        if (valid == left) return ALN_OK;
        TRY(str_printf(out, "%%%02X", (unsigned char)text[valid]));
        text += valid + 1;
        left -= valid + 1;
    }
}

bool utf8_is_cut(const char *text, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t n = size ? length_of(bytes[0]) : 0;
    if (n <= size) return false;
    if (size > 1 && !fits(bytes[0], bytes[1])) return false;
    for (size_t i = 2; i < size; i++)
        if (!is_tail(bytes[i])) return false;
    return true;
}

utf8_counts utf8_count(const char *text, size_t size, bool may_be_cut)
{
    utf8_counts counts = {0};
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < size;) {
        size_t n = valid_character(bytes + i, size - i);
        if (n == 0 && may_be_cut && utf8_is_cut(text + i, size - i)) break;
        counts.invalid += n == 0;
        counts.beyond_ascii += n > 1;
        i += n ? n : 1;
    }
    return counts;
}

size_t utf8_put(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(marks[n] | c);
    return n;
}

uint32_t utf8_of_windows_1252(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
        0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
    };
    return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

bool utf8_is_xml(uint32_t c)
{
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
}
