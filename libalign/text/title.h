/* title.h - the title of an HTML page.
 *
 * Pages say it several times and differently: a heading, og:title, and <title>, which
 * carries the site's name as well. The heading that <title> repeats is best.
 *
 *     <title>Bridge opens | Town Gazette</title> ... <h1>Gazette</h1> <h1>Bridge opens</h1>
 *     ->  Bridge opens
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TITLE_H
#define TEXT_TITLE_H

#include "text/blocks.h"

/* Set the page's title from blocks [0, end) and the head; og is og:title or NULL. */
void title_choose(page_builder *page, const html_tree *tree, const block_list *found,
                  size_t end, const char *og);

#endif
