/* match.h - matches and fragments, as text and as JSON.
 *
 *      96  Le président est arrivé à Astana.        (changed words coloured)
 *          The president has arrived in Astana.
 *          2017/visit.html  unit 1234
 *       ~  Le [président est arrivé à Astana] le 8 juin.
 *          The [president arrived in Astana] on 8 June.
 *          unit 1230
 *
 * memory: its path where there are several, or NULL.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_MATCH_H
#define TOOLS_MATCH_H

#include <align/lookup.h>
#include <jansson.h>

#include "tools.h"

typedef struct match_style {
    bool explain, colour;
} match_style;

void match_print(const match_style *style, const char *memory, const aln_match *match);
json_t *match_json(const match_style *style, const char *memory,
                   const aln_match *match);

void fragment_print(const char *memory, const aln_fragment *fragment);
json_t *fragment_json(const char *memory, const aln_fragment *fragment);

/* A text that is not UTF-8 all the same is left out, not the whole object. */
json_t *text_json(const char *text, size_t size);

#endif
