/* lexicon.h - word pairs learned from the very texts that are being aligned.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_LEXICON_H
#define ALIGN_LEXICON_H

#include "align/evidence.h"
#include "align/lattice.h"

/* Add links between words that stand together in the sure beads of a path: of beads_most
 * of them, evenly spread, where there are more. */
aln_status lexicon_learn(evidence *found, const side_text *source,
                         const side_text *target, const lattice_path *path,
                         size_t beads_most);

#endif
