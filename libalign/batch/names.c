/* names.c - what a file's name says of its group and its language.
 *
 * The part of the name nearest to its end wins: the stem ("fr.html"), what follows the
 * stem's last dot, underscore or hyphen ("x_fr.html"), then a folder ("fr/x.html").
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/names.h"

#include <string.h>
#include <strings.h>

static const char *const PAGES[] = {"html", "htm",  "xhtml", "shtml",
                                    "txt",  "text", "docx",  "odt"};

enum { MOST_TAG = 16 };

/* A half-open piece of a path. */
typedef struct piece {
    const char *start, *end;
} piece;

static piece base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *start = slash ? slash + 1 : path;
    return (piece){start, start + strlen(start)};
}

static const char *extension_of(const char *path)
{
    piece base = base_of(path);
    const char *dot = strrchr(base.start, '.');
    return dot && dot > base.start ? dot : base.end;
}

bool name_is_page(const char *path)
{
    const char *dot = extension_of(path);
    for (size_t i = 0; *dot && i < sizeof PAGES / sizeof *PAGES; i++)
        if (strcasecmp(dot + 1, PAGES[i]) == 0) return true;
    return false;
}

/* Is the piece a language, as the name of a file would say it? */
static bool is_language(piece found, char language[ALN_LANGUAGE_SIZE])
{
    char name[MOST_TAG + sizeof ".txt"], whole[ALN_LANGUAGE_SIZE];
    size_t size = (size_t)(found.end - found.start);
    if (size < 2 || size > MOST_TAG || memchr(found.start, '.', size)) return false;
    memcpy(name, found.start, size);
    name[size] = '\0';
    if (aln_language_canonical(name, whole, NULL)) return false;
    memcpy(name + size, ".txt", sizeof ".txt");
    /* "x_en" tells English, but it is not the name of English. */
    return aln_language_of_path(name, language) && strcmp(whole, language) == 0;
}

/* "gold.fr-en" is about two languages, not in one. */
static bool follows_language(piece stem, const char *at)
{
    char language[ALN_LANGUAGE_SIZE];
    const char *start = at - 1;
    if (*start != '-') return false;
    while (start > stem.start && !strchr("._-", start[-1]))
        start--;
    return is_language((piece){start, at - 1}, language);
}

/* The tag behind a separator of the stem, the longest first: "x.zh-Hant", "x_pt-BR". */
static bool find_in_stem(piece stem, piece *tag, char language[ALN_LANGUAGE_SIZE])
{
    for (const char *at = stem.start + 1; at < stem.end; at++) {
        if (!strchr("._-", at[-1])) continue;
        *tag = (piece){at, stem.end};
        if (is_language(*tag, language)) return !follows_language(stem, at);
    }
    return false;
}

/* The folder nearest to the file that is named after a language. */
static bool find_in_folders(const char *path, const char *end, piece *tag,
                            char language[ALN_LANGUAGE_SIZE])
{
    while (end > path) {
        const char *start = end;
        while (start > path && start[-1] != '/')
            start--;
        *tag = (piece){start, end};
        if (is_language(*tag, language)) return true;
        end = start > path ? start - 1 : path;
    }
    return false;
}

/* The path up to skipped and from there to end. */
static aln_status add_without(str *key, const char *path, piece skipped,
                              const char *end)
{
    size_t before = (size_t)(skipped.start - path);
    if (str_add(key, path, before)) return ALN_NO_MEMORY;
    if (skipped.end >= end) return ALN_OK;
    return str_add(key, skipped.end, (size_t)(end - skipped.end));
}

aln_status name_split(const char *path, str *key, char language[ALN_LANGUAGE_SIZE],
                      bool *found)
{
    piece base = base_of(path), stem = {base.start, extension_of(path)}, tag;
    str_clear(key);
    *found = true;
    if (is_language(stem, language)) {
        /* The folder is the group; files in no folder share the one without a name. */
        size_t folder = (size_t)(base.start - path);
        return str_add(key, path, folder > 1 ? folder - 1 : folder);
    }
    if (find_in_stem(stem, &tag, language)) {
        tag.start--; /* the separator */
        return add_without(key, path, tag, stem.end);
    }
    const char *folders = base.start > path ? base.start - 1 : path;
    if (find_in_folders(path, folders, &tag, language)) {
        tag.end++; /* the slash */
        return add_without(key, path, tag, stem.end);
    }
    *found = false;
    return ALN_OK;
}
