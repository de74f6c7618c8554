/* json.h - just enough JSON (RFC 8259) to read and write units.
 *
 *     static aln_status field(void *context, json *from, const char *name) ...
 *     json from = {.at = line, .end = line + size};
 *     if (json_object(&from, field, context)) puts(from.problem);
 *
 * Callbacks take exactly one value; json_skip takes any.  It is written by hand because
 * the library depends on no JSON library and this is all it needs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_JSON_H
#define EXCHANGE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef struct json {
    const char *at, *end;
    const char *problem; /* of the first failure */
    unsigned depth;
} json;

typedef aln_status json_field(void *context, json *from, const char *name);
typedef aln_status json_item(void *context, json *from);

/* ALN_SYNTAX, with `problem`, for what is no JSON or not the kind of value asked for. */
aln_status json_object(json *from, json_field *field, void *context);
aln_status json_array(json *from, json_item *item, void *context);
aln_status json_string(json *from, str *value); /* replaces the value */
aln_status json_number(json *from, double *value);
aln_status json_skip(json *from);

/* Take a null; false where another value comes. */
bool json_null(json *from);

/* Only white space is left. */
aln_status json_end(json *from);

/* "text" with its escapes. */
aln_status json_put_string(str *out, const char *text, size_t size);

#endif
