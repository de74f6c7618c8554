/* merge.c - one memory that holds what several hold.
 *
 * A unit's name is (its documents' names and bytes, its position among them, the hash of
 * its texts, the hash of what it said before it was edited).  Merging is the union of
 * these names; units of the same name are joined (union.c).  An unedited unit goes where
 * an edited one of the same documents and position says that it was it.  Both steps give
 * the same whatever the order, so shards may be merged in any:
 *
 *     merge(A, B) = merge(B, A)   merge(A, A) = A   merge(merge(A, B), C) = merge(A, B, C)
 *
 * Units without documents have no position; equal ones become one.  Everything is
 * written in the order of the names, so that equal contents give equal files.  The
 * history stays with the memories that were merged.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "memory/memory.h"

typedef struct item {
    uint32_t set;    /* a number for the name of the set; its rank after sorting */
    uint32_t memory; /* index of the memory it is in */
    int64_t position;
    uint64_t content, origin;
    int64_t id;
} item;

typedef struct merger {
    aln_memory *into;
    aln_memory *const *from;
    size_t n;
    intern sets;     /* names of sets, "" for none */
    uint32_t *ranks; /* by number */
    vec(item) items;
    vec(item) edited; /* the edited among them, by what they were */
    arena texts;
} merger;

static void merger_done(merger *all)
{
    intern_done(&all->sets);
    free(all->ranks);
    vec_free(&all->items);
    vec_free(&all->edited);
    arena_done(&all->texts);
}

/* "uri NUL sha256 NUL" for each document the set was added with. */
static aln_status name_of_set(aln_memory *memory, int64_t set, str *name,
                              aln_error *error)
{
    db_query query = db_cached(
        &memory->db,
        "SELECT d.uri, coalesce(hex(d.sha256), '') FROM document d JOIN document_set s "
        "ON "
        "s.id = d.document_set WHERE d.document_set = ?1 AND d.place < s.size ORDER BY "
        "d.place");
    db_bind_int(&query, 1, set);
    bool failed = false;
    while (!failed && db_step(&query))
        for (int i = 0; i < 2 && !failed; i++)
            failed = !db_text(&query, i) ||
                     str_add(name, db_text(&query, i), db_size(&query, i) + 1);
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

/* Sets come in runs: the name is asked for once a run. */
static aln_status number_of_set(merger *all, size_t from, int64_t set, uint32_t *number,
                                aln_error *error)
{
    AUTO(str) str name = {0};
    if (set) TRY(name_of_set(all->from[from], set, &name, error));
    if (set && str_putc(&name, 's')) return error_no_memory(error); /* never empty */
    if (intern_add(&all->sets, str_text(&name), name.size, number))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status first_of(aln_memory *memory, int64_t set, int64_t *first,
                           aln_error *error)
{
    db_query query =
        db_cached(&memory->db, "SELECT first FROM document_set WHERE id = ?1");
    db_bind_int(&query, 1, set);
    *first = db_step(&query) ? db_int(&query, 0) : 0;
    return db_finish(&query, error);
}

typedef struct current_set {
    int64_t id, first;
    uint32_t number;
} current_set;

/* A crafted set may begin anywhere: the difference must not overflow. */
static int64_t place_of(const unit_reader *reader, int64_t first)
{
    if (reader->position >= 0) return reader->position;
    return (int64_t)((uint64_t)reader->unit.id - (uint64_t)first);
}

static aln_status add_item(merger *all, size_t from, unit_reader *reader,
                           current_set *set, aln_error *error)
{
    if (reader->set != set->id) {
        set->id = reader->set;
        TRY(number_of_set(all, from, set->id, &set->number, error));
        TRY(first_of(all->from[from], set->id, &set->first, error));
    }
    item one = {.set = set->number,
                .memory = (uint32_t)from,
                .content = content_hash(&reader->unit),
                .origin = (uint64_t)reader->origin,
                .id = reader->unit.id};
    if (set->id) one.position = place_of(reader, set->first);
    if (vec_push(&all->items, one)) return error_no_memory(error);
    return ALN_OK;
}

static aln_status read_memory(merger *all, size_t from, aln_error *error)
{
    aln_memory *memory = all->from[from];
    unit_reader reader = {0};
    current_set set = {.id = -1};
    db_query query = db_prepare(memory->db.handle,
                                "SELECT " UNIT_COLUMNS " FROM unit u ORDER BY u.id");
    aln_status status = ALN_OK;
    while (!status && db_step(&query)) {
        status = unit_read_row(memory, &query, &reader, error);
        if (!status) status = add_item(all, from, &reader, &set, error);
    }
    unit_reader_done(&reader);
    aln_status finished = db_finish(&query, status ? NULL : error);
    return status ? status : finished;
}

static int compare_names(const void *left, const void *right, void *context)
{
    const intern *sets = context;
    size_t n, m;
    const char *a = intern_text(sets, *(const uint32_t *)left, &n);
    const char *b = intern_text(sets, *(const uint32_t *)right, &m);
    if (!n || !m) return (n == 0) - (m == 0); /* what has no documents comes last */
    int order = memcmp(a, b, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

static aln_status rank_sets(merger *all, aln_error *error)
{
    AUTO(free) uint32_t *order = calloc((size_t)all->sets.n + 1, sizeof *order);
    all->ranks = calloc((size_t)all->sets.n + 1, sizeof *all->ranks);
    if (!order || !all->ranks) return error_no_memory(error);
    for (uint32_t i = 0; i < all->sets.n; i++)
        order[i] = i;
    qsort_r(order, all->sets.n, sizeof *order, compare_names, &all->sets);
    for (uint32_t i = 0; i < all->sets.n; i++)
        all->ranks[order[i]] = i;
    for (size_t i = 0; i < all->items.n; i++)
        all->items.at[i].set = all->ranks[all->items.at[i].set];
    return ALN_OK;
}

static int by_number(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_place(const item *a, const item *b)
{
    if (a->set != b->set) return by_number(a->set, b->set);
    return (a->position > b->position) - (a->position < b->position);
}

static int compare_name(const item *a, const item *b)
{
    int order = compare_place(a, b);
    if (!order) order = by_number(a->content, b->content);
    return order ? order : by_number(a->origin, b->origin);
}

static int compare_items(const void *left, const void *right)
{
    const item *a = left, *b = right;
    int order = compare_name(a, b);
    if (!order) order = by_number(a->memory, b->memory);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

/* Edited units by place and by what they were. */
static int compare_edited(const void *left, const void *right)
{
    const item *a = left, *b = right;
    int order = compare_place(a, b);
    return order ? order : by_number(a->origin, b->origin);
}

static aln_status sort_items(merger *all, aln_error *error)
{
    TRY(rank_sets(all, error));
    for (size_t i = 0; i < all->items.n; i++)
        if (all->items.at[i].origin && vec_push(&all->edited, all->items.at[i]))
            return error_no_memory(error);
    if (all->items.n) qsort(all->items.at, all->items.n, sizeof(item), compare_items);
    if (all->edited.n)
        qsort(all->edited.at, all->edited.n, sizeof(item), compare_edited);
    return ALN_OK;
}

/* Has somebody edited this very unit in one of the memories? */
static bool is_outdated(const merger *all, const item *one)
{
    if (one->origin || !all->edited.n) return false;
    item was = *one;
    was.origin = one->content;
    return bsearch(&was, all->edited.at, all->edited.n, sizeof was, compare_edited);
}

/* Of what memories say about the documents of one set, the greatest stays. */
typedef vec(aln_document) documents;

static void keep_greater(const char **kept, const char *text)
{
    if (text && (!*kept || strcmp(text, *kept) > 0)) *kept = text;
}

static aln_status copy(arena *texts, const char *text, const char **out)
{
    *out = NULL;
    if (!text) return ALN_OK;
    *out = arena_copy(texts, text, strlen(text));
    return *out ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status join_document(documents *list, size_t place, const db_query *query,
                                arena *texts)
{
    const char *columns[6];
    for (int i = 0; i < 6; i++)
        TRY(copy(texts, db_text(query, i), &columns[i]));
    if (place == list->n) TRY(vec_push(list, (aln_document){.uri = columns[0]}));
    aln_document *one = &list->at[place];
    keep_greater(&one->sha256, columns[1]);
    keep_greater(&one->language, columns[2]);
    keep_greater(&one->title, columns[3]);
    keep_greater(&one->date, columns[4]);
    keep_greater(&one->source, columns[5]);
    return ALN_OK;
}

static aln_status join_documents(merger *all, const item *one, documents *list,
                                 aln_error *error)
{
    aln_memory *memory = all->from[one->memory];
    db_query query = db_cached(
        &memory->db,
        "SELECT d.uri, lower(hex(d.sha256)), d.language, d.title, d.date, d.source "
        "FROM "
        "unit u JOIN document_set s ON s.id = u.document_set JOIN document d ON "
        "d.document_set = s.id WHERE u.id = ?1 AND d.place < s.size ORDER BY d.place");
    db_bind_int(&query, 1, one->id);
    bool failed = false;
    for (size_t place = 0; !failed && db_step(&query); place++)
        failed = join_document(list, place, &query, &all->texts);
    TRY(db_finish(&query, error));
    return failed ? error_no_memory(error) : ALN_OK;
}

typedef struct joined_set {
    documents list;
    const aln_meta *header;
    size_t n_header;
} joined_set;

static aln_status join_header(merger *all, const item *one, joined_set *joined,
                              aln_error *error)
{
    aln_memory *memory = all->from[one->memory];
    const aln_meta *items;
    size_t n;
    db_query query =
        db_cached(&memory->db, "SELECT document_set FROM unit WHERE id = ?1");
    db_bind_int(&query, 1, one->id);
    int64_t set = db_step(&query) ? db_int(&query, 0) : 0;
    TRY(db_finish(&query, error));
    TRY(header_read(memory, set, &all->texts, &items, &n, error));
    if (!joined->n_header) {
        joined->header = items;
        joined->n_header = n;
        return ALN_OK;
    }
    if (n && meta_join(joined->header, joined->n_header, items, n, &all->texts,
                       &joined->header, &joined->n_header))
        return error_no_memory(error);
    return ALN_OK;
}

/* Items [start, end) are those of one set; the units of a memory stand in it by id, so
 * one unit of each memory tells about the documents. */
static aln_status join_set(merger *all, size_t start, size_t end, joined_set *joined,
                           aln_error *error)
{
    for (uint32_t memory = 0; memory < all->n; memory++)
        for (size_t i = start; i < end; i++)
            if (all->items.at[i].memory == memory) {
                TRY(join_documents(all, &all->items.at[i], &joined->list, error));
                TRY(join_header(all, &all->items.at[i], joined, error));
                break;
            }
    return ALN_OK;
}

static aln_status write_set(merger *all, size_t start, size_t end, int64_t *set,
                            aln_error *error)
{
    joined_set joined = {.n_header = 0};
    arena_clear(&all->texts);
    aln_status status = join_set(all, start, end, &joined, error);
    documents *list = &joined.list;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].sha256 && !*list->at[i].sha256) list->at[i].sha256 = NULL;
    if (!status) status = document_set_insert(all->into, list->at, list->n, set, error);
    if (!status)
        status = header_insert(all->into, *set, joined.header, joined.n_header, error);
    vec_free(list);
    return status;
}

static aln_status join_items(merger *all, size_t start, size_t end, unit_reader *first,
                             unit_reader *other, aln_error *error)
{
    for (size_t i = start + 1; i < end; i++) {
        const item *one = &all->items.at[i];
        TRY(unit_read(all->from[one->memory], one->id, other, error));
        if (content_hash_whole(&first->unit) == content_hash_whole(&other->unit))
            continue;
        /* The joined strings move in with the first, before the other is read over. */
        if (unit_join(&first->unit, first->variants.at, &other->unit, &first->texts) ||
            unit_own(first))
            return error_no_memory(error);
    }
    return ALN_OK;
}

typedef struct writing {
    unit_reader first, other;
    int64_t set, set_first, next_id;
} writing;

/* Items [start, end) have the same name. */
static aln_status write_unit(merger *all, size_t start, size_t end, writing *to,
                             aln_error *error)
{
    const item *one = &all->items.at[start];
    if (is_outdated(all, one)) return ALN_OK;

    TRY(unit_read(all->from[one->memory], one->id, &to->first, error));
    TRY(join_items(all, start, end, &to->first, &to->other, error));
    unit_place place = {.set = to->set, .position = -1, .origin = (int64_t)one->origin};
    TRY(unit_next_id(all->into, &place.id, error));
    if (to->set && !to->set_first) {
        to->set_first = place.id;
        TRY(document_set_first(all->into, to->set, place.id, error));
    }
    if (to->set && one->position != place.id - to->set_first)
        place.position = one->position;
    return unit_insert(all->into, &to->first.unit, place, error);
}

static aln_status write_items(merger *all, size_t start, size_t end, writing *to,
                              aln_error *error)
{
    for (size_t next; start < end; start = next) {
        next = start + 1;
        while (next < end &&
               compare_name(&all->items.at[start], &all->items.at[next]) == 0)
            next++;
        TRY(write_unit(all, start, next, to, error));
    }
    return ALN_OK;
}

static bool is_loose(const merger *all, uint32_t rank)
{
    uint32_t number = intern_find(&all->sets, "", 0);
    return number != INTERN_NONE && all->ranks[number] == rank;
}

static aln_status write_all(merger *all, aln_error *error)
{
    writing to = {0};
    aln_status status = ALN_OK;
    for (size_t start = 0, end; start < all->items.n && !status; start = end) {
        uint32_t rank = all->items.at[start].set;
        for (end = start; end < all->items.n && all->items.at[end].set == rank;)
            end++;
        to.set = to.set_first = 0;
        if (!is_loose(all, rank)) status = write_set(all, start, end, &to.set, error);
        if (!status) status = write_items(all, start, end, &to, error);
    }
    unit_reader_done(&to.first);
    unit_reader_done(&to.other);
    return status;
}

static aln_status merge(merger *all, aln_error *error)
{
    int64_t units;
    TRY(db_number(all->into->db.handle, "SELECT count(*) FROM unit", &units, error));
    if (units)
        return error_set(error, ALN_INVALID, "memories are merged into an empty one");
    TRY(learned_drop(all->into, error));
    for (size_t i = 0; i < all->n; i++)
        TRY(read_memory(all, i, error));
    TRY(sort_items(all, error));
    return write_all(all, error);
}

aln_status aln_memory_merge(aln_memory *into, aln_memory *const *from, size_t n,
                            aln_error *error)
{
    merger all = {.into = into, .from = from, .n = n};
    bool own;
    TRY(memory_enter(into, &own, error));
    aln_status status = merge(&all, error);
    merger_done(&all);
    TRY(memory_leave(into, own, status, error));
    return own ? index_settle(into->db.handle, error) : ALN_OK;
}
