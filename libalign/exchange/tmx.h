/* tmx.h - what TMX 1.4b allows (LISA OSCAR 2005), for its reader, writer and checker.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_TMX_H
#define EXCHANGE_TMX_H

#include <stdbool.h>
#include <stddef.h>

#include <align/unit.h>

#include "base/str.h"

typedef enum tmx_place {
    TMX_HEADER = 0,
    TMX_TU = 1,
    TMX_TUV = 2,
} tmx_place;

/* Is the attribute one of <header>, <tu> or <tuv>?  xml:lang is none: it has a field. */
bool tmx_allows(tmx_place place, const char *attribute);

/* The value that is written for an attribute: `segtype` is one of four words in the DTD. */
const char *tmx_segment_type(const char *name, const char *value);

/* How an inline element may appear. */
typedef struct tmx_inline {
    const char *name;
    bool is_code;           /* its content is the code of another format, no text */
    bool takes_text;        /* hi, sub: its content is text again */
    bool alone;             /* bpt, ept, it, ph, ut: stands in text */
    const char *attributes; /* "|i|x|type|" */
    const char *required;   /* or NULL */
} tmx_inline;

/* The inline element of a name, or NULL. */
const tmx_inline *tmx_inline_named(const char *name);
bool tmx_inline_allows(const tmx_inline *element, const char *attribute);

/* A date as TMX writes it, YYYYMMDDThhmmssZ, out of the forms that tools write; false
 * for what is none of them. */
enum { TMX_DATE = 17 }; /* with its NUL */
bool tmx_date(const char *text, char out[TMX_DATE]);

/* The tuid of the n-th unit of a file where the unit has none of its own: n and eight
 * digits of a hash of its texts, "12-9f86d081".  The reader knows it again and forgets
 * it, so that it may be made anew. */
enum { TMX_TUID = 32 };
void tmx_make_tuid(const aln_unit *unit, unsigned long n, char out[TMX_TUID]);
bool tmx_made_tuid(const aln_unit *unit, const char *tuid);

#endif
