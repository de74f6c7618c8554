/* trim.c - cut an HTML page down to what its text and its metadata are in.
 *
 * One pass over the bytes, no state but the position.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/trim.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum {
    MAX_VALUE = 2048,      /* bytes of an attribute's value that are kept */
    MAX_ATTRIBUTES = 4096, /* of a tag; the rest of them is not looked at */
};

/* Elements whose content is no text of the page. */
static const char *const skipped[] = {"script",   "style", "svg",    "template",
                                      "noframes", "math",  "canvas", "iframe",
                                      "textarea", "select"};

/* Attributes that tell furniture from text, or metadata. */
static const char *const kept[] = {"class",    "id",   "itemprop", "property", "name",
                                   "content",  "lang", "role",     "style",    "hidden",
                                   "datetime", "href", "xml:lang", "itemtype"};

enum { SKIPPED = sizeof skipped / sizeof *skipped, KEPT = sizeof kept / sizeof *kept };

struct span {
    const char *at;
    size_t size;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static int index_of(struct span name, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        if (strlen(names[i]) == name.size &&
            strncasecmp(names[i], name.at, name.size) == 0)
            return i;
    return -1;
}

static struct span take_name(const char **at, const char *end)
{
    const char *start = *at;
    while (*at < end && !is_blank(**at) && !strchr("=>/\"'<", **at))
        ++*at;
    return (struct span){start, (size_t)(*at - start)};
}

static struct span take_value(const char **at, const char *end)
{
    const char *start = *at, *stop;
    while (start < end && is_blank(*start))
        start++;
    if (start == end || *start != '=') return (struct span){"", 0};
    start++;
    while (start < end && is_blank(*start))
        start++;
    if (start < end && (*start == '"' || *start == '\'')) {
        stop = memchr(start + 1, *start, (size_t)(end - start) - 1);
        if (!stop) stop = end;
        *at = stop < end ? stop + 1 : end;
        start++;
    } else {
        stop = start;
        while (stop < end && !is_blank(*stop) && *stop != '>')
            stop++;
        *at = stop;
    }
    return (struct span){start, start < stop ? (size_t)(stop - start) : 0};
}

/* A tag's attributes up to its '>': the first of each name that is kept. */
static aln_status add_attributes(const char **at, const char *end, bool meta, str *out)
{
    bool seen[KEPT] = {false};
    for (int n = 0; *at < end && **at != '>' && n < MAX_ATTRIBUTES;) {
        if (is_blank(**at) || strchr("/\"'=", **at)) {
            ++*at;
            continue;
        }
        if (**at == '<') return ALN_OK; /* the '>' was forgotten */
        struct span name = take_name(at, end), value = take_value(at, end);
        int i = index_of(name, kept, KEPT);
        n++;
        if (i < 0 || seen[i]) continue;
        seen[i] = true;
        size_t most = meta ? 8 * MAX_VALUE : MAX_VALUE, size = value.size;
        if (size > most) continue;
        char quote = memchr(value.at, '"', size) ? '\'' : '"';
        if (memchr(value.at, quote, size)) continue;
        if (str_printf(out, " %s=%c", kept[i], quote)) return ALN_NO_MEMORY;
        if (str_add(out, value.at, size) || str_putc(out, quote)) return ALN_NO_MEMORY;
    }
    const char *close = *at < end ? memchr(*at, '>', (size_t)(end - *at)) : NULL;
    *at = close ? close + 1 : end;
    return ALN_OK;
}

/* The end tag of an element whose content is skipped. */
static const char *find_end_tag(const char *at, const char *end, struct span name)
{
    while (at < end) {
        at = memchr(at, '<', (size_t)(end - at));
        if (!at) return end;
        if ((size_t)(end - at) > name.size + 2 && at[1] == '/' &&
            strncasecmp(at + 2, name.at, name.size) == 0 &&
            !is_letter(at[name.size + 2]))
            return at;
        at++;
    }
    return end;
}

static aln_status skip_element(const char **at, const char *end, struct span name,
                               const char *tag, str *data)
{
    const char *stop = find_end_tag(*at, end, name);
    bool json = memmem(tag, (size_t)(*at - tag), "ld+json", 7);
    if (json && (str_add(data, *at, (size_t)(stop - *at)) || str_putc(data, '\n')))
        return ALN_NO_MEMORY;
    const char *close = stop < end ? memchr(stop, '>', (size_t)(end - stop)) : NULL;
    *at = close ? close + 1 : end;
    return ALN_OK;
}

static bool is_void(const char *close, bool closed)
{
    return closed && close[-1] == '>' && close[-2] == '/';
}

static aln_status add_tag(const char **at, const char *end, str *out, str *data)
{
    const char *tag = *at;
    bool closes = tag[1] == '/';
    *at += 1 + closes;
    struct span name = take_name(at, end);
    size_t before = out->size;
    if (str_putc(out, '<') || (closes && str_putc(out, '/'))) return ALN_NO_MEMORY;
    if (str_add(out, name.at, name.size)) return ALN_NO_MEMORY;
    bool meta = index_of(name, (const char *const[]){"meta"}, 1) == 0;
    if (add_attributes(at, end, meta, out) || str_putc(out, '>')) return ALN_NO_MEMORY;
    if (index_of(name, skipped, SKIPPED) < 0) return ALN_OK;

    str_truncate(out, before);
    if (closes || is_void(*at, *at < end)) return ALN_OK;
    return skip_element(at, end, name, tag, data);
}

/* <!-- ... -->, <!doctype ...>, <?xml ... ?>, <![CDATA[: behind it.  *open becomes true
 * where a comment never ends: to look for every one's end again would be quadratic. */
static const char *skip_declaration(const char *at, const char *end, bool *open)
{
    const char *close = NULL;
    if (end - at > 4 && memcmp(at, "<!--", 4) == 0 && !*open) {
        close = memmem(at + 2, (size_t)(end - at) - 2, "-->", 3);
        if (close) return close + 3;
        *open = true;
    }
    close = memchr(at, '>', (size_t)(end - at));
    return close ? close + 1 : end;
}

static aln_status add_text(const char *at, const char *end, str *out)
{
    while (at < end) {
        const char *nul = memchr(at, '\0', (size_t)(end - at));
        const char *stop = nul ? nul : end;
        if (str_add(out, at, (size_t)(stop - at))) return ALN_NO_MEMORY;
        at = stop + 1;
    }
    return ALN_OK;
}

aln_status trim_html(const char *html, size_t size, str *out, str *data)
{
    const char *at = html, *end = html + size;
    bool open_comment = false;
    if (str_reserve(out, size / 2 + 64)) return ALN_NO_MEMORY;
    while (at < end) {
        const char *tag = memchr(at, '<', (size_t)(end - at));
        if (!tag) tag = end;
        if (add_text(at, tag, out)) return ALN_NO_MEMORY;
        at = tag;
        if (end - at < 3) break;
        bool names = is_letter(at[1]) || (at[1] == '/' && is_letter(at[2]));
        if (names && add_tag(&at, end, out, data)) return ALN_NO_MEMORY;
        if (names) continue;
        if (at[1] == '!' || at[1] == '?' || at[1] == '/')
            at = skip_declaration(at, end, &open_comment);
        else if (str_puts(out, "&lt;"))
            return ALN_NO_MEMORY;
        else
            at++;
    }
    return ALN_OK;
}
