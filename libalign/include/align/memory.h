/* align/memory.h - the translation memory: one SQLite file.
 *
 *     aln_memory *memory;
 *     if (aln_memory_open("m.db", ALN_MEMORY_CREATE, &memory, &error)) ...
 *     if (aln_memory_begin(memory, &error)) ...
 *     if (aln_memory_add_unit(memory, &unit, &id, &error)) ...
 *     if (aln_memory_commit(memory, &error)) ...
 *     aln_memory_close(memory);
 *
 * What is not committed has not happened.  One handle serves one thread at a time; any
 * number of handles and processes may read while one writes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_MEMORY_H
#define ALIGN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>
#include <align/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_memory aln_memory;
typedef struct aln_cursor aln_cursor;

typedef enum aln_memory_mode {
    ALN_MEMORY_READ = 0,   /* must exist */
    ALN_MEMORY_WRITE = 1,  /* must exist */
    ALN_MEMORY_CREATE = 2, /* made where it does not exist */
} aln_memory_mode;

/* A text that units come from: a page, or an imported file. */
typedef struct aln_document {
    const char *uri;      /* its name in the memory: a path or a URL; bytes of it that
                           * are not UTF-8 are kept, and found, as "%FF" */
    const char *sha256;   /* of its bytes, 64 hexadecimal digits, or NULL */
    const char *language; /* BCP 47, or NULL where it holds several */
    const char *title;    /* these may be NULL */
    const char *date;
    const char *source;
} aln_document;

/* Fails with ALN_CORRUPT for what is no memory, ALN_UNSUPPORTED for one of a newer
 * version, ALN_BUSY when another process holds it too long. */
ALN_API ALN_CHECKED aln_status aln_memory_open(const char *path, aln_memory_mode mode,
                                               aln_memory **memory, aln_error *error);

/* Rolls back what was not committed.  NULL is allowed. */
ALN_API void aln_memory_close(aln_memory *memory);

/* One transaction at a time.  Outside of one every call below is its own. */
ALN_API ALN_CHECKED aln_status aln_memory_begin(aln_memory *memory, aln_error *error);
ALN_API ALN_CHECKED aln_status aln_memory_commit(aln_memory *memory, aln_error *error);
ALN_API void aln_memory_rollback(aln_memory *memory);

/* Who writes and with what ("maria", "import m.tmx"): kept in the history with every
 * change that follows, as one batch.  Both may be NULL. */
ALN_API ALN_CHECKED aln_status aln_memory_set_author(aln_memory *memory,
                                                     const char *who, const char *what,
                                                     aln_error *error);

/* A set of documents that units come from together: the language versions of one
 * communiqué, or one imported file.  *known becomes true where the same documents (uri
 * and sha256) are already in the memory: nothing is to be added then.  Where a document
 * of the set is there with other bytes, the set that held it is replaced: its units go,
 * but for those with ALN_FLAG_APPROVED, which stand in for the new units that say what
 * they said when they were added, or follow after the last.  A set is also replaced by
 * one that holds the same documents and more.  Documents without sha256 are never known
 * and replace nothing. */
ALN_API ALN_CHECKED aln_status aln_memory_add_documents(aln_memory *memory,
                                                        const aln_document *documents,
                                                        size_t n, bool *known,
                                                        aln_error *error);

/* What aln_memory_add_documents would say of *known; changes nothing. */
ALN_API ALN_CHECKED aln_status aln_memory_knows(aln_memory *memory,
                                                const aln_document *documents, size_t n,
                                                bool *known, aln_error *error);

/* What the file of the latest set of documents says of itself (aln_reader_header): kept
 * with the set, in place of what it said before. */
ALN_API ALN_CHECKED aln_status aln_memory_add_header(aln_memory *memory,
                                                     const aln_meta *items, size_t n,
                                                     aln_error *error);

/* Add a unit after those of the latest set of documents, in their order.  id may be
 * NULL. */
ALN_API ALN_CHECKED aln_status aln_memory_add_unit(aln_memory *memory,
                                                   const aln_unit *unit, int64_t *id,
                                                   aln_error *error);

/* The unit of an id: the memory's until its next call.  ALN_NOT_FOUND where there is
 * none. */
ALN_API ALN_CHECKED aln_status aln_memory_unit(aln_memory *memory, int64_t id,
                                               const aln_unit **unit, aln_error *error);

/* Which units.  All zero means every one. */
typedef struct aln_filter {
    const char *const *languages; /* units with a variant of each of these, and only
                                   * those variants; ends with NULL */
    const char *document;         /* uri */
    const char *source;
    const char *since, *until; /* ISO 8601 dates of the documents, inclusive */
    double min_score;          /* units without a score pass */
    double below_score;        /* units without a score do not; 0 means no limit */
    const char *text;          /* a variant holds it, byte for byte */
    unsigned flags;            /* units with any of these */
    unsigned without_flags;    /* units with none of these */
    int64_t unit;              /* the one of this id; 0 means any */
} aln_filter;

/* Walk over units in the order in which they were added.  filter may be NULL. */
ALN_API ALN_CHECKED aln_status aln_memory_units(aln_memory *memory,
                                                const aln_filter *filter,
                                                aln_cursor **cursor, aln_error *error);

/* *unit is the cursor's until its next use; NULL after the last. */
ALN_API ALN_CHECKED aln_status aln_cursor_next(aln_cursor *cursor,
                                               const aln_unit **unit, aln_error *error);
ALN_API void aln_cursor_free(aln_cursor *cursor);

/* What the files whose units pass a filter say of themselves, as one header: attributes
 * that all agree on; notes, properties and maps once each, in the order in which they
 * were added.  Languages of the filter do not count.  The items are the memory's until
 * the next call of this function. */
ALN_API ALN_CHECKED aln_status aln_memory_header(aln_memory *memory,
                                                 const aln_filter *filter,
                                                 const aln_meta **items, size_t *n,
                                                 aln_error *error);

/* Whoever learns from the units of a memory, such as an aln_learner. */
typedef struct aln_pupil {
    void *context;
    /* Go on from what save gave.  ALN_CORRUPT or ALN_UNSUPPORTED: it cannot, knows
     * nothing, and is told of all units. */
    aln_status (*recall)(void *context, const void *bytes, size_t size,
                         aln_error *error);
    aln_status (*take)(void *context, const aln_unit *unit, aln_error *error);
    /* What to keep, the pupil's until its next call; not nothing. */
    aln_status (*save)(void *context, const void **bytes, size_t *size,
                       aln_error *error);
} aln_pupil;

/* Bring a pupil up to date: it recalls what it knew when it was here last, takes the
 * units that have come since, in their order, and what it knows then is kept.  It takes
 * all units where nothing is kept under this name, or where more than one in a hundred of
 * those that it knows has been edited or deleted.  One transaction; a memory that is open
 * for reading keeps nothing.  No export, merge or comparison sees what is kept. */
ALN_API ALN_CHECKED aln_status aln_memory_learn(aln_memory *memory, const char *name,
                                                const aln_pupil *pupil,
                                                aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
