/* align/concordance.h - the units of a memory that hold some words.
 *
 *     aln_search_options options = {.language = "fr", .limit = 20};
 *     if (aln_search_new(memory, "visite \"chef d'Etat\" diplom*", &options, &search,
 *                        &error)) ...
 *     while (!aln_search_next(search, &hit, &error) && hit) ...
 *     aln_search_free(search);
 *
 * A query is words that must all be there, in any order.  What stands together is looked
 * for together: l'accord, 习近平, "the Security Council" in quotes.  A star at the end of a
 * word stands for its rest.  Case, accents, width and the form of digits do not count
 * unless asked (NFKC_Casefold, accents dropped).  Hits come in the order in which units
 * were added.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_CONCORDANCE_H
#define ALIGN_CONCORDANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/memory.h>
#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_search aln_search;

/* All zero means the defaults. */
typedef struct aln_search_options {
    const char *language; /* range; NULL means any */
    const char *document; /* uri; of a document the unit stands in */
    const char *source;
    const char *since, *until; /* ISO 8601 dates of the documents, inclusive */
    bool exact;                /* case and accents count */
    bool regex;                /* the query is a regular expression (ICU's syntax) */
    size_t skip;               /* so many hits first: later pages */
    size_t limit;              /* most hits; 0 means 20 */
} aln_search_options;

/* Where in a text the words stand, in bytes. */
typedef struct aln_found {
    size_t start, end;
} aln_found;

typedef struct aln_hit {
    int64_t unit;
    const char *language;
    const char *text;
    size_t size;
    const aln_found *found; /* ascending */
    size_t n_found;
} aln_hit;

/* options may be NULL.  The strings are copied.  ALN_SYNTAX for a regular expression
 * that is none, ALN_INVALID for a query without a word, ALN_NOT_FOUND where the memory
 * has no index. */
ALN_API ALN_CHECKED aln_status aln_search_new(aln_memory *memory, const char *query,
                                              const aln_search_options *options,
                                              aln_search **search, aln_error *error);

/* *hit is the search's until its next use; NULL after the last. */
ALN_API ALN_CHECKED aln_status aln_search_next(aln_search *search, const aln_hit **hit,
                                               aln_error *error);

/* NULL is allowed. */
ALN_API void aln_search_free(aln_search *search);

#ifdef __cplusplus
}
#endif

#endif
