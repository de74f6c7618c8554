/* str.h - a string of bytes that grows.
 *
 *     AUTO(str) str line = {0};
 *     if (str_printf(&line, "%s: %zu", name, n)) return error_no_memory(error);
 *     puts(str_text(&line));
 *
 * A failed addition leaves the string as it was.  The bytes are always followed by a
 * NUL that does not count.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <align/status.h>

typedef struct str {
    char *at; /* NULL while nothing has been added */
    size_t size, cap;
} str;

aln_status str_add(str *s, const char *bytes, size_t size);
aln_status str_puts(str *s, const char *text);
aln_status str_putc(str *s, char c);
__attribute__((format(printf, 2, 3))) aln_status str_printf(str *s, const char *format,
                                                            ...);

/* Make room for size more bytes: the next additions up to that cannot fail. */
aln_status str_reserve(str *s, size_t size);

/* Cut down to size bytes. */
void str_truncate(str *s, size_t size);

/* The bytes, "" for an empty string: holds until the next change. */
const char *str_text(const str *s);

/* Hand the bytes over to the caller, to be freed with free(); the string is empty
 * again.  NULL when out of memory (only where nothing had ever been added). */
char *str_steal(str *s);

static inline void str_clear(str *s)
{
    str_truncate(s, 0);
}

void str_done(str *s);

/* Does a text end so?  "pages.tsv" ends with ".tsv". */
bool str_ends_with(const char *text, const char *end);

/* AUTO(str) str s = {0}; */
static inline void auto_str(str *s)
{
    str_done(s);
}

#endif
