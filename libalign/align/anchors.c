/* anchors.c - equal tokens, and words that begin alike.
 *
 * Words are compared after folding, so that "Égypte" and "Egypt", "Путин" and
 * "Poutine" meet.  Words that share their first four letters are candidates; how far
 * they agree decides the strength (the longest common prefix, then Levenshtein's
 * distance over the whole words).
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/anchors.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"

/* Strengths: how often the counterpart of such a word should stand in the translation
 * of its sentence.  Set by principle, not counted: see docs/align.md. */
static const double SAME_NUMBER = 0.85, SAME_NAME = 0.9, SAME_WORD = 0.6,
                    SAME_SHORT_WORD = 0.15, COGNATE = 0.75;

enum { PREFIX = 4, WORD_MOST = 40 };

static double strength_of_same(const token_type *a, const token_type *b, size_t size)
{
    if (a->kind == TOKEN_NUMBER) return SAME_NUMBER;
    if (a->kind == TOKEN_HAN || a->kind == TOKEN_MARK) return SAME_WORD;
    if (a->acronym && b->acronym) return SAME_NAME;
    if (a->capital && b->capital && !a->small && !b->small && size > 2)
        return SAME_NAME;
    return size < PREFIX ? SAME_SHORT_WORD : SAME_WORD;
}

/* Words of aln_without that leave tokens of a kind out. */
static unsigned switch_of(token_kind kind)
{
    return kind == TOKEN_NUMBER ? ALN_WITHOUT_NUMBERS : ALN_WITHOUT_ALIKE;
}

static aln_status find_same(evidence *found, const side_text *source,
                            const side_text *target, unsigned without)
{
    for (uint32_t s = 0; s < source->types.n; s++) {
        size_t size;
        const char *text = intern_text(&source->names, s, &size);
        uint32_t t = intern_find(&target->names, text, size);
        if (t == INTERN_NONE) continue;
        const token_type *a = &source->types.at[s], *b = &target->types.at[t];
        if (a->kind != b->kind || (without & switch_of(a->kind))) continue;
        TRY(evidence_add(found, s, t, strength_of_same(a, b, size)));
    }
    return ALN_OK;
}

/* Levenshtein's distance of two words of at most WORD_MOST bytes. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[WORD_MOST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

/* 0 for words that only begin alike, up to COGNATE for those that differ in nothing but
 * their ends. */
static double likeness(const char *a, size_t n, const char *b, size_t m)
{
    if (n > WORD_MOST || m > WORD_MOST) return 0;
    size_t longer = n > m ? n : m;
    double alike = 1 - (double)distance(a, n, b, m) / (double)longer;
    return alike < 0.5 ? 0 : COGNATE * alike;
}

typedef struct word_entry {
    const char *text;
    size_t size;
    uint32_t type;
} word_entry;

static int by_text(const void *left, const void *right)
{
    const word_entry *a = left, *b = right;
    return strcmp(a->text, b->text);
}

typedef struct word_list {
    word_entry *at;
    size_t n;
} word_list;

static inline void auto_word_list(word_list *words)
{
    free(words->at);
}

static aln_status list_words(const side_text *side, word_list *words)
{
    words->at = calloc(side->types.n + 1, sizeof *words->at);
    if (!words->at) return ALN_NO_MEMORY;
    for (uint32_t t = 0; t < side->types.n; t++) {
        size_t size;
        const char *text = intern_text(&side->names, t, &size);
        if (side->types.at[t].kind != TOKEN_WORD || size < PREFIX) continue;
        words->at[words->n++] = (word_entry){text, size, t};
    }
    qsort(words->at, words->n, sizeof *words->at, by_text);
    return ALN_OK;
}

static size_t prefix_end(const word_list *words, size_t start)
{
    size_t end = start + 1;
    while (end < words->n &&
           memcmp(words->at[end].text, words->at[start].text, PREFIX) == 0)
        end++;
    return end;
}

static aln_status link_group(evidence *found, const word_list *a, size_t a_start,
                             size_t a_end, const word_list *b, size_t b_start,
                             size_t b_end)
{
    for (size_t i = a_start; i < a_end; i++) {
        for (size_t j = b_start; j < b_end; j++) {
            double strength =
                likeness(a->at[i].text, a->at[i].size, b->at[j].text, b->at[j].size);
            if (strength <= 0) continue;
            TRY(evidence_add(found, a->at[i].type, b->at[j].type, strength));
        }
    }
    return ALN_OK;
}

static aln_status find_cognates(evidence *found, const side_text *source,
                                const side_text *target)
{
    AUTO(word_list) word_list a = {0};
    AUTO(word_list) word_list b = {0};
    TRY(list_words(source, &a));
    TRY(list_words(target, &b));
    size_t i = 0, j = 0;
    while (i < a.n && j < b.n) {
        int order = memcmp(a.at[i].text, b.at[j].text, PREFIX);
        size_t i_end = order <= 0 ? prefix_end(&a, i) : i;
        size_t j_end = order >= 0 ? prefix_end(&b, j) : j;
        if (order == 0) TRY(link_group(found, &a, i, i_end, &b, j, j_end));
        i = i_end;
        j = j_end;
    }
    return ALN_OK;
}

/* A meaning and a type that has it. */
typedef struct sense {
    uint32_t meaning, type;
    float strength;
} sense;

typedef vec(sense) sense_list;

static inline void auto_sense_list(sense_list *senses)
{
    vec_free(senses);
}

static int by_meaning(const void *left, const void *right)
{
    const sense *a = left, *b = right;
    return (a->meaning > b->meaning) - (a->meaning < b->meaning);
}

static aln_status list_senses(const side_text *side, sense_list *senses)
{
    for (uint32_t t = 0; t < side->types.n; t++) {
        uint32_t key = side->types.at[t].key;
        if (key == INTERN_NONE) continue;
        size_t n;
        const glossary_sense *of_key = glossary_senses(side->terms, key, &n);
        for (size_t k = 0; k < n; k++) {
            sense found = {of_key[k].meaning, t, of_key[k].strength};
            if (vec_push(senses, found)) return ALN_NO_MEMORY;
        }
    }
    if (senses->n) qsort(senses->at, senses->n, sizeof *senses->at, by_meaning);
    return ALN_OK;
}

static aln_status find_terms(evidence *found, const side_text *source,
                             const side_text *target)
{
    AUTO(sense_list) sense_list a = {0};
    AUTO(sense_list) sense_list b = {0};
    TRY(list_senses(source, &a));
    TRY(list_senses(target, &b));
    size_t j = 0;
    for (size_t i = 0; i < a.n; i++) {
        while (j < b.n && b.at[j].meaning < a.at[i].meaning)
            j++;
        for (size_t k = j; k < b.n && b.at[k].meaning == a.at[i].meaning; k++)
            TRY(evidence_add(found, a.at[i].type, b.at[k].type, a.at[i].strength));
    }
    return ALN_OK;
}

aln_status anchors_find(evidence *found, const side_text *source,
                        const side_text *target, unsigned without)
{
    TRY(find_same(found, source, target, without));
    TRY(find_terms(found, source, target));
    if (without & ALN_WITHOUT_ALIKE) return ALN_OK;
    return find_cognates(found, source, target);
}
