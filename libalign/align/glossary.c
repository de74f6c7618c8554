/* glossary.c - see glossary.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/glossary.h"

#include <stdlib.h>
#include <string.h>

#include "align/han.h"
#include "align/letters.h"
#include "base/auto.h"

enum { STEM_LEAST = 3, ENDING_MOST = 8, HAN_SPAN = HAN_LAST - HAN_FIRST + 1 };

/* The line of a language: "fr s x e es ...". */
static aln_status read_endings(glossary *g, const char *text)
{
    size_t tag = strlen(g->language);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, g->language, tag) != 0 || line[tag] != ' ') continue;
        const char *end = strchr(line, '\n'), *at = line + tag;
        if (!end) end = line + strlen(line);
        while (at < end) {
            size_t skip = strspn(at, " "), size = strcspn(at + skip, " \n");
            uint32_t id;
            at += skip;
            if (size && intern_add(&g->endings, at, size, &id)) return ALN_NO_MEMORY;
            at += size;
            if (*at == '\n') break;
        }
        return ALN_OK;
    }
    return ALN_OK;
}

aln_status glossary_init(glossary *g, const char *language, const char *endings)
{
    *g = (glossary){0};
    size_t size = strcspn(language, "-_");
    if (size >= sizeof g->language) size = sizeof g->language - 1;
    memcpy(g->language, language, size);
    g->longest = calloc(HAN_SPAN, 1);
    return g->longest ? read_endings(g, endings) : ALN_NO_MEMORY;
}

size_t glossary_stem(const glossary *g, const char *word, size_t size)
{
    size_t longest = size > STEM_LEAST ? size - STEM_LEAST : 0;
    if (longest > ENDING_MOST) longest = ENDING_MOST;
    if (intern_find(&g->whole, word, size) != INTERN_NONE) return size;
    for (size_t n = longest; n > 0; n--)
        if (intern_find(&g->endings, word + size - n, n) != INTERN_NONE)
            return size - n;
    return size;
}

aln_status glossary_keep_whole(glossary *g, const char *terms, size_t size)
{
    const char *end = terms + size;
    for (const char *at = terms; at < end; at++) {
        const char *word = at;
        uint32_t id;
        while (at < end && *at != '|' && *at != ' ')
            at++;
        if (intern_add(&g->whole, word, (size_t)(at - word), &id)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static void note_longest(glossary *g, int32_t first, size_t letters)
{
    if (first < HAN_FIRST || first > HAN_LAST) return;
    uint8_t *longest = &g->longest[first - HAN_FIRST];
    if (letters > *longest && letters <= TERM_LETTERS) *longest = (uint8_t)letters;
}

/* The word at text[*at], folded and cut to its stem, behind what key holds. */
static aln_status add_word_key(glossary *g, const char *text, size_t size, size_t *at,
                               str *key)
{
    size_t start = *at, next = start;
    while (next < size) {
        *at = next;
        if (letter_classify(letter_next(text, size, &next)) != LETTER_WORD) break;
        *at = next;
    }
    if (key->size && str_putc(key, ' ')) return ALN_NO_MEMORY;
    size_t before = key->size;
    if (letters_fold(text + start, *at - start, key)) return ALN_NO_MEMORY;
    str_truncate(key, before + glossary_stem(g, key->at + before, key->size - before));
    return ALN_OK;
}

/* A term's key: stems joined by spaces, or simplified Han characters. */
static aln_status make_key(glossary *g, const char *text, size_t size, str *key)
{
    int32_t first = 0;
    size_t letters = 0;
    for (size_t at = 0; at < size;) {
        size_t next = at;
        int32_t c = letter_next(text, size, &next);
        letter_class class = letter_classify(c);
        if (class == LETTER_WORD) {
            TRY(add_word_key(g, text, size, &at, key));
            continue;
        }
        if (class == LETTER_HAN) {
            c = han_simplify(c);
            if (!letters++) first = c;
            if (letter_add(key, c)) return ALN_NO_MEMORY;
        }
        at = next;
    }
    note_longest(g, first, letters);
    return ALN_OK;
}

static aln_status add_term(glossary *g, const char *text, size_t size, uint32_t meaning,
                           double strength)
{
    AUTO(str) str key = {0};
    TRY(make_key(g, text, size, &key));
    if (!key.size) return ALN_OK;
    glossary_sense sense = {0, meaning, (float)strength};
    uint32_t id;
    const char *space = memchr(key.at, ' ', key.size);
    if (space && intern_add(&g->starters, key.at, (size_t)(space - key.at), &id))
        return ALN_NO_MEMORY;
    if (intern_add(&g->keys, key.at, key.size, &sense.key)) return ALN_NO_MEMORY;
    return vec_push(&g->senses, sense);
}

aln_status glossary_add(glossary *g, const char *terms, size_t size, uint32_t meaning,
                        double strength)
{
    const char *end = terms + size;
    while (terms < end) {
        const char *bar = memchr(terms, '|', (size_t)(end - terms));
        const char *stop = bar ? bar : end;
        TRY(add_term(g, terms, (size_t)(stop - terms), meaning, strength));
        terms = stop + 1;
    }
    return ALN_OK;
}

static int by_key(const void *left, const void *right)
{
    const glossary_sense *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->meaning > b->meaning) - (a->meaning < b->meaning);
}

aln_status glossary_sort(glossary *g)
{
    g->starts = calloc((size_t)g->keys.n + 2, sizeof *g->starts);
    if (!g->starts) return ALN_NO_MEMORY;
    if (g->senses.n) qsort(g->senses.at, g->senses.n, sizeof *g->senses.at, by_key);
    for (size_t i = 0; i < g->senses.n; i++)
        g->starts[g->senses.at[i].key + 1]++;
    for (uint32_t k = 0; k < g->keys.n; k++)
        g->starts[k + 1] += g->starts[k];
    return ALN_OK;
}

const glossary_sense *glossary_senses(const glossary *g, uint32_t key, size_t *n)
{
    *n = g->starts[key + 1] - g->starts[key];
    return g->senses.at + g->starts[key];
}

void glossary_done(glossary *g)
{
    intern_done(&g->keys);
    intern_done(&g->starters);
    intern_done(&g->endings);
    intern_done(&g->whole);
    vec_free(&g->senses);
    free(g->starts);
    free(g->longest);
    *g = (glossary){0};
}
