/* flags.h - what a reviewer should know of a bead.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_FLAGS_H
#define ALIGN_FLAGS_H

#include "align/pair.h"

/* The flags of two ranges of a pair that are said to translate each other; 0 where one
 * is empty.  Duplicates and crossings are seen by who sees all beads. */
unsigned flags_of(const pair *p, const aln_side *source, aln_range from,
                  const aln_side *target, aln_range to);

#endif
