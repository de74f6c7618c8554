/* units.h - what the commands that read and write files of units share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNITS_H
#define UNITS_H

#include "selection.h"

AUTO_DEFINE(units_reader, aln_reader *, aln_reader_close)
AUTO_DEFINE(units_writer, aln_writer *, aln_writer_close)

/* Prints what a reader warns of: the first few, then how many more there were. */
typedef struct warnings {
    const char *path;
    size_t n;
} warnings;

void warnings_print(void *context, unsigned line, const char *message);
void warnings_end(warnings *seen);

/* A format by the name of --format; false, with a complaint, where there is none.  NULL
 * means ALN_FORMAT_AUTO. */
bool parse_format(const char *name, aln_format *format);

/* Is the file an SQLite database, by its first bytes? */
bool is_memory_file(const char *path);

/* The languages of --langs as the library takes them; NULL stays NULL. */
static inline const char *const *as_languages(char *const *tags)
{
    return (const char *const *)tags;
}

#endif
