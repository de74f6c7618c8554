/* ties.h - the links of two texts, asked from either of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_TIES_H
#define ALIGN_TIES_H

#include "align/evidence.h"
#include "align/lattice.h"

/* Some tokens of one text: those of a side of a bead. */
typedef struct view {
    const side_text *side;
    uint32_t start, end;
} view;

view view_of(const side_text *side, aln_range range);
bool view_has(const view *v, uint32_t type);

/* Seen from one text; `source` of a link is its type, whichever text that is. */
typedef struct ties {
    const side_text *from, *to;
    const evidence_link *links; /* by source */
    size_t n;
    aln_range *partners; /* by sentence of `from`: what its bead has of `to` */
} ties;

/* Both ways of seeing the links; known is sorted.  On failure, too, ties_done. */
aln_status ties_init(ties both[2], const evidence *known, const side_text *source,
                     const side_text *target, const lattice_path *path);

/* The links of a type. */
const evidence_link *ties_of(const ties *t, uint32_t type, size_t *n);

/* Does a type have a link into a view of the other text? */
bool ties_into(const ties *t, uint32_t type, const view *there);

void ties_done(ties both[2]);

#endif
