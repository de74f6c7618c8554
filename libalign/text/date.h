/* date.h - find a date, and the time beside it, in a line of a page.
 *
 *     struct date found;
 *     date_find("Xinhua | 09.06.2017 08h34", 25, &found)
 *         found.iso "2017-06-09T08:34", bytes [9, 25)
 *
 * Known are 2017-06-09, 2017/6/9, 2017年6月9日, 09.06.2017 and 09/06/2017 (day first
 * unless that makes no date), "9 juin 2017", "June 9, 2017", with the month names of
 * data/months.txt; times as 08:34, 08h34, 8:34 p.m., 08时34分, before or behind.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_DATE_H
#define TEXT_DATE_H

#include <stdbool.h>
#include <stddef.h>

struct date {
    char iso[20]; /* "2017-06-09" or "2017-06-09T08:34" */
    size_t start, end;
};

bool date_find(const char *text, size_t size, struct date *found);

#endif
