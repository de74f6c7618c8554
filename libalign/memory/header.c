/* header.c - what imported files say of themselves.
 *
 * Items of a header stay with the set of documents that the file made.  An export joins
 * those of the sets it draws from: an attribute that they all agree on, and every note,
 * property and map once, in the order in which they were added.
 *
 *     a.tmx  segtype=block   note "from Astana"   prop x-client=SCO
 *     b.tmx  segtype=block   note "from Almaty"   prop x-client=SCO   datatype=html
 *     both   segtype=block datatype=html  note, prop, note
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "memory/memory.h"

aln_status header_insert(aln_memory *memory, int64_t set, const aln_meta *items,
                         size_t n, aln_error *error)
{
    if (!n) return ALN_OK;
    AUTO(str) str packed = {0};
    if (pack_meta(&packed, items, n)) return error_no_memory(error);
    db_query query =
        db_cached(&memory->db, "INSERT OR REPLACE INTO header VALUES (?1, ?2)");
    db_bind_int(&query, 1, set);
    db_bind_blob(&query, 2, packed.at, packed.size);
    db_step(&query);
    return db_finish(&query, error);
}

aln_status aln_memory_add_header(aln_memory *memory, const aln_meta *items, size_t n,
                                 aln_error *error)
{
    if (n && !items) return error_set(error, ALN_INVALID, "the items are missing");
    if (!memory->set)
        return error_set(error, ALN_INVALID, "a header belongs to documents");
    bool own;
    TRY(memory_enter(memory, &own, error));
    aln_status status = header_insert(memory, memory->set, items, n, error);
    return memory_leave(memory, own, status, error);
}

aln_status header_read(aln_memory *memory, int64_t set, arena *texts,
                       const aln_meta **items, size_t *n, aln_error *error)
{
    *items = NULL;
    *n = 0;
    if (memory->version < FIRST_WITH_HEADERS) return ALN_OK;

    db_query query =
        db_cached(&memory->db, "SELECT meta FROM header WHERE document_set = ?1");
    db_bind_int(&query, 1, set);
    aln_status status = ALN_OK;
    if (db_step(&query)) {
        size_t size = db_size(&query, 0);
        const char *packed =
            arena_copy(texts, sqlite3_column_blob(query.statement, 0), size);
        status = packed ? unpack_meta(packed, size, texts, items, n, error)
                        : error_no_memory(error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

/* ---- several as one ---- */

typedef struct joined {
    meta_list *out;
    vec(aln_meta) attributes; /* by the number of their name; no value: disputed */
    vec(aln_meta) others;
    intern names, seen; /* of attributes; the others, packed */
} joined;

static void auto_joined(joined *all)
{
    vec_free(&all->attributes);
    vec_free(&all->others);
    intern_done(&all->names);
    intern_done(&all->seen);
}

static aln_status join_attribute(joined *all, const aln_meta *item)
{
    const char *name = item->name ? item->name : "";
    uint32_t number, known = all->names.n;
    TRY(intern_add(&all->names, name, strlen(name), &number));
    if (number == known) return vec_push(&all->attributes, *item);

    aln_meta *other = &all->attributes.at[number];
    if (other->value && strcmp(other->value, item->value) != 0) other->value = NULL;
    return ALN_OK;
}

/* One header may say a thing twice; a second one repeats nothing. */
static aln_status join_item(joined *all, const aln_meta *item, bool first)
{
    if (item->kind == ALN_META_ATTRIBUTE) return join_attribute(all, item);

    AUTO(str) str packed = {0};
    uint32_t number, known = all->seen.n;
    TRY(pack_meta(&packed, item, 1));
    TRY(intern_add(&all->seen, packed.at, packed.size, &number));
    if (number < known && !first) return ALN_OK;
    return vec_push(&all->others, *item);
}

/* A memory without any unit still has what the files said in which there were none. */
static aln_status join_headers(aln_memory *memory, conditions *of, joined *all,
                               aln_error *error)
{
    db_query query;
    if (conditions_query(of, memory->db.handle,
                         "SELECT document_set FROM header h "
                         "WHERE NOT EXISTS (SELECT 1 FROM unit) OR EXISTS (SELECT 1 "
                         "FROM unit u WHERE u.document_set = h.document_set",
                         ") ORDER BY document_set", &query))
        return error_no_memory(error);
    aln_status status = ALN_OK;
    for (bool first = true; !status && db_step(&query); first = false) {
        const aln_meta *items;
        size_t n;
        status =
            header_read(memory, db_int(&query, 0), &all->out->texts, &items, &n, error);
        for (size_t i = 0; i < n && !status; i++)
            if (join_item(all, &items[i], first)) status = error_no_memory(error);
    }
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static aln_status put_items(joined *all)
{
    for (size_t i = 0; i < all->attributes.n; i++)
        if (all->attributes.at[i].value)
            TRY(vec_push(&all->out->items, all->attributes.at[i]));
    for (size_t i = 0; i < all->others.n; i++)
        TRY(vec_push(&all->out->items, all->others.at[i]));
    return ALN_OK;
}

aln_status aln_memory_header(aln_memory *memory, const aln_filter *filter,
                             const aln_meta **items, size_t *n, aln_error *error)
{
    meta_list *out = &memory->header;
    arena_clear(&out->texts);
    vec_clear(&out->items);
    if (memory->version >= FIRST_WITH_HEADERS) {
        AUTO(conditions) conditions of = {0};
        AUTO(joined) joined all = {.out = out};
        if (conditions_add(&of, filter)) return error_no_memory(error);
        TRY(join_headers(memory, &of, &all, error));
        if (put_items(&all)) return error_no_memory(error);
    }
    *items = out->items.at;
    *n = out->items.n;
    return ALN_OK;
}

void meta_list_done(meta_list *list)
{
    arena_done(&list->texts);
    vec_free(&list->items);
}
