/* align/lookup.h - prior translations of a sentence: exact, fuzzy, and by words.
 *
 *     aln_lookup *lookup;
 *     aln_lookup_options options = {.source = "fr", .target = "en"};
 *     if (aln_lookup_new(memory, &options, &lookup, &error)) ...
 *     if (aln_lookup_find(lookup, text, size, &matches, &n, &error)) ...
 *     aln_lookup_free(lookup);
 *
 * base = 1 - d / max(n, m), d being the Levenshtein distance of the token sequences of
 * both texts in NFC, n and m their lengths.  Tokens: each maximal run of letters and
 * numbers (general categories L*, N*) and `_`; each character of U+3040-30FF,
 * U+3400-9FFF, U+F900-FAFF alone; each other character that is no white space alone.
 * Case counts.  Every unit whose base reaches the threshold competes; none is missed.
 *
 * The score people see is 100 base with small adjustments:
 *
 *     102, 101  identical, and both neighbours in its document are, or one
 *     100       identical
 *     99        identical but for white space, or for tags within
 *     99        only numbers differ, and `adapted` has them replaced
 *     up to 99  half of what an edit costs is given back, at most 3 points in all, where
 *               it changes only case, accents, a number, or punctuation
 *
 * less the penalties, and less a point where the way led through a third language: where
 * nothing is found otherwise, a unit with the query and a third text, and a unit with
 * that very text and the target language.  Equal scores: the greater base first, then the newer unit.  The
 * match with the greatest base of all is always there, if only in the last place.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LOOKUP_H
#define ALIGN_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/memory.h>
#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_lookup aln_lookup;

/* What makes a match worth less. */
typedef enum aln_penalty_kind {
    ALN_PENALTY_ALL = 0,      /* every match: a memory that is trusted less */
    ALN_PENALTY_DOCUMENT = 1, /* value: the uri of the document it comes from */
    ALN_PENALTY_SOURCE = 2,   /* value: the source of that document */
    ALN_PENALTY_BEFORE = 3,   /* value: ISO 8601; not changed since then */
    ALN_PENALTY_SCORE = 4,    /* below: aligned with a score less than that */
    ALN_PENALTY_MACHINE = 5,  /* its property "origin" or "x-origin" says "mt" or
                               * "machine" */
} aln_penalty_kind;

typedef struct aln_penalty {
    aln_penalty_kind kind;
    int points; /* taken off the score */
    const char *value;
    double below;
} aln_penalty;

/* How to look up.  All zero means the defaults. */
typedef struct aln_lookup_options {
    const char *source, *target;  /* language ranges; must be given */
    double min;                   /* least base, 0..1; 0 means 0.7 */
    size_t limit;                 /* most matches; 0 means 5 */
    const aln_penalty *penalties; /* all that apply add up */
    size_t n_penalties;
    bool explain; /* fill in `why` and `edits` */
} aln_lookup_options;

/* A step from a match's source to the text that was asked for.  The spans hold no NUL;
 * the side that has nothing is empty. */
typedef enum aln_edit_kind {
    ALN_EDIT_KEEP = 0,
    ALN_EDIT_CHANGE = 1,
    ALN_EDIT_INSERT = 2, /* the query has a token more */
    ALN_EDIT_DELETE = 3, /* the match's source has */
} aln_edit_kind;

typedef struct aln_edit {
    aln_edit_kind kind;
    const char *source; /* of the match */
    size_t source_size;
    const char *query;
    size_t query_size;
} aln_edit;

typedef struct aln_match {
    int score;   /* 0..102, for people: see above */
    double base; /* 0..1 */
    int64_t unit;
    const char *source;
    size_t source_size;
    const char *source_language;
    const char *target;
    size_t target_size;
    const char *target_language;
    const char *adapted; /* the target with the query's numbers, or NULL */
    const char *pivot;   /* the language through which it was found, or NULL */
    bool tags; /* its source has inline tags, which a query has not: a point less */
    const char *document;  /* uri, or NULL */
    const char *changed;   /* ISO 8601, or NULL */
    const char *why;       /* how the score came about; with options.explain */
    const aln_edit *edits; /* none where texts of thousands of tokens differ much */
    size_t n_edits;
} aln_match;

/* The strings of the options are copied.  ALN_NOT_FOUND where the memory has no index
 * yet (aln_index_rebuild makes one).  The memory must outlive the lookup. */
ALN_API ALN_CHECKED aln_status aln_lookup_new(aln_memory *memory,
                                              const aln_lookup_options *options,
                                              aln_lookup **lookup, aln_error *error);

/* The segments before and after what is looked up next, or NULL: identical matches in
 * the same company are worth more.  They are borrowed for the next aln_lookup_find. */
ALN_API void aln_lookup_context(aln_lookup *lookup, const char *previous,
                                const char *next);

/* Best first.  *matches belongs to the lookup and holds until its next use. */
ALN_API ALN_CHECKED aln_status aln_lookup_find(aln_lookup *lookup, const char *text,
                                               size_t size, const aln_match **matches,
                                               size_t *n, aln_error *error);

/* A phrase of the query that a unit holds, where nothing resembles the whole. */
typedef struct aln_fragment {
    size_t start, end; /* bytes of the query in NFC */
    int64_t unit;
    const char *source; /* in NFC */
    size_t source_start, source_end;
    const char *source_language;
    const char *target;              /* in NFC where its places are given */
    size_t target_start, target_end; /* where it says the phrase; equal: unknown */
    const char *target_language;
} aln_fragment;

/* The longest phrases of the text, from left to right and of at least three tokens, that
 * a unit with a translation holds.  Where the other units with the same words can tell,
 * the part of the target that translates the phrase is given.  *fragments belongs to the lookup and holds until its
 * next use. */
ALN_API ALN_CHECKED aln_status aln_lookup_fragments(aln_lookup *lookup,
                                                    const char *text, size_t size,
                                                    const aln_fragment **fragments,
                                                    size_t *n, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_lookup_free(aln_lookup *lookup);

/* Make the index of a memory again, in one transaction.  progress, unless NULL, hears
 * the number of texts read so far. */
ALN_API ALN_CHECKED aln_status aln_index_rebuild(aln_memory *memory,
                                                 void (*progress)(void *context,
                                                                  size_t n),
                                                 void *context, aln_error *error);

/* Throw the index away: what is added goes faster then, and no lookup finds anything
 * (ALN_NOT_FOUND) until aln_index_rebuild. */
ALN_API ALN_CHECKED aln_status aln_index_drop(aln_memory *memory, aln_error *error);

/* Count the texts that the index would not find: 0 in a sound memory. */
ALN_API ALN_CHECKED aln_status aln_index_check(aln_memory *memory, size_t *missing,
                                               aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
