/* tally.c - an open hash table of pairs, and its kept form.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/tally.h"

#include <stdlib.h>
#include <string.h>

#include "align/lexicon.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"

enum {
    FIRST_SLOTS = 1 << 10,
    PAIRS_MOST = 1 << 20, /* in memory: 24 MB */
    KEPT_MOST = 1 << 18,  /* in the kept form: some 4 MB */
    FEW_BEADS = 500,      /* do not tell which words are common */
    DENSE_BEADS = 20000,  /* up to here every bead is counted */
};

static const char MAGIC[] = "bitext-counts 1";

/* The empty slot where a pair belongs, or the one that has it. */
static tally_pair *slot_of(const tally *t, uint32_t source, uint32_t target)
{
    uint32_t i = (uint32_t)hash_mix((uint64_t)source << 32 | target);
    for (;; i++) {
        tally_pair *slot = &t->slots[i & (t->n_slots - 1)];
        bool same = slot->source == source && slot->target == target;
        if (!slot->n || same) return slot;
    }
}

static aln_status rehash(tally *t, uint32_t n_slots, const tally_pair *pairs, size_t n)
{
    tally_pair *slots = calloc(n_slots, sizeof *slots);
    if (!slots) return ALN_NO_MEMORY;
    tally made = {.slots = slots, .n_slots = n_slots};
    for (size_t i = 0; i < n; i++) {
        if (!pairs[i].n) continue;
        *slot_of(&made, pairs[i].source, pairs[i].target) = pairs[i];
        made.n_pairs++;
    }
    free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
    t->n_pairs = made.n_pairs;
    return ALN_OK;
}

typedef struct ranked {
    tally_pair pair;
    float statistic;
} ranked;

static int by_statistic(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->statistic != b->statistic) return a->statistic > b->statistic ? -1 : 1;
    if (a->pair.source != b->pair.source)
        return a->pair.source < b->pair.source ? -1 : 1;
    return (a->pair.target > b->pair.target) - (a->pair.target < b->pair.target);
}

/* All pairs, or the `most` of them that chance explains worst; *n: how many. */
static aln_status best_pairs(const tally *t, size_t most, tally_pair **out, size_t *n)
{
    AUTO(free) ranked *all = calloc((size_t)t->n_pairs + 1, sizeof *all);
    AUTO(free) tally_pair *best = calloc((size_t)t->n_pairs + 1, sizeof *best);
    if (!all || !best) return ALN_NO_MEMORY;
    size_t found = 0;
    for (uint32_t i = 0; i < t->n_slots; i++) {
        const tally_pair *pair = &t->slots[i];
        if (!pair->n) continue;
        double statistic =
            lexicon_statistic(pair->n, t->source.beads.at[pair->source],
                              t->target.beads.at[pair->target], t->n_beads);
        all[found++] = (ranked){*pair, (float)statistic};
    }
    qsort(all, found, sizeof *all, by_statistic);
    *n = found < most ? found : most;
    for (size_t i = 0; i < *n; i++)
        best[i] = all[i].pair;
    *out = STEAL(best);
    return ALN_OK;
}

/* Room for one more pair. */
static aln_status make_room(tally *t)
{
    if (t->n_pairs >= PAIRS_MOST) {
        AUTO(free) tally_pair *best = NULL;
        size_t n;
        TRY(best_pairs(t, PAIRS_MOST / 2, &best, &n));
        return rehash(t, t->n_slots, best, n);
    }
    if ((uint64_t)t->n_pairs * 4 < (uint64_t)t->n_slots * 3) return ALN_OK;
    return rehash(t, t->n_slots ? t->n_slots * 2 : FIRST_SLOTS, t->slots, t->n_slots);
}

static aln_status count_pair(tally *t, uint32_t source, uint32_t target, uint32_t n)
{
    TRY(make_room(t));
    tally_pair *slot = slot_of(t, source, target);
    if (!slot->n) t->n_pairs++;
    uint32_t sum = slot->n + n < n ? UINT32_MAX : slot->n + n;
    *slot = (tally_pair){source, target, sum};
    return ALN_OK;
}

static aln_status count_word(tally_side *side, const char *word, size_t size,
                             uint32_t n, uint32_t *id)
{
    TRY(intern_add(&side->words, word, size, id));
    if (*id == side->beads.n) TRY(vec_push(&side->beads, 0));
    side->beads.at[*id] += n;
    return ALN_OK;
}

typedef vec(uint32_t) word_list;

static inline void auto_word_list(word_list *words)
{
    vec_free(words);
}

/* Count the words of a sentence; those that are worth pairing are listed. */
static aln_status count_words(tally *t, tally_side *side, const side_text *text,
                              uint32_t sentence, word_list *words)
{
    for (uint32_t k = text->starts[sentence]; k < text->starts[sentence + 1]; k++) {
        uint32_t type = text->tokens[k], id;
        token_kind kind = text->types.at[type].kind;
        if (kind == TOKEN_NUMBER || kind == TOKEN_MARK) continue;
        size_t size;
        const char *word = intern_text(&text->names, type, &size);
        TRY(count_word(side, word, size, 1, &id));
        uint32_t of = t->n_beads < FEW_BEADS ? FEW_BEADS : t->n_beads;
        bool tells = !lexicon_is_common(side->beads.at[id], of);
        if (tells) TRY(vec_push(words, id));
    }
    return ALN_OK;
}

/* Is the next bead one of those that are left out? */
static bool is_passed_over(tally *t)
{
    uint32_t seen = t->n_seen++, stride = 1;
    while (seen / stride >= DENSE_BEADS)
        stride *= 2;
    return seen % stride;
}

aln_status tally_add(tally *t, const side_text *source, uint32_t i,
                     const side_text *target, uint32_t j)
{
    if (is_passed_over(t)) return ALN_OK;
    AUTO(word_list) word_list left = {0};
    AUTO(word_list) word_list right = {0};
    t->n_beads++;
    TRY(count_words(t, &t->source, source, i, &left));
    TRY(count_words(t, &t->target, target, j, &right));
    for (size_t a = 0; a < left.n; a++)
        for (size_t b = 0; b < right.n; b++)
            TRY(count_pair(t, left.at[a], right.at[b], 1));
    return ALN_OK;
}

static aln_status save_words(const tally_side *side, char kind, str *out)
{
    for (uint32_t id = 0; id < side->words.n; id++)
        TRY(str_printf(out, "%c\t%s\t%u\n", kind, intern_text(&side->words, id, NULL),
                       side->beads.at[id]));
    return ALN_OK;
}

aln_status tally_save(const tally *t, str *out)
{
    AUTO(free) tally_pair *pairs = NULL;
    size_t n;
    TRY(best_pairs(t, KEPT_MOST, &pairs, &n));
    TRY(str_printf(out, "%s\t%u\t%u\n", MAGIC, t->n_seen, t->n_beads));
    TRY(save_words(&t->source, 's', out));
    TRY(save_words(&t->target, 't', out));
    for (size_t i = 0; i < n; i++)
        TRY(str_printf(out, "p\t%u\t%u\t%u\n", pairs[i].source, pairs[i].target,
                       pairs[i].n));
    return ALN_OK;
}

/* A number and the character behind it; false where there is none. */
static bool read_number(const char **at, const char *end, char after, uint32_t *value)
{
    uint64_t sum = 0;
    const char *digit = *at;
    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++) {
        sum = sum * 10 + (uint64_t)(*digit - '0');
        if (sum > UINT32_MAX) return false;
    }
    if (digit == *at || digit == end || *digit != after) return false;
    *value = (uint32_t)sum;
    *at = digit + 1;
    return true;
}

/* Where the words of the kept form went. */
typedef struct loading {
    tally *into;
    word_list source, target;
} loading;

static inline void auto_loading(loading *l)
{
    vec_free(&l->source);
    vec_free(&l->target);
}

static aln_status load_word(tally_side *side, word_list *places, const char *at,
                            const char *end)
{
    uint32_t n, id;
    const char *tab = memchr(at, '\t', (size_t)(end - at)), *number = tab + 1;
    if (!tab || !read_number(&number, end, '\n', &n)) return ALN_CORRUPT;
    TRY(count_word(side, at, (size_t)(tab - at), n, &id));
    return vec_push(places, id);
}

static aln_status load_pair(loading *l, const char *at, const char *end)
{
    uint32_t source, target, n;
    if (!read_number(&at, end, '\t', &source) ||
        !read_number(&at, end, '\t', &target) || !read_number(&at, end, '\n', &n) ||
        source >= l->source.n || target >= l->target.n || !n)
        return ALN_CORRUPT;
    return count_pair(l->into, l->source.at[source], l->target.at[target], n);
}

/* One line, with its line feed before end. */
static aln_status load_line(loading *l, const char *line, const char *end)
{
    if (end - line < 3 || line[1] != '\t') return ALN_CORRUPT;
    switch (line[0]) {
    case 's':
        return load_word(&l->into->source, &l->source, line + 2, end);
    case 't':
        return load_word(&l->into->target, &l->target, line + 2, end);
    case 'p':
        return load_pair(l, line + 2, end);
    default:
        return ALN_CORRUPT;
    }
}

static aln_status load_head(tally *t, const char **text, const char *end)
{
    size_t size = sizeof MAGIC - 1;
    uint32_t seen, beads;
    if ((size_t)(end - *text) <= size || memcmp(*text, MAGIC, size) != 0 ||
        (*text)[size] != '\t')
        return ALN_CORRUPT;
    *text += size + 1;
    if (!read_number(text, end, '\t', &seen) || !read_number(text, end, '\n', &beads))
        return ALN_CORRUPT;
    t->n_seen += seen;
    t->n_beads += beads;
    return ALN_OK;
}

aln_status tally_load(tally *t, const char *text, size_t size, aln_error *error)
{
    AUTO(loading) loading l = {.into = t};
    const char *at = text, *end = text + size;
    aln_status status = load_head(t, &at, end);
    unsigned line = 1;
    for (; !status && at < end; line++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        status = feed ? load_line(&l, at, feed + 1) : ALN_CORRUPT;
        at = feed ? feed + 1 : end;
    }
    if (status == ALN_NO_MEMORY) return error_no_memory(error);
    if (!status) return ALN_OK;
    error_set(error, status, "not what a learner keeps");
    if (error) error->line = line;
    return status;
}

void tally_done(tally *t)
{
    intern_done(&t->source.words);
    intern_done(&t->target.words);
    vec_free(&t->source.beads);
    vec_free(&t->target.beads);
    free(t->slots);
    *t = (tally){0};
}
