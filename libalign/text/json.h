/* json.h - single strings out of JSON-LD, which pages write carelessly.
 *
 *     json_find("{\"headline\": \"R\\u00e9union\", ...", size, "headline", &out)   "Réunion"
 *
 * This is no JSON parser: pages put line feeds into strings and forget commas, and all
 * that is wanted are a few values.  The first value of the key that is a string counts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/str.h"

/* `out` is left empty where the key or its string is missing. */
aln_status json_find(const char *json, size_t size, const char *key, str *out);

/* The same for a key within the object (or the first of the array) that is the value of
 * another key: "name" of "author". */
aln_status json_find_in(const char *json, size_t size, const char *outer,
                        const char *key, str *out);

#endif
