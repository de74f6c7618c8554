/* xml.h - a hardened pull parser for XML: one event at a time out of a stream.
 *
 *     while (!(status = xml_next(&x, &event, error)) && event != XML_END)
 *         if (event == XML_OPEN && strcmp(xml_name(&x), "tu") == 0) ...
 *
 * Why not libxml2: exchange files hold control characters (raw, or as "&#x1;") and wrong
 * declarations that must be repaired, not refused; after a broken unit reading must go
 * on with the next one; and the time for a tag with a million attributes must be
 * bounded.  libxml2 stops for good at the first, and is quadratic in the last.
 *
 * What it accepts is XML 1.0 without entities: the five predefined ones and character
 * references are known, any other reference is an error.  A DOCTYPE is skipped, inner
 * declarations too: nothing is fetched, nothing expands.  Memory is bounded by XML_MOST_*
 * whatever the input.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XML_H
#define EXCHANGE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#include "base/str.h"
#include "exchange/decoder.h"
#include "unit/escape.h"

enum {
    XML_MOST_DEPTH = 256,
    XML_MOST_ATTRIBUTES = 256,
    XML_MOST_MARKUP = 1 << 20, /* bytes of a tag, a comment, a DOCTYPE */
};

typedef enum xml_event {
    XML_END = 0,
    XML_OPEN = 1,
    XML_CLOSE = 2,
    XML_TEXT = 3, /* a piece: the text of an element may come in many */
} xml_event;

typedef struct xml_attribute {
    const char *name, *value;
} xml_attribute;

typedef struct xml {
    decoder *input; /* the caller's */
    warner warn;
    char *buffer;
    size_t start, end, cap;
    bool at_end, closing, in_cdata;
    unsigned line; /* of what comes next */
    unsigned tag_line;
    size_t depth;
    str names; /* of the open elements, each with its NUL */
    struct {
        size_t name;
        unsigned line;
    } open[XML_MOST_DEPTH];
    xml_attribute attributes[XML_MOST_ATTRIBUTES];
    size_t n_attributes;
    const char *name; /* of the latest tag */
    const char *text; /* of the latest piece */
    size_t text_size;
    char small[8];
    bool had_root;
    str *raw;        /* unless NULL, gets the input as it is read, byte for byte ... */
    size_t event_at; /* ... of which the latest event begins here */
    bool raw_failed;
} xml;

/* All of x is set; free it with xml_done, whatever happens. */
void xml_init(xml *x, decoder *input, warner warn);
void xml_done(xml *x);

/* The next event.  What the accessors return holds until then. */
aln_status xml_next(xml *x, xml_event *event, aln_error *error);

/* The name of the latest tag without its prefix; the value of its attribute or NULL. */
const char *xml_name(const xml *x);
const char *xml_attribute_value(const xml *x, const char *name);

/* Fail at a line. */
__attribute__((format(printf, 3, 4))) aln_status
xml_fail(aln_error *error, unsigned line, const char *format, ...);

/* The line where the innermost open element begins. */
unsigned xml_open_line(const xml *x);

/* Read to the end of the element that was just opened.  xml_content adds its text to
 * `out`, that of its children included, and fails beyond `most` bytes. */
aln_status xml_skip(xml *x, aln_error *error);
aln_status xml_content(xml *x, size_t most, str *out, aln_error *error);

/* After a failure: go on at the next start tag of that name, with `depth` elements open.
 * *found is false where the input has no more. */
aln_status xml_resume(xml *x, const char *name, size_t depth, bool *found,
                      aln_error *error);

/* Take the latest start tag for one at that depth, whatever was open inside. */
void xml_reopen(xml *x, size_t depth);

#endif
