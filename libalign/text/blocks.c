/* blocks.c - the lines of an HTML page: what a reader sees as a paragraph each.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/blocks.h"

#include <string.h>

#include "base/auto.h"
#include "base/str.h"
#include "text/clean.h"

enum { MAX_OPEN = 1024 };

/* The walk over the nodes. */
struct walk {
    page_builder *page;
    const html_tree *tree;
    block_list *out;
    str text;
    size_t link_start, links; /* bytes of `text` that stand in links */
    uint32_t open[MAX_OPEN];  /* the elements around the current node */
    int depth, link_depth;
    uint32_t node;    /* the block element of the text so far */
    uint32_t inner;   /* the element that all of it stands in; 0: none yet */
    bool broken;      /* behind a <br> */
    uint32_t row_end; /* of a table's row that is one line */
};

static bool is_hidden(const struct node *node)
{
    if (node->hidden) return true;
    const char *style = node->style;
    if (!style) return false;
    return strstr(style, "display:none") || strstr(style, "display: none") ||
           strstr(style, "visibility:hidden") || strstr(style, "visibility: hidden");
}

static unsigned char level_of(enum tag tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6 ? (unsigned char)(tag - TAG_H1 + 1) : 0;
}

static bool is_in(const html_tree *tree, uint32_t node, enum tag tag)
{
    enum { NEAR = 4 };
    for (int i = 0; i < NEAR && node; i++, node = tree->nodes.at[node].parent)
        if (tree->nodes.at[node].tag == tag) return true;
    return false;
}

static unsigned char heading_level(const html_tree *tree, uint32_t node)
{
    enum { NEAR = 3 };
    for (int i = 0; i < NEAR && node; i++, node = tree->nodes.at[node].parent)
        if (level_of(tree->nodes.at[node].tag))
            return level_of(tree->nodes.at[node].tag);
    return 0;
}

static aln_status flush(struct walk *walk)
{
    size_t size;
    if (walk->link_depth) walk->links += walk->text.size - walk->link_start;
    const char *text =
        page_fold(walk->page, str_text(&walk->text), walk->text.size, &size);
    if (!text) return ALN_NO_MEMORY;

    size_t width = clean_width(text, size), links = walk->links;
    struct block block = {.text = text,
                          .size = size,
                          .node = walk->node,
                          .inner = walk->inner ? walk->inner : walk->node,
                          .width = (uint32_t)width,
                          .level = heading_level(walk->tree, walk->node),
                          .item = is_in(walk->tree, walk->node, TAG_LI)};
    if (links > walk->text.size) links = walk->text.size;
    if (size)
        block.in_links =
            (uint32_t)((double)width * (double)links / (double)walk->text.size);
    str_clear(&walk->text);
    walk->links = walk->link_start = 0;
    walk->inner = 0;
    walk->broken = false;
    return size ? vec_push(&walk->out->list, block) : ALN_OK;
}

static bool is_white(const char *text, size_t size)
{
    while (size && strchr(" \t\r\n\f", *text)) {
        text++;
        size--;
    }
    return size == 0;
}

/* A lone <br> ends a paragraph unless the sentence goes on in lower case behind it. */
static bool goes_on(const struct walk *walk, const char *text, size_t size)
{
    while (size && (*text == ' ' || *text == '\n' || *text == '\r' || *text == '\t')) {
        text++;
        size--;
    }
    return size && *text >= 'a' && *text <= 'z' &&
           !clean_ends_sentence(str_text(&walk->text), walk->text.size);
}

static aln_status add_text(struct walk *walk, const struct node *node)
{
    if (is_white(node->text, node->size))
        return str_add(&walk->text, node->text, node->size);
    if (walk->broken && !goes_on(walk, node->text, node->size) && flush(walk))
        return ALN_NO_MEMORY;
    walk->broken = false;
    if (!walk->inner) walk->inner = node->parent;
    if (walk->inner != node->parent) walk->inner = walk->node;
    return str_add(&walk->text, node->text, node->size);
}

static uint32_t block_around(const struct walk *walk)
{
    for (int i = walk->depth; i > 0; i--)
        if (tree_is_block(walk->tree->nodes.at[walk->open[i - 1]].tag))
            return walk->open[i - 1];
    return 0;
}

/* A row of figures is one line; a row that lays out a page holds blocks or long texts. */
static bool is_row_of_data(const html_tree *tree, uint32_t row)
{
    enum { LONGEST_ROW = 300, LONGEST_CELL = 80 };
    size_t size = 0;
    for (uint32_t i = row + 1; i < tree->nodes.at[row].end; i++) {
        const struct node *node = &tree->nodes.at[i];
        bool cell = node->tag == TAG_TD || node->tag == TAG_TH;
        if ((tree_is_block(node->tag) && !cell) || node->tag == TAG_BR) return false;
        if (node->tag == TAG_TEXT) size += node->size;
        if (size > LONGEST_ROW || (node->tag == TAG_TEXT && node->size > LONGEST_CELL))
            return false;
    }
    return true;
}

static bool is_line(const struct walk *walk, uint32_t at)
{
    enum tag tag = walk->tree->nodes.at[at].tag;
    if (at < walk->row_end && (tag == TAG_TD || tag == TAG_TH)) return false;
    return tree_is_block(tag);
}

static aln_status open_element(struct walk *walk, uint32_t at)
{
    enum tag tag = walk->tree->nodes.at[at].tag;
    if (tag == TAG_TR && is_row_of_data(walk->tree, at))
        walk->row_end = walk->tree->nodes.at[at].end;
    if (is_line(walk, at)) {
        if (flush(walk)) return ALN_NO_MEMORY;
        walk->node = at;
    } else if (tree_is_block(tag) && str_putc(&walk->text, ' '))
        return ALN_NO_MEMORY;
    if (tag == TAG_BR && walk->broken && flush(walk)) return ALN_NO_MEMORY;
    if (tag == TAG_BR) {
        walk->broken = walk->text.size > 0;
        if (str_putc(&walk->text, '\n')) return ALN_NO_MEMORY;
    }
    if (tag == TAG_A && walk->link_depth++ == 0) walk->link_start = walk->text.size;
    if (walk->depth < MAX_OPEN) walk->open[walk->depth++] = at;
    return ALN_OK;
}

static aln_status close_element(struct walk *walk)
{
    uint32_t at = walk->open[--walk->depth];
    enum tag tag = walk->tree->nodes.at[at].tag;
    if (tag == TAG_A && --walk->link_depth == 0)
        walk->links += walk->text.size - walk->link_start;
    if (!is_line(walk, at)) return ALN_OK;
    if (flush(walk)) return ALN_NO_MEMORY;
    walk->node = block_around(walk);
    return ALN_OK;
}

static bool has_no_text(enum tag tag)
{
    return tag == TAG_HEAD || tag == TAG_TITLE || tag == TAG_META || tag == TAG_LINK;
}

/* An inline element inside a line that is furniture by its name or hidden: a tooltip, a
 * pop-up. */
static bool is_inset(const struct walk *walk, uint32_t at)
{
    enum { LONGEST = 600, MOST_NODES = 100 };
    const html_tree *tree = walk->tree;
    const struct node *node = &tree->nodes.at[at];
    size_t size = 0;
    if (tree_is_block(node->tag) || node->tag == TAG_BR || node->tag == TAG_A)
        return false;
    if (node->end - at > MOST_NODES) return false;
    bool furniture = is_hidden(node) || walk->out->verdicts.at[at] == CLASS_FURNITURE;
    for (uint32_t i = at + 1; furniture && i < node->end; i++) {
        if (tree->nodes.at[i].tag == TAG_TEXT) size += tree->nodes.at[i].size;
        furniture = !tree_is_block(tree->nodes.at[i].tag) && size <= LONGEST;
    }
    return furniture;
}

static aln_status add_inset(struct walk *walk, uint32_t at)
{
    AUTO(str) str text = {0};
    const struct node *node = &walk->tree->nodes.at[at];
    for (uint32_t i = at + 1; i < node->end; i++)
        if (node[i - at].tag == TAG_TEXT &&
            str_add(&text, node[i - at].text, node[i - at].size))
            return ALN_NO_MEMORY;
    size_t size;
    const char *folded = page_fold(walk->page, str_text(&text), text.size, &size);
    if (!folded) return ALN_NO_MEMORY;
    uint32_t width = (uint32_t)clean_width(folded, size);
    struct block block = {
        .text = folded, .size = size, .node = walk->node, .inner = at, .width = width};
    return size ? vec_push(&walk->out->list, block) : ALN_OK;
}

static aln_status walk_nodes(struct walk *walk)
{
    const html_tree *tree = walk->tree;
    for (uint32_t i = 1; i < tree->nodes.n; i++) {
        const struct node *node = &tree->nodes.at[i];
        while (walk->depth && tree->nodes.at[walk->open[walk->depth - 1]].end <= i)
            if (close_element(walk)) return ALN_NO_MEMORY;
        if (node->tag == TAG_TITLE) i = node->end - 1;
        if (has_no_text(node->tag)) continue;
        if (walk->text.size && is_inset(walk, i)) {
            if (add_inset(walk, i)) return ALN_NO_MEMORY;
            i = node->end - 1;
            continue;
        }
        if (node->tag == TAG_TEXT ? add_text(walk, node) : open_element(walk, i))
            return ALN_NO_MEMORY;
    }
    return flush(walk);
}

static aln_status judge_classes(const html_tree *tree, block_list *out)
{
    classes lists = {0};
    aln_status status = classes_load(&lists);
    for (uint32_t i = 0; !status && i < tree->nodes.n; i++) {
        const struct node *node = &tree->nodes.at[i];
        unsigned verdict = 0;
        if (node->tag != TAG_TEXT && node->size)
            status = classes_judge(&lists, node->text, node->size, &verdict);
        if (!status) status = vec_push(&out->verdicts, (unsigned char)verdict);
    }
    classes_done(&lists);
    return status;
}

aln_status blocks_find(page_builder *page, const html_tree *tree, block_list *out)
{
    struct walk walk = {.page = page, .tree = tree, .out = out};
    aln_status status = judge_classes(tree, out);
    if (!status) status = walk_nodes(&walk);
    str_done(&walk.text);
    return status;
}

/* Why a tag alone makes what is in it furniture. */
static const char *const tag_reasons[TAGS] = {
    [TAG_NAV] = "navigation",   [TAG_FOOTER] = "footer",
    [TAG_ASIDE] = "aside",      [TAG_BUTTON] = "button",
    [TAG_LABEL] = "form",       [TAG_OPTION] = "form",
    [TAG_FIELDSET] = "form",    [TAG_FORM] = "form",
    [TAG_FIGURE] = "caption",   [TAG_FIGCAPTION] = "caption",
    [TAG_CAPTION] = "caption",  [TAG_NOSCRIPT] = "not shown",
    [TAG_OBJECT] = "not shown", [TAG_VIDEO] = "not shown",
    [TAG_ADDRESS] = "address",
};

static const char *role_reason(const char *role)
{
    static const char *const roles[] = {"navigation",  "banner",  "complementary",
                                        "contentinfo", "search",  "dialog",
                                        "menu",        "toolbar", NULL};
    for (const char *const *known = roles; role && *known; known++)
        if (strcmp(role, *known) == 0) return *known;
    return NULL;
}

/* Why an element's content is furniture; NULL where nothing says so.  Names that speak
 * of both ("article-related") count as furniture unless the element is the article. */
static const char *own_reason(const struct node *node, unsigned verdict,
                              enum strictness strictness)
{
    if (node->tag == TAG_NOSCRIPT || node->tag == TAG_OPTION) return "not shown";
    if (strictness == ANYTHING) return NULL;
    if (tag_reasons[node->tag]) return tag_reasons[node->tag];
    if (is_hidden(node)) return "hidden";
    if (role_reason(node->role)) return role_reason(node->role);
    if (strictness == STRICT && (verdict & CLASS_FURNITURE) &&
        node->tag != TAG_BLOCKQUOTE)
        return "class or id";
    return NULL;
}

/* Columns of text outside links in long blocks, by node, itself and what is below. */
static aln_status measure(const html_tree *tree, const block_list *found,
                          uint32_t *widths)
{
    enum { LONG_BLOCK = 80 };
    for (size_t i = 0; i < found->list.n; i++) {
        const struct block *block = &found->list.at[i];
        if (block->width >= LONG_BLOCK && block->in_links * 2 < block->width)
            widths[block->node] += block->width - block->in_links;
    }
    for (uint32_t i = (uint32_t)tree->nodes.n; i-- > 1;)
        widths[tree->nodes.at[i].parent] += widths[i];
    return ALN_OK;
}

/* No furniture holds half of the text of a page: there the name means something else. */
static bool is_most(const uint32_t *widths, uint32_t node)
{
    return widths[node] * 2 > widths[0];
}

aln_status blocks_judge(const html_tree *tree, block_list *found,
                        enum strictness strictness)
{
    size_t n = tree->nodes.n;
    AUTO(free) uint32_t *widths = calloc(n, sizeof *widths);
    AUTO(free) const char **reasons = calloc(n, sizeof *reasons);
    if (!widths || !reasons || measure(tree, found, widths)) return ALN_NO_MEMORY;

    for (uint32_t i = 1; i < n; i++) {
        const struct node *node = &tree->nodes.at[i];
        reasons[i] = reasons[node->parent];
        if (reasons[i] || node->tag == TAG_TEXT || is_most(widths, i)) continue;
        if (node->tag == TAG_BODY || node->tag == TAG_HTML) continue;
        reasons[i] = own_reason(node, found->verdicts.at[i], strictness);
    }
    for (size_t i = 0; i < found->list.n; i++)
        found->list.at[i].reason = reasons[found->list.at[i].inner];
    return ALN_OK;
}

void blocks_done(block_list *found)
{
    vec_free(&found->list);
    vec_free(&found->verdicts);
}
