/* choose.c - which blocks of an HTML page are the article.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/choose.h"

#include <string.h>

#include "base/auto.h"
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
    return ALN_OK;
}
