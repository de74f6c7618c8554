/* tokens.h - the tokens of a text in any script: one definition for scores and
 * lexicons.
 *
 *     size_t at = 0;
 *     token t;
 *     while (token_next(text, size, &at, &t)) use(text + t.start, t.end - t.start);
 *
 * A token is a maximal run of letters and numbers (general categories L*, N*) and `_`;
 * or one character of U+3040-30FF, U+3400-9FFF, U+F900-FAFF; or one other character
 * that is no white space.  The text should be in NFC (fold.h): this file changes
 * nothing. A byte that is not UTF-8 is a token of its own.
 *
 *     "Le 47e, à 08h34"   ->   Le 47e , à 08h34
 *     "阿斯塔纳6月8日电"    ->   阿 斯 塔 纳 6 月 8 日 电
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TOKENS_H
#define TEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum token_kind {
    TOKEN_WORD,   /* letters and numbers, at least one letter or `_` */
    TOKEN_NUMBER, /* numbers alone */
    TOKEN_HAN,    /* one ideograph or kana */
    TOKEN_MARK,   /* punctuation, symbols and the rest */
} token_kind;

typedef struct token {
    size_t start, end; /* bytes */
    token_kind kind;
} token;

/* The next token at or after byte *at; false at the end of the text. */
bool token_next(const char *text, size_t size, size_t *at, token *out);

#endif
