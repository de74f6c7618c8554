/* choose.c - which blocks of an HTML page are the article.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/choose.h"

#include <string.h>

#include "base/auto.h"
#include "base/hash.h"
#include "text/clean.h"

enum {
    LONG_BLOCK = 100, /* columns: text even without a full stop */
    SENTENCE = 40,    /* columns: text with one */
};

static const double PASSED_ON = 0.7;    /* of a container's score to its parent */
static const double ARTICLE = 1.2;      /* <article>, <main> */
static const double NAMED = 1.3;        /* a class or id for text */
static const double ARTICLE_BODY = 1.6; /* itemprop="articleBody" */

struct choice {
    const html_tree *tree;
    block_list *found;
    double *scores, *texts, *noise; /* by node; texts and noise in columns */
};

static bool is_text(const struct block *block)
{
    if (block->reason || block->in_links * 2 > block->width || block->level)
        return false;
    return block->width >= LONG_BLOCK ||
           (block->width >= SENTENCE && clean_ends_sentence(block->text, block->size));
}

/* Elements that are a part of a text rather than around one. */
static bool is_part(enum tag tag)
{
    return !tree_is_block(tag) || tag == TAG_P || tag == TAG_UL || tag == TAG_OL ||
           tag == TAG_LI || tag == TAG_BLOCKQUOTE || tag == TAG_DL || tag == TAG_DD ||
           tag == TAG_DT || tag == TAG_TR || tag == TAG_TBODY || tag == TAG_PRE ||
           (tag >= TAG_H1 && tag <= TAG_H6);
}

static double prior(const struct choice *choice, uint32_t node)
{
    const struct node *at = &choice->tree->nodes.at[node];
    double factor = 1.0;
    if (at->tag == TAG_ARTICLE || at->tag == TAG_MAIN) factor *= ARTICLE;
    if (choice->found->verdicts.at[node] & CLASS_TEXT) factor *= NAMED;
    if (at->property && strcmp(at->property, "articleBody") == 0)
        factor *= ARTICLE_BODY;
    return factor;
}

static void score(struct choice *choice)
{
    const html_tree *tree = choice->tree;
    for (size_t i = 0; i < choice->found->list.n; i++) {
        const struct block *block = &choice->found->list.at[i];
        double text = is_text(block) ? block->width - block->in_links : 0;
        choice->scores[block->node] += text;
        choice->texts[block->node] += text;
        if (text == 0 && !block->reason) choice->noise[block->node] += block->width;
    }
    for (uint32_t i = (uint32_t)tree->nodes.n; i-- > 1;) {
        const struct node *node = &tree->nodes.at[i];
        if (node->tag == TAG_TEXT) continue;
        double share = is_part(node->tag) ? 1.0 : PASSED_ON;
        choice->scores[node->parent] += share * choice->scores[i];
        choice->texts[node->parent] += choice->texts[i];
        choice->noise[node->parent] += choice->noise[i];
    }
}

static uint32_t best_container(const struct choice *choice)
{
    uint32_t best = 0;
    double most = 0;
    for (uint32_t i = 1; i < choice->tree->nodes.n; i++) {
        enum tag tag = choice->tree->nodes.at[i].tag;
        if (is_part(tag) || choice->scores[i] <= 0) continue;
        double scored = choice->scores[i] * prior(choice, i);
        if (scored <= most) continue;
        most = scored;
        best = i;
    }
    return best;
}

/* Go up to a parent that adds text without adding more of what is none. */
static uint32_t widen(const struct choice *choice, uint32_t node)
{
    static const double LEAST_GAIN = 1.02, CLEAN = 1.0;
    uint32_t chosen = node;
    for (uint32_t up = node; up; up = choice->tree->nodes.at[up].parent) {
        enum tag tag = choice->tree->nodes.at[up].tag;
        if (tag == TAG_BODY || tag == TAG_HTML) break;
        double text = choice->texts[up] - choice->texts[chosen];
        double noise = choice->noise[up] - choice->noise[chosen];
        bool adds = choice->texts[up] > choice->texts[chosen] * LEAST_GAIN;
        if (adds && text > noise * CLEAN && text < choice->texts[chosen]) chosen = up;
    }
    return chosen;
}

static void mark_outside(struct choice *choice, uint32_t node, size_t *start,
                         size_t *end)
{
    const struct node *chosen = &choice->tree->nodes.at[node];
    block_list *found = choice->found;
    *start = found->list.n;
    *end = 0;
    for (size_t i = 0; i < found->list.n; i++) {
        struct block *block = &found->list.at[i];
        bool inside = block->node >= node && block->node < chosen->end;
        if (inside && *start > i) *start = i;
        if (inside) *end = i + 1;
        if (!inside && !block->reason) block->reason = "outside the article";
    }
    if (*start > *end) *start = *end;
}

/* The runs of four words of a text, as hashes: what two texts have in common. */
struct shingles {
    uint64_t *slots; /* 0: empty; a power of two, at most half full */
    size_t n_slots;
};

enum { WORDS = 4 };

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c | 0x20) >= 'a';
}

/* The hash of the next run of words, or 0 at the end; a Chinese character is a word. */
static uint64_t next_shingle(const char **at, const char *end, uint64_t window[WORDS])
{
    while (*at < end && !is_word_byte((unsigned char)**at))
        ++*at;
    if (*at == end) return 0;
    const char *start = *at;
    while (*at < end && is_word_byte((unsigned char)**at) && *at - start < 3)
        ++*at;
    bool wide = (unsigned char)*start >= 0xe3;
    while (!wide && *at < end && is_word_byte((unsigned char)**at))
        ++*at;
    uint64_t all = 0;
    for (int i = 1; i < WORDS; i++)
        window[i - 1] = window[i];
    window[WORDS - 1] = hash_bytes(start, (size_t)(*at - start));
    for (int i = 0; i < WORDS; i++)
        all = hash_mix(all ^ window[i]);
    return all | 1;
}

static uint64_t *slot_of(const struct shingles *set, uint64_t hash)
{
    size_t i = (size_t)hash;
    while (set->slots[i & (set->n_slots - 1)] &&
           set->slots[i & (set->n_slots - 1)] != hash)
        i++;
    return &set->slots[i & (set->n_slots - 1)];
}

static aln_status collect(const char *text, size_t size, struct shingles *set)
{
    uint64_t window[WORDS] = {0}, hash;
    const char *at = text, *end = text + size;
    set->n_slots = 64;
    while (set->n_slots < size)
        set->n_slots *= 2;
    set->slots = calloc(set->n_slots, sizeof *set->slots);
    if (!set->slots) return ALN_NO_MEMORY;
    while ((hash = next_shingle(&at, end, window)))
        *slot_of(set, hash) = hash;
    return ALN_OK;
}

/* The share of a block's runs of words that the set holds. */
static double share_of(const struct shingles *set, const struct block *block)
{
    uint64_t window[WORDS] = {0}, hash;
    const char *at = block->text, *end = block->text + block->size;
    size_t all = 0, held = 0;
    for (size_t n = 0; (hash = next_shingle(&at, end, window)); n++) {
        if (n + 1 < WORDS) continue;
        all++;
        held += *slot_of(set, hash) == hash;
    }
    return all ? (double)held / (double)all : 0;
}

static const double HELD = 0.7; /* of a block's words: it is in the article */

/* Where the page says what its article is and most of that was dropped, its word is
 * taken: the blocks it holds are kept, the others dropped. */
static aln_status believe(block_list *found, const char *article, size_t size,
                          size_t *start, size_t *end)
{
    enum { WORTH_IT = 400 }; /* bytes: shorter ones are a teaser */
    struct shingles set = {0};
    if (size < WORTH_IT) return ALN_OK;
    AUTO(free) bool *held = calloc(found->list.n + 1, sizeof *held);
    aln_status status = held ? collect(article, size, &set) : ALN_NO_MEMORY;
    double all = 0, kept = 0;
    for (size_t i = 0; !status && i < found->list.n; i++) {
        const struct block *block = &found->list.at[i];
        held[i] = share_of(&set, block) >= HELD;
        all += held[i] ? block->width : 0;
        kept += held[i] && !block->reason ? block->width : 0;
    }
    for (size_t i = 0; !status && kept * 2 < all && i < found->list.n; i++) {
        struct block *block = &found->list.at[i];
        block->reason = held[i]         ? NULL
                        : block->reason ? block->reason
                                        : "not in JSON-LD";
        if (held[i] && *start > i) *start = i;
        if (held[i] && *end < i + 1) *end = i + 1;
    }
    free(set.slots);
    return status;
}

aln_status choose_blocks(const html_tree *tree, block_list *found, const char *article,
                         size_t article_size, size_t *start, size_t *end)
{
    size_t n = tree->nodes.n;
    AUTO(free) double *numbers = calloc(3 * n, sizeof *numbers);
    if (!numbers) return ALN_NO_MEMORY;

    struct choice choice = {tree, found, numbers, numbers + n, numbers + 2 * n};
    score(&choice);
    uint32_t best = best_container(&choice);
    if (best) best = widen(&choice, best);
    mark_outside(&choice, best, start, end);
    return believe(found, article, article_size, start, end);
}
