/* choose.h - which blocks of an HTML page are the article.
 *
 * Every long block that is mostly text gives its width to the element it stands in;
 * each element passes a share of its score on to its parent, so that the one whose
 * children hold the paragraphs wins over the one around it, unless that adds text:
 *
 *     article 0.7 * 900      div.lead 100      div.text 800 <- p 300, p 300, p 200
 *
 * Names (class, itemprop) and <article> raise the score.  This is the idea of Arc90's
 * Readability (2010), with the share instead of its two levels.  The element that wins
 * is widened to what belongs to it, and the page's own JSON-LD articleBody, where it
 * has one, overrules all of this for the blocks that it holds.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_CHOOSE_H
#define TEXT_CHOOSE_H

#include "text/blocks.h"

/* Give a reason to every block that is not of the article.  article is what JSON-LD
 * says the article is, or "".  *start and *end become the blocks of the element that
 * was chosen: [start, end). */
aln_status choose_blocks(const html_tree *tree, block_list *found, const char *article,
                         size_t article_size, size_t *start, size_t *end);

#endif
