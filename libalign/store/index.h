/* index.h - finds the variants whose tokens resemble a text's; lives in the memory's
 * file.
 *
 * Writing, inside the transaction that changes the variants:
 *
 *     index_writer *writer;
 *     TRY(index_writer_open(db, &source, &writer, error));    makes its tables
 *     TRY(index_add(writer, variant, language, text, size, error));
 *     TRY(index_flush(writer, error));                        before COMMIT
 *     index_forget(writer);                                   after ROLLBACK
 *     index_writer_close(writer);
 *
 * An edited variant is removed and added.  Additions wait in memory (at most about
 * 200 MB, then they are written by themselves), so nothing is searchable before the
 * flush.  The index only proposes: whoever searches compares with the variant's text,
 * so that an entry left behind by a removal is never seen.  index_format.h says how it
 * is stored, index_reader.h how it is searched.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STORE_INDEX_H
#define STORE_INDEX_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

typedef struct index_writer index_writer;

/* Where the texts are: the index keeps none.  The strings must outlive the writer. */
typedef struct index_source {
    const char *one; /* SQL: the row (language, text) of the variant with id ?1 */
    const char *all; /* SQL: rows (id, language, text) of all variants */
} index_source;

/* Creates the index's tables where they and the texts are missing: open it outside of a
 * transaction or at the start of one.  Where there are texts and no index nothing is
 * indexed until index_rebuild.  The database stays the caller's. */
aln_status index_writer_open(sqlite3 *db, const index_source *source,
                             index_writer **writer, aln_error *error);

/* NULL is allowed.  What was not flushed is lost. */
void index_writer_close(index_writer *writer);

/* text is UTF-8; it is not kept. */
aln_status index_add(index_writer *writer, int64_t variant, int64_t language,
                     const char *text, size_t size, aln_error *error);

/* The variant is gone, or is about to be added again with another text. */
aln_status index_remove(index_writer *writer, int64_t variant, int64_t language,
                        aln_error *error);

/* Write what waits.  Must be called before COMMIT. */
aln_status index_flush(index_writer *writer, aln_error *error);

/* Give the index of a memory that nobody has read yet a fixed generation, so that equal
 * memories are equal files. */
aln_status index_settle(sqlite3 *db, aln_error *error);

/* Drop what waits: the transaction it belonged to was rolled back. */
void index_forget(index_writer *writer);

/* Throw the index away, in the caller's transaction. */
aln_status index_drop(index_writer *writer, aln_error *error);

/* Throw the index away and make it again from all variants, in the caller's
 * transaction.  progress, unless NULL, hears the number of variants now and then. */
aln_status index_rebuild(index_writer *writer,
                         void (*progress)(void *context, size_t n), void *context,
                         aln_error *error);

/* Compare the index with all variants.  *missing becomes the number of variants it
 * would not find (0 in a sound one), *entries that of its entries, the left behind
 * among them. Fails with ALN_CORRUPT where it cannot be read. */
aln_status index_check(sqlite3 *db, const index_source *source, size_t *missing,
                       size_t *entries, aln_error *error);

#endif
