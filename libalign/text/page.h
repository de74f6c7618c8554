/* page.h - a page while it is being read.
 *
 * Readers (html, plain, office) add to a builder and never look back: the first failure
 * to get memory sticks, and aln_page_read asks for it at the end.
 *
 *     page_set(page, &page->view.source, "Xinhua", 6);
 *     page_add(page, "  Il est\n arriv\u00e9. ", 18);     a paragraph: "Il est
 * arriv\u00e9." page_drop(page, "Partager", 8, "share link");
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_PAGE_H
#define TEXT_PAGE_H

#include <align/text.h>

#include "base/arena.h"
#include "base/vec.h"

typedef struct page_builder {
    aln_page view; /* first: what the caller sees */
    arena texts;
    vec(aln_paragraph) paragraphs;
    vec(aln_dropped) dropped;
    bool explain;
    bool no_memory;
} page_builder;

/* All four fold white space to single blanks and trim it. */

/* A paragraph; nothing is added for white space alone. */
void page_add(page_builder *page, const char *text, size_t size);

/* Say why a piece of the page was dropped; nothing without options.explain. */
void page_drop(page_builder *page, const char *text, size_t size, const char *reason);

/* Fill in a field of the view unless it has been or the text is empty. */
void page_set(page_builder *page, const char **field, const char *text, size_t size);

/* A date of ISO 8601: the first counts, but one that adds the time to it is better. */
void page_set_date(page_builder *page, const char *iso);

/* The folded text, NUL-terminated, the page's; NULL when out of memory. */
const char *page_fold(page_builder *page, const char *text, size_t size,
                      size_t *folded_size);

/* The readers of one format each.  text is UTF-8. */
aln_status html_read(page_builder *page, const char *text, size_t size,
                     aln_error *error);
aln_status plain_read(page_builder *page, const char *text, size_t size,
                      aln_error *error);

/* Word processors' documents; bytes is the zip archive. */
aln_status office_read(page_builder *page, const char *bytes, size_t size,
                       aln_page_format format, aln_error *error);

#endif
