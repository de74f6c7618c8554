/* numerals.c - is every number of one side said by the other?
 *
 * Not only as the same digits: as a word ("seven", 七), as a Roman numeral, as the sum
 * or product of two words ("twenty-five"), a year by its last two digits or its century
 * (the 1980s, les années 80, 20世纪80年代), an hour after noon by twelve less, a time
 * by its parts (4.40, 04 h 40), a sum by its unit (£125m).  "One" is said by articles.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/flags.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/knowledge.h"
#include "align/number.h"

enum { NUMBERS_MOST = 64 };

static double roman_value(const char *text)
{
    static const char letters[] = "ivxlcdm";
    static const double values[] = {1, 5, 10, 50, 100, 500, 1000};
    double sum = 0, before = 0;
    for (size_t n = strlen(text); n-- > 0;) {
        const char *found = strchr(letters, text[n]);
        if (!found) return 0;
        double value = values[found - letters];
        sum += value < before ? -value : value;
        before = value;
    }
    return sum;
}

/* What a Han term begins with: 10 of 十年. */
static double leading_value(const char *text, size_t size)
{
    char value[NUMBER_SIZE];
    return number_read_han(text, size, 0, 1, value) ? strtod(value, NULL) : 0;
}

/* The value of a token that is a number in any way, 0 where it is none. */
static double token_value(const side_text *side, uint32_t type)
{
    const token_type *token = &side->types.at[type];
    size_t size;
    const char *text = intern_text(&side->names, type, &size);
    if (token->kind == TOKEN_NUMBER) return strtod(text, NULL);
    double value =
        token->key == INTERN_NONE ? 0 : knowledge_value(side->terms, token->key);
    if (value > 0) return value;
    if (token->kind == TOKEN_HAN) return leading_value(text, size);
    if (token->kind == TOKEN_TERM) return strtod(text, NULL); /* 6月 */
    return token->acronym ? roman_value(text) : 0;
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fabs(a);
}

static bool is_year(double value)
{
    return value >= 1000 && value < 2100 && value == floor(value);
}

/* Does a short number mean a year, its decade or its century? */
static bool dates(double number, double year)
{
    if (!is_year(year)) return false;
    return number == fmod(year, 100) || number == floor(year / 100) + 1;
}

static bool same_hour(double a, double b)
{
    return a <= 24 && b <= 24 && fabs(a - b) == 12;
}

static bool same_but_unit(double a, double b)
{
    double ratio = a > b ? a / b : b / a;
    return close_to(ratio, 1e6) || close_to(ratio, 1e9);
}

/* Is a number the time of which another is the hour or the minutes? */
static bool part_of_time(double part, double time)
{
    double minutes = fmod(time, 1) * 100;
    bool is_time = time < 24.6 && minutes > 0 && close_to(round(minutes), minutes);
    return is_time && (part == floor(time) || close_to(part, minutes));
}

static bool stands_for(double a, double b)
{
    return close_to(a, b) || dates(a, b) || dates(b, a) || same_hour(a, b) ||
           same_but_unit(a, b) || part_of_time(a, b);
}

static size_t list_values(const view *v, double values[NUMBERS_MOST])
{
    size_t n = 0;
    for (uint32_t k = v->start; k < v->end && n < NUMBERS_MOST; k++) {
        double said = token_value(v->side, v->side->tokens[k]);
        if (said > 0) values[n++] = said;
    }
    return n;
}

/* Do one or two of the values say it? */
static bool say(const double *values, size_t n, double value)
{
    for (size_t a = 0; a < n; a++) {
        if (stands_for(value, values[a])) return true;
        for (size_t b = 0; b < n; b++)
            if (close_to(value, values[a] + values[b]) ||
                close_to(value, values[a] * values[b]) ||
                close_to(value, values[a] + values[b] / 100))
                return true;
    }
    return false;
}

bool numerals_missing(const ties *t, const view *here, const view *there)
{
    double values[NUMBERS_MOST];
    size_t n = list_values(there, values);
    for (uint32_t k = here->start; k < here->end; k++) {
        uint32_t type = here->side->tokens[k];
        if (here->side->types.at[type].kind != TOKEN_NUMBER) continue;
        double value = token_value(here->side, type);
        if (value > 0 && value != 1 && !ties_into(t, type, there) &&
            !say(values, n, value))
            return true;
    }
    return false;
}
