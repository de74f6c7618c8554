/* utf8.h - UTF-8 byte by byte (RFC 3629; XML 1.0, 2.2 Char).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The length of the longest valid beginning. */
size_t utf8_valid_prefix(const char *text, size_t size);

/* Add a text of any bytes, each that belongs to no character as "%FF". */
aln_status utf8_add_escaped(str *out, const char *text);

/* Is this the beginning of a character whose rest is missing? */
bool utf8_is_cut(const char *text, size_t size);

typedef struct utf8_counts {
    size_t beyond_ascii; /* valid characters of two bytes and more */
    size_t invalid;      /* bytes that belong to none */
} utf8_counts;

/* With may_be_cut a character cut off at the end is no invalid one. */
utf8_counts utf8_count(const char *text, size_t size, bool may_be_cut);

/* Write a code point; returns its length. */
size_t utf8_put(uint32_t c, char out[4]);

/* What a byte means in Windows-1252; the five that mean nothing become U+FFFD. */
uint32_t utf8_of_windows_1252(unsigned char byte);

/* May the code point stand in an XML document? */
bool utf8_is_xml(uint32_t c);

#endif
