/* xliff_unit.h - where things stand in a unit of XLIFF, so that it can be filled in.
 *
 *     <trans-unit id="1"><source>One <g id="1">word</g>.</source><target/></trans-unit>
 *                                                       source_end ^
 *                                                        target_tag ^^^^^^^^^
 *
 * All places are offsets in the bytes of the unit as they were read (xml.raw).  What is
 * translated on its own is a slot: a <trans-unit>, or of it each <mrk mtype="seg">; of
 * 2.x each <segment>.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XLIFF_UNIT_H
#define EXCHANGE_XLIFF_UNIT_H

#include "exchange/xliff_edit.h"
#include "exchange/xliff_inline.h"
#include "unit/tags.h"

typedef struct xliff_slot {
    char id[XLIFF_MID]; /* mid of the mrk, id of the <segment> */
    xliff_span
        tag;      /* of the <segment>; Trados: of the <sdl:seg> that tells its state */
    str text;     /* of the source, without tags */
    tagged query; /* the source */
    xliff_span source; /* its content; of a mrk: in <seg-source> */
    size_t source_end; /* behind </source> */
    bool has_target;
    bool blank;                    /* the target holds nothing */
    bool fixed;                    /* locked, or said to be final */
    xliff_span target_tag, target; /* its start tag; its content */
    size_t target_end;
} xliff_slot;

typedef struct xliff_unit {
    const str *raw;
    bool two;
    bool trados;      /* <sdl:seg> tells the states */
    bool fixed;       /* approved, or locked */
    xliff_span tag;   /* its start tag */
    xliff_slot whole; /* 1.x: <source> and <target> */
    size_t source_start;
    xliff_span seg_source;           /* its content; its end is 0 where there is none */
    vec(xliff_slot) slots;           /* the segments */
    xliff_span matches_tag, matches; /* 2.x: <mtc:matches>, its content; else 0 */
    str matches_prefix;              /* "mtc:" */
    str prefix;                      /* of the unit's namespace: "x:" or "" */
} xliff_unit;

/* Read on from the unit that was just opened up to its end.  x->raw holds its start tag,
 * and no NULL. */
aln_status xliff_unit_read(xliff_unit *unit, xml *x, bool two, aln_error *error);
void xliff_unit_done(xliff_unit *unit);

#endif
