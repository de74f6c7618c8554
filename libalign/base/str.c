/* str.c - a byte string whose room doubles.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST = 32 };

aln_status str_reserve(str *s, size_t size)
{
    if (size > SIZE_MAX / 2 - s->size) return ALN_NO_MEMORY;

    size_t needed = s->size + size + 1;
    if (needed <= s->cap) return ALN_OK;
    size_t cap = s->cap ? s->cap : FIRST;
    while (cap < needed)
        cap *= 2;
    char *at = realloc(s->at, cap);
    if (!at) return ALN_NO_MEMORY;

    s->at = at;
    s->cap = cap;
    s->at[s->size] = '\0';
    return ALN_OK;
}

aln_status str_add(str *s, const char *bytes, size_t size)
{
    if (str_reserve(s, size)) return ALN_NO_MEMORY;
    if (size) memcpy(s->at + s->size, bytes, size);
    s->size += size;
    s->at[s->size] = '\0';
    return ALN_OK;
}

aln_status str_puts(str *s, const char *text)
{
    return str_add(s, text, strlen(text));
}

aln_status str_putc(str *s, char c)
{
    return str_add(s, &c, 1);
}

aln_status str_printf(str *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0 || str_reserve(s, (size_t)size)) return ALN_NO_MEMORY;

    va_start(args, format);
    vsnprintf(s->at + s->size, (size_t)size + 1, format, args);
    va_end(args);
    s->size += (size_t)size;
    return ALN_OK;
}

void str_truncate(str *s, size_t size)
{
    if (size >= s->size) return;
    s->size = size;
    s->at[size] = '\0';
}

const char *str_text(const str *s)
{
    return s->at ? s->at : "";
}

char *str_steal(str *s)
{
    if (!s->at && str_reserve(s, 0)) return NULL;
    char *at = s->at;
    *s = (str){0};
    return at;
}

void str_done(str *s)
{
    free(s->at);
    *s = (str){0};
}

bool str_ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && memcmp(text + n - m, end, m) == 0;
}
