/* aligner.c - texts in, beads out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include <math.h>
#include <stdlib.h>

#include "align/flags.h"
#include "align/group.h"
#include "align/multi.h"
#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/str.h"

enum { SIDES_MOST = 64 };

/* What the caller sees comes first. */
typedef struct result {
    aln_alignment shown;
    arena room;
} result;

static void result_free(result *r)
{
    arena_done(&r->room);
    free(r);
}

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(result, result *, result_free)

static inline void auto_intern(intern *table)
{
    intern_done(table);
}

static inline void auto_group(group *texts)
{
    group_done(texts);
}

static inline void auto_flagger(flagger *f)
{
    flagger_done(f);
}

static inline void auto_multi_beads(multi_beads *beads)
{
    vec_free(beads);
}

static aln_status check_sides(const aln_side *sides, size_t n_sides, aln_error *error)
{
    if (n_sides < 2)
        return error_set(error, ALN_INVALID, "cannot align %zu texts", n_sides);
    if (n_sides > SIDES_MOST)
        return error_set(error, ALN_INVALID, "cannot align %zu texts: %d at most",
                         n_sides, SIDES_MOST);
    for (size_t k = 0; k < n_sides; k++)
        if (sides[k].n > UINT32_MAX / 2)
            return error_set(error, ALN_INVALID, "a text of %zu sentences is too long",
                             sides[k].n);
    return ALN_OK;
}

/* The bytes of a bead's sentences, to know it again; false where a side is empty. */
static bool bead_text(const aln_side *sides, size_t n_sides, const aln_bead *bead,
                      str *text, aln_status *status)
{
    str_clear(text);
    *status = ALN_OK;
    for (size_t k = 0; k < n_sides; k++) {
        if (bead->sides[k].start == bead->sides[k].end) return false;
        for (uint32_t i = bead->sides[k].start; i < bead->sides[k].end; i++)
            *status |=
                str_add(text, sides[k].sentences[i].text, sides[k].sentences[i].size) |
                str_putc(text, '\0');
    }
    return true;
}

static aln_status flag_duplicates(const aln_side *sides, size_t n_sides,
                                  aln_bead *beads, size_t n)
{
    AUTO(intern) intern seen = {0};
    AUTO(str) str text = {0};
    for (size_t b = 0; b < n; b++) {
        aln_status status;
        uint32_t id, before = seen.n;
        if (!bead_text(sides, n_sides, &beads[b], &text, &status)) continue;
        if (status || intern_add(&seen, str_text(&text), text.size, &id))
            return ALN_NO_MEMORY;
        if (id < before) beads[b].flags |= ALN_FLAG_DUPLICATE;
    }
    return ALN_OK;
}

static aln_status flag_pair(const pair *p, const aln_side *sides, size_t k,
                            aln_bead *beads, size_t n)
{
    AUTO(flagger) flagger f = {0};
    TRY(flagger_init(&f, p));
    for (size_t b = 0; b < n; b++) {
        const aln_range *ranges = beads[b].sides;
        beads[b].flags |= flagger_ask(&f, &sides[0], ranges[0], &sides[k], ranges[k]);
    }
    return ALN_OK;
}

static aln_status fill_result(result *r, const multi_beads *beads, const pair *pairs,
                              const aln_side *sides, size_t n_sides)
{
    aln_bead *shown = arena_array(&r->room, beads->n + 1, sizeof *shown);
    if (!shown) return ALN_NO_MEMORY;
    for (size_t b = 0; b < beads->n; b++) {
        /* sums of floating point may end a little above 1 */
        shown[b] = (aln_bead){.sides = beads->at[b].sides,
                              .score = fmin(beads->at[b].score, 1),
                              .flags = beads->at[b].flags};
    }
    for (size_t k = 1; k < n_sides; k++)
        TRY(flag_pair(&pairs[k - 1], sides, k, shown, beads->n));
    TRY(flag_duplicates(sides, n_sides, shown, beads->n));
    r->shown = (aln_alignment){n_sides, shown, beads->n};
    return ALN_OK;
}

static aln_status align_sides(const aln_aligner *aligner, const aln_side *sides,
                              size_t n_sides, result *r, aln_error *error)
{
    AUTO(group) group texts = {0};
    AUTO(multi_beads) multi_beads beads = {0};
    TRY(group_align(&texts, aligner, sides, n_sides, error));
    bool failed = multi_merge(texts.pivot, n_sides, &r->room, &beads) ||
                  multi_join_moved(texts.pivot, n_sides, &beads) ||
                  fill_result(r, &beads, texts.pivot, sides, n_sides);
    return failed ? error_no_memory(error) : ALN_OK;
}

aln_status aln_align(const aln_aligner *aligner, const aln_side *sides, size_t n_sides,
                     aln_alignment **alignment, aln_error *error)
{
    TRY(check_sides(sides, n_sides, error));
    AUTO(aligner) aln_aligner *own = NULL;
    if (!aligner) TRY(aln_aligner_new(NULL, &own, error));
    if (own) aligner = own;
    AUTO(result) result *r = calloc(1, sizeof *r);
    if (!r) return error_no_memory(error);
    TRY(align_sides(aligner, sides, n_sides, r, error));
    *alignment = &STEAL(r)->shown;
    return ALN_OK;
}

void aln_alignment_free(aln_alignment *alignment)
{
    if (alignment) result_free((result *)alignment);
}

static const struct {
    aln_flag flag;
    const char *name;
} flag_names[] = {
    {ALN_FLAG_NUMBERS, "numbers-differ"},  {ALN_FLAG_NAME, "name-missing"},
    {ALN_FLAG_LENGTH, "length-odd"},       {ALN_FLAG_UNTRANSLATED, "untranslated"},
    {ALN_FLAG_LANGUAGE, "wrong-language"}, {ALN_FLAG_DUPLICATE, "duplicate"},
    {ALN_FLAG_CROSSING, "crossing"},       {ALN_FLAG_APPROVED, "approved"},
};

const char *aln_flag_name(aln_flag flag)
{
    for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
        if (flag_names[i].flag == flag) return flag_names[i].name;
    return NULL;
}
