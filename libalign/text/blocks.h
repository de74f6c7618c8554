/* blocks.h - the lines of an HTML page: what a reader sees as a paragraph each.
 *
 *     <div>One <b>bold</b> word.<br><br>Two <ul><li>Three</ul></div>
 *     "One bold word."   "Two"   "Three"
 *
 * A block remembers the element it stands in, how much of it is links, and why the
 * elements around it make it furniture, if they do.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_BLOCKS_H
#define TEXT_BLOCKS_H

#include "text/classes.h"
#include "text/page.h"
#include "text/tree.h"

struct block {
    const char *text; /* folded; the page's */
    size_t size;
    uint32_t node;            /* the block element it stands in */
    uint32_t inner;           /* the inline element that holds all of it, else node */
    uint32_t width, in_links; /* columns */
    const char *reason;       /* why it is dropped; NULL for text */
    unsigned char level;      /* 1 to 6 for a heading, else 0 */
    bool item;                /* of a list */
};

/* How strict to be with what is around a block. */
enum strictness {
    STRICT,   /* tags, roles, styles, and class names */
    TRUSTING, /* all but class names */
    ANYTHING, /* whatever can be seen */
};

typedef struct block_list {
    vec(struct block) list;
    vec(unsigned char) verdicts; /* CLASS_ bits by node */
} block_list;

aln_status blocks_find(page_builder *page, const html_tree *tree, block_list *out);

/* Fill in the reasons anew. */
aln_status blocks_judge(const html_tree *tree, block_list *found,
                        enum strictness strictness);

void blocks_done(block_list *found);

#endif
