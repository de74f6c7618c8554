/* union.c - one unit that knows what several with the same texts know.
 *
 * Where all agree, nothing changes.  Else metadata is joined and sorted; of an attribute
 * that several give (creationdate) the greatest value stays.  The score is the best and
 * the flags are those of all.  The result does not depend on the order of the units nor
 * on how they are grouped: (a + b) + c = a + (b + c), a + a = a.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

typedef vec(aln_meta) metas;

static int compare_texts(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_metas(const void *left, const void *right)
{
    const aln_meta *a = left, *b = right;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    int order = compare_texts(a->name, b->name);
    if (!order) order = compare_texts(a->value, b->value);
    if (!order) order = compare_texts(a->language, b->language);
    return order ? order : compare_texts(a->encoding, b->encoding);
}

static bool same_metas(const aln_meta *a, size_t n, const aln_meta *b, size_t m)
{
    for (size_t i = 0; i < n && n == m; i++)
        if (compare_metas(&a[i], &b[i])) return false;
    return n == m;
}

/* Does the next item of a sorted list make this one needless? */
static bool is_outdone(const aln_meta *item, const aln_meta *next)
{
    if (compare_metas(item, next) == 0) return true;
    return item->kind == ALN_META_ATTRIBUTE && next->kind == ALN_META_ATTRIBUTE &&
           compare_texts(item->name, next->name) == 0;
}

aln_status meta_join(const aln_meta *a, size_t n, const aln_meta *b, size_t m,
                     arena *texts, const aln_meta **out, size_t *count)
{
    *out = a;
    *count = n;
    if (same_metas(a, n, b, m)) return ALN_OK;
    aln_meta *all = arena_array(texts, n + m + 1, sizeof *all);
    if (!all) return ALN_NO_MEMORY;
    if (n) memcpy(all, a, n * sizeof *all);
    if (m) memcpy(all + n, b, m * sizeof *all);
    qsort(all, n + m, sizeof *all, compare_metas);
    size_t kept = 0;
    for (size_t i = 0; i < n + m; i++)
        if (i + 1 == n + m || !is_outdone(&all[i], &all[i + 1])) all[kept++] = all[i];
    *out = all;
    *count = kept;
    return ALN_OK;
}

static aln_status join_variant(aln_variant *to, const aln_variant *from, arena *texts)
{
    if (compare_texts(to->document, from->document) < 0) to->document = from->document;
    return meta_join(to->meta, to->n_meta, from->meta, from->n_meta, texts, &to->meta,
                     &to->n_meta);
}

aln_status unit_join(aln_unit *to, aln_variant *variants, const aln_unit *from,
                     arena *texts)
{
    to->flags |= from->flags;
    if (from->score > to->score) to->score = from->score;
    TRY(meta_join(to->meta, to->n_meta, from->meta, from->n_meta, texts, &to->meta,
                  &to->n_meta));
    for (size_t i = 0; i < to->n_variants; i++)
        TRY(join_variant(&variants[i], &from->variants[i], texts));
    return ALN_OK;
}

/* Move every string a unit points to into an arena of its own. */
static aln_status own_text(arena *texts, const char **text)
{
    if (!*text) return ALN_OK;
    *text = arena_copy(texts, *text, strlen(*text));
    return *text ? ALN_OK : ALN_NO_MEMORY;
}

static aln_status own_metas(arena *texts, const aln_meta **meta, size_t n)
{
    aln_meta *copies = arena_array(texts, n, sizeof *copies);
    if (!copies) return ALN_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        copies[i] = (*meta)[i];
        TRY(own_text(texts, &copies[i].name));
        TRY(own_text(texts, &copies[i].value));
        TRY(own_text(texts, &copies[i].language));
        TRY(own_text(texts, &copies[i].encoding));
    }
    *meta = copies;
    return ALN_OK;
}

aln_status unit_own(unit_reader *reader)
{
    arena *texts = &reader->texts;
    TRY(own_metas(texts, &reader->unit.meta, reader->unit.n_meta));
    for (size_t i = 0; i < reader->variants.n; i++) {
        aln_variant *variant = &reader->variants.at[i];
        TRY(own_metas(texts, &variant->meta, variant->n_meta));
        TRY(own_text(texts, &variant->document));
    }
    return ALN_OK;
}
