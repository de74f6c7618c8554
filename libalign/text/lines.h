/* lines.h - a page as a list of lines, and which of them are its text.
 *
 * What plain text and the blocks of an HTML page have in common: the title is above,
 * furniture is told by phrases, a line with a date and little else is metadata, and
 * after certain lines the article is over.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "text/furniture.h"
#include "text/page.h"

struct page_line {
    const char *text; /* folded, the page's */
    size_t size;
    furniture_kind kind;
    size_t rest; /* offset behind the phrase that told the kind */
};

typedef vec(struct page_line) lines;

aln_status lines_add(page_builder *page, lines *list, const char *text, size_t size);

/* Tell the kinds; set the page's title, date, source and editor; add its paragraphs. */
aln_status lines_keep_text(page_builder *page, lines *list);

/* Is this line of a page's head or foot a date, source or editor line?  Then the page
 * learns from it.  Phrases alone tell in_head = false. */
bool lines_take_metadata(page_builder *page, const furniture *lists,
                         struct page_line *line, bool in_head);

#endif
