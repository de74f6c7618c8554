/* table_columns.h - columns of a table that hold no text in a language.
 *
 *     unit         verdict  score  flags           fr        en
 *     u17.2.9f3a            0.310  numbers-differ  Le port   The port
 *
 * They are asked for, and found again, by these names among those of the languages.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_TABLE_COLUMNS_H
#define EXCHANGE_TABLE_COLUMNS_H

typedef enum table_column_kind {
    TABLE_SCORE,
    TABLE_FLAGS,
    TABLE_PROPERTY,
} table_column_kind;

typedef struct table_column {
    const char *name;
    table_column_kind kind;
    const char *property;
} table_column;

/* NULL where the name is none of them. */
const table_column *table_column_named(const char *name);

#endif
