/* tally.h - how often words of two languages stand in beads, alone and together.
 *
 *     tally_add(&t, &source, 3, &target, 3)     sentence 3 of either text, a bead
 *     tally_save(&t, &text)                     a few lines for every word and pair
 *     tally_load(&other, text, size, &error)    adds what was kept
 *
 * Everything is a count, so tallies of different texts can be summed and kept.  What is
 * kept is bounded: of very many pairs those that chance explains best are dropped, and of
 * very many beads only some are counted (every second of more than 20,000, every fourth
 * of more than 40,000, ...).
 *
 * Kept form: a line "bitext-counts 1 SEEN BEADS", lines "s WORD BEADS" and "t WORD BEADS",
 * then "p SOURCE TARGET BEADS", words by their place among the lines of their side from
 * 0 on; columns are separated by tabs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_TALLY_H
#define ALIGN_TALLY_H

#include "align/side.h"
#include "base/intern.h"
#include "base/str.h"
#include "base/vec.h"

/* Two words, and the beads that have both; n is 0 in an empty slot. */
typedef struct tally_pair {
    uint32_t source, target, n;
} tally_pair;

typedef struct tally_side {
    intern words;
    vec(uint32_t) beads; /* by word: those it stands in */
} tally_side;

typedef struct tally {
    tally_side source, target;
    tally_pair *slots; /* hash table, a power of two, at most three quarters full */
    uint32_t n_slots, n_pairs;
    uint32_t n_seen, n_beads; /* beads that were given; that were counted */
} tally;

/* Count a bead of one sentence each. */
aln_status tally_add(tally *t, const side_text *source, uint32_t i,
                     const side_text *target, uint32_t j);

/* Adds the kept form to out. */
aln_status tally_save(const tally *t, str *out);

/* Adds what was kept; ALN_CORRUPT, with error->line, where the text is no kept form: the
 * tally has then been given a part of it. */
aln_status tally_load(tally *t, const char *text, size_t size, aln_error *error);

void tally_done(tally *t);

#endif
