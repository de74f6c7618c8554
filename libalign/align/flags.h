/* flags.h - what a reviewer should know of a bead.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_FLAGS_H
#define ALIGN_FLAGS_H

#include "align/pair.h"
#include "align/ties.h"

/* Asks about the beads of a pair. */
typedef struct flagger {
    const pair *p;
    ties ties[2];
    double habits[2];
} flagger;

/* On failure, too, flagger_done. */
aln_status flagger_init(flagger *f, const pair *p);

/* The flags of two ranges that are said to translate each other; 0 where one is empty.
 * Duplicates and crossings are seen by who sees all beads. */
unsigned flagger_ask(const flagger *f, const aln_side *source, aln_range from,
                     const aln_side *target, aln_range to);

void flagger_done(flagger *f);

/* Has one side a number that the other does not say? */
bool numerals_missing(const ties *t, const view *here, const view *there);

/* How often names have their counterpart in their bead. */
double names_habit(const ties *t);

/* Has one side a name whose counterpart is known and not there? */
bool names_missing(const ties *t, double habit, aln_range here, const view *there);

#endif
