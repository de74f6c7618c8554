/* html.c - the article of an HTML page.
 *
 * trim (drop scripts) -> tree (libxml2) -> blocks (lines) -> choose (the article's
 * element) -> here: what is furniture inside it, and what the page says of itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <strings.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"
#include "text/choose.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/json.h"
#include "text/lines.h"
#include "text/title.h"
#include "text/trim.h"

/* Everything that is made on the way, freed at once. */
struct html {
    page_builder *page;
    str trimmed, data;
    html_tree tree;
    block_list blocks;
    furniture lists;
    str article;       /* JSON-LD's articleBody */
    size_t start, end; /* blocks of the article's element */
};

static void html_done(struct html *html)
{
    str_done(&html->trimmed);
    str_done(&html->data);
    str_done(&html->article);
    tree_done(&html->tree);
    blocks_done(&html->blocks);
    furniture_done(&html->lists);
}

/* Columns of the blocks that are kept. */
static size_t kept_width(const block_list *found)
{
    size_t width = 0;
    for (size_t i = 0; i < found->list.n; i++)
        if (!found->list.at[i].reason) width += found->list.at[i].width;
    return width;
}

/* What the page says its article is, where next to none of that is in its elements: a
 * script would have written it. */
static void add_article(struct html *html)
{
    if (clean_width(str_text(&html->article), html->article.size) <
        3 * kept_width(&html->blocks))
        return;
    for (size_t i = 0; i < html->blocks.list.n; i++)
        if (!html->blocks.list.at[i].reason)
            html->blocks.list.at[i].reason = "repeated in JSON-LD";
    const char *at = str_text(&html->article), *end = at + html->article.size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        page_add(html->page, at, (size_t)(stop - at));
        at = stop + 1;
    }
}

/* Where nothing was found but words of menus and forms, there is no text. */
static void drop_words(block_list *found)
{
    bool sentence = false;
    for (size_t i = 0; i < found->list.n; i++) {
        const struct block *block = &found->list.at[i];
        bool ends = clean_ends_sentence(block->text, block->size);
        sentence |= !block->reason && ends && block->in_links < block->width;
    }
    for (size_t i = 0; i < found->list.n && !sentence; i++)
        if (!found->list.at[i].reason) found->list.at[i].reason = "no sentence";
}

static aln_status choose_with(struct html *html, enum strictness how)
{
    TRY(blocks_judge(&html->tree, &html->blocks, how));
    return choose_blocks(&html->tree, &html->blocks, str_text(&html->article),
                         html->article.size, &html->start, &html->end);
}

/* Judge strictly first; where little is left, trust more if that finds much more. */
static aln_status choose(struct html *html)
{
    enum { ENOUGH = 250, MUCH_MORE = 2 };
    enum strictness best = STRICT;
    TRY(choose_with(html, STRICT));
    size_t most = kept_width(&html->blocks);
    for (enum strictness how = TRUSTING; how <= ANYTHING && most < ENOUGH; how++) {
        TRY(choose_with(html, how));
        size_t width = kept_width(&html->blocks);
        if (width <= MUCH_MORE * most) continue;
        most = width;
        best = how;
    }
    TRY(choose_with(html, best));
    if (best == ANYTHING) drop_words(&html->blocks);
    return ALN_OK;
}

/* A line that is a link, unless it is a sentence. */
static bool is_link(const struct block *block)
{
    enum { SENTENCE = 100 };
    if (block->in_links * 10 <= block->width * 7) return false;
    return block->width < SENTENCE || block->item ||
           !clean_ends_sentence(block->text, block->size);
}

/* A heading may be a link, if what it heads follows it in the same element; others are
 * the titles of other articles. */
static bool heads_text(const struct html *html, size_t heading)
{
    enum { TEXT = 100 };
    const struct block *block = &html->blocks.list.at[heading];
    if (!block->level || heading + 1 >= html->end) return false;
    const struct node *nodes = html->tree.nodes.at;
    return block[1].width >= TEXT &&
           nodes[block[1].node].parent == nodes[block->node].parent;
}

/* What stands inside the article's element and is no text of it. */
static void drop_furniture(struct html *html)
{
    block_list *found = &html->blocks;
    size_t total = kept_width(found), above = 0;
    bool over = false;
    for (size_t i = html->start; i < html->end; i++) {
        struct block *block = &found->list.at[i];
        if (block->reason) continue;
        size_t rest;
        furniture_kind kind =
            furniture_of(&html->lists, block->text, block->size, &rest);
        over |= kind == FURNITURE_END && above * 4 > total * 3;
        above += block->width;
        if (kind != FURNITURE_NONE) block->reason = furniture_reason(kind);
        if (over) block->reason = "behind the end of the article";
        if (!block->reason && is_link(block) && !heads_text(html, i))
            block->reason = "links";
    }
}

/* Lines around the article that say when, where and by whom it was published; above it
 * they can be dates. */
static void take_lines(struct html *html)
{
    enum { NEAR = 12, HEADING = 100 };
    size_t first = html->start > NEAR ? html->start - NEAR : 0;
    bool in_head = true;
    for (size_t i = first; i < html->end + NEAR && i < html->blocks.list.n; i++) {
        struct block *block = &html->blocks.list.at[i];
        struct page_line line = {.text = block->text, .size = block->size};
        if (!block->reason && !block->level && block->width > HEADING) in_head = false;
        if (block->width > 2 * HEADING) continue;
        bool taken = lines_take_metadata(html->page, &html->lists, &line, in_head);
        if (taken && !block->reason) block->reason = furniture_reason(line.kind);
    }
}

/* A heading without text below it announced something that was dropped. */
static void drop_empty_headings(struct html *html)
{
    block_list *found = &html->blocks;
    unsigned below = 0; /* level of the heading below with nothing between; 7: text */
    for (size_t i = html->end; i-- > html->start;) {
        struct block *block = &found->list.at[i];
        if (block->reason) continue;
        if (!block->level)
            below = 7;
        else if (below == 0 || block->level > below)
            block->reason = "heading without text";
        else
            below = block->level;
    }
}

static void drop_title(struct html *html, const char *title)
{
    block_list *found = &html->blocks;
    for (size_t i = html->start; i < html->end; i++) {
        struct block *block = &found->list.at[i];
        bool same = title && strcmp(title, block->text) == 0;
        if (!block->reason && (same || block->level == 1)) block->reason = "title";
        if (!block->reason && block->width > 200) break;
    }
}

static const struct node *find_meta(const struct html *html, const char *const *names)
{
    for (; *names; names++)
        for (size_t i = 0; i < html->tree.nodes.n; i++) {
            const struct node *node = &html->tree.nodes.at[i];
            if (node->tag == TAG_META && node->property && node->content &&
                *node->content && strcasecmp(node->property, *names) == 0)
                return node;
        }
    return NULL;
}

static void set_meta(struct html *html, const char **field, const char *const *names)
{
    const struct node *node = find_meta(html, names);
    if (node) page_set(html->page, field, node->content, strlen(node->content));
}

static void set_date(struct html *html, const char *text, size_t size)
{
    struct date date;
    if (date_find(text, size, &date)) page_set_date(html->page, date.iso);
}

static aln_status read_metadata(struct html *html)
{
    static const char *const dates[] = {"article:published_time",
                                        "datePublished",
                                        "pubdate",
                                        "publishdate",
                                        "og:published_time",
                                        "publish_date",
                                        "dc.date",
                                        "dcterms.created",
                                        "dc.date.issued",
                                        "date",
                                        "parsely-pub-date",
                                        NULL};
    AUTO(str) str found = {0};
    const char *data = str_text(&html->data);
    TRY(json_find(data, html->data.size, "datePublished", &found));
    set_date(html, str_text(&found), found.size);
    const struct node *meta = find_meta(html, dates);
    if (meta) set_date(html, meta->content, strlen(meta->content));
    return json_find(data, html->data.size, "articleBody", &html->article);
}

/* "来源：新华网" */
static void set_source(struct html *html, const struct node *meta)
{
    size_t rest = 0;
    if (!meta) return;
    const char *text = meta->content;
    if (furniture_of(&html->lists, text, strlen(text), &rest) != FURNITURE_SOURCE)
        rest = 0;
    page_set(html->page, &html->page->view.source, text + rest, strlen(text + rest));
}

static aln_status read_names(struct html *html)
{
    static const char *const sources[] = {"source", "og:site_name", "publisher", NULL};
    static const char *const editors[] = {"editor", "author", "article:author", NULL};
    aln_page *view = &html->page->view;
    AUTO(str) str found = {0};
    const char *data = str_text(&html->data);
    TRY(json_find_in(data, html->data.size, "publisher", "name", &found));
    page_set(html->page, &view->source, str_text(&found), found.size);
    str_clear(&found);
    TRY(json_find_in(data, html->data.size, "author", "name", &found));
    page_set(html->page, &view->editor, str_text(&found), found.size);
    set_source(html, find_meta(html, sources));
    set_meta(html, &view->editor, editors);
    return ALN_OK;
}

static void set_language(struct html *html)
{
    char tag[ALN_LANGUAGE_SIZE];
    for (size_t i = 0; i < html->tree.nodes.n; i++) {
        const struct node *node = &html->tree.nodes.at[i];
        if (node->tag != TAG_HTML || !node->language) continue;
        if (aln_language_canonical(node->language, tag, NULL) == ALN_OK)
            page_set(html->page, &html->page->view.language, tag, strlen(tag));
        return;
    }
}

static void set_title(struct html *html)
{
    static const char *const names[] = {"og:title", "twitter:title", NULL};
    const struct node *node = find_meta(html, names);
    title_choose(html->page, &html->tree, &html->blocks, html->end,
                 node ? node->content : NULL);
}

static void keep(struct html *html)
{
    for (size_t i = 0; i < html->blocks.list.n; i++) {
        const struct block *block = &html->blocks.list.at[i];
        if (block->reason)
            page_drop(html->page, block->text, block->size, block->reason);
        else
            page_add(html->page, block->text, block->size);
    }
}

static aln_status read_html(struct html *html, const char *text, size_t size,
                            aln_error *error)
{
    TRY(trim_html(text, size, &html->trimmed, &html->data));
    TRY(tree_parse(&html->tree, str_text(&html->trimmed), html->trimmed.size, error));
    TRY(furniture_load(&html->lists));
    TRY(blocks_find(html->page, &html->tree, &html->blocks));
    TRY(read_metadata(html));
    TRY(choose(html));
    take_lines(html);
    drop_furniture(html);
    set_title(html);
    drop_title(html, html->page->view.title);
    drop_empty_headings(html);
    TRY(read_names(html));
    set_language(html);
    add_article(html);
    keep(html);
    return ALN_OK;
}

aln_status html_read(page_builder *page, const char *text, size_t size,
                     aln_error *error)
{
    struct html html = {.page = page};
    aln_status status = read_html(&html, text, size, error);
    html_done(&html);
    return status == ALN_NO_MEMORY ? error_no_memory(error) : status;
}
