/* number.h - numbers in any notation become one value.
 *
 *     "1 234,5" "1,234.5" "1.234,5" -> "1234.5"    "12,50" -> "12.5"    "007" -> "7"
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_NUMBER_H
#define ALIGN_NUMBER_H

#include <stddef.h>

enum { NUMBER_SIZE = 40 };

/* Read the number whose first digit stands at start; writes its value and returns where
 * it ends.  A long row of digits is cut. */
size_t number_read(const char *text, size_t size, size_t start,
                   char value[NUMBER_SIZE]);

/* The same for numerals in Han characters, "四十七" -> "47", "二〇一七" -> "2017";
 * where fewer than `least` stand together it returns start. */
size_t number_read_han(const char *text, size_t size, size_t start, int least,
                       char value[NUMBER_SIZE]);

#endif
