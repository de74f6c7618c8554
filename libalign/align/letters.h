/* letters.h - what a letter is, and how words are folded for comparison.
 *
 *     "Événement" -> "evenement"    "Straße" -> "strasse"    "Путин" -> "putin"
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LETTERS_H
#define ALIGN_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#include "base/str.h"

typedef enum letter_class {
    LETTER_NONE, /* white space, control characters */
    LETTER_WORD, /* a letter or mark of a script with words */
    LETTER_DIGIT,
    LETTER_HAN, /* Han, kana: written without spaces */
    LETTER_MARK,
} letter_class;

letter_class letter_classify(int32_t c);

/* The code point at text[*at], which moves on; -1 for a byte that is no UTF-8. */
int32_t letter_next(const char *text, size_t size, size_t *at);

bool letter_is_capital(int32_t c);

/* Adds the folded word to out: lower case, no accents, in Latin letters where the
 * script has a Latin spelling that ICU knows. */
aln_status letters_fold(const char *word, size_t size, str *out);

/* Writes a code point as UTF-8, at most four bytes; how many. */
size_t letter_put(char *out, int32_t c);

/* Adds a code point as UTF-8. */
aln_status letter_add(str *out, int32_t c);

#endif
