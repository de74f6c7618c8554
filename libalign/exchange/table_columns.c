/* table_columns.c - the names of columns that are no languages.
 *
 * None of them can be taken for a language tag: those begin with two or three letters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/table_columns.h"

#include <stddef.h>
#include <string.h>

const table_column *table_column_named(const char *name)
{
    static const table_column columns[] = {
        {"unit", TABLE_PROPERTY, "x-context"},
        {"verdict", TABLE_PROPERTY, "x-verdict"},
        {"score", TABLE_SCORE, NULL},
        {"flags", TABLE_FLAGS, NULL},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(name, columns[i].name) == 0) return &columns[i];
    return NULL;
}
