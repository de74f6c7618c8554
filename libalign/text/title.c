/* title.c - the title of an HTML page.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/title.h"

#include <string.h>

#include "text/clean.h"

/* What stands between a title and the name of a site or section. */
static const char *const separators[] = {
    " | ", " - ", " – ", " — ", " :: ", "--", " » ", " • ", "_", "|"};

struct cut {
    size_t start, end; /* of the separator */
};

static bool last_separator(const char *title, size_t size, struct cut *found)
{
    for (size_t i = size; i-- > 1;)
        for (size_t s = 0; s < sizeof separators / sizeof *separators; s++) {
            size_t n = strlen(separators[s]);
            if (i + n > size || memcmp(title + i, separators[s], n) != 0) continue;
            *found = (struct cut){i, i + n};
            return true;
        }
    const char *dash = memrchr(title, '-', size);
    if (!dash || dash == title) return false;
    size_t at = (size_t)(dash - title);
    *found = (struct cut){at, at + 1};
    return clean_ends_wide(title, at) && clean_starts_wide(dash + 1, size - at - 1);
}

/* Cut names of sites off the end while they are shorter than what is before. */
static size_t without_site(const char *title, size_t size)
{
    struct cut cut;
    while (last_separator(title, size, &cut)) {
        size_t before = clean_width(title, cut.start);
        if (before <= clean_width(title + cut.end, size - cut.end)) break;
        size = cut.start;
    }
    return size;
}

static const char *title_element(page_builder *page, const html_tree *tree)
{
    for (size_t i = 0; i + 1 < tree->nodes.n; i++) {
        const struct node *node = &tree->nodes.at[i];
        if (node->tag != TAG_TITLE || node[1].tag != TAG_TEXT) continue;
        size_t size;
        const char *text = page_fold(page, node[1].text, node[1].size, &size);
        return text && size ? text : NULL;
    }
    return NULL;
}

/* The longest heading of the first level that the title repeats; else the only one. */
static const struct block *heading(const block_list *found, size_t end,
                                   const char *title, const char *og)
{
    const struct block *best = NULL, *only = NULL;
    size_t n = 0;
    for (size_t i = 0; i < end; i++) {
        const struct block *block = &found->list.at[i];
        if (block->level != 1) continue;
        n++;
        only = block;
        bool repeated = (title && strstr(title, block->text)) ||
                        (og && (strstr(og, block->text) || strstr(block->text, og)));
        if (repeated && (!best || block->size > best->size)) best = block;
    }
    if (best || (title && og)) return best;
    return n == 1 ? only : NULL;
}

void title_choose(page_builder *page, const html_tree *tree, const block_list *found,
                  size_t end, const char *og)
{
    const char *title = title_element(page, tree);
    const struct block *best = heading(found, end, title, og);
    if (best) page_set(page, &page->view.title, best->text, best->size);
    if (og) page_set(page, &page->view.title, og, without_site(og, strlen(og)));
    if (title)
        page_set(page, &page->view.title, title, without_site(title, strlen(title)));
}
