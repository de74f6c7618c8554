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
#include <stdio.h>
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

/* The value of a Han numeral, of which those from ten upwards are units; -1 for none.
 */
static double han_numeral(int32_t c)
{
    static const struct {
        int32_t numeral;
        double value;
    } numerals[] = {{0x3007, 0},   {0x96f6, 0},   {0x4e00, 1},   {0x4e8c, 2},
                    {0x4e24, 2},   {0x5169, 2},   {0x4e09, 3},   {0x56db, 4},
                    {0x4e94, 5},   {0x516d, 6},   {0x4e03, 7},   {0x516b, 8},
                    {0x4e5d, 9},   {0x5341, 10},  {0x767e, 100}, {0x5343, 1000},
                    {0x4e07, 1e4}, {0x842c, 1e4}, {0x4ebf, 1e8}, {0x5104, 1e8}};
    for (size_t k = 0; k < sizeof numerals / sizeof *numerals; k++)
        if (numerals[k].numeral == c) return numerals[k].value;
    return -1;
}

/* What has been read of a Han number: 三百五十万六 = (350) 万 + 6. */
typedef struct han_number {
    double done, section, digit; /* above 万; below it; the latest */
    double row;                  /* digits read one by one: 二〇一七 */
    int n, units;
} han_number;

static void take_numeral(han_number *read, double value)
{
    read->n++;
    if (value < 10) {
        read->row = read->row * 10 + value;
        read->digit = value;
        return;
    }
    read->units++;
    if (value < 1e4) {
        read->section += (read->digit > 0 ? read->digit : 1) * value;
    } else {
        double below = read->section + read->digit;
        if (below <= 0 && read->done <= 0) below = 1;
        /* 万亿 multiplies all before it; 三亿四千万 adds. */
        read->done =
            value < 1e8 ? read->done + below * value : (read->done + below) * value;
        read->section = 0;
    }
    read->digit = 0;
}

size_t number_read_han(const char *text, size_t size, size_t start, int least,
                       char value[NUMBER_SIZE])
{
    han_number read = {0};
    size_t end = start;
    while (end < size && read.n < 20) {
        size_t next = end;
        double numeral = han_numeral(letter_next(text, size, &next));
        if (numeral < 0) break;
        take_numeral(&read, numeral);
        end = next;
    }
    if (read.n < least) return start;
    double whole = read.units ? read.done + read.section + read.digit : read.row;
    snprintf(value, NUMBER_SIZE, "%.15g", whole);
    return end;
}
