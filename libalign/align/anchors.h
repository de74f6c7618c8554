/* anchors.h - words of two texts that correspond by their looks alone: numbers, names
 * that are spelt alike, cognates.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_ANCHORS_H
#define ALIGN_ANCHORS_H

#include "align/evidence.h"

aln_status anchors_find(evidence *found, const side_text *source,
                        const side_text *target, unsigned without);

#endif
