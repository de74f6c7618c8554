/* index_reader.h - search the index: which variants may resemble a text, or hold words.
 *
 *     index_reader *reader;
 *     TRY(index_reader_open(db, &source, &reader, error));
 *     TRY(index_reader_refresh(reader, error));           in a read transaction
 *     TRY(index_text_read(&query, text, size, error));
 *     TRY(index_candidates(reader, language, &query, 0.7, visit, context, error));
 *
 * How candidates are found.  Let the query have n tokens and a variant m; base >= t
 * means that at most d = floor((1 - t) max(n, m)) edits lie between them, so at least
 * max(n, m) - d tokens are common (as multisets).  Take the query's keys by rarity, the
 * rarest first: a variant that appears in none of the lists of keys that stand for k of
 * the query's tokens shares at most n - k of them, so its base is at most
 * (n - k) / max(n, m).  Once that is below t for every length still open, no other
 * variant can count (prefix filtering: Chaudhuri, Ganti & Kaushik 2006; with lengths:
 * Arasu, Ganti & Kaushik 2006; Xiao et al. 2008).  Since t rises while good matches
 * come in, the search ends the sooner the better they are.  Where the lists needed are
 * longer than the span of lengths is worth, all signatures of the span are looked at
 * instead.
 *
 * A variant that is met is compared by signature: tokens of either text without a
 * counterpart cost an edit each, and the bits of one that the other lacks count such
 * tokens.  What passes is handed to the caller with its codes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STORE_INDEX_READER_H
#define STORE_INDEX_READER_H

#include "store/index.h"
#include "store/index_format.h"

typedef struct index_reader index_reader;

typedef struct index_candidate {
    int64_t variant;
    uint32_t length; /* tokens */
    const unsigned char
        *codes; /* 2 bytes each, little-endian; NULL where none are kept */
} index_candidate;

/* Takes a candidate and says what base is worth looking for from now on: at least the
 * one before. */
typedef double (*index_visit)(void *context, const index_candidate *candidate);

/* ALN_NOT_FOUND where the database has no index.  What the source names must be there
 * while the reader lives. */
aln_status index_reader_open(sqlite3 *db, const index_source *source,
                             index_reader **reader, aln_error *error);
void index_reader_close(index_reader *reader);

/* See the index as it is now; cheap when it has not changed.  Must be called once for
 * every transaction, within it. */
aln_status index_reader_refresh(index_reader *reader, aln_error *error);

/* Visit every variant of the language whose base may be >= least, in no useful order;
 * one may come twice, or be gone. */
aln_status index_candidates(index_reader *reader, int64_t language,
                            const index_text *query, double least, index_visit visit,
                            void *context, aln_error *error);

/* Which of the keys a variant must hold. */
typedef enum index_which { INDEX_ALL_KEYS, INDEX_ANY_KEY } index_which;

/* Variants of the languages that may hold all of the keys, or any of them (the keys are
 * sorted on the way); ascending, to be freed with free().  *frequent becomes true, and
 * nothing is listed, where the keys are so common that walking over the variants finds
 * them as fast. */
aln_status index_holders(index_reader *reader, const int64_t *languages,
                         size_t n_languages, uint32_t *keys, size_t n_keys,
                         index_which which, int64_t **variants, size_t *n,
                         bool *frequent, aln_error *error);

/* All numbers in the index, with the hash of their sequences of codes; for the check.
 */
typedef void (*index_entry)(void *context, int64_t variant, uint64_t codes_hash);
aln_status index_entries(index_reader *reader, int64_t language, index_entry entry,
                         void *context, aln_error *error);

#endif
