/* xliff_edit.h - bytes of a unit that others stand in for.
 *
 *     size_t from = edits->texts.size;
 *     TRY(str_puts(&edits->texts, "<target/>"));
 *     TRY(xliff_replace(edits, at, at, from));
 *     TRY(xliff_edits_apply(edits, &out));
 *
 * Edits must not overlap; they may come in any order, and those at one place stand there
 * in the order in which they were made.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XLIFF_EDIT_H
#define EXCHANGE_XLIFF_EDIT_H

#include "base/str.h"
#include "base/vec.h"

typedef struct xliff_span {
    size_t start, end;
} xliff_span;

typedef struct xliff_edit {
    size_t start, end;
    size_t order;
    xliff_span instead; /* in `texts` */
} xliff_edit;

typedef struct xliff_edits {
    str raw; /* what was read */
    vec(xliff_edit) list;
    str texts;
} xliff_edits;

/* Put what stands in `texts` from `from` on in the place of start..end. */
aln_status xliff_replace(xliff_edits *edits, size_t start, size_t end, size_t from);

/* Give the element with that start tag an attribute, or another value to the one it has. */
aln_status xliff_set_attribute(xliff_edits *edits, xliff_span tag, const char *name,
                               const char *value);

/* Put content into the element whose start tag is `tag`, instead of what it has. */
aln_status xliff_fill_element(xliff_edits *edits, xliff_span tag, xliff_span content,
                              const str *with);

/* Add to `texts` the white space in front of an element: what follows will stand as its
 * neighbours do. */
aln_status xliff_put_indent(xliff_edits *edits, size_t before);

/* Add what was read to `out`, as edited, and forget it. */
aln_status xliff_edits_apply(xliff_edits *edits, str *out);
void xliff_edits_done(xliff_edits *edits);

#endif
