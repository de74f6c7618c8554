/* number.c - digits, separators of thousands and of decimals.
 *
 * A separator with exactly three digits behind it, and at most three before it, groups
 * thousands; any other point or comma with digits behind it is the decimal one.  So
 * "1.234" is read as 1234 in every language: the other text is read in the same way,
 * and that is what matters for a comparison.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/number.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>

#include "align/letters.h"

static int digit_at(const char *text, size_t size, size_t at, size_t *next)
{
    *next = at;
    if (at >= size) return -1;
    return u_charDigitValue(letter_next(text, size, next));
}

static size_t digits_from(const char *text, size_t size, size_t at, size_t *end)
{
    size_t n = 0, next = at;
    for (*end = at; digit_at(text, size, *end, &next) >= 0; *end = next)
        n++;
    return n;
}

/* The separator at a place, as ',' '.' or ' '; 0 where there is none. */
static char separator_at(const char *text, size_t size, size_t at, size_t *next)
{
    *next = at;
    if (at >= size) return 0;
    int32_t c = letter_next(text, size, next);
    switch (c) {
    case '.':
    case ',':
        return (char)c;
    case 0xff0c: /* full-width comma */
        return ',';
    case '\'':
    case 0x2019:
    case ' ':
    case 0xa0:
    case 0x2009:
    case 0x202f:
        return ' ';
    default:
        return 0;
    }
}

static size_t put_digits(const char *text, size_t size, size_t at, size_t end,
                         char *value, size_t n)
{
    while (at < end) {
        size_t next;
        int digit = digit_at(text, size, at, &next);
        bool leading = n == 0 && digit == 0;
        if (!leading && n < NUMBER_SIZE / 2 - 1) value[n++] = (char)('0' + digit);
        at = next;
    }
    return n;
}

static size_t drop_final_zeros(const char *value, size_t n)
{
    while (n && value[n - 1] == '0')
        n--;
    return n && value[n - 1] == '.' ? n - 1 : n;
}

size_t number_read(const char *text, size_t size, size_t start, char value[NUMBER_SIZE])
{
    size_t end, next = start, n_digits = digits_from(text, size, start, &end);
    size_t n = put_digits(text, size, start, end, value, 0);
    bool grouping = n_digits <= 3;
    for (char mark; (mark = separator_at(text, size, end, &next)); end = next) {
        size_t group_end, behind = digits_from(text, size, next, &group_end);
        if (!behind) break;
        if (grouping && behind == 3 && n) {
            n = put_digits(text, size, next, group_end, value, n);
            next = group_end;
            continue;
        }
        if (mark == ' ') break;
        if (!n) value[n++] = '0';
        value[n++] = '.';
        n = put_digits(text, size, next, group_end, value, n);
        n = drop_final_zeros(value, n);
        end = group_end;
        break;
    }
    if (!n) value[n++] = '0';
    value[n] = '\0';
    return end;
}
