/* xliff_edit.c - change bytes of a unit and leave all others as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xliff_edit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void xliff_edits_done(xliff_edits *edits)
{
    str_done(&edits->raw);
    str_done(&edits->texts);
    vec_free(&edits->list);
}

aln_status xliff_replace(xliff_edits *edits, size_t start, size_t end, size_t from)
{
    xliff_edit made = {start, end, edits->list.n, {from, edits->texts.size}};
    return vec_push(&edits->list, made);
}

static int by_place(const void *a, const void *b)
{
    const xliff_edit *one = a, *other = b;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

aln_status xliff_edits_apply(xliff_edits *edits, str *out)
{
    size_t from = 0;
    bool failed = false;
    if (edits->list.n)
        qsort(edits->list.at, edits->list.n, sizeof *edits->list.at, by_place);
    for (size_t i = 0; i < edits->list.n; i++) {
        const xliff_edit *next = &edits->list.at[i];
        failed = failed || str_add(out, edits->raw.at + from, next->start - from) ||
                 str_add(out, str_text(&edits->texts) + next->instead.start,
                         next->instead.end - next->instead.start);
        from = next->end;
    }
    failed =
        failed || str_add(out, str_text(&edits->raw) + from, edits->raw.size - from);
    vec_clear(&edits->list);
    str_clear(&edits->texts);
    str_clear(&edits->raw);
    return failed ? ALN_NO_MEMORY : ALN_OK;
}

/* Where the value of an attribute stands in a start tag; false where it has none. */
static bool find_attribute(const xliff_edits *edits, xliff_span tag, const char *name,
                           xliff_span *value)
{
    size_t n = strlen(name);
    for (size_t i = tag.start; i + n < tag.end; i++) {
        char c = edits->raw.at[i];
        if (c == '"' || c == '\'') { /* pass a value */
            const char *end = memchr(edits->raw.at + i + 1, c, tag.end - i - 1);
            if (!end) return false;
            i = (size_t)(end - edits->raw.at);
        } else if (strchr(" \t\r\n", c) &&
                   memcmp(edits->raw.at + i + 1, name, n) == 0) {
            size_t at = i + 1 + n + strspn(edits->raw.at + i + 1 + n, " \t\r\n");
            if (edits->raw.at[at] != '=') continue;
            at += 1 + strspn(edits->raw.at + at + 1, " \t\r\n");
            value->start = at + 1;
            const char *end =
                memchr(edits->raw.at + at + 1, edits->raw.at[at], tag.end - at - 1);
            value->end = end ? (size_t)(end - edits->raw.at) : tag.end;
            return end != NULL;
        }
    }
    return false;
}

static bool is_empty_tag(const xliff_edits *edits, xliff_span tag)
{
    return edits->raw.at[tag.end - 2] == '/';
}

aln_status xliff_set_attribute(xliff_edits *edits, xliff_span tag, const char *name,
                               const char *value)
{
    size_t from = edits->texts.size, at = tag.end - 1 - is_empty_tag(edits, tag);
    xliff_span old = {at, at};
    if (find_attribute(edits, tag, name, &old))
        return str_puts(&edits->texts, value)
                   ? ALN_NO_MEMORY
                   : xliff_replace(edits, old.start, old.end, from);
    if (str_printf(&edits->texts, " %s=\"%s\"", name, value)) return ALN_NO_MEMORY;
    return xliff_replace(edits, old.start, old.end, from);
}

aln_status xliff_put_indent(xliff_edits *edits, size_t before)
{
    size_t from = before;
    while (from && strchr(" \t\r\n", edits->raw.at[from - 1]))
        from--;
    return str_add(&edits->texts, edits->raw.at + from, before - from);
}

aln_status xliff_fill_element(xliff_edits *edits, xliff_span tag, xliff_span content,
                              const str *with)
{
    const char *start = edits->raw.at + tag.start + 1;
    int name = (int)strcspn(start, " \t\r\n/>");
    bool empty = is_empty_tag(edits, tag);
    size_t from = edits->texts.size;
    if ((empty && str_putc(&edits->texts, '>')) ||
        str_add(&edits->texts, str_text(with), with->size) ||
        (empty && str_printf(&edits->texts, "</%.*s>", name, start)))
        return ALN_NO_MEMORY;
    return empty ? xliff_replace(edits, tag.end - 2, tag.end, from)
                 : xliff_replace(edits, content.start, content.end, from);
}
