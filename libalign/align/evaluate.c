/* evaluate.c - reading beads and counting right ones.
 *
 * Beads become texts of bytes (their ids), so that a set of beads is a table of texts;
 * so do the pairs of sentences that some bead joins.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/evaluate.h>

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/str.h"
#include "base/vec.h"

/* What the caller sees comes first. */
typedef struct bead_list {
    aln_bead_list shown;
    arena room;
    vec(aln_listed_bead) beads;
} bead_list;

static void bead_list_free(bead_list *list)
{
    arena_done(&list->room);
    vec_free(&list->beads);
    free(list);
}

AUTO_DEFINE(bead_list, bead_list *, bead_list_free)

typedef struct id_list {
    vec(uint32_t) at;
} id_list;

static inline void auto_id_list(id_list *ids)
{
    vec_free(&ids->at);
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

/* The id at a place; NULL where there is none or it is too great. */
static const char *read_id(const char *at, const char *end, uint32_t *id)
{
    uint64_t value = 0;
    if (at == end || !isdigit((unsigned char)*at)) return NULL;
    for (; at < end && isdigit((unsigned char)*at); at++) {
        value = value * 10 + (uint64_t)(*at - '0');
        if (value >= UINT32_MAX) return NULL;
    }
    *id = (uint32_t)value;
    return at;
}

/* "[0, 1]": where it ends in *at, NULL in *at where it is none. */
static aln_status read_ids(const char **at, const char *end, id_list *ids)
{
    const char *next = skip_blanks(*at, end);
    *at = NULL;
    vec_clear(&ids->at);
    if (next == end || *next++ != '[') return ALN_OK;
    next = skip_blanks(next, end);
    while (next < end && *next != ']') {
        uint32_t id;
        next = read_id(next, end, &id);
        if (!next) return ALN_OK;
        if (vec_push(&ids->at, id)) return ALN_NO_MEMORY;
        next = skip_blanks(next, end);
        if (next < end && *next == ',')
            next = skip_blanks(next + 1, end);
        else if (next == end || *next != ']')
            return ALN_OK;
    }
    if (next < end) *at = skip_blanks(next + 1, end);
    return ALN_OK;
}

/* ":0.873" or nothing; false where it is neither. */
static bool read_score(const char *at, const char *end, double *score)
{
    *score = -1;
    if (at == end) return true;
    if (*at++ != ':') return false;
    at = skip_blanks(at, end);
    if (at == end) return true;
    char text[64], *stop;
    size_t size = (size_t)(end - at);
    if (size >= sizeof text) return false;
    memcpy(text, at, size);
    text[size] = '\0';
    *score = strtod(text, &stop);
    return stop != text && *skip_blanks(stop, text + size) == '\0' && isfinite(*score);
}

static aln_status keep_ids(bead_list *list, const id_list *ids, const uint32_t **kept,
                           size_t *n)
{
    uint32_t *copy = arena_array(&list->room, ids->at.n + 1, sizeof *copy);
    if (!copy) return ALN_NO_MEMORY;
    if (ids->at.n) memcpy(copy, ids->at.at, ids->at.n * sizeof *copy);
    *kept = copy;
    *n = ids->at.n;
    return ALN_OK;
}

/* False in *understood for a line that is no bead. */
static aln_status read_bead(bead_list *list, const char *at, const char *end,
                            bool *understood)
{
    AUTO(id_list) id_list ids = {0};
    aln_listed_bead bead = {0};
    *understood = false;
    TRY(read_ids(&at, end, &ids));
    if (!at || at == end || *at++ != ':') return ALN_OK;
    TRY(keep_ids(list, &ids, &bead.source, &bead.n_source));
    TRY(read_ids(&at, end, &ids));
    if (!at || !read_score(at, end, &bead.score)) return ALN_OK;
    TRY(keep_ids(list, &ids, &bead.target, &bead.n_target));
    *understood = true;
    return vec_push(&list->beads, bead);
}

static aln_status bad_line(unsigned line, aln_error *error)
{
    error_set(error, ALN_SYNTAX, "expected a bead such as [0, 1]:[0]:0.873");
    if (error) error->line = line;
    return ALN_SYNTAX;
}

aln_status aln_bead_list_read(const char *text, size_t size, aln_bead_list **out,
                              aln_error *error)
{
    AUTO(bead_list) bead_list *list = calloc(1, sizeof *list);
    if (!list) return error_no_memory(error);

    const char *all_end = text + size;
    for (unsigned line = 1; text < all_end; line++) {
        const char *feed = memchr(text, '\n', (size_t)(all_end - text));
        const char *end = feed ? feed : all_end, *next = feed ? feed + 1 : all_end;
        while (end > text && isspace((unsigned char)end[-1]))
            end--;
        bool understood = true;
        if (skip_blanks(text, end) < end && read_bead(list, text, end, &understood))
            return error_no_memory(error);
        if (!understood) return bad_line(line, error);
        text = next;
    }
    list->shown = (aln_bead_list){list->beads.at, list->beads.n};
    *out = &STEAL(list)->shown;
    return ALN_OK;
}

void aln_bead_list_free(aln_bead_list *list)
{
    if (list) bead_list_free((bead_list *)list);
}

/* A document's beads as sets. */
typedef struct bead_set {
    intern beads, joined; /* ids of each side; pairs of sentences */
} bead_set;

static inline void auto_bead_set(bead_set *set)
{
    intern_done(&set->beads);
    intern_done(&set->joined);
}

static aln_status bead_key(const aln_listed_bead *bead, str *key)
{
    uint64_t n = bead->n_source;
    str_clear(key);
    TRY(str_add(key, (const char *)&n, sizeof n));
    TRY(str_add(key, (const char *)bead->source, bead->n_source * sizeof(uint32_t)));
    return str_add(key, (const char *)bead->target, bead->n_target * sizeof(uint32_t));
}

static bool is_empty(const aln_listed_bead *bead)
{
    return !bead->n_source && !bead->n_target;
}

static bool has_both(const aln_listed_bead *bead)
{
    return bead->n_source && bead->n_target;
}

static aln_status make_set(const aln_bead_list *list, bool both, bead_set *set)
{
    AUTO(str) str key = {0};
    uint32_t id;
    for (size_t b = 0; b < list->n; b++) {
        const aln_listed_bead *bead = &list->beads[b];
        if (is_empty(bead) || (both && !has_both(bead))) continue;
        TRY(bead_key(bead, &key));
        TRY(intern_add(&set->beads, str_text(&key), key.size, &id));
        for (size_t i = 0; i < bead->n_source; i++) {
            for (size_t j = 0; j < bead->n_target; j++) {
                uint32_t ids[2] = {bead->source[i], bead->target[j]};
                TRY(intern_add(&set->joined, (const char *)ids, sizeof ids, &id));
            }
        }
    }
    return ALN_OK;
}

static bool joins_alike(const aln_listed_bead *bead, const bead_set *set)
{
    for (size_t i = 0; i < bead->n_source; i++) {
        for (size_t j = 0; j < bead->n_target; j++) {
            uint32_t ids[2] = {bead->source[i], bead->target[j]};
            if (intern_find(&set->joined, (const char *)ids, sizeof ids) != INTERN_NONE)
                return true;
        }
    }
    return false;
}

static void count_score(aln_evaluation *sums, const aln_listed_bead *bead, bool right)
{
    if (!has_both(bead) || bead->score < 0 || bead->score > 1) return;
    int k = (int)(bead->score * ALN_EVALUATION_BINS);
    if (k == ALN_EVALUATION_BINS) k--;
    sums->bins[k].n++;
    sums->bins[k].right += right;
    sums->bins[k].scores += bead->score;
    sums->n_scored++;
}

typedef struct tally {
    size_t n, right, laxly;
} tally;

/* Count the beads of a list, each once, that a set has.  Scores go to sums unless it is
 * NULL. */
static aln_status count_right(const aln_bead_list *list, bool both, const bead_set *set,
                              tally *counted, aln_evaluation *sums)
{
    AUTO(bead_set) bead_set seen = {0};
    AUTO(str) str key = {0};
    for (size_t b = 0; b < list->n; b++) {
        const aln_listed_bead *bead = &list->beads[b];
        if (is_empty(bead) || (both && !has_both(bead))) continue;
        uint32_t id, before = seen.beads.n;
        TRY(bead_key(bead, &key));
        TRY(intern_add(&seen.beads, str_text(&key), key.size, &id));
        if (id < before) continue;
        bool right = intern_find(&set->beads, str_text(&key), key.size) != INTERN_NONE;
        counted->n++;
        counted->right += right;
        counted->laxly += right || joins_alike(bead, set);
        if (sums) count_score(sums, bead, right);
    }
    return ALN_OK;
}

static aln_status compare(const aln_bead_list *gold, const aln_bead_list *found,
                          aln_evaluation *sums)
{
    AUTO(bead_set) bead_set all_gold = {0};
    AUTO(bead_set) bead_set both_found = {0};
    aln_evaluation next = *sums;
    tally precision = {0}, recall = {0};
    TRY(make_set(gold, false, &all_gold));
    TRY(make_set(found, true, &both_found));
    TRY(count_right(found, false, &all_gold, &precision, &next));
    TRY(count_right(gold, true, &both_found, &recall, NULL));
    next.n_beads += precision.n;
    next.right += precision.right;
    next.right_laxly += precision.laxly;
    next.n_gold += recall.n;
    next.recalled += recall.right;
    next.recalled_laxly += recall.laxly;
    *sums = next;
    return ALN_OK;
}

aln_status aln_evaluate(const aln_bead_list *gold, const aln_bead_list *found,
                        aln_evaluation *sums, aln_error *error)
{
    return compare(gold, found, sums) ? error_no_memory(error) : ALN_OK;
}

static aln_figures figures_of(size_t right, size_t n, size_t recalled, size_t n_gold)
{
    aln_figures f = {0};
    if (n) f.precision = (double)right / (double)n;
    if (n_gold) f.recall = (double)recalled / (double)n_gold;
    if (f.precision + f.recall > 0)
        f.f1 = 2 * f.precision * f.recall / (f.precision + f.recall);
    return f;
}

aln_figures aln_evaluation_strict(const aln_evaluation *sums)
{
    return figures_of(sums->right, sums->n_beads, sums->recalled, sums->n_gold);
}

aln_figures aln_evaluation_lax(const aln_evaluation *sums)
{
    return figures_of(sums->right_laxly, sums->n_beads, sums->recalled_laxly,
                      sums->n_gold);
}

double aln_evaluation_calibration(const aln_evaluation *sums)
{
    double error = 0;
    for (int k = 0; k < ALN_EVALUATION_BINS; k++)
        error += fabs(sums->bins[k].scores - (double)sums->bins[k].right);
    return sums->n_scored ? error / (double)sums->n_scored : 0;
}
