/* side.h - one text, made ready for comparison.
 *
 * Every sentence becomes a length in letters and a set of tokens; every different token
 * is a type with a number, a kind, and the list of the sentences it stands in.
 *
 *     "Le 47e sommet"   length 12   tokens  le  47  sommet
 *     "第47届峰会"       length 14   tokens  第  47  届  峰会
 *
 * Words are folded: lower case, no accents, other alphabets than Latin and Han spelt in
 * Latin letters.  Han text is written in simplified characters and cut at the longest
 * terms that the knowledge has, else into single characters.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_SIDE_H
#define ALIGN_SIDE_H

#include <align/beads.h>

#include "align/glossary.h"
#include "base/intern.h"
#include "base/vec.h"

typedef enum token_kind {
    TOKEN_WORD,
    TOKEN_NUMBER, /* text is its value: "47", "12.5" */
    TOKEN_HAN,    /* a term or a character */
    TOKEN_MARK,   /* a kind of punctuation: "?" "(" */
    TOKEN_TERM,   /* several words that the glossary has: "united nation" */
    TOKEN_NAME,   /* of the other text, heard in this one (hearing.c): "~trump" */
} token_kind;

typedef struct token_type {
    token_kind kind;
    uint32_t key; /* in the glossary, or INTERN_NONE */
    bool capital; /* seen with a capital that does not come from its place */
    bool small;   /* seen without one */
    bool acronym; /* two or more capitals and nothing else */
    uint32_t n;   /* sentences it stands in */
} token_type;

/* The length of a sentence that holds nothing: it goes with no other. */
#define SIDE_BLANK 0.5

typedef struct side_text {
    const glossary *terms; /* of its language */
    uint32_t n;            /* sentences */
    double *lengths;       /* in letters, at least 1, or SIDE_BLANK */
    bool *cuts;            /* does a sentence begin a paragraph? */
    uint32_t *starts;      /* n + 1: the tokens of sentence i are tokens[starts[i]..) */
    uint32_t *tokens;      /* types, each once a sentence */
    intern names;          /* type -> folded text */
    vec(token_type) types;
    uint32_t *lists;     /* n_types + 1: where the sentences of a type begin */
    uint32_t *sentences; /* rising */
    double mean_length;
} side_text;

static inline bool side_is_blank(const side_text *side, uint32_t sentence)
{
    return side->lengths[sentence] < 1;
}

/* Read a text.  On failure the side can still be given to side_done. */
aln_status side_init(side_text *side, const aln_side *text, const glossary *terms);

/* A token that is found later in a sentence. */
typedef struct side_addition {
    uint32_t sentence, type;
} side_addition;

typedef vec(side_addition) side_additions;

static inline void auto_side_additions(side_additions *added)
{
    vec_free(added);
}

/* The type of a name of the other text. */
aln_status side_add_name(side_text *side, const char *name, uint32_t *type);

/* Give sentences more tokens; the additions are sorted, and equal ones count once. */
aln_status side_add_tokens(side_text *side, side_additions *added);

void side_done(side_text *side);

#endif
