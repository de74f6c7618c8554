/* tree.h - the elements and texts of an HTML page, in the order in which they begin.
 *
 *     <div><p>a</p>b</div>     0 document [0,5)   1 div [1,5)   2 p [2,4)   3 "a"   4 "b"
 *
 * The nodes below node i are those between i and its end, so a walk is a loop and never
 * a recursion.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TREE_H
#define TEXT_TREE_H

#include <stdint.h>

#include <align/status.h>

#include "base/arena.h"
#include "base/vec.h"

/* The tags that matter; any other is an inline element without a meaning. */
enum tag {
    TAG_OTHER,
    TAG_TEXT, /* no element */
    TAG_A,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BR,
    TAG_BUTTON,
    TAG_CAPTION,
    TAG_CENTER,
    TAG_DD,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEAD,
    TAG_HEADER,
    TAG_HR,
    TAG_HTML,
    TAG_LABEL,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_META,
    TAG_NAV,
    TAG_NOSCRIPT,
    TAG_OBJECT,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_SECTION,
    TAG_SUP,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TH,
    TAG_THEAD,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_VIDEO,
    TAGS
};

struct node {
    uint32_t parent, end;
    enum tag tag;
    const char *text; /* of a text: its bytes; of an element: its class and id */
    size_t size;
    const char *property; /* itemprop, property or name */
    const char *content;  /* content, datetime or href */
    const char *role, *style, *language;
    int hidden;
};

typedef struct html_tree {
    vec(struct node) nodes; /* node 0 is the document */
    arena texts;
} html_tree;

/* Parse trimmed HTML (trim.h).  Where it has too many nodes or nests too deeply for a
 * page, the tree ends there. */
aln_status tree_parse(html_tree *made, const char *html, size_t size, aln_error *error);

void tree_done(html_tree *made);

/* Does the tag begin a new line? */
int tree_is_block(enum tag tag);

#endif
