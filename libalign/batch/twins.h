/* twins.h - which texts say the same as one before, nearly word for word.
 *
 *     twins seen = {0};
 *     sketch drawn;
 *     sketch_begin(&drawn);
 *     sketch_add(&drawn, text, size);           as often as there are sentences
 *     if ((name = twins_find(&seen, &drawn))) ...   found: the name of the earlier one
 *     else if (twins_add(&seen, &drawn, "a")) return error_no_memory(error);
 *     twins_done(&seen);
 *
 * A text is the set of its runs of 12 letters; two texts are alike as far as these sets
 * overlap.  The overlap is estimated from a sketch of fixed size: the least hash of
 * each of 128 classes (Li, Owen & Zhang 2012, one permutation hashing), and candidates
 * are found by groups of 4 classes that agree (Indyk & Motwani 1998).  Stories that
 * differ only in their figures are not the same story: these must be equal where there
 * are few, and have a sketch of their own where there are many.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_TWINS_H
#define BATCH_TWINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#include "base/vec.h"

enum { SKETCH_CLASSES = 128, SKETCH_FIGURES = 32 };

typedef struct sketch {
    uint32_t letters[SKETCH_CLASSES];
    uint32_t figures[SKETCH_FIGURES];
    uint64_t sum; /* of the hashes of all figures */
    uint32_t n_figures;
} sketch;

typedef struct twins_band {
    uint64_t key;
    uint32_t member;
    uint32_t next; /* + 1; 0 ends the chain */
} twins_band;

typedef struct twins_member {
    sketch drawn;
    const char *name; /* the caller's */
} twins_member;

typedef struct twins {
    vec(twins_member) members;
    vec(twins_band) bands;
    uint32_t *slots; /* a hash table of chains of bands */
    size_t n_slots;
} twins;

void sketch_begin(sketch *drawn);
void sketch_add(sketch *drawn, const char *text, size_t size);

/* The name of the earliest member that is alike, or NULL. */
const char *twins_find(const twins *seen, const sketch *drawn);
aln_status twins_add(twins *seen, const sketch *drawn, const char *name);
void twins_done(twins *seen);

#endif
