/* score.h - the score people see, from the edits between two texts.
 *
 *     score_of(&script, &source, &query, &result, error)
 *
 * align/lookup.h documents it.  SCORE_GIFT is what a search must know: how much more
 * than its base a match can be worth.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOOKUP_SCORE_H
#define LOOKUP_SCORE_H

#include "lookup/edits.h"

enum { SCORE_GIFT = 3, SCORE_IDENTICAL = 100, SCORE_NEAR = 99 };

/* How far apart two texts are, by kind of edit. */
typedef struct score_counts {
    size_t edits;
    size_t numbers;     /* a number for a number */
    size_t forms;       /* case or accents */
    size_t punctuation; /* marks changed, added or gone */
} score_counts;

aln_status score_count(const edit_script *script, const scored_text *source,
                       const scored_text *query, score_counts *counts,
                       aln_error *error);

/* Of texts whose longer one has `longer` tokens; same: byte for byte. */
int score_points(const score_counts *counts, size_t longer, bool same);

/* The most points a base can bring to a query with so many tokens and numbers. */
int score_most(double base, size_t tokens, size_t numbers);

/* The target with the source's changed numbers replaced by the query's: *adapted is
 * true where every one of them stood in it once for each time it stood in the source. */
aln_status score_adapt(const edit_script *script, const scored_text *source,
                       const scored_text *query, const char *target, size_t size,
                       str *out, bool *adapted, aln_error *error);

#endif
