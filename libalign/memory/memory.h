/* memory.h - what the files of this room share: the handle and its inner calls.
 *
 * Every write goes through the same gate, so that nothing is ever half-written:
 *
 *     bool own;
 *     TRY(memory_enter(memory, &own, error));        BEGIN IMMEDIATE unless inside one
 *     aln_status status = change_something(memory, error);
 *     return memory_leave(memory, own, status, error);  COMMIT, or ROLLBACK if it
 * failed
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MEMORY_MEMORY_H
#define MEMORY_MEMORY_H

#include <align/beads.h>
#include <align/manage.h>
#include <align/memory.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/db.h"
#include "store/index.h"

enum {
    MEMORY_VERSION = 3,
    OLDEST_READABLE = 1,
    FIRST_WITH_HEADERS = 3,
    FIRST_WITH_LEARNED = 3,
    MEMORY_APPLICATION = 0x616c6e6d /* "alnm" */
};
enum { SCORE_STEPS = 10000 };

typedef struct known_language {
    int64_t id;
    char *tag;
} known_language;

typedef struct meta_list {
    arena texts;
    vec(aln_meta) items;
} meta_list;

/* A unit read from the tables, with everything it points to. */
typedef struct unit_reader {
    arena texts;
    vec(aln_variant) variants;
    aln_unit unit;
    int64_t set, position, origin; /* 0, -1, 0 where the unit has none */
} unit_reader;

/* An approved unit of documents that are being replaced. */
typedef struct kept_unit {
    unit_reader reader;
    uint64_t origin; /* of the texts it was first added with */
    bool used;
} kept_unit;

struct aln_memory {
    db db;
    aln_memory_mode mode;
    int64_t version; /* of the schema: an old file that is only read stays old */
    char *path;
    bool created; /* the file was made by this handle */
    bool in_transaction;
    bool failed; /* a call inside the transaction failed: it cannot commit */

    vec(known_language) languages; /* as far as they have been read */
    int64_t set;                   /* the latest set of documents, or 0 */
    int64_t set_first;             /* its first unit, or 0 */
    int64_t next_unit;             /* 0: not known yet */
    vec(kept_unit) kept;           /* of the set that is being replaced */

    index_writer *index; /* opened by the first write */

    char *who, *what;
    int64_t batch;                   /* 0 until this handle writes */
    int64_t added_first, added_last; /* units added and not yet in the history */
    unit_reader reader;              /* for aln_memory_unit */
    meta_list header;                /* for aln_memory_header */
};

void memory_forget(aln_memory *memory); /* what was cached, after a rollback */
aln_status memory_enter(aln_memory *memory, bool *own, aln_error *error);
aln_status memory_leave(aln_memory *memory, bool own, aln_status status,
                        aln_error *error);

/* create.c: *first is false where another process made it in the meantime. */
aln_status memory_create(const char *path, bool *first, aln_error *error);

/* memory.c: can files be made beside it? */
aln_status memory_check_folder(const char *path, aln_error *error);

/* memory.c: where the index finds the texts, and the index of a memory that writes. */
extern const index_source memory_texts;
aln_status memory_index(aln_memory *memory, index_writer **index, aln_error *error);

/* schema.c: make the tables, or make sure that they are ours and of this version. */
aln_status schema_prepare(aln_memory *memory, aln_error *error);
aln_status schema_migrate(aln_memory *memory, aln_error *error); /* migrate.c */

/* language.c */
aln_status language_id(aln_memory *memory, const char *tag, int64_t *id,
                       aln_error *error);
aln_status language_tag(aln_memory *memory, int64_t id, const char **tag,
                        aln_error *error);

/* pack.c: metadata as a blob; unpacked strings point into the blob. */
aln_status pack_meta(str *out, const aln_meta *meta, size_t n);
aln_status unpack_meta(const char *bytes, size_t size, arena *texts,
                       const aln_meta **meta, size_t *n, aln_error *error);
aln_status pack_number(str *out, uint64_t number);
aln_status pack_bytes(str *out, const char *bytes, size_t size); /* NULL stays NULL */

typedef struct unpacker {
    const char *at, *end;
    bool failed;
} unpacker;

unpacker unpacker_of(const db_query *query, int column);
uint64_t unpack_number(unpacker *from);
const char *unpack_bytes(unpacker *from, size_t *size); /* NULL where NULL was packed */

/* content.c: a number that depends on the languages, texts and markup alone. */
uint64_t content_hash(const aln_unit *unit);
uint64_t content_hash_whole(const aln_unit *unit); /* all but the id */
uint64_t content_hash_source(const aln_unit *unit);
bool content_equal(const aln_unit *a, const aln_unit *b);

/* union.c: what another unit with the same texts knows.  variants are to's own; the
 * strings stay those of both units. */
aln_status unit_join(aln_unit *to, aln_variant *variants, const aln_unit *from,
                     arena *texts);
aln_status unit_own(unit_reader *reader); /* copy those strings into the reader */

aln_status meta_join(const aln_meta *a, size_t n, const aln_meta *b, size_t m,
                     arena *texts, const aln_meta **out, size_t *count);

/* filter.c: the SQL of a filter; what it is compared with is the conditions' own. */
typedef struct conditions {
    str sql;
    vec(char *) bound;
} conditions;

aln_status conditions_add(conditions *to, const aln_filter *filter); /* NULL: none */
aln_status conditions_query(conditions *of, sqlite3 *handle, const char *before,
                            const char *after, db_query *query);
void conditions_done(conditions *of);

static inline void auto_conditions(conditions *of)
{
    conditions_done(of);
}

/* reader.c: of the columns UNIT_COLUMNS of a unit called u. */
#define UNIT_COLUMNS \
    "u.id, u.document_set, u.score, u.flags, u.position, u.origin, u.meta"

aln_status unit_read_row(aln_memory *memory, const db_query *query, unit_reader *reader,
                         aln_error *error);
aln_status unit_read(aln_memory *memory, int64_t id, unit_reader *reader,
                     aln_error *error);
void unit_reader_done(unit_reader *reader);

/* units.c: rows in and out, without history. */
typedef struct unit_place {
    int64_t id, set;
    int64_t position; /* -1: id - document_set.first */
    int64_t origin;   /* 0: never edited */
} unit_place;

aln_status unit_insert(aln_memory *memory, const aln_unit *unit, unit_place place,
                       aln_error *error);
aln_status unit_delete(aln_memory *memory, int64_t id, aln_error *error);
aln_status unit_reindex(aln_memory *memory, int64_t id, aln_error *error);
aln_status unit_next_id(aln_memory *memory, int64_t *id, aln_error *error);

/* documents.c */
aln_status document_set_delete(aln_memory *memory, int64_t set, aln_error *error);
aln_status document_set_insert(aln_memory *memory, const aln_document *documents,
                               size_t n, int64_t *set, aln_error *error);
aln_status document_set_first(aln_memory *memory, int64_t set, int64_t first,
                              aln_error *error);
aln_status document_place(aln_memory *memory, int64_t set, const char *uri,
                          int64_t *place, aln_error *error);

/* header.c: of a set; what is read has its texts in the arena. */
aln_status header_insert(aln_memory *memory, int64_t set, const aln_meta *items,
                         size_t n, aln_error *error);
aln_status header_read(aln_memory *memory, int64_t set, arena *texts,
                       const aln_meta **items, size_t *n, aln_error *error);
void meta_list_done(meta_list *list);

/* learned.c: what a pupil knows is dropped before a batch that it has learned leaves the
 * history, or before units change without one. */
aln_status learned_undo(aln_memory *memory, int64_t batch, aln_error *error);
aln_status learned_drop(aln_memory *memory, aln_error *error);
int64_t learned_sum(const void *bytes, size_t size);

/* add.c: an approved unit of a set that is being replaced is set aside; the set that
 * takes its place is complete with documents_finish. */
aln_status keep_approved(aln_memory *memory, int64_t id, aln_error *error);
aln_status documents_finish(aln_memory *memory, aln_error *error);
void documents_forget(aln_memory *memory);

/* history.c */
typedef enum change_kind {
    CHANGE_ADDED = ALN_CHANGE_ADDED, /* units unit..last */
    CHANGE_EDITED = ALN_CHANGE_EDITED,
    CHANGE_DELETED = ALN_CHANGE_DELETED,
    CHANGE_SET_ADDED = 3, /* unit is the set's */
    CHANGE_SET_REMOVED = 4,
} change_kind;

aln_status history_unit_added(aln_memory *memory, int64_t id, aln_error *error);
aln_status history_flush(aln_memory *memory, aln_error *error);
aln_status unit_unpack(aln_memory *memory, int64_t id, unpacker *from,
                       unit_reader *reader, aln_error *error); /* past.c */

/* Both are told before the rows change. */
aln_status history_unit(aln_memory *memory, change_kind kind, int64_t id,
                        aln_error *error);
aln_status history_set(aln_memory *memory, change_kind kind, int64_t set,
                       aln_error *error);

#endif
