/* revise.h - links that were known beforehand, weighed by the texts themselves.
 *
 * A dictionary does not know how often a word is translated as it says: "de" stands for
 * "of" in one text and for nothing in the next.  The sure beads of the first round tell
 * it for these texts (expectation maximisation, what was known as pseudo-counts).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_REVISE_H
#define ALIGN_REVISE_H

#include "align/evidence.h"
#include "align/lattice.h"

/* Change the strengths of links, which have been weighed once, to
 *
 *     (both + k strength) / sqrt((source + k) (target + k))
 *
 * where the words stand in that many sure beads of the path, together and alone. */
aln_status revise_links(evidence *found, const side_text *source,
                        const side_text *target, const lattice_path *path);

#endif
