/* segment_read.h - the content of a TMX <seg>: text, and inline tags as XML.
 *
 *     Click <bpt i="1">&lt;b></bpt>here<ept i="1">&lt;/b></ept>
 *
 *     text     Click here
 *     markup   Click <bpt i="1">&lt;b&gt;</bpt>here<ept i="1">&lt;/b&gt;</ept>
 *
 * The markup is valid against the TMX 1.4 DTD: what is not (elements of other formats, a
 * missing i or pos, codes inside codes) is mended and reported.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_SEGMENT_READ_H
#define EXCHANGE_SEGMENT_READ_H

#include <stdbool.h>

#include "exchange/xml.h"

typedef struct segment {
    str text, markup;
    bool has_tags; /* else the markup is only the escaped text */
} segment;

/* Read on from the <seg> that was just opened, up to its end. */
aln_status segment_read(segment *seg, xml *x, aln_error *error);

/* The same of "<seg>...</seg>" in memory. */
aln_status segment_read_text(segment *seg, const char *xml_text, size_t size,
                             warner warn, aln_error *error);
void segment_done(segment *seg);

#endif
