/* sounds.h - how names sound, to know them again in another script.
 *
 *     sounds_spell(&s, SOUNDS_LATIN, "trump", 5, &heard)            "trump"
 *     sounds_spell(&s, SOUNDS_PINYIN, "te", 2, &said)               "te"  lang -> "lan" ...
 *     sounds_find(&s, &heard, &said)     0.71: "trump" is a part of "telanpu"
 *
 * The rules are in sounds.tsv.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_SOUNDS_H
#define ALIGN_SOUNDS_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/vec.h"

enum { SOUNDS = 128, SOUNDS_MOST = 48 };

typedef enum sounds_spelling { SOUNDS_LATIN, SOUNDS_PINYIN } sounds_spelling;

/* The tables of sounds.tsv. */
typedef struct sounds {
    intern syllables;    /* of pinyin: number k is han_syllables[k] */
    intern spellings[2]; /* by sounds_spelling */
    vec(const char *) said[2];
    arena texts;
    float near[SOUNDS][SOUNDS], lost[SOUNDS];
    uint8_t *writes_names; /* by Han character */
} sounds;

/* What is heard; a boundary is where a part may start or end. */
typedef struct sounds_heard {
    uint8_t at[SOUNDS_MOST];
    bool boundary[SOUNDS_MOST + 1];
    int n;
    float mass; /* what it costs to lose all of it */
} sounds_heard;

aln_status sounds_init(sounds *s, const char *table);

/* Adds the sounds of a folded word, as far as there is room: with a boundary on either
 * side of it. */
void sounds_spell(const sounds *s, sounds_spelling how, const char *text, size_t size,
                  sounds_heard *heard);

/* How alike a name is to all that is said, 1 for no difference, 0 and less for none. */
double sounds_compare(const sounds *s, const sounds_heard *name,
                      const sounds_heard *said);

/* The same for the part of what is said, from boundary to boundary, that is most alike. */
double sounds_find(const sounds *s, const sounds_heard *name, const sounds_heard *said);

/* The syllable of pinyin that a text is, one of han_syllables, or NULL. */
const char *sounds_syllable(const sounds *s, const char *text, size_t size);

/* Are foreign names written with this (simplified) Han character? */
bool sounds_writes_names(const sounds *s, int32_t c);

void sounds_done(sounds *s);

#endif
