/* glossary.h - the terms of one language and what they mean.
 *
 * A meaning is a number that the glossaries of all languages share; two terms with a
 * meaning in common translate each other.  Terms are found by their stems, so that
 * "studies" answers for "study", and terms of several words ("united nations") are
 * found in running text; Han terms are found as they are, in simplified characters.
 *
 *     glossary_add(g, "study|survey", meaning)
 *     glossary_find(g, "stud", 4)  ->  key  ->  glossary_meanings(g, key, &n)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_GLOSSARY_H
#define ALIGN_GLOSSARY_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/str.h"
#include "base/vec.h"

typedef struct glossary_sense {
    uint32_t key, meaning;
    float strength;
} glossary_sense;

typedef struct glossary {
    char language[16]; /* the primary tag */
    intern keys;
    intern starters;            /* first stems of terms of several words */
    vec(glossary_sense) senses; /* by key, once glossary_sort has run */
    uint32_t *starts;           /* by key */
    uint8_t *longest;           /* by Han character: letters of its longest term */
    intern endings;
    intern whole; /* words that are never cut */
} glossary;

enum { TERM_WORDS = 5, TERM_LETTERS = 12 };

/* endings is the text of endings.txt. */
aln_status glossary_init(glossary *g, const char *language, const char *endings);

/* The words of terms are known by themselves and not by their stems: "mille" is not
 * "million".  Call before any of them is added. */
aln_status glossary_keep_whole(glossary *g, const char *terms, size_t size);

/* Terms separated by `|`. */
aln_status glossary_add(glossary *g, const char *terms, size_t size, uint32_t meaning,
                        double strength);

/* Call once after the last addition. */
aln_status glossary_sort(glossary *g);

/* The stem of a folded word: what is left without the longest ending, all of it where it
 * is to stay whole. */
size_t glossary_stem(const glossary *g, const char *word, size_t size);

const glossary_sense *glossary_senses(const glossary *g, uint32_t key, size_t *n);

void glossary_done(glossary *g);

#endif
