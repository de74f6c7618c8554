/* lookup.h - what the files of a lookup share.
 *
 *     gather.c   the index's candidates, by base     lookup.c   options, ranking, results
 *     judge.c    a candidate becomes a match, or not     pivot.c    through a third language
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOOKUP_LOOKUP_H
#define LOOKUP_LOOKUP_H

#include <align/lookup.h>

#include "base/arena.h"
#include "base/auto.h"
#include "lookup/distance.h"
#include "lookup/edits.h"
#include "lookup/score.h"
#include "memory/memory.h"
#include "store/index_reader.h"

/* A variant whose codes say that its base may be this. */
typedef struct found_variant {
    int64_t variant;
    double base;
} found_variant;

struct aln_lookup {
    aln_memory *memory;
    aln_lookup_options options; /* strings in texts */
    arena texts;
    index_reader *reader;
    vec(int64_t) sources, targets; /* languages that answer to the ranges */
    int64_t known_languages;       /* how many there were when they were found */
    const char *previous, *next;

    /* The query being looked up. */
    index_text tokens;
    scored_text query, source;
    size_t n_numbers;
    pattern pattern;
    edit_script script;
    vec(found_variant) found;
    vec(double) best; /* the greatest bases so far, descending, `limit` at most */
    double least;     /* base that was worth looking for in the end */
    bool raise;
    unsigned pivots; /* how many candidates may still look for a third language */
    int most_penalty;
    arena results;
    vec(aln_match) matches;
    vec(int64_t) match_variants;
    vec(aln_fragment) fragments;
    str room, adapted;
};

/* gather.c: fill in lookup->found, best first.  With lookup->raise the search grows
 * pickier while good bases come in; lookup->least tells how much. */
aln_status lookup_gather(aln_lookup *lookup, const int64_t *languages, size_t n,
                         aln_error *error);

/* judge.c: compare a variant's text with the query; *kept tells whether *match counts. */
aln_status lookup_judge(aln_lookup *lookup, const found_variant *found,
                        aln_match *match, bool *kept, aln_error *error);

/* The text behind a variant, with its unit and language. */
aln_status lookup_read_source(aln_lookup *lookup, int64_t variant, aln_match *match,
                              bool *found, bool *tags, aln_error *error);

/* Fill in the target of match->unit, of the best target language; it stays NULL where
 * there is none but in the variant itself. */
aln_status lookup_read_target(aln_lookup *lookup, aln_match *match, int64_t variant,
                              aln_error *error);

/* pivot.c: the same, through a third language. */
aln_status lookup_pivot(aln_lookup *lookup, aln_match *match, aln_error *error);

/* counterpart.c: where in a fragment's target the phrase is translated, if the other
 * units can tell. */
aln_status lookup_counterpart(aln_lookup *lookup, aln_fragment *fragment,
                              aln_error *error);

/* What the winners show beside their texts: document, time, penalties are in already. */
aln_status lookup_dress(aln_lookup *lookup, aln_match *match, aln_error *error);

/* penalty.c: points off for a unit. */
aln_status lookup_penalty(aln_lookup *lookup, int64_t unit, int *points,
                          aln_error *error);

/* lookup.c: what a search begins with. */
aln_status lookup_set_query(aln_lookup *lookup, const char *text, size_t size,
                            aln_error *error);
aln_status lookup_refresh(aln_lookup *lookup, aln_error *error);

/* Read transactions around several statements, unless there is one already. */
aln_status lookup_enter(aln_memory *memory, bool *own, aln_error *error);
void lookup_leave(aln_memory *memory, bool own);

/* The numbers of the memory's languages that a range covers, an exact tag first; "" covers
 * all. */
typedef vec(int64_t) language_list;
aln_status lookup_languages(aln_memory *memory, const char *range, language_list *out,
                            aln_error *error);

#endif
