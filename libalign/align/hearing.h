/* hearing.h - names of one text that can be heard in the other.
 *
 * A capitalised word of a text in letters is looked for in Han text: by its sound among
 * characters that foreign names are written with (Trump, 特朗普), and, where it is
 * pinyin, among all (Jinping, 近平).  Where it is found, the Han sentence is given the
 * name as a token of its own, and the two are linked.  Names of two texts in letters are
 * compared as wholes (Poutine, Путин).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_HEARING_H
#define ALIGN_HEARING_H

#include <align/beads.h>

#include "align/evidence.h"
#include "align/sounds.h"

/* One text as it was given and as it was read. */
typedef struct hearing_text {
    const aln_side *text;
    side_text *side;
} hearing_text;

aln_status hearing_find(evidence *found, const sounds *s, hearing_text source,
                        hearing_text target);

#endif
