/* index_check.c - does the index hold every variant, as it is now?
 *
 * The numbers of all entries with the hash of their codes are sorted in memory (16
 * bytes each); then every variant is cut into tokens again and looked for.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/index_reader.h"

typedef struct entry {
    int64_t variant;
    uint64_t codes;
} entry;

typedef struct entries {
    vec(entry) list;
    bool full; /* out of memory */
} entries;

static void auto_entries(entries *all)
{
    vec_free(&all->list);
}

AUTO_DEFINE(reader, index_reader *, index_reader_close)

static void auto_text(index_text *text)
{
    index_text_done(text);
}

static void keep(void *context, int64_t variant, uint64_t codes)
{
    entries *all = context;
    if (vec_push(&all->list, (entry){variant, codes})) all->full = true;
}

static int by_variant(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->variant != y->variant) return x->variant > y->variant ? 1 : -1;
    return (x->codes > y->codes) - (x->codes < y->codes);
}

static aln_status gather(sqlite3 *handle, index_reader *reader, entries *all,
                         aln_error *error)
{
    aln_status status = ALN_OK;
    db_query query = db_prepare(handle, "SELECT language FROM index_run UNION "
                                        "SELECT language FROM index_tail");
    while (!status && db_step(&query))
        status = index_entries(reader, sqlite3_column_int64(query.statement, 0), keep,
                               all, error);
    aln_status finished = db_finish(&query, status ? NULL : error);
    if (status || finished) return status ? status : finished;
    if (all->full) return error_no_memory(error);
    if (all->list.n) qsort(all->list.at, all->list.n, sizeof *all->list.at, by_variant);
    return ALN_OK;
}

static uint64_t hash_codes(const index_text *text, str *room)
{
    str_clear(room);
    if (text->n > INDEX_LONGEST) return hash_bytes("", 0);
    for (size_t i = 0; i < text->n; i++) {
        unsigned char bytes[2];
        index_put(bytes, index_code(text->hashes[i]), 2);
        if (str_add(room, (const char *)bytes, 2)) return 0;
    }
    return hash_bytes(str_text(room), room->size);
}

static bool holds(const entries *all, int64_t variant, uint64_t codes)
{
    entry wanted = {variant, codes};
    return all->list.n && bsearch(&wanted, all->list.at, all->list.n,
                                  sizeof *all->list.at, by_variant);
}

static aln_status count_missing(sqlite3 *handle, const index_source *source,
                                const entries *all, size_t *missing, aln_error *error)
{
    AUTO(text) index_text text = {0};
    AUTO(str) str room = {0};
    aln_status status = ALN_OK;
    *missing = 0;
    db_query query = db_prepare(handle, source->all);
    while (!status && db_step(&query)) {
        const char *bytes = (const char *)sqlite3_column_text(query.statement, 2);
        status =
            index_text_read(&text, bytes ? bytes : "",
                            (size_t)sqlite3_column_bytes(query.statement, 2), error);
        if (!status && text.n &&
            !holds(all, sqlite3_column_int64(query.statement, 0),
                   hash_codes(&text, &room)))
            ++*missing;
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

aln_status index_check(sqlite3 *handle, const index_source *source, size_t *missing,
                       size_t *n_entries, aln_error *error)
{
    AUTO(reader) index_reader *reader = NULL;
    AUTO(entries) entries all = {0};
    TRY(index_reader_open(handle, source, &reader, error));
    TRY(index_reader_refresh(reader, error));
    TRY(gather(handle, reader, &all, error));
    TRY(count_missing(handle, source, &all, missing, error));
    *n_entries = all.list.n;
    return ALN_OK;
}
