/* side.c - from sentences to lengths, tokens and lists.
 *
 * A word that has been seen is looked up by its bytes and not folded again: reading a
 * text costs one hash a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align/han.h"
#include "align/knowledge.h"
#include "align/letters.h"
#include "align/number.h"
#include "base/auto.h"
#include "base/error.h"

/* A Han character says as much as 3.0 to 3.3 English letters, 3.7 to 3.9 French ones
 * (docs/align.md); the ratio of two texts is estimated from them anyway. */
static const double HAN_LETTERS = 3;

typedef struct raw_word {
    uint32_t type;
    uint32_t stem; /* of the folded text */
    bool capital, acronym;
    bool starter; /* terms of several words begin with it */
} raw_word;

typedef struct reader {
    side_text *side;
    intern raw; /* words as they stand */
    vec(raw_word) words;
    vec(uint32_t) tokens;
    vec(uint32_t) last; /* by type: 1 + the sentence it was last seen in */
    str folded;
    uint32_t sentence;
    uint32_t recent[TERM_WORDS]; /* raw words before this place, the latest first */
    int n_recent;
} reader;

static void reader_done(reader *r)
{
    intern_done(&r->raw);
    vec_free(&r->words);
    vec_free(&r->tokens);
    vec_free(&r->last);
    str_done(&r->folded);
}

static inline void auto_reader(reader *r)
{
    reader_done(r);
}

static aln_status type_of(reader *r, const char *text, size_t size, token_kind kind,
                          uint32_t *type)
{
    side_text *side = r->side;
    if (intern_add(&side->names, text, size, type)) return ALN_NO_MEMORY;
    if (*type < side->types.n) return ALN_OK;
    token_type made = {.kind = kind, .key = INTERN_NONE};
    if (kind != TOKEN_MARK && kind != TOKEN_WORD)
        made.key = intern_find(&side->terms->keys, text, size);
    if (vec_push(&side->types, made)) return ALN_NO_MEMORY;
    return vec_push(&r->last, 0);
}

static aln_status add_token(reader *r, uint32_t type)
{
    if (r->last.at[type] == r->sentence + 1) return ALN_OK;
    r->last.at[type] = r->sentence + 1;
    r->side->types.at[type].n++;
    return vec_push(&r->tokens, type);
}

static aln_status read_raw(reader *r, const char *text, size_t size, raw_word *word)
{
    str_clear(&r->folded);
    if (letters_fold(text, size, &r->folded)) return ALN_NO_MEMORY;
    *word = (raw_word){0};
    size_t at = 0, letters = 0, capitals = 0;
    while (at < size) {
        int32_t c = letter_next(text, size, &at);
        letters++;
        capitals += letter_is_capital(c);
        if (letters == 1) word->capital = capitals;
    }
    word->acronym = capitals > 1 && capitals == letters;
    const char *folded = str_text(&r->folded);
    const glossary *terms = r->side->terms;
    size_t stem = glossary_stem(terms, folded, r->folded.size);
    word->starter = intern_find(&terms->starters, folded, stem) != INTERN_NONE;
    word->stem = (uint32_t)stem;
    TRY(type_of(r, folded, r->folded.size, TOKEN_WORD, &word->type));
    r->side->types.at[word->type].key = intern_find(&terms->keys, folded, stem);
    return ALN_OK;
}

/* The stem of a raw word. */
static const char *stem_of(const reader *r, uint32_t raw, size_t *size)
{
    const raw_word *word = &r->words.at[raw];
    *size = word->stem;
    return intern_text(&r->side->names, word->type, NULL);
}

/* Terms of several words that end with the latest one. */
static aln_status add_terms(reader *r)
{
    for (int n = 2; n <= r->n_recent; n++) {
        if (!r->words.at[r->recent[n - 1]].starter) continue;
        str_clear(&r->folded);
        for (int k = n - 1; k >= 0; k--) {
            size_t size;
            const char *stem = stem_of(r, r->recent[k], &size);
            if (str_add(&r->folded, stem, size)) return ALN_NO_MEMORY;
            if (k && str_putc(&r->folded, ' ')) return ALN_NO_MEMORY;
        }
        uint32_t type;
        const char *key = str_text(&r->folded);
        if (intern_find(&r->side->terms->keys, key, r->folded.size) == INTERN_NONE)
            continue;
        TRY(type_of(r, key, r->folded.size, TOKEN_TERM, &type));
        TRY(add_token(r, type));
    }
    return ALN_OK;
}

static void remember(reader *r, uint32_t raw)
{
    if (r->n_recent < TERM_WORDS) r->n_recent++;
    memmove(r->recent + 1, r->recent, (size_t)(r->n_recent - 1) * sizeof *r->recent);
    r->recent[0] = raw;
}

static aln_status add_word(reader *r, const char *text, size_t size, bool first)
{
    uint32_t id;
    if (intern_add(&r->raw, text, size, &id)) return ALN_NO_MEMORY;
    if (id == r->words.n) {
        raw_word word;
        TRY(read_raw(r, text, size, &word));
        if (vec_push(&r->words, word)) return ALN_NO_MEMORY;
    }
    raw_word word = r->words.at[id];
    token_type *type = &r->side->types.at[word.type];
    type->capital |= word.capital && !first;
    type->small |= !word.capital;
    type->acronym |= word.acronym;
    TRY(add_token(r, word.type));
    remember(r, id);
    return add_terms(r);
}

static aln_status add_simple(reader *r, const char *text, size_t size, token_kind kind)
{
    uint32_t type;
    TRY(type_of(r, text, size, kind, &type));
    return add_token(r, type);
}

/* The end of the word that starts at a place; its letters are counted. */
static size_t word_end(const char *text, size_t size, size_t start, double *letters)
{
    size_t at = start, end = start;
    while (at < size) {
        int32_t c = letter_next(text, size, &at);
        if (letter_classify(c) != LETTER_WORD) return end;
        *letters += 1;
        end = at;
    }
    return end;
}

/* Up to TERM_LETTERS simplified Han characters from a place on; ends[k] is where the
 * text of the first k ends. */
typedef struct han_run {
    char text[TERM_LETTERS * 4];
    size_t sizes[TERM_LETTERS + 1]; /* of the first k characters */
    size_t ends[TERM_LETTERS + 1];  /* where they end in the sentence */
    int n;
} han_run;

static void read_run(han_run *run, const char *text, size_t size, size_t at, int most)
{
    run->n = 0;
    run->sizes[0] = 0;
    run->ends[0] = at;
    while (at < size && run->n < most) {
        int32_t c = letter_next(text, size, &at);
        if (letter_classify(c) != LETTER_HAN) return;
        size_t used = run->sizes[run->n];
        used += letter_put(run->text + used, han_simplify(c));
        run->sizes[++run->n] = used;
        run->ends[run->n] = at;
    }
}

/* The characters of the longest term that the run begins with; at least one. */
static int longest_term(const glossary *terms, const han_run *run)
{
    for (int k = run->n; k > 1; k--)
        if (intern_find(&terms->keys, run->text, run->sizes[k]) != INTERN_NONE)
            return k;
    return 1;
}

static aln_status add_han(reader *r, const char *text, size_t size, size_t *at,
                          double *length)
{
    size_t start = *at, next = start;
    int32_t first = han_simplify(letter_next(text, size, &next));
    bool known = first >= HAN_FIRST && first <= HAN_LAST;
    int most = known ? r->side->terms->longest[first - HAN_FIRST] : 1;
    han_run run = {0};
    read_run(&run, text, size, start, most > 1 ? most : 1);
    int n = longest_term(r->side->terms, &run);
    char value[NUMBER_SIZE];
    size_t end = number_read_han(text, size, start, 2, value);
    if (end >= run.ends[n]) { /* 十一 alone, but the term 十一月 */
        *length += HAN_LETTERS * (double)(end - start) / 3;
        *at = end;
        return add_simple(r, value, strlen(value), TOKEN_NUMBER);
    }
    *at = run.ends[n];
    *length += HAN_LETTERS * n;
    return add_simple(r, run.text, run.sizes[n], TOKEN_HAN);
}

/* What the word behind a number multiplies it with: "2 million", "3万"; else 0. */
static double multiplier_at(reader *r, const char *text, size_t size, size_t *at)
{
    const glossary *terms = r->side->terms;
    size_t start = *at, next = start;
    if (start < size && text[start] == ' ')
        start++;
    else if (size - start > 2 && memcmp(text + start, "\xc2\xa0", 2) == 0)
        start += 2;
    if (start >= size) return 0;
    next = start;
    letter_class class = letter_classify(letter_next(text, size, &next));
    uint32_t key = INTERN_NONE;
    if (class == LETTER_HAN) {
        han_run run = {0};
        read_run(&run, text, size, start, 2);
        int n = longest_term(terms, &run);
        key = intern_find(&terms->keys, run.text, run.sizes[n]);
        next = run.ends[n];
    } else if (class == LETTER_WORD) {
        double letters = 0;
        next = word_end(text, size, start, &letters);
        str_clear(&r->folded);
        if (letters_fold(text + start, next - start, &r->folded)) return 0;
        size_t stem = glossary_stem(terms, str_text(&r->folded), r->folded.size);
        key = intern_find(&terms->keys, str_text(&r->folded), stem);
    }
    double value = key == INTERN_NONE ? 0 : knowledge_value(terms, key);
    if (value < 100) return 0;
    *at = next;
    return value;
}

/* A term of digits and a Han character, such as the month "6月" or "6 月", whose digits
 * start at a place and end at *at; *type is INTERN_NONE where there is none. */
static aln_status read_counted_term(reader *r, const char *text, size_t size,
                                    size_t start, size_t *at, uint32_t *type)
{
    const glossary *terms = r->side->terms;
    size_t digits = *at - start, han = *at + (*at < size && text[*at] == ' ');
    size_t end = han;
    *type = INTERN_NONE;
    if (end >= size || digits > 2) return ALN_OK;
    if (letter_classify(letter_next(text, size, &end)) != LETTER_HAN) return ALN_OK;
    str_clear(&r->folded);
    if (str_add(&r->folded, text + start, digits) ||
        str_add(&r->folded, text + han, end - han))
        return ALN_NO_MEMORY;
    const char *key = str_text(&r->folded);
    if (intern_find(&terms->keys, key, r->folded.size) == INTERN_NONE) return ALN_OK;
    *at = end;
    return type_of(r, key, r->folded.size, TOKEN_TERM, type);
}

static aln_status add_number(reader *r, const char *text, size_t size, size_t *at,
                             double *length)
{
    char value[NUMBER_SIZE];
    size_t start = *at;
    *at = number_read(text, size, start, value);
    uint32_t counted;
    TRY(read_counted_term(r, text, size, start, at, &counted));
    if (counted != INTERN_NONE) {
        *length += 2 + HAN_LETTERS;
        return add_token(r, counted);
    }
    double by = multiplier_at(r, text, size, at);
    if (by > 0) snprintf(value, sizeof value, "%.15g", strtod(value, NULL) * by);
    *length += (double)(*at - start);
    r->n_recent = 0;
    return add_simple(r, value, strlen(value), TOKEN_NUMBER);
}

/* Punctuation that translators keep, in all its shapes. */
static const struct {
    int32_t mark;
    char kind;
} marks[] = {
    {'?', '?'},    {0xff1f, '?'}, {0x61f, '?'},  {'!', '!'},    {0xff01, '!'},
    {':', ':'},    {0xff1a, ':'}, {';', ';'},    {0xff1b, ';'}, {'(', '('},
    {0xff08, '('}, {'"', '"'},    {0xab, '"'},   {0x201c, '"'}, {0x201e, '"'},
    {0x300c, '"'}, {0x300e, '"'}, {'%', '%'},    {0xff05, '%'}, {0x2026, '.'},
    {0x20ac, 'e'}, {'$', '$'},    {0xff04, '$'}, {0xa3, 'p'},   {0xffe1, 'p'},
};

static aln_status add_mark(reader *r, int32_t c)
{
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (marks[k].mark == c) return add_simple(r, &marks[k].kind, 1, TOKEN_MARK);
    return ALN_OK;
}

/* Tokens and length of one sentence. */
static aln_status read_sentence(reader *r, const char *text, size_t size,
                                double *length)
{
    bool first = true;
    r->n_recent = 0;
    for (size_t at = 0; at < size;) {
        size_t start = at, next = at;
        int32_t c = letter_next(text, size, &next);
        switch (letter_classify(c)) {
        case LETTER_NONE:
            at = next;
            continue;
        case LETTER_DIGIT:
            TRY(add_number(r, text, size, &at, length));
            break;
        case LETTER_WORD:
            at = word_end(text, size, start, length);
            TRY(add_word(r, text + start, at - start, first));
            break;
        case LETTER_HAN:
            TRY(add_han(r, text, size, &at, length));
            break;
        case LETTER_MARK:
            at = next;
            *length += 1;
            TRY(add_mark(r, c));
            continue;
        }
        first = false;
    }
    return ALN_OK;
}

/* For every type the sentences it stands in. */
static aln_status make_lists(side_text *side)
{
    uint32_t n_types = (uint32_t)side->types.n, n_tokens = side->starts[side->n];
    free(side->lists);
    free(side->sentences);
    side->lists = calloc((size_t)n_types + 1, sizeof *side->lists);
    side->sentences = calloc((size_t)n_tokens + 1, sizeof *side->sentences);
    AUTO(free) uint32_t *fill = calloc((size_t)n_types + 1, sizeof *fill);
    if (!side->lists || !side->sentences || !fill) return ALN_NO_MEMORY;

    for (uint32_t t = 0; t < n_types; t++)
        fill[t + 1] = side->lists[t + 1] = side->lists[t] + side->types.at[t].n;
    memcpy(fill, side->lists, n_types * sizeof *fill);
    for (uint32_t i = 0; i < side->n; i++)
        for (uint32_t k = side->starts[i]; k < side->starts[i + 1]; k++)
            side->sentences[fill[side->tokens[k]]++] = i;
    return ALN_OK;
}

static aln_status read_sentences(reader *r, const aln_side *text)
{
    side_text *side = r->side;
    double sum = 0, full = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        const aln_sentence *sentence = &text->sentences[i];
        double length = 0;
        r->sentence = i;
        TRY(read_sentence(r, sentence->text, sentence->size, &length));
        side->lengths[i] = length < 1 ? SIDE_BLANK : length;
        side->starts[i + 1] = (uint32_t)r->tokens.n;
        if (side_is_blank(side, i)) continue;
        sum += length;
        full++;
    }
    side->mean_length = full > 0 ? sum / full : 1;
    return ALN_OK;
}

/* By numbers, or else by blank lines. */
static void find_cuts(side_text *side, const uint32_t *paragraphs)
{
    for (uint32_t i = 1; i < side->n; i++)
        side->cuts[i] = paragraphs ? paragraphs[i] != paragraphs[i - 1]
                                   : side_is_blank(side, i - 1);
}

aln_status side_init(side_text *side, const aln_side *text, const glossary *terms)
{
    *side = (side_text){.terms = terms, .n = (uint32_t)text->n};
    side->lengths = calloc(text->n + 1, sizeof *side->lengths);
    side->starts = calloc(text->n + 1, sizeof *side->starts);
    side->cuts = calloc(text->n + 1, sizeof *side->cuts);
    if (!side->lengths || !side->starts || !side->cuts) return ALN_NO_MEMORY;

    AUTO(reader) reader r = {.side = side};
    TRY(read_sentences(&r, text));
    side->tokens = STEAL(r.tokens.at);
    find_cuts(side, text->paragraphs);
    return make_lists(side);
}

aln_status side_add_name(side_text *side, const char *name, uint32_t *type)
{
    AUTO(str) str text = {0}; /* no other token begins so */
    TRY(str_printf(&text, "~%s", name));
    TRY(intern_add(&side->names, text.at, text.size, type));
    if (*type < side->types.n) return ALN_OK;
    token_type made = {.kind = TOKEN_NAME, .key = INTERN_NONE};
    return vec_push(&side->types, made);
}

static int by_sentence(const void *left, const void *right)
{
    const side_addition *a = left, *b = right;
    if (a->sentence != b->sentence) return a->sentence < b->sentence ? -1 : 1;
    return (a->type > b->type) - (a->type < b->type);
}

aln_status side_add_tokens(side_text *side, side_additions *added)
{
    if (!added->n) return ALN_OK;
    qsort(added->at, added->n, sizeof *added->at, by_sentence);
    uint32_t *tokens = calloc(side->starts[side->n] + added->n, sizeof *tokens);
    if (!tokens) return ALN_NO_MEMORY;

    uint32_t n = 0, start = 0;
    size_t k = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        uint32_t end = side->starts[i + 1];
        memcpy(tokens + n, side->tokens + start, (end - start) * sizeof *tokens);
        n += end - start;
        start = end;
        for (; k < added->n && added->at[k].sentence == i; k++) {
            if (k && !by_sentence(&added->at[k - 1], &added->at[k])) continue;
            tokens[n++] = added->at[k].type;
            side->types.at[added->at[k].type].n++;
        }
        side->starts[i + 1] = n;
    }
    free(side->tokens);
    side->tokens = tokens;
    return make_lists(side);
}

void side_done(side_text *side)
{
    free(side->lengths);
    free(side->cuts);
    free(side->starts);
    free(side->tokens);
    intern_done(&side->names);
    vec_free(&side->types);
    free(side->lists);
    free(side->sentences);
    *side = (side_text){0};
}
