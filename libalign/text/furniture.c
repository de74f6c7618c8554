/* furniture.c - phrases that tell what a line of a page is, apart from its text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/furniture.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "text/clean.h"

extern const char text_furniture[];
extern const size_t text_furniture_size;

enum {
    LONGEST_LINE = 240,  /* bytes: more is a paragraph, whatever it begins with */
    LONGEST_BUTTON = 80, /* columns of a line that a short phrase tells */
    TELLING = 24,        /* bytes of a phrase that tells a longer line too */
    KEY_ROOM = 1024,
};

static const struct {
    const char *section, *reason;
} kinds[FURNITURE_KINDS] = {
    [FURNITURE_NONE] = {"", "no text of its own"},
    [FURNITURE_DROP] = {"drop", "furniture phrase"},
    [FURNITURE_END] = {"end", "end of the article"},
    [FURNITURE_EDITOR] = {"editor", "editor line"},
    [FURNITURE_SOURCE] = {"source", "source line"},
    [FURNITURE_DATE] = {"date", "date line"},
    [FURNITURE_CAPTION] = {"caption", "caption"},
    [FURNITURE_CRUMB] = {"crumb", "breadcrumb"},
};

const char *furniture_reason(furniture_kind kind)
{
    return kinds[kind].reason;
}

static furniture_kind section_kind(const char *line, size_t size)
{
    for (int i = 1; i < FURNITURE_KINDS; i++)
        if (strlen(kinds[i].section) == size - 2 &&
            memcmp(kinds[i].section, line + 1, size - 2) == 0)
            return (furniture_kind)i;
    return FURNITURE_NONE;
}

/* What stands behind a `*` within the phrase, which is cut there. */
static const char *cut_at_star(char *key, size_t *size)
{
    char *star = memchr(key, '*', *size);
    if (!star) return NULL;
    *star = '\0';
    *size = (size_t)(star - key);
    return star + 1;
}

static aln_status add_phrase(furniture *lists, const char *line, size_t size,
                             furniture_kind kind)
{
    char key[KEY_ROOM];
    bool open_start = *line == '*', open_end = line[size - 1] == '*';
    size_t n = size - open_start - open_end;
    /* "*(crédit*" is not in "accréditation": within a line the bracket counts. */
    size_t bracket = open_start && n && strchr("([", line[1]);
    key[0] = line[open_start];
    n = bracket + clean_key(line + open_start, n, key + bracket, sizeof key - bracket);
    char *copy = arena_copy(&lists->texts, key, n);
    if (!copy) return ALN_NO_MEMORY;
    if (!n) return ALN_OK;
    const char *later = cut_at_star(copy, &n);
    return vec_push(&lists->phrases, (struct phrase){copy, n, kind, open_start,
                                                     open_end || later, later});
}

/* By first byte, whole lines before beginnings; those that may stand anywhere first of
 * all. */
static int compare(const void *left, const void *right)
{
    const struct phrase *a = left, *b = right;
    if (a->open_start != b->open_start) return a->open_start ? -1 : 1;
    int byte_a = (unsigned char)*a->key, byte_b = (unsigned char)*b->key;
    if (byte_a != byte_b) return byte_a - byte_b;
    if (a->open_end != b->open_end) return a->open_end ? 1 : -1;
    return (int)b->size - (int)a->size;
}

static void index_phrases(furniture *lists)
{
    qsort(lists->phrases.at, lists->phrases.n, sizeof *lists->phrases.at, compare);
    size_t i = 0;
    while (i < lists->phrases.n && lists->phrases.at[i].open_start)
        i++;
    for (int byte = 0; byte < 257; byte++) {
        while (i < lists->phrases.n && (unsigned char)*lists->phrases.at[i].key < byte)
            i++;
        lists->first[byte] = (unsigned short)i;
    }
}

aln_status furniture_load(furniture *lists)
{
    furniture_kind kind = FURNITURE_NONE;
    const char *end = text_furniture + text_furniture_size;
    for (const char *line = text_furniture; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        size_t size = (size_t)(stop - line);
        if (size > 2 && *line == '[')
            kind = section_kind(line, size);
        else if (size && *line != '#' && kind && add_phrase(lists, line, size, kind))
            return ALN_NO_MEMORY;
        line = stop + 1;
    }
    index_phrases(lists);
    return ALN_OK;
}

void furniture_done(furniture *lists)
{
    arena_done(&lists->texts);
    vec_free(&lists->phrases);
}

/* Where in the line the phrase ends, its colon and the blanks behind it included. */
static size_t behind(const struct phrase *phrase, const char *line, size_t size)
{
    char key[KEY_ROOM];
    size_t i = 0;
    while (i < size && clean_key(line, i, key, sizeof key) < phrase->size)
        i++;
    while (i < size && ((line[i] & 0xc0) == 0x80 || strchr(" :", line[i])))
        i++;
    if (size - i >= 3 && memcmp(line + i, "\xef\xbc\x9a", 3) == 0) i += 3;
    return i;
}

static bool matches(const struct phrase *phrase, const char *key, size_t size)
{
    if (phrase->open_start && phrase->open_end)
        return memmem(key, size, phrase->key, phrase->size);
    if (size < phrase->size) return false;
    if (phrase->later && !strstr(key + phrase->size, phrase->later)) return false;
    if (phrase->open_start)
        return memcmp(key + size - phrase->size, phrase->key, phrase->size) == 0;
    if (memcmp(key, phrase->key, phrase->size) != 0) return false;
    if (size == phrase->size) return true;
    bool telling = phrase->size >= TELLING || phrase->later ||
                   key[phrase->size - 1] == ':' ||
                   (phrase->kind != FURNITURE_DROP && phrase->kind != FURNITURE_END);
    if (phrase->kind == FURNITURE_DATE && !strpbrk(key, "0123456789")) return false;
    return phrase->open_end && (telling || clean_width(key, size) <= LONGEST_BUTTON);
}

static const struct phrase *find(const furniture *lists, const char *key, size_t size,
                                 size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (matches(&lists->phrases.at[i], key, size)) return &lists->phrases.at[i];
    return NULL;
}

furniture_kind furniture_of(const furniture *lists, const char *line, size_t size,
                            size_t *rest)
{
    char key[KEY_ROOM];
    if (size > LONGEST_LINE) return FURNITURE_NONE;
    size_t n = clean_key(line, size, key, sizeof key);
    if (!n) return FURNITURE_NONE;

    const struct phrase *found = find(lists, key, n, 0, lists->first[0]);
    unsigned char byte = (unsigned char)*key;
    if (!found) found = find(lists, key, n, lists->first[byte], lists->first[byte + 1]);
    if (!found) return FURNITURE_NONE;
    if (rest) *rest = behind(found, line, size);
    return found->kind;
}
