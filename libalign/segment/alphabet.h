/* alphabet.h - the characters as far as the rules tell them apart.
 *
 * Rules speak of sets of characters: "\p{Lu}", "[.!?]", "M".  Characters that are in
 * the same sets fall into one class, so that an automaton needs a column a class - some
 * hundred - and not one for each of a million characters:
 *
 *     TRY(alphabet_add(&letters, "[.!?]", set, &id, error));   takes the set over
 *     TRY(alphabet_close(&letters, error));                    no more sets now
 *     if (alphabet_has(&letters, id, alphabet_class(&letters, c))) ...
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_ALPHABET_H
#define SEGMENT_ALPHABET_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <unicode/uset.h>

#include <align/status.h>

#include "base/arena.h"
#include "base/intern.h"
#include "base/vec.h"

enum { ALPHABET_BLOCK = 256, ALPHABET_BLOCKS = 0x110000 / ALPHABET_BLOCK };

typedef struct alphabet {
    intern names; /* a name's number is its set's */
    vec(USet *) sets;
    uint32_t n_classes; /* from here on: after alphabet_close */
    arena tables;
    const uint16_t *blocks[ALPHABET_BLOCKS]; /* equal blocks are shared */
    uint8_t *members;                        /* n_classes for each set: 0 or 1 */
} alphabet;

/* The number of a set by name, or INTERN_NONE. */
uint32_t alphabet_find(const alphabet *letters, const char *name, size_t size);

/* Add a set under a name that is new.  The set belongs to the alphabet at once, after
 * a failure too. */
aln_status alphabet_add(alphabet *letters, const char *name, size_t size, USet *set,
                        uint32_t *id, aln_error *error);

/* Find the classes.  ALN_UNSUPPORTED where there are more than 60,000. */
aln_status alphabet_close(alphabet *letters, aln_error *error);

void alphabet_done(alphabet *letters);

static inline uint32_t alphabet_class(const alphabet *letters, int32_t c)
{
    const uint16_t *block = letters->blocks[c / ALPHABET_BLOCK];
    assert(block); /* the alphabet has been closed */
    return block[c % ALPHABET_BLOCK];
}

static inline bool alphabet_has(const alphabet *letters, uint32_t set, uint32_t class)
{
    return class < letters->n_classes &&
           letters->members[(size_t)set * letters->n_classes + class];
}

#endif
