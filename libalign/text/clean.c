/* clean.c - white space, widths and other small facts about UTF-8 text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/clean.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { NBSP = 0xa0, NARROW_NBSP = 0x202f };

static bool is_invisible(UChar32 c)
{
    if (c < 0) return true;
    if (c < 0x20 || c == 0x7f || c == 0xad || c == 0xfeff) return true;
    return (c >= 0x80 && c < NBSP) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064);
}

static bool is_space(UChar32 c)
{
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return c == NBSP || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == NARROW_NBSP || c == 0x205f || c == 0x3000;
}

size_t clean_fold(const char *text, size_t size, char *out)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t n = 0, spaces = 0;
    UChar32 last_space = ' ';
    for (size_t i = 0; i < size;) {
        UChar32 c = at[i];
        size_t start = i++;
        if (c >= 0x80) {
            int32_t used = 0, window = (int32_t)(size - start < 4 ? size - start : 4);
            U8_NEXT(at + start, used, window, c);
            i = start + (size_t)used;
        }
        if (is_space(c)) {
            spaces++;
            last_space = c;
            continue;
        }
        if (is_invisible(c)) continue;
        bool keep = spaces == 1 && (last_space == NBSP || last_space == NARROW_NBSP);
        if (n && keep)
            U8_APPEND_UNSAFE(out, n, last_space);
        else if (n && spaces)
            out[n++] = ' ';
        spaces = 0;
        memcpy(out + n, text + start, i - start);
        n += i - start;
    }
    out[n] = '\0';
    return n;
}

size_t clean_width(const char *text, size_t size)
{
    size_t width = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x80 || c >= 0xc0) width++;
        if (c >= 0xe3 && c <= 0xed) width++; /* U+3000..U+DFFF: mostly wide */
    }
    return width;
}

static UChar32 last_of(const char *text, size_t *size)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t end = *size, start = end;
    UChar32 c;
    if (!end) return -1;
    while (start > 0 && end - start < 4 && U8_IS_TRAIL(at[start - 1]))
        start--;
    if (start) start--;
    int32_t i = 0;
    U8_NEXT(at + start, i, (int32_t)(end - start), c);
    *size = start;
    return c;
}

static bool closes_quotation(UChar32 c)
{
    return c == '"' || c == '\'' || c == ')' || c == 0xbb || c == 0x201d ||
           c == 0x2019 || c == 0x300d || c == 0x300f || c == 0xff09 || c == ']' ||
           c == 0x300b || is_space(c);
}

bool clean_ends_sentence(const char *text, size_t size)
{
    UChar32 c = last_of(text, &size);
    while (size && closes_quotation(c))
        c = last_of(text, &size);
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff01 ||
           c == 0xff1f || c == 0x2026 || c == ':' || c == 0xff1a || c == ';' ||
           c == 0xff1b || c == 0x061f || c == 0x0964;
}

static bool is_wide(UChar32 c)
{
    return (c >= 0x3000 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xff00 && c <= 0xff60);
}

bool clean_ends_wide(const char *text, size_t size)
{
    return is_wide(last_of(text, &size));
}

bool clean_starts_wide(const char *text, size_t size)
{
    int32_t i = 0;
    UChar32 c = -1;
    if (size) U8_NEXT((const uint8_t *)text, i, (int32_t)(size < 4 ? size : 4), c);
    return is_wide(c);
}

/* One spelling for characters that typists choose among. */
static UChar32 plain_form(UChar32 c)
{
    if (is_space(c)) return ' ';
    if (c == 0x2018 || c == 0x2019 || c == 0x02bc || c == '`') return '\'';
    if (c >= 0xff01 && c <= 0xff5e) return u_tolower(c - 0xff01 + '!');
    if (c == 0x2026) return '.';
    return u_tolower(c);
}

/* Bullets, brackets and arrows that stand before or behind a phrase. */
static bool is_ornament(UChar32 c)
{
    return c == ' ' || c == '(' || c == ')' || c == '[' || c == ']' || c == '|' ||
           c == '-' || c == '*' || c == '>' || c == '<' || c == '#' || c == 0x2022 ||
           c == 0xb7 || c == 0xbb || c == 0xab || c == 0x3010 || c == 0x3011 ||
           c == 0x203a || c == 0x25b6 || (c >= 0x2190 && c <= 0x21ff) ||
           (c >= 0x25a0 && c <= 0x27bf) || c == 0x2013 || c == 0x2014;
}

size_t clean_key(const char *text, size_t size, char *out, size_t room)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t n = 0;
    for (size_t i = 0; i < size;) {
        UChar32 c;
        int32_t used = 0, window = (int32_t)(size - i < 4 ? size - i : 4);
        U8_NEXT(at + i, used, window, c);
        i += (size_t)used;
        if (is_invisible(c) && !is_space(c)) continue;
        c = plain_form(c);
        if (n == 0 && is_ornament(c)) continue;
        if (c == ' ' && out[n - 1] == ' ') continue;
        if (c == ':' && n && out[n - 1] == ' ') n--;
        if (n + U8_MAX_LENGTH + 1 > room) return 0;
        U8_APPEND_UNSAFE(out, n, c);
    }
    while (n) {
        size_t before = n;
        UChar32 c = last_of(out, &before);
        if (!is_ornament(c) && c != '.' && c != '!') break;
        n = before;
    }
    out[n] = '\0';
    return n;
}
