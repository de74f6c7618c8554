/* index_cache.h - what the reader has loaded; for index_reader.c, index_search.c and
 * index_words.c.
 *
 * Nothing is loaded before it is asked for, and nothing is kept once the index has
 * changed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STORE_INDEX_CACHE_H
#define STORE_INDEX_CACHE_H

#include "base/arena.h"
#include "store/index_reader.h"

/* A variant of the tail, as a run would hold it. */
typedef struct index_tail {
    int64_t variant, language;
    uint32_t length;
    unsigned char *codes;
    uint32_t *keys;
} index_tail;

struct index_reader {
    sqlite3 *db;
    const index_source *source;
    sqlite3_stmt *generation_query, *block_query;
    int64_t generation;
    bool loaded;
    vec(index_run) runs;
    vec(index_tail) tail;
    arena tail_arena;
    size_t cached;           /* bytes of blocks */
    size_t next_dropped;     /* run that loses its blocks next */
    aln_status failure;      /* why index_block or index_record gave nothing */
    unsigned char *counters; /* one an ordinal, for the search of a run */
    size_t n_counters;
};

/* A block of a run; NULL with an error where it cannot be had. */
const unsigned char *index_block(index_reader *reader, index_run *run, uint32_t block,
                                 uint32_t *size, aln_error *error);

/* A record in it, or NULL; reader->failure tells why. */
const unsigned char *index_record(index_reader *reader, index_run *run,
                                  index_place place, uint32_t size, aln_error *error);

/* The variant behind an ordinal. */
aln_status index_variant(index_reader *reader, index_run *run, uint32_t ordinal,
                         int64_t *variant, aln_error *error);

/* The ordinals of a key in [from, to), ascending. */
typedef struct index_list {
    index_run *run;
    uint32_t key, to;
    size_t sign; /* of the block after the one being read */
    const unsigned char *at, *end;
    bool common; /* the list is not kept */
    bool none;
    size_t cost; /* bytes to be read, about */
} index_list;

aln_status index_list_open(index_reader *reader, index_run *run, uint32_t key,
                           uint32_t from, uint32_t to, index_list *list,
                           aln_error *error);

/* False at the end; *status tells trouble. */
bool index_list_next_block(index_reader *reader, index_list *list, aln_status *status,
                           aln_error *error);

/* All counters of a span of ordinals become 0. */
aln_status index_counters_clear(index_reader *reader, uint32_t span, aln_error *error);

/* Add a weight to the counters of the list's ordinals in [from, to), counted from
 * `from`. */
aln_status index_list_count(index_reader *reader, index_list *list, unsigned weight,
                            uint32_t from, uint32_t to, aln_error *error);

#endif
