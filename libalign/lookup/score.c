/* score.c - points for people: light edits cost less, numbers can be put right.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/score.h"

#include <math.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "text/fold.h"

static const token *token_of(const scored_text *text, size_t i)
{
    return &text->tokens.at[i];
}

static aln_status same_folded(const scored_text *a, const token *x,
                              const scored_text *b, const token *y, bool *same,
                              aln_error *error)
{
    AUTO(str) str one = {0};
    AUTO(str) str other = {0};
    TRY(text_fold(a->text + x->start, x->end - x->start, &one, error));
    TRY(text_fold(b->text + y->start, y->end - y->start, &other, error));
    *same = one.size == other.size && memcmp(one.at, other.at, one.size) == 0;
    return ALN_OK;
}

static aln_status count_change(const scored_text *source, const token *from,
                               const scored_text *query, const token *to,
                               score_counts *counts, aln_error *error)
{
    bool same = false;
    if (from->kind == TOKEN_NUMBER && to->kind == TOKEN_NUMBER)
        counts->numbers++;
    else if (from->kind == TOKEN_MARK && to->kind == TOKEN_MARK)
        counts->punctuation++;
    else if (from->kind == to->kind)
        TRY(same_folded(source, from, query, to, &same, error));
    counts->forms += same;
    return ALN_OK;
}

aln_status score_count(const edit_script *script, const scored_text *source,
                       const scored_text *query, score_counts *counts, aln_error *error)
{
    *counts = (score_counts){0};
    for (size_t i = 0; i < script->steps.n; i++) {
        const edit_step *step = &script->steps.at[i];
        if (step->kind == ALN_EDIT_KEEP) continue;
        counts->edits++;
        if (step->kind == ALN_EDIT_CHANGE)
            TRY(count_change(source, token_of(source, step->source), query,
                             token_of(query, step->query), counts, error));
        else if (step->kind == ALN_EDIT_INSERT)
            counts->punctuation += token_of(query, step->query)->kind == TOKEN_MARK;
        else
            counts->punctuation += token_of(source, step->source)->kind == TOKEN_MARK;
    }
    return ALN_OK;
}

int score_points(const score_counts *counts, size_t longer, bool same)
{
    if (counts->edits == 0) return same ? SCORE_IDENTICAL : SCORE_NEAR;

    double edit = 100.0 / (double)longer;
    size_t light = counts->numbers + counts->forms + counts->punctuation;
    double gift = edit * (double)light / 2;
    if (gift > SCORE_GIFT) gift = SCORE_GIFT;
    int points = (int)lround(100 - edit * (double)counts->edits + gift);
    return points > SCORE_NEAR ? SCORE_NEAR : points;
}

int score_most(double base, size_t tokens, size_t numbers)
{
    if (base >= 1) return SCORE_IDENTICAL;
    /* As many edits as the query has numbers may all be numbers. */
    if ((1 - base) * (double)tokens <= (double)numbers + 1e-9) return SCORE_NEAR;
    int points = (int)lround(100 * base + SCORE_GIFT);
    return points > SCORE_NEAR ? SCORE_NEAR : points;
}

/* -- numbers --------------------------------------------------------------------- */

static bool same_token(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

/* What a number of the source becomes; NULL where it stays, or is unclear. */
static const token *replacement(const edit_script *script, const scored_text *source,
                                const scored_text *query, const char *number,
                                size_t size, bool *clear)
{
    const token *found = NULL;
    bool kept = false;
    for (size_t i = 0; i < script->steps.n; i++) {
        const edit_step *step = &script->steps.at[i];
        if (step->kind == ALN_EDIT_INSERT) continue;
        const token *from = token_of(source, step->source);
        if (!same_token(source->text + from->start, from->end - from->start, number,
                        size))
            continue;
        if (step->kind != ALN_EDIT_CHANGE) {
            kept = true;
            continue;
        }
        const token *to = token_of(query, step->query);
        if (found && !same_token(query->text + found->start, found->end - found->start,
                                 query->text + to->start, to->end - to->start))
            *clear = false;
        found = to;
    }
    if (found && kept) *clear = false;
    return found;
}

static size_t count_token(const char *text, size_t size, const char *wanted,
                          size_t wanted_size)
{
    size_t n = 0, at = 0;
    token t;
    while (token_next(text, size, &at, &t))
        n += same_token(text + t.start, t.end - t.start, wanted, wanted_size);
    return n;
}

/* Does every changed number stand in the target as often as in the source? */
static bool target_has_all(const edit_script *script, const scored_text *source,
                           const char *target, size_t size)
{
    for (size_t i = 0; i < script->steps.n; i++) {
        const edit_step *step = &script->steps.at[i];
        if (step->kind != ALN_EDIT_CHANGE) continue;
        const token *from = token_of(source, step->source);
        const char *number = source->text + from->start;
        size_t length = from->end - from->start;
        if (count_token(target, size, number, length) !=
            count_token(source->text, source->size, number, length))
            return false;
    }
    return true;
}

aln_status score_adapt(const edit_script *script, const scored_text *source,
                       const scored_text *query, const char *target, size_t size,
                       str *out, bool *adapted, aln_error *error)
{
    *adapted = false;
    if (!target_has_all(script, source, target, size)) return ALN_OK;

    bool clear = true;
    size_t at = 0, copied = 0;
    token t;
    str_clear(out);
    while (clear && token_next(target, size, &at, &t)) {
        if (t.kind != TOKEN_NUMBER) continue;
        const token *to = replacement(script, source, query, target + t.start,
                                      t.end - t.start, &clear);
        if (!to) continue;
        if (str_add(out, target + copied, t.start - copied) ||
            str_add(out, query->text + to->start, to->end - to->start))
            return error_no_memory(error);
        copied = t.end;
    }
    if (str_add(out, target + copied, size - copied)) return error_no_memory(error);
    *adapted = clear;
    return ALN_OK;
}
