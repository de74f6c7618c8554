/* index_format.h - how the index is stored; for the files index_*.c alone.
 *
 * Everything is a hash, so there is no dictionary to keep: a token's 64-bit hash gives
 * its code (16 bits: compares sequences) and its bits in signatures; the hash of the
 * folded token (32 bits, fold.h) is the key of its list.  Two tokens that share a
 * number only make the index propose more.
 *
 * The variants of a language lie in the tail (below INDEX_TAIL: their numbers alone) or
 * in runs.  A run never changes; runs of like size are merged when there are many.  It
 * orders its variants by length in tokens and calls them 0, 1, 2 ... ("ordinals"), so a
 * span of lengths is a span of ordinals.  Its row in index_run says how many there are
 * of each length; its blocks, rows of index_block with at most INDEX_BLOCK bytes (what
 * fits a page of 4 KB), come in four sections:
 *
 *     ids         the variants' numbers, less the run's least one: 4 or 8 bytes each
 *     signatures  a bit for every token; 8 to 128 bytes, longer for longer texts
 *     codes       the sequence of codes: 2 bytes a token; none above INDEX_LONGEST
 *     lists       sorted by key: the ordinals of the variants with that token
 *
 * A record never crosses blocks, and one length has records of one size, so that the
 * place of each is computed (index_place_of).  A block of lists is: the number of
 * entries (2 bytes), their keys (4 bytes each), where each ends (2 bytes each), and for
 * each entry the first ordinal and the distances to the next as varints.  A list that
 * does not fit goes on in the next block; run rows hold the first key and ordinal of
 * every block.  A token in more than one of INDEX_COMMON variants has an empty list,
 * and a run of fewer than INDEX_LISTED variants has none: there it is faster to look at
 * all signatures.  Numbers are little-endian.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STORE_INDEX_FORMAT_H
#define STORE_INDEX_FORMAT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#include "base/str.h"
#include "base/vec.h"

enum {
    INDEX_FORMAT = 1,
    INDEX_BLOCK = 4048,
    INDEX_LONGEST = INDEX_BLOCK / 2,
    INDEX_TAIL = 256,
    INDEX_LISTED = 2048,
    INDEX_COMMON = 16,
    INDEX_MAX_WORDS = 16, /* of 64 bits in a signature */
    INDEX_RUN_MAX = 1 << 28,
};

/* The tokens of a text as the index sees them. */
typedef struct index_text {
    uint64_t *hashes; /* of the tokens */
    uint32_t *keys;   /* of the folded tokens */
    size_t n, cap;
    str room, folded; /* scratch */
} index_text;

aln_status index_text_read(index_text *text, const char *bytes, size_t size,
                           aln_error *error);
void index_text_done(index_text *text);

/* The key of one token. */
aln_status index_key(const char *text, size_t size, bool ideograph, str *room,
                     uint32_t *key, aln_error *error);

static inline uint16_t index_code(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

/* 64-bit words in the signature of a text of so many tokens. */
unsigned index_signature_words(size_t n_tokens);

/* Set the bits of hashes[0..n), which are sorted on the way. */
void index_signature(uint64_t *hashes, size_t n, unsigned words, uint64_t *signature);

/* The variants of one length. */
typedef struct index_group {
    uint32_t length, n;
    uint32_t first;     /* ordinal */
    uint32_t words;     /* of a signature */
    uint32_t code_size; /* bytes of a sequence; 0 where none is kept */
    struct index_place {
        uint32_t block, offset; /* block: of the run */
    } signatures, codes;
} index_group;

typedef struct index_place index_place;

/* The first entry of a block of lists. */
typedef struct index_sign {
    uint32_t key, ordinal;
} index_sign;

/* A run's row. */
typedef struct index_run {
    int64_t id, language;
    int64_t first_block; /* id of its block 0 */
    int64_t least_id;
    uint32_t id_size; /* 4 or 8 */
    uint32_t n;       /* variants */
    uint32_t n_blocks;
    uint32_t list_block; /* where the lists begin */
    index_group *groups; /* by length */
    size_t n_groups;
    index_sign *signs; /* by block of lists */
    size_t n_signs;
    unsigned char **blocks; /* the reader's: what it has loaded */
    uint16_t *sizes;        /* of those */
} index_run;

/* Record i of a size, the first being at start. */
index_place index_place_of(index_place start, uint32_t size, uint32_t i);

/* Compute where everything lies, from least_id, id_size, n and the groups' length and
 * n. False where that makes no sense. */
bool index_layout(index_run *run);

/* A run's row as bytes, and back. */
aln_status index_run_pack(const index_run *run, str *out);
aln_status index_run_parse(index_run *run, const void *bytes, size_t size,
                           aln_error *error);
void index_run_done(index_run *run);

/* Little-endian numbers. */
static inline uint32_t index_get32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static inline uint16_t index_get16(const unsigned char *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint64_t index_get64(const unsigned char *at)
{
    return index_get32(at) | (uint64_t)index_get32(at + 4) << 32;
}

void index_put(unsigned char *at, uint64_t value, unsigned size);

/* Varints: seven bits a byte, the lowest first; at most five bytes.  index_varint
 * returns 0 and leaves *at == end where the bytes end too early. */
unsigned index_varint_put(unsigned char *at, uint32_t value);

static inline uint32_t index_varint(const unsigned char **at, const unsigned char *end)
{
    uint32_t value = 0;
    for (unsigned shift = 0; *at < end && shift < 35; shift += 7) {
        unsigned char byte = *(*at)++;
        value |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) return value;
    }
    *at = end;
    return 0;
}

/* index_build.c: the variants that wait, one pile a language. */
typedef struct index_pile {
    int64_t language;
    vec(int64_t) ids;
    vec(uint32_t) ends;   /* of its tokens, a variant each */
    vec(uint32_t) tokens; /* numbers of words */
} index_pile;

typedef struct index_words {
    uint64_t *hashes; /* by number */
    uint32_t *keys;
    uint32_t n, cap;
    uint32_t *slots;
    uint32_t n_slots;
} index_words;

/* The number of a word, UINT32_MAX where it is new. */
uint32_t index_words_find(const index_words *words, uint64_t hash);
aln_status index_words_add(index_words *words, uint64_t hash, uint32_t key,
                           uint32_t *number);
void index_words_clear(index_words *words);
void index_words_done(index_words *words);

/* Write a pile as a run. */
aln_status index_build(sqlite3 *db, const index_pile *pile, const index_words *words,
                       aln_error *error);

#endif
