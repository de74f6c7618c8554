/* phrase.h - a search as people type it, and where a text holds it.
 *
 *     visite "chef d'Etat" diplom*    ->   [visite] [chef d ' Etat] [diplom...]
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOOKUP_PHRASE_H
#define LOOKUP_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/concordance.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/tokens.h"

/* One token of a phrase: folded, unless the search is exact. */
typedef struct phrase_word {
    const char *text;
    size_t size;
    uint32_t key; /* of the folded token */
    bool prefix;
} phrase_word;

typedef struct phrase {
    phrase_word *words;
    size_t n;
} phrase;

typedef vec(aln_found) found_list;

/* The tokens of a text that is searched. */
typedef struct phrase_text {
    const char *text;
    vec(token) tokens;
    vec(uint32_t) keys;
    str room, folded;
} phrase_text;

typedef struct phrase_list {
    arena texts;
    vec(phrase) all;
    bool exact;
} phrase_list;

/* ALN_INVALID where there is no word. */
aln_status phrases_parse(phrase_list *list, const char *query, bool exact,
                         aln_error *error);
void phrases_done(phrase_list *list);

/* Does the text hold all phrases?  Then found[] tells where, ascending. */
aln_status phrases_find(const phrase_list *list, phrase_text *text, const char *bytes,
                        size_t size, found_list *found, bool *all, aln_error *error);
void phrase_text_done(phrase_text *text);

#endif
