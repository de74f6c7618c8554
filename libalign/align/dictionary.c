/* dictionary.c - dictionaries as people have them.
 *
 *     hunalign    dog @ chien               target @ source, a line each
 *     TSV         chien <TAB> dog           source, target; strength, where a third
 *                                           column has a number between 0 and 1
 *     dictd       freedict-fra-eng.index    word, offset and length in base 64, beside
 *                 freedict-fra-eng.dict.dz  the entries: word, then numbered senses
 *
 * All of them may be compressed with gzip (dictzip is gzip with an index).  A word with
 * k translations expects each of them less: its rows are weaker by the root of k.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#include "align/knowledge.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"

/* As often as a word's counterpart by a table stands in the translation of its sentence
 * (docs/align.md, where the strengths come from). */
static const double STRENGTH = 0.45;

enum { CHUNK = 1 << 16, MOST = 1 << 30, MOST_TERM = 100, MOST_TRANSLATIONS = 12 };

typedef struct span {
    const char *at;
    size_t size;
} span;

/* Rows of one dictionary: the strength is known when all have been read. */
typedef struct entry {
    span source, target;
    uint32_t word;
    float strength; /* 0: not given */
} entry;

typedef struct dictionary {
    str text, index;
    intern words;
    vec(uint32_t) counts; /* translations, by word */
    vec(entry) entries;
} dictionary;

static inline void auto_dictionary(dictionary *d)
{
    str_done(&d->text);
    str_done(&d->index);
    intern_done(&d->words);
    vec_free(&d->counts);
    vec_free(&d->entries);
}

AUTO_DEFINE(gz, gzFile, gzclose_r)

static aln_status read_all(const char *path, str *text, aln_error *error)
{
    AUTO(gz) gzFile file = gzopen(path, "rbe");
    if (!file) return error_set(error, ALN_IO, "cannot open: %s", strerror(errno));

    int n;
    do {
        if (text->size > MOST) return error_set(error, ALN_UNSUPPORTED, "too large");
        if (str_reserve(text, CHUNK)) return error_no_memory(error);
        n = gzread(file, text->at + text->size, CHUNK);
        if (n < 0)
            return error_set(error, ALN_IO, "cannot read: damaged or a directory");
        text->size += (size_t)n;
        text->at[text->size] = '\0';
    } while (n);
    return ALN_OK;
}

static span trimmed(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at))
        at++;
    while (at < end && isspace((unsigned char)end[-1]))
        end--;
    return (span){at, (size_t)(end - at)};
}

static aln_status add_entry(dictionary *d, span source, span target, double strength)
{
    if (!source.size || !target.size || source.size > MOST_TERM ||
        target.size > MOST_TERM)
        return ALN_OK; /* sentences and remarks are no terms */

    uint32_t word;
    TRY(intern_add(&d->words, source.at, source.size, &word));
    if (word == d->counts.n) TRY(vec_push(&d->counts, 0));
    d->counts.at[word]++;
    return vec_push(&d->entries, (entry){source, target, word, (float)strength});
}

static const char *find_separator(const char *line, const char *end)
{
    for (const char *at = line; at + 3 <= end; at++)
        if (memcmp(at, " @ ", 3) == 0) return at;
    return NULL;
}

static aln_status read_line(dictionary *d, const char *line, const char *end,
                            aln_error *error)
{
    if (*line == '#' || !trimmed(line, end).size) return ALN_OK;

    const char *at = find_separator(line, end);
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    double strength = 0;
    span source, target;
    if (tab) {
        const char *stop = memchr(tab + 1, '\t', (size_t)(end - tab - 1));
        source = trimmed(line, tab);
        target = trimmed(tab + 1, stop ? stop : end);
        if (stop) strength = strtod(stop + 1, NULL);
    } else if (at) {
        target = trimmed(line, at);
        source = trimmed(at + 3, end);
    } else {
        return error_set(error, ALN_SYNTAX,
                         "neither \"target @ source\" nor two columns");
    }
    return add_entry(d, source, target, strength) ? error_no_memory(error) : ALN_OK;
}

static aln_status read_lines(dictionary *d, aln_error *error)
{
    const char *line = str_text(&d->text), *stop = line + d->text.size;
    for (unsigned number = 1; line < stop; number++) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        if (!end) end = stop;
        aln_status status = read_line(d, line, end, error);
        if (status && error) error->line = number;
        TRY(status);
        line = end + 1;
    }
    return ALN_OK;
}

/* dictd's numbers: digits A-Z a-z 0-9 + /, the most significant first. */
static size_t base64_number(span digits)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t value = 0;
    for (size_t i = 0; i < digits.size; i++) {
        const char *found = memchr(alphabet, digits.at[i], sizeof alphabet - 1);
        if (!found) return SIZE_MAX;
        value = (value << 6) + (size_t)(found - alphabet);
    }
    return value;
}

/* "2. cat, tom-cat (animal); pussy" -> cat, tom-cat, pussy */
static aln_status add_senses(dictionary *d, span word, const char *line,
                             const char *end)
{
    while (line < end && (isdigit((unsigned char)*line) || strchr(". \t", *line)))
        line++;
    int n = 0, depth = 0;
    const char *start = line, *stop = line;
    for (const char *at = line; at <= end; at++) {
        bool ends = at == end || (!depth && (*at == ',' || *at == ';'));
        if (ends) {
            if (n++ < MOST_TRANSLATIONS)
                TRY(add_entry(d, word, trimmed(start, stop), 0));
            start = stop = at + 1;
        } else if (*at == '(' || *at == '[' || *at == '<') {
            depth++;
        } else if (depth && (*at == ')' || *at == ']' || *at == '>')) {
            depth--;
        } else if (!depth) {
            stop = at + 1; /* what stands in brackets at the end is a remark */
        }
    }
    return ALN_OK;
}

static aln_status add_article(dictionary *d, span word, span article)
{
    const char *stop = article.at + article.size;
    const char *line = memchr(article.at, '\n', article.size); /* the word itself */
    while (line && ++line < stop) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        bool indented = isspace((unsigned char)*line); /* an example or a remark */
        if (!indented) TRY(add_senses(d, word, line, end ? end : stop));
        line = end;
    }
    return ALN_OK;
}

static aln_status read_index_line(dictionary *d, const char *line, const char *end,
                                  aln_error *error)
{
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    const char *next = tab ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;
    if (!next) return error_set(error, ALN_SYNTAX, "not a line of dictd's index");

    size_t offset = base64_number((span){tab + 1, (size_t)(next - tab - 1)});
    size_t size = base64_number(trimmed(next + 1, end));
    if (offset > d->text.size || size > d->text.size - offset)
        return error_set(error, ALN_SYNTAX, "the entry lies outside of the dictionary");
    bool about = strncmp(line, "00", 2) == 0; /* 00databaseinfo and its like */
    if (about) return ALN_OK;
    span article = {str_text(&d->text) + offset, size};
    if (add_article(d, trimmed(line, tab), article)) return error_no_memory(error);
    return ALN_OK;
}

static aln_status read_index(dictionary *d, aln_error *error)
{
    const char *line = str_text(&d->index), *stop = line + d->index.size;
    for (unsigned number = 1; line < stop; number++) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        aln_status status = read_index_line(d, line, end ? end : stop, error);
        if (status && error) error->line = number;
        TRY(status);
        line = end ? end + 1 : stop;
    }
    return ALN_OK;
}

/* name.index has its entries in name.dict.dz or name.dict. */
static aln_status read_dictd(dictionary *d, const char *path, aln_error *error)
{
    AUTO(str) str entries = {0};
    size_t stem = strlen(path) - strlen(".index");
    TRY(read_all(path, &d->index, error));
    if (str_add(&entries, path, stem) || str_puts(&entries, ".dict.dz"))
        return error_no_memory(error);
    if (read_all(str_text(&entries), &d->text, error)) {
        str_truncate(&entries, stem);
        str_clear(&d->text);
        if (str_puts(&entries, ".dict")) return error_no_memory(error);
        TRY(read_all(str_text(&entries), &d->text, error));
    }
    return read_index(d, error);
}

aln_status aln_aligner_read_dictionary(aln_aligner *aligner, const char *path,
                                       const char *source_language,
                                       const char *target_language, aln_error *error)
{
    AUTO(dictionary) dictionary d = {0};
    if (str_ends_with(path, ".index")) {
        TRY(read_dictd(&d, path, error));
    } else {
        TRY(read_all(path, &d.text, error));
        TRY(read_lines(&d, error));
    }
    for (size_t i = 0; i < d.entries.n; i++) {
        const entry *e = &d.entries.at[i];
        bool given = e->strength > 0 && e->strength < 1;
        double strength = given ? e->strength : STRENGTH / sqrt(d.counts.at[e->word]);
        if (knowledge_teach(aligner, source_language, e->source.at, e->source.size,
                            target_language, e->target.at, e->target.size, strength))
            return error_no_memory(error);
    }
    return ALN_OK;
}
