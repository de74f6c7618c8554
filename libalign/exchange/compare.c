/* compare.c - do two files hold the same units, whatever they look like?
 *
 * Each unit becomes a line of JSON in a canonical form: language tags and dates as they
 * should be written, attributes by name, what a writer makes up itself (numbers of units,
 * the source repeated on a unit) left out.  The lines of both files are counted by hash; a
 * second reading shows those that one file has more often than the other.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <align/exchange.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/vec.h"
#include "exchange/jsonl_write.h"

AUTO_DEFINE(reader, aln_reader *, aln_reader_close)

/* How often a line stands in the first file, less how often it does in the second. */
typedef struct count {
    uint64_t hash;
    int64_t more;
} count;

typedef struct counts {
    vec(uint64_t) of[2];
    vec(count) differing; /* sorted by hash */
} counts;

typedef struct canonical {
    vec(aln_meta) meta;
    vec(aln_variant) variants;
    vec(size_t) starts;
    str line;
} canonical;

static void auto_canonical(canonical *form)
{
    vec_free(&form->meta);
    vec_free(&form->variants);
    vec_free(&form->starts);
    str_done(&form->line);
}

static void auto_counts(counts *seen)
{
    vec_free(&seen->of[0]);
    vec_free(&seen->of[1]);
    vec_free(&seen->differing);
}

typedef aln_status visit(void *context, int side, unsigned line, const str *text,
                         aln_error *error);

/* ---- the canonical form of a unit --------------------------------------------------------- */

static bool is_made_up(const aln_meta *item)
{
    if (item->kind == ALN_META_ATTRIBUTE) return strcmp(item->name, "srclang") == 0;
    return item->kind == ALN_META_PROPERTY && strcmp(item->name, "x-document") == 0;
}

static int by_name(const void *a, const void *b)
{
    const aln_meta *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* Attributes sorted by name, then the others in their order. */
static aln_status add_meta(canonical *form, const aln_meta *meta, size_t n)
{
    size_t start = form->meta.n;
    for (size_t i = 0; i < n; i++)
        if (meta[i].kind == ALN_META_ATTRIBUTE && !is_made_up(&meta[i]))
            if (vec_push(&form->meta, meta[i])) return ALN_NO_MEMORY;
    if (form->meta.n > start)
        qsort(form->meta.at + start, form->meta.n - start, sizeof *meta, by_name);
    for (size_t i = 0; i < n; i++)
        if (meta[i].kind != ALN_META_ATTRIBUTE && !is_made_up(&meta[i]))
            if (vec_push(&form->meta, meta[i])) return ALN_NO_MEMORY;
    return ALN_OK;
}

static double rounded(double score)
{
    return score < 0 ? score : (double)(long)(score * 10000 + 0.5) / 10000;
}

static aln_status make_line(canonical *form, const aln_unit *unit)
{
    vec_clear(&form->meta);
    vec_clear(&form->variants);
    vec_clear(&form->starts);
    str_clear(&form->line);
    if (add_meta(form, unit->meta, unit->n_meta)) return ALN_NO_MEMORY;
    size_t of_unit = form->meta.n;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        if (vec_push(&form->starts, form->meta.n) ||
            vec_push(&form->variants, *variant) ||
            add_meta(form, variant->meta, variant->n_meta))
            return ALN_NO_MEMORY;
    }
    for (size_t i = 0; i < form->variants.n; i++) {
        size_t start = form->starts.at[i];
        size_t end = i + 1 < form->starts.n ? form->starts.at[i + 1] : form->meta.n;
        form->variants.at[i].meta = form->meta.at ? form->meta.at + start : NULL;
        form->variants.at[i].n_meta = end - start;
    }
    aln_unit copy = *unit;
    copy.id = 0;
    copy.score = rounded(unit->score);
    copy.meta = form->meta.at;
    copy.n_meta = of_unit;
    copy.variants = form->variants.at;
    return jsonl_put_unit(&form->line, &copy, true);
}

/* ---- the header of a TMX file ---------------------------------------------------------------- */

/* Attributes that every export writes anew, or that stand on the units. */
static bool is_of_the_writer(const char *name)
{
    static const char *const names[] = {"creationtool", "creationtoolversion",
                                        "srclang"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

/* Attributes that a header must have: one that has not says the same as one that has the
 * value with which we write it. */
static const aln_meta defaults[] = {
    {.name = "adminlang", .value = "en"},
    {.name = "datatype", .value = "plaintext"},
    {.name = "o-tmf", .value = "bitext"},
    {.name = "segtype", .value = "sentence"},
};

static aln_status put_header_line(canonical *form, const aln_meta *item)
{
    str_clear(&form->line);
    if (str_puts(&form->line, "{\"header\":{") || jsonl_put_meta(&form->line, item, 1))
        return ALN_NO_MEMORY;
    return str_puts(&form->line, "}}");
}

/* One line an item: that their order is kept is not asked of several files in one. */
static aln_status walk_header(const aln_reader *reader, canonical *form, int side,
                              visit *each, void *context, aln_error *error)
{
    size_t n;
    const aln_meta *items = aln_reader_header(reader, &n);
    for (size_t i = 0; i < n; i++) {
        bool attribute = items[i].kind == ALN_META_ATTRIBUTE;
        if (attribute && is_of_the_writer(items[i].name)) continue;
        if (put_header_line(form, &items[i])) return error_no_memory(error);
        TRY(each(context, side, 1, &form->line, error));
    }
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        const aln_meta *item = &defaults[i];
        if (aln_meta_value(items, n, ALN_META_ATTRIBUTE, item->name)) continue;
        if (put_header_line(form, item)) return error_no_memory(error);
        TRY(each(context, side, 1, &form->line, error));
    }
    return ALN_OK;
}

/* ---- two readings ---------------------------------------------------------------------------- */

/* Every line of a file: its header's items, where both files have such, and its units. */
static aln_status walk(const char *path, const aln_read_options *options, int side,
                       bool headers, visit *each, void *context, aln_error *error)
{
    AUTO(reader) aln_reader *reader = NULL;
    __attribute__((cleanup(auto_canonical))) canonical form = {0};
    TRY(aln_reader_open(path, options, &reader, error));
    if (headers) TRY(walk_header(reader, &form, side, each, context, error));
    for (;;) {
        const aln_unit *unit;
        TRY(aln_reader_next(reader, &unit, error));
        if (!unit) return ALN_OK;
        if (make_line(&form, unit)) return error_no_memory(error);
        str_truncate(&form.line, form.line.size - 1); /* the line's end */
        TRY(each(context, side, aln_reader_line(reader), &form.line, error));
    }
}

static aln_status count_line(void *context, int side, unsigned line, const str *text,
                             aln_error *error)
{
    counts *seen = context;
    uint64_t hash = hash_bytes(text->at, text->size);
    return vec_push(&seen->of[side], hash) ? error_no_memory(error) : ALN_OK;
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Merge the two sorted lists, keeping what they do not share. */
static aln_status find_differing(counts *seen, size_t *n)
{
    size_t i[2] = {0, 0};
    *n = 0;
    for (int side = 0; side < 2; side++)
        if (seen->of[side].n)
            qsort(seen->of[side].at, seen->of[side].n, sizeof(uint64_t), by_hash);
    while (i[0] < seen->of[0].n || i[1] < seen->of[1].n) {
        uint64_t least = UINT64_MAX;
        for (int side = 0; side < 2; side++)
            if (i[side] < seen->of[side].n && seen->of[side].at[i[side]] < least)
                least = seen->of[side].at[i[side]];
        int64_t more = 0;
        for (int side = 0; side < 2; side++)
            for (; i[side] < seen->of[side].n && seen->of[side].at[i[side]] == least;
                 i[side]++)
                more += side ? -1 : 1;
        if (more && vec_push(&seen->differing, (count){least, more}))
            return ALN_NO_MEMORY;
        *n += (size_t)llabs(more);
    }
    return ALN_OK;
}

typedef struct showing {
    counts *seen;
    aln_unit_difference *differs;
    void *context;
} showing;

static aln_status show_line(void *context, int side, unsigned line, const str *text,
                            aln_error *error)
{
    showing *show = context;
    count key = {.hash = hash_bytes(text->at, text->size)};
    count *found = show->seen->differing.n
                       ? bsearch(&key, show->seen->differing.at,
                                 show->seen->differing.n, sizeof key, by_hash)
                       : NULL;
    bool mine = found && (side == 0 ? found->more > 0 : found->more < 0);
    if (!mine) return ALN_OK;
    found->more += side == 0 ? -1 : 1;
    show->differs(show->context, side, line, text->at);
    return ALN_OK;
}

/* Only TMX has headers: a table that holds the same units is no worse without one. */
static aln_status have_headers(const char *const paths[2],
                               const aln_read_options *options, bool *both,
                               aln_error *error)
{
    *both = true;
    for (int side = 0; side < 2; side++) {
        AUTO(reader) aln_reader *reader = NULL;
        TRY(aln_reader_open(paths[side], options, &reader, error));
        *both = *both && aln_reader_format(reader) == ALN_FORMAT_TMX;
    }
    return ALN_OK;
}

aln_status aln_exchange_compare(const char *const paths[2],
                                const aln_read_options *options,
                                aln_unit_difference *differs, void *context, size_t *n,
                                aln_error *error)
{
    __attribute__((cleanup(auto_counts))) counts seen = {0};
    showing show = {.seen = &seen, .differs = differs, .context = context};
    bool headers;
    TRY(have_headers(paths, options, &headers, error));
    for (int side = 0; side < 2; side++)
        TRY(walk(paths[side], options, side, headers, count_line, &seen, error));
    if (find_differing(&seen, n)) return error_no_memory(error);
    for (int side = 0; *n && differs && side < 2; side++)
        TRY(walk(paths[side], options, side, headers, show_line, &show, error));
    return ALN_OK;
}
