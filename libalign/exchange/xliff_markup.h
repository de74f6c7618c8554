/* xliff_markup.h - a variant's text with its tags as XLIFF writes them.
 *
 *     TMX          1.2                    2.0
 *     bpt ept      bpt ept                sc ec, the code in <originalData>
 *     it           it pos="open|close"    sc ec isolated="yes"
 *     ph ut        ph                     ph
 *     hi           g                      pc
 *     sub          its text               its text
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XLIFF_MARKUP_H
#define EXCHANGE_XLIFF_MARKUP_H

#include <stdbool.h>

#include <align/unit.h>

#include "base/str.h"

typedef struct xliff_dialect {
    bool two;         /* 2.0, else 1.2 */
    const char *side; /* "s" or "t": ids must differ where no i or x links them */
} xliff_dialect;

/* The codes that 2.0 keeps apart: <data> elements, numbered on from n. */
typedef struct xliff_data {
    str elements;
    unsigned n;
} xliff_data;

/* Add to `out` the content of a <source> or <target>. */
aln_status xliff_put_markup(const aln_variant *variant, const xliff_dialect *dialect,
                            str *out, xliff_data *data, aln_error *error);

#endif
