/* date.c - find a date, and the time beside it, in a line of a page.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

extern const char text_months[];
extern const size_t text_months_size;

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

struct cursor {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of at most 4 digits; -1 where there is none. */
static int take_number(struct cursor *c)
{
    int value = 0;
    const char *start = c->at;
    while (c->at < c->end && is_digit(*c->at) && c->at - start < 5)
        value = value * 10 + (*c->at++ - '0');
    if (c->at == start || c->at - start > 4) return -1;
    return value;
}

static bool take(struct cursor *c, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, text, n) != 0) return false;
    c->at += n;
    return true;
}

static bool take_any(struct cursor *c, const char *const *texts)
{
    for (; *texts; texts++)
        if (take(c, *texts)) return true;
    return false;
}

static void skip_blanks(struct cursor *c)
{
    static const char *const blanks[] = {" ", "\xc2\xa0", "\t", "\xe3\x80\x80", NULL};
    while (take_any(c, blanks))
        ;
}

/* A word in lower case; its size. */
static size_t take_word(struct cursor *c, char *out, size_t room)
{
    size_t n = 0;
    while (c->at < c->end) {
        UChar32 letter;
        int32_t i = 0, window = (int32_t)(c->end - c->at < 4 ? c->end - c->at : 4);
        U8_NEXT((const uint8_t *)c->at, i, window, letter);
        if (letter < 0 || !u_isalpha(letter) || n + U8_MAX_LENGTH >= room) break;
        U8_APPEND_UNSAFE(out, n, u_tolower(letter));
        c->at += i;
    }
    out[n] = '\0';
    return n;
}

/* 1..12 for a month's name in any language of the file, else 0. */
static int month_named(const char *word, size_t size)
{
    int month = 0;
    const char *end = text_months + text_months_size;
    bool comment = *text_months == '#';
    for (const char *at = text_months; at < end; at++) {
        if (*at == '\n') {
            month = 0;
            comment = at + 1 < end && at[1] == '#';
        }
        month += *at == ' ';
        bool starts = month && !comment && (*at == ' ' || *at == '|');
        if (!starts || (size_t)(end - at) <= size + 1) continue;
        if (memcmp(at + 1, word, size) == 0 && strchr(" |\n", at[size + 1]))
            return month;
    }
    return 0;
}

static int take_month(struct cursor *c)
{
    char word[48];
    struct cursor before = *c;
    size_t n = take_word(c, word, sizeof word);
    int month = n >= 3 ? month_named(word, n) : 0;
    if (!month) *c = before;
    if (month) take(c, ".");
    return month;
}

struct day {
    int year, month, day;
};

static bool is_day(struct day d)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d.year >= FIRST_YEAR && d.year <= LAST_YEAR && d.month >= 1 &&
           d.month <= 12 && d.day >= 1 && d.day <= lengths[d.month - 1];
}

/* 2017-06-09, 2017年06月09日 */
static bool year_first(struct cursor *c, struct day *d)
{
    static const char *const separators[] = {"-", "/", ".", "年", NULL};
    static const char *const behind_month[] = {"-", "/", ".", "月", NULL};
    d->year = take_number(c);
    if (d->year < FIRST_YEAR || !take_any(c, separators)) return false;
    skip_blanks(c);
    d->month = take_number(c);
    if (!take_any(c, behind_month)) return false;
    skip_blanks(c);
    d->day = take_number(c);
    take(c, "日");
    return is_day(*d);
}

/* 09.06.2017, 09/06/2017 */
static bool day_first(struct cursor *c, struct day *d)
{
    static const char *const separators[] = {".", "/", "-", NULL};
    d->day = take_number(c);
    if (!take_any(c, separators)) return false;
    d->month = take_number(c);
    if (!take_any(c, separators)) return false;
    d->year = take_number(c);
    if (is_day(*d)) return true;
    *d = (struct day){d->year, d->day, d->month};
    return is_day(*d);
}

static void skip_between(struct cursor *c)
{
    static const char *const words[] = {",", "de ", "of ", "del ", NULL};
    do
        skip_blanks(c);
    while (take_any(c, words));
}

/* 9 juin 2017, 1er juin 2017, 9th of June, 2017, 9. Juni 2017 */
static bool day_named(struct cursor *c, struct day *d)
{
    static const char *const ordinals[] = {"er", "st", "nd", "rd",
                                           "th", ".",  "º",  NULL};
    d->day = take_number(c);
    if (d->day < 1 || d->day > 31) return false;
    take_any(c, ordinals);
    skip_between(c);
    d->month = take_month(c);
    if (!d->month) return false;
    skip_between(c);
    d->year = take_number(c);
    return is_day(*d);
}

/* June 9, 2017 */
static bool month_first(struct cursor *c, struct day *d)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th", NULL};
    d->month = take_month(c);
    if (!d->month) return false;
    skip_blanks(c);
    d->day = take_number(c);
    if (d->day < 1) return false;
    take_any(c, ordinals);
    skip_between(c);
    d->year = take_number(c);
    return is_day(*d);
}

/* Half of the day in "8:34 p.m.": 12 hours to add, -12 to take, or none. */
static int half_of_day(struct cursor *c, int hour)
{
    static const char *const after[] = {"p.m", "pm", "PM", "P.M", NULL};
    static const char *const before[] = {"a.m", "am", "AM", "A.M", NULL};
    struct cursor start = *c;
    skip_blanks(c);
    if (take_any(c, after)) {
        take(c, ".");
        return hour < 12 ? 12 : 0;
    }
    if (take_any(c, before)) {
        take(c, ".");
        return hour == 12 ? -12 : 0;
    }
    *c = start;
    return 0;
}

/* 08:34, 08h34, 08时34分 */
static bool take_time(struct cursor *c, int *minutes)
{
    static const char *const separators[] = {":", "h", "：", "时", "時", " h ", NULL};
    int hour = take_number(c);
    if (hour < 0 || hour > 24 || !take_any(c, separators)) return false;
    if (c->end - c->at < 2 || !is_digit(c->at[0]) || !is_digit(c->at[1])) return false;
    int minute = (c->at[0] - '0') * 10 + (c->at[1] - '0');
    c->at += 2;
    if (minute > 59) return false;
    if (take(c, ":")) take_number(c);
    take(c, "分");
    *minutes = (hour + half_of_day(c, hour)) * 60 + minute;
    return *minutes < 24 * 60;
}

/* The time behind a date: within a few separators and words such as "à" or "at". */
static int time_behind(struct cursor *c)
{
    enum { REACH = 12 };
    int minutes;
    const char *start = c->at;
    for (const char *at = start; at < c->end && at - start < REACH; at++) {
        if (!is_digit(*at)) continue;
        struct cursor here = {at, c->end};
        if (!take_time(&here, &minutes)) return -1;
        c->at = here.at;
        return minutes;
    }
    return -1;
}

/* The time before a date, as in "08:34, June 09, 2017". */
static int time_before(const char *text, const char **date)
{
    enum { REACH = 24 };
    const char *at = *date - text > REACH ? *date - REACH : text;
    for (; at < *date; at++) {
        int minutes;
        struct cursor c = {at, *date};
        if (!is_digit(*at) || (at > text && is_digit(at[-1]))) continue;
        if (!take_time(&c, &minutes)) continue;
        *date = at;
        return minutes;
    }
    return -1;
}

static bool date_here(struct cursor *c, struct day *d)
{
    static bool (*const forms[])(struct cursor *, struct day *) = {
        year_first, day_first, day_named, month_first};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct cursor try = *c;
        if (!forms[i](&try, d)) continue;
        if (try.at < try.end && is_digit(try.at[-1]) && is_digit(*try.at)) continue;
        *c = try;
        return true;
    }
    return false;
}

static void describe(struct day d, int minutes, struct date *found)
{
    snprintf(found->iso, sizeof found->iso, "%04d-%02d-%02d", d.year % 10000,
             d.month % 100, d.day % 100);
    if (minutes < 0) return;
    size_t n = strlen(found->iso);
    snprintf(found->iso + n, sizeof found->iso - n, "T%02d:%02d", minutes / 60 % 24,
             minutes % 60);
}

bool date_find(const char *text, size_t size, struct date *found)
{
    const char *end = text + size;
    bool in_word = false;
    for (const char *at = text; at < end; at++) {
        bool letter = (*at & 0x80) || is_digit(*at) || u_isalpha((UChar32)(*at & 0x7f));
        bool starts = letter && !in_word;
        bool han = at > text && (at[-1] & 0x80) && is_digit(*at);
        in_word = letter;
        if (!starts && !han) continue;

        struct cursor c = {at, end};
        struct day d;
        if (!date_here(&c, &d)) continue;
        const char *start = at;
        if (!take(&c, "T")) skip_blanks(&c);
        int minutes = time_behind(&c);
        if (minutes < 0) minutes = time_before(text, &start);
        describe(d, minutes, found);
        found->start = (size_t)(start - text);
        found->end = (size_t)(c.at - text);
        return true;
    }
    return false;
}
