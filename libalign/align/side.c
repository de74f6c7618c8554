/* side.c - from sentences to lengths, tokens and lists.
 *
 * A word that has been seen is looked up by its bytes and not folded again: reading a
 * text costs one hash a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/side.h"

#include <stdlib.h>
#include <string.h>

#include "align/letters.h"
#include "align/number.h"
#include "base/auto.h"
#include "base/error.h"

/* A Han character says about as much as three letters: measured on parallel
 * technical documentation, see docs/align.md. */
static const double HAN_LETTERS = 3;

typedef struct raw_word {
    uint32_t type;
    bool capital, acronym;
} raw_word;

typedef struct reader {
    side_text *side;
    intern raw; /* words as they stand */
    vec(raw_word) words;
    vec(uint32_t) tokens;
    vec(uint32_t) last; /* by type: 1 + the sentence it was last seen in */
    str folded;
    uint32_t sentence;
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
    if (vec_push(&side->types, (token_type){.kind = kind})) return ALN_NO_MEMORY;
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
    return type_of(r, str_text(&r->folded), r->folded.size, TOKEN_WORD, &word->type);
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
    return add_token(r, word.type);
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

static aln_status add_number(reader *r, const char *text, size_t size, size_t *at)
{
    char value[NUMBER_SIZE];
    *at = number_read(text, size, *at, value);
    return add_simple(r, value, strlen(value), TOKEN_NUMBER);
}

/* Tokens and length of one sentence. */
static aln_status read_sentence(reader *r, const char *text, size_t size,
                                double *length)
{
    bool first = true;
    for (size_t at = 0; at < size;) {
        size_t start = at, next = at;
        letter_class class = letter_classify(letter_next(text, size, &next));
        switch (class) {
        case LETTER_NONE:
            at = next;
            continue;
        case LETTER_DIGIT:
            TRY(add_number(r, text, size, &at));
            *length += (double)(at - start);
            break;
        case LETTER_WORD:
            at = word_end(text, size, start, length);
            TRY(add_word(r, text + start, at - start, first));
            break;
        case LETTER_HAN:
            at = next;
            TRY(add_simple(r, text + start, at - start, TOKEN_HAN));
            *length += HAN_LETTERS;
            break;
        case LETTER_MARK:
            at = next;
            *length += 1;
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
    double sum = 0;
    for (uint32_t i = 0; i < side->n; i++) {
        const aln_sentence *sentence = &text->sentences[i];
        double length = 0;
        r->sentence = i;
        TRY(read_sentence(r, sentence->text, sentence->size, &length));
        side->lengths[i] = length < 1 ? 1 : length;
        sum += side->lengths[i];
        side->starts[i + 1] = (uint32_t)r->tokens.n;
    }
    side->mean_length = side->n ? sum / side->n : 1;
    return ALN_OK;
}

aln_status side_init(side_text *side, const aln_side *text)
{
    *side = (side_text){.language = text->language, .n = (uint32_t)text->n};
    side->lengths = calloc(text->n + 1, sizeof *side->lengths);
    side->starts = calloc(text->n + 1, sizeof *side->starts);
    if (!side->lengths || !side->starts) return ALN_NO_MEMORY;

    AUTO(reader) reader r = {.side = side};
    TRY(read_sentences(&r, text));
    side->tokens = STEAL(r.tokens.at);
    return make_lists(side);
}

void side_done(side_text *side)
{
    free(side->lengths);
    free(side->starts);
    free(side->tokens);
    intern_done(&side->names);
    vec_free(&side->types);
    free(side->lists);
    free(side->sentences);
    *side = (side_text){0};
}
