/* edits.c - the edit script within a band.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/edits.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"
#include "lookup/distance.h"
#include "text/fold.h"

enum { MAX_BAND = 64 << 20 };

aln_status scored_text_set(scored_text *to, const char *text, size_t size,
                           aln_error *error)
{
    TRY(text_nfc(&text, &size, &to->room, error));
    to->text = text;
    to->size = size;
    vec_clear(&to->tokens);
    vec_clear(&to->hashes);
    size_t at = 0;
    token t;
    while (token_next(text, size, &at, &t))
        if (vec_push(&to->tokens, t) ||
            vec_push(&to->hashes, hash_bytes(text + t.start, t.end - t.start)))
            return error_no_memory(error);
    return ALN_OK;
}

void scored_text_done(scored_text *text)
{
    vec_free(&text->tokens);
    vec_free(&text->hashes);
    str_done(&text->room);
}

/* Column j of row i is kept at j - i + most: the diagonal is at `most`. */
typedef struct band {
    const uint64_t *a, *b;
    size_t n, m, most, width;
    unsigned char *moves;
} band;

static aln_status reserve(edit_script *script, const band *t, aln_error *error)
{
    size_t size = t->width * (t->n + 1);
    if (size > script->moves_size) {
        free(script->moves);
        script->moves = malloc(size);
        script->moves_size = script->moves ? size : 0;
        if (!script->moves) return error_no_memory(error);
    }
    if (2 * t->width > script->n_costs) {
        free(script->costs);
        script->costs = malloc(2 * t->width * sizeof *script->costs);
        script->n_costs = script->costs ? 2 * t->width : 0;
        if (!script->costs) return error_no_memory(error);
    }
    return ALN_OK;
}

static const uint32_t FAR = UINT32_MAX / 2;

/* Row i from the row above; `before` is ignored in row 0. */
static void fill_row(const band *t, size_t i, const uint32_t *before, uint32_t *row)
{
    unsigned char *moves = t->moves + i * t->width;
    for (size_t k = 0; k < t->width; k++) {
        row[k] = FAR;
        if (i + k < t->most || i + k - t->most > t->m) continue;
        size_t j = i + k - t->most;
        if (i == 0 && j == 0) {
            row[k] = 0;
            continue;
        }
        if (i && j) {
            bool same = t->a[i - 1] == t->b[j - 1];
            row[k] = before[k] + !same;
            moves[k] = same ? ALN_EDIT_KEEP : ALN_EDIT_CHANGE;
        }
        if (j && k && row[k - 1] + 1 < row[k]) {
            row[k] = row[k - 1] + 1;
            moves[k] = ALN_EDIT_INSERT;
        }
        if (i && k + 1 < t->width && before[k + 1] + 1 < row[k]) {
            row[k] = before[k + 1] + 1;
            moves[k] = ALN_EDIT_DELETE;
        }
    }
}

static void reverse(edit_script *script)
{
    for (size_t i = 0, n = script->steps.n; i < n / 2; i++) {
        edit_step swapped = script->steps.at[i];
        script->steps.at[i] = script->steps.at[n - 1 - i];
        script->steps.at[n - 1 - i] = swapped;
    }
}

static aln_status walk_back(edit_script *script, const band *t, aln_error *error)
{
    for (size_t i = t->n, j = t->m; i || j;) {
        aln_edit_kind kind = (aln_edit_kind)t->moves[i * t->width + (j + t->most - i)];
        i -= kind != ALN_EDIT_INSERT;
        j -= kind != ALN_EDIT_DELETE;
        if (vec_push(&script->steps, (edit_step){kind, i, j}))
            return error_no_memory(error);
    }
    reverse(script);
    return ALN_OK;
}

/* *found becomes more than t->most where the band does not hold the way. */
static aln_status find_in_band(edit_script *script, band *t, size_t *found,
                               aln_error *error)
{
    TRY(reserve(script, t, error));
    t->moves = script->moves;
    uint32_t *row = script->costs, *before = script->costs + t->width;
    for (size_t i = 0; i <= t->n; i++) {
        fill_row(t, i, before, row);
        uint32_t *spare = before;
        before = row;
        row = spare;
    }
    *found = before[t->m + t->most - t->n];
    return *found <= t->most ? walk_back(script, t, error) : ALN_OK;
}

/* The edits that a band of MAX_BAND bytes can reach. */
static size_t widest(size_t n)
{
    size_t width = MAX_BAND / (n + 1);
    return width ? (width - 1) / 2 : 0;
}

aln_status edits_find(edit_script *script, const scored_text *source,
                      const scored_text *query, size_t most, size_t *distance,
                      aln_error *error)
{
    size_t n = source->hashes.n, m = query->hashes.n, found = most + 1;
    size_t apart = n > m ? n - m : m - n, reach = widest(n) < most ? widest(n) : most;
    vec_clear(&script->steps);
    *distance = most + 1;
    if (apart > most) return ALN_OK;

    band t = {.a = source->hashes.at,
              .b = query->hashes.at,
              .n = n,
              .m = m,
              .most = reach,
              .width = 2 * reach + 1};
    if (apart <= reach && n < MAX_BAND) TRY(find_in_band(script, &t, &found, error));
    if (found > reach && reach < most)
        return hashes_distance(t.a, n, t.b, m, most, distance, error);
    if (found <= most) *distance = found;
    return ALN_OK;
}

void edit_script_done(edit_script *script)
{
    vec_free(&script->steps);
    free(script->moves);
    free(script->costs);
}
