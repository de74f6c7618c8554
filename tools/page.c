/* page.c - self-contained HTML pages out of templates that are built in.
 *
 * A template is a page with holes: {{style}}, {{rows}}.  A hole is filled by the
 * function of that name, which writes HTML; text of others goes through page_text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <ctype.h>
#include <string.h>

void page_text(FILE *stream, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '&':
            fputs("&amp;", stream);
            break;
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        default:
            putc(text[i], stream);
        }
    }
}

void page_string(FILE *stream, const char *text)
{
    page_text(stream, text, strlen(text));
}

void page_path(FILE *stream, const char *path)
{
    for (; *path; path++) {
        bool plain = isalnum((unsigned char)*path) || strchr("/-._~", *path);
        fprintf(stream, plain ? "%c" : "%%%02X", (unsigned char)*path);
    }
}

static const page_hole *find_hole(const page_hole *holes, const char *name, size_t size)
{
    for (; holes->name; holes++)
        if (strlen(holes->name) == size && memcmp(holes->name, name, size) == 0)
            return holes;
    return NULL;
}

void page_print(FILE *stream, const char *template, const page_hole *holes,
                const void *context)
{
    const char *at = template, *open, *close;
    while ((open = strstr(at, "{{")) && (close = strstr(open, "}}"))) {
        const page_hole *hole = find_hole(holes, open + 2, (size_t)(close - open) - 2);
        const char *next = hole ? close + 2 : open + 2;
        fwrite(at, 1, (size_t)((hole ? open : next) - at), stream);
        if (hole) hole->print(stream, context);
        at = next;
    }
    fputs(at, stream);
}
