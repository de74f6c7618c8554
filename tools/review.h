/* review.h - units that go to a person and come back: bitext review.
 *
 *     unit                  verdict  score  flags           fr        en
 *     u17.2.9f3a61c07be2d854         0.310  numbers-differ  Le ...    The ...
 *
 * Any format that holds the name of a unit will do: tables, XLIFF.  The name is the id of
 * the unit in the memory, the number of its texts in the file, and a hash of these, so that
 * it can be told what the person has changed, and what others have meanwhile.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_REVIEW_H
#define TOOLS_REVIEW_H

#include "units.h"

enum { REVIEW_NAME = 64 };

/* The texts of the unit, or of those of its languages that stand in `like`. */
uint64_t review_hash(const aln_unit *unit, const aln_unit *like);
void review_name(const aln_unit *unit, char name[REVIEW_NAME]);

typedef struct review_options {
    const char *file;
    aln_format format; /* of the file */
    bool approve;      /* what the person left as it was is right */
    bool keep_going;   /* carry out the rest where a unit has changed meanwhile */
} review_options;

/* Carry out what the file says, in one transaction; path is the memory's. */
int review_apply(aln_memory *memory, const char *path, const review_options *options);

#endif
