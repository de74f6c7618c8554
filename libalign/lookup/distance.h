/* distance.h - the Levenshtein distance of one text to many, in words of 64 tokens.
 *
 *     AUTO(pattern) pattern p = {0};
 *     TRY(pattern_set(&p, codes, n, error));
 *     d = pattern_distance(&p, other, m, most);     most + 1 where it is more
 *
 * Bit-parallel: a bit a token of the pattern, a step a token of the other text.
 * Myers 1999, "A fast bit-vector algorithm for approximate string matching based on
 * dynamic programming"; over several words as in Hyyrö 2003.  Tokens are 16-bit codes.
 * The masks of a pattern grow with the square of its length; hashes_distance() has none,
 * and serves texts of any length once.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOOKUP_DISTANCE_H
#define LOOKUP_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

typedef struct pattern {
    size_t n, n_words;
    uint32_t *rows;  /* code -> its row; 0 for codes that do not occur */
    uint64_t *masks; /* a row: where in the pattern the code stands; row 0 is empty */
    size_t n_masks, cap_masks;
    uint64_t *plus, *minus; /* the column: where it goes up, where it goes down */
    uint16_t *codes;        /* of the pattern */
    size_t cap;
} pattern;

aln_status pattern_set(pattern *p, const uint16_t *codes, size_t n, aln_error *error);

/* other: m codes, little-endian. */
size_t pattern_distance(pattern *p, const unsigned char *other, size_t m, size_t most);

void pattern_done(pattern *p);

/* The distance of two texts as hashes of tokens; most + 1 where it is more.  Takes n m / 64
 * steps and memory as for the text a. */
aln_status hashes_distance(const uint64_t *a, size_t n, const uint64_t *b, size_t m,
                           size_t most, size_t *distance, aln_error *error);

static inline void auto_pattern(pattern *p)
{
    pattern_done(p);
}

#endif
