/* tokens.c - cut a text into tokens, one at a time, without allocating.
 *
 * Nearly all bytes of most texts are ASCII: a table tells their class; the rest asks
 * ICU.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/tokens.h"

#include <stdint.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum char_class { SPACE, LETTER, NUMBER, HAN, MARK };

static enum char_class ascii_class(unsigned char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return LETTER;
    if (c >= '0' && c <= '9') return NUMBER;
    if (c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f)) return SPACE;
    return MARK;
}

static enum char_class class_of(UChar32 c)
{
    if (c < 0x80) return c < 0 ? MARK : ascii_class((unsigned char)c);
    if ((c >= 0x3400 && c <= 0x9fff) || (c >= 0x3040 && c <= 0x30ff) ||
        (c >= 0xf900 && c <= 0xfaff))
        return HAN;

    uint32_t category = U_MASK(u_charType(c));
    if (category & U_GC_L_MASK) return LETTER;
    if (category & U_GC_N_MASK) return NUMBER;
    return u_isUWhiteSpace(c) ? SPACE : MARK;
}

/* The class of the character at *at, which moves behind it. */
static enum char_class next_class(const char *text, size_t size, size_t *at)
{
    unsigned char first = (unsigned char)text[*at];
    if (first < 0x80) {
        ++*at;
        return ascii_class(first);
    }
    int32_t i = 0, n = size - *at < 8 ? (int32_t)(size - *at) : 8;
    UChar32 c;
    U8_NEXT((const uint8_t *)text + *at, i, n, c);
    *at += c < 0 ? 1 : (size_t)i;
    return class_of(c);
}

bool token_next(const char *text, size_t size, size_t *at, token *out)
{
    enum char_class class = SPACE;
    size_t start = *at;
    while (class == SPACE) {
        if (*at >= size) return false;
        start = *at;
        class = next_class(text, size, at);
    }

    bool letters = class == LETTER;
    if (class == LETTER || class == NUMBER) {
        for (size_t ahead = *at; *at < size; *at = ahead) {
            enum char_class next = next_class(text, size, &ahead);
            if (next != LETTER && next != NUMBER) break;
            letters = letters || next == LETTER;
        }
    }
    token_kind kind = class == HAN    ? TOKEN_HAN
                      : class == MARK ? TOKEN_MARK
                      : letters       ? TOKEN_WORD
                                      : TOKEN_NUMBER;
    *out = (token){.start = start, .end = *at, .kind = kind};
    return true;
}
