/* align/manage.h - look after a memory: change, clean, join, check, undo.
 *
 *     aln_memory *memory;
 *     if (aln_memory_open("m.db", ALN_MEMORY_WRITE, &memory, &error)) ...
 *     if (aln_memory_set_flags(memory, 17, ALN_FLAG_APPROVED, 0, &error)) ...
 *     aln_memory_close(memory);
 *
 * Outside of aln_memory_begin and aln_memory_commit every call is a transaction of its
 * own.  What was there before a change is kept in the history until it is forgotten
 * (aln_memory_vacuum), so that the latest batch can be undone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_MANAGE_H
#define ALIGN_MANAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/memory.h>
#include <align/status.h>
#include <align/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- single units ---- */

/* Put other texts, metadata, score and flags in the place of the unit of unit->id.  It
 * keeps its place among its neighbours.  ALN_NOT_FOUND where there is none. */
ALN_API ALN_CHECKED aln_status aln_memory_edit(aln_memory *memory, const aln_unit *unit,
                                               aln_error *error);
ALN_API ALN_CHECKED aln_status aln_memory_delete(aln_memory *memory, int64_t id,
                                                 aln_error *error);

/* Set some flags and clear others: ALN_FLAG_APPROVED is what people mostly set. */
ALN_API ALN_CHECKED aln_status aln_memory_set_flags(aln_memory *memory, int64_t id,
                                                    unsigned set, unsigned clear,
                                                    aln_error *error);

/* ---- what is in it ---- */

typedef struct aln_language_count {
    const char *language;
    int64_t variants;
} aln_language_count;

typedef struct aln_document_count {
    aln_document document;
    int64_t units; /* of its set; where a variant names it: those variants */
} aln_document_count;

/* All of it belongs to the summary. */
typedef struct aln_summary {
    int version; /* of the schema */
    int64_t bytes;
    int64_t units, variants, approved, edited, without_score;
    int64_t loose;      /* units that belong to no document */
    int64_t tenths[10]; /* units with a score in [0, .1), ... [.9, 1] */
    int64_t batches;
    const aln_language_count *languages; /* most frequent first */
    size_t n_languages;
    const aln_document_count *documents; /* in the order in which they were added */
    size_t n_documents;
} aln_summary;

ALN_API ALN_CHECKED aln_status aln_memory_summary(aln_memory *memory,
                                                  aln_summary **summary,
                                                  aln_error *error);
ALN_API void aln_summary_free(aln_summary *summary);

/* ---- search and replace ---- */

typedef struct aln_replacement {
    const char *from; /* words, to the letter, or a regular expression (ICU's syntax) */
    const char *to;   /* of an expression "$1" and "${name}" stand for its groups */
    const char *language; /* range: in these texts; NULL: in any */
    bool regex;
    bool ignore_case;
    bool dry_run; /* only tell */
} aln_replacement;

/* A unit that changes; after is NULL where it is left alone, because what is to be
 * replaced stands across an inline tag.  Both hold for the call. */
typedef void aln_replace_tell(void *context, const aln_unit *before,
                              const aln_unit *after);

/* Replace in texts and in their markup outside of tags.  filter and tell may be NULL; *n
 * becomes the number of units that change.  ALN_SYNTAX, with the column, for what is no
 * expression; ALN_UNSUPPORTED for one that takes more than a second for a text. */
ALN_API ALN_CHECKED aln_status aln_memory_replace(aln_memory *memory,
                                                  const aln_filter *filter,
                                                  const aln_replacement *what,
                                                  aln_replace_tell *tell, void *context,
                                                  size_t *n, aln_error *error);

/* ---- duplicates ---- */

/* Which of several units with the same languages and texts stays.  An approved one is
 * preferred by all. */
typedef enum aln_keep {
    ALN_KEEP_FIRST = 0,  /* the one that was added first */
    ALN_KEEP_NEWEST = 1, /* by changedate, else creationdate, else the last added */
    ALN_KEEP_BEST = 2,   /* by score */
} aln_keep;

typedef struct aln_dedupe_options {
    aln_keep keep;
    bool merge_meta;  /* the one that stays gets the properties and notes of all */
    bool same_source; /* equal first variants suffice, whatever the translations say */
    bool dry_run;     /* only count */
} aln_dedupe_options;

/* filter and options may be NULL. */
ALN_API ALN_CHECKED aln_status aln_memory_dedupe(aln_memory *memory,
                                                 const aln_filter *filter,
                                                 const aln_dedupe_options *options,
                                                 size_t *removed, aln_error *error);

/* ---- several memories ---- */

/* Add to an empty memory what n others hold together.  Units of the same documents at
 * the same position with the same texts become one; an edited unit stands in for what
 * it was before.  The result depends on what the memories hold and on nothing else: not
 * on their order, nor on which were merged first. */
ALN_API ALN_CHECKED aln_status aln_memory_merge(aln_memory *into,
                                                aln_memory *const *from, size_t n,
                                                aln_error *error);

typedef enum aln_difference {
    ALN_ONLY_IN_A = 0,
    ALN_ONLY_IN_B = 1,
    ALN_DIFFERS = 2, /* the same texts, but other metadata, score or flags */
} aln_difference;

/* Tell what two memories do not share; units are compared by content, not by id, and
 * counted: twice is not once.  Of those that differ, B's is told.  *n becomes the number of differences.  tell may be NULL. */
ALN_API ALN_CHECKED aln_status
aln_memory_diff(aln_memory *a, aln_memory *b,
                void (*tell)(void *context, aln_difference kind, const aln_unit *unit),
                void *context, size_t *n, aln_error *error);

/* ---- the file ---- */

/* Copy a memory while others use it.  The copy appears whole or not at all. */
ALN_API ALN_CHECKED aln_status aln_memory_backup(aln_memory *memory, const char *path,
                                                 aln_error *error);

/* Give unused space back; keep only the newest batches of the history (a negative
 * number: all). */
ALN_API ALN_CHECKED aln_status aln_memory_vacuum(aln_memory *memory,
                                                 int64_t keep_batches,
                                                 aln_error *error);

/* Look for damage: the file's pages, references between rows, and what only this
 * library knows.  tell gets a sentence for each problem; *n their number. */
ALN_API ALN_CHECKED aln_status
aln_memory_check(aln_memory *memory, void (*tell)(void *context, const char *problem),
                 void *context, size_t *n, aln_error *error);

/* ---- history ---- */

typedef enum aln_change_kind {
    ALN_CHANGE_ADDED = 0,
    ALN_CHANGE_EDITED = 1,
    ALN_CHANGE_DELETED = 2,
} aln_change_kind;

typedef struct aln_change {
    int64_t batch;
    int64_t time; /* seconds since 1970 */
    const char *who, *what;
    aln_change_kind kind;
    int64_t first, last;    /* ids of the units */
    const aln_unit *before; /* NULL for what was added */
} aln_change;

/* Oldest first; unit 0 means all.  Stops where tell returns false. */
ALN_API ALN_CHECKED aln_status
aln_memory_history(aln_memory *memory, int64_t unit,
                   bool (*tell)(void *context, const aln_change *change), void *context,
                   aln_error *error);

/* Undo the latest batch and take it out of the history.  *batch becomes its number and
 * *units how many units changed.  ALN_NOT_FOUND where there is none; ALN_INVALID where
 * another batch has changed one of its units since. */
ALN_API ALN_CHECKED aln_status aln_memory_undo(aln_memory *memory, int64_t *batch,
                                               size_t *units, aln_error *error);

/* A cache of what takes long to compute for a text, such as its vector by the model
 * called name.  No export, merge or comparison sees it.  An entry that is there already
 * is replaced. */
ALN_API ALN_CHECKED aln_status aln_memory_cache_put(aln_memory *memory,
                                                    const char *name, const char *text,
                                                    size_t size, const void *bytes,
                                                    size_t n, aln_error *error);

/* *bytes becomes a copy to be freed with free(), or NULL where there is none. */
ALN_API ALN_CHECKED aln_status aln_memory_cache_get(aln_memory *memory,
                                                    const char *name, const char *text,
                                                    size_t size, void **bytes,
                                                    size_t *n, aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
