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

/* How to look up.  All zero means the defaults. */
typedef struct aln_lookup_options {
    const char *source, *target; /* language ranges; must be given */
    double min;                  /* least base, 0..1; 0 means 0.7 */
    size_t limit;                /* most matches; 0 means 5 */
} aln_lookup_options;

typedef struct aln_match {
    int score;   /* 0..100 for people: base with the adjustments documented above */
    double base; /* 0..1 */
    int64_t unit;
    const char *source;
    size_t source_size;
    const char *target;
    size_t target_size;
    const char *document; /* uri, or NULL */
    const char *changed;  /* ISO 8601, or NULL */
} aln_match;

ALN_API ALN_CHECKED aln_status aln_lookup_new(aln_memory *memory,
                                              const aln_lookup_options *options,
                                              aln_lookup **lookup, aln_error *error);

/* Best first.  *matches belongs to the lookup and holds until its next use. */
ALN_API ALN_CHECKED aln_status aln_lookup_find(aln_lookup *lookup, const char *text,
                                               size_t size, const aln_match **matches,
                                               size_t *n, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_lookup_free(aln_lookup *lookup);

#ifdef __cplusplus
}
#endif

#endif
