/* json.c - single strings out of JSON-LD, which pages write carelessly.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/json.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unicode/utf16.h>
#include <unicode/utf8.h>

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n", *at))
        at++;
    return at;
}

/* Behind the colon of the next `"key" :`; NULL where there is none. */
static const char *value_of(const char *at, const char *end, const char *key)
{
    size_t n = strlen(key);
    while (at < end && (at = memmem(at, (size_t)(end - at), key, n))) {
        const char *behind = at + n;
        bool quoted = behind < end && *behind == '"' && at[-1] == '"';
        at++;
        if (!quoted) continue;
        behind = skip_blanks(behind + 1, end);
        if (behind < end && *behind == ':') return skip_blanks(behind + 1, end);
    }
    return NULL;
}

static int hex4(const char *at, const char *end)
{
    int value = 0;
    if (end - at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef", *found = strchr(digits, at[i] | 0x20);
        if (!at[i] || !found) return -1;
        value = value * 16 + (int)(found - digits);
    }
    return value;
}

static aln_status add_unit(const char **at, const char *end, str *out)
{
    char bytes[U8_MAX_LENGTH];
    int32_t n = 0;
    UChar32 c = hex4(*at + 2, end);
    *at += c < 0 ? 2 : 6;
    if (c < 0) return ALN_OK;
    if (U16_IS_LEAD(c) && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
        int trail = hex4(*at + 2, end);
        if (trail >= 0 && U16_IS_TRAIL(trail)) {
            c = U16_GET_SUPPLEMENTARY(c, trail);
            *at += 6;
        }
    }
    if (U_IS_SURROGATE(c) || !c) return ALN_OK;
    U8_APPEND_UNSAFE(bytes, n, c);
    return str_add(out, bytes, (size_t)n);
}

/* A string from its opening quote on. */
static aln_status take_string(const char *at, const char *end, str *out)
{
    for (at++; at < end && *at != '"';) {
        const char *start = at;
        while (at < end && *at != '"' && *at != '\\')
            at++;
        if (str_add(out, start, (size_t)(at - start))) return ALN_NO_MEMORY;
        if (at + 1 >= end || *at != '\\') continue;
        if (at[1] == 'u') {
            if (add_unit(&at, end, out)) return ALN_NO_MEMORY;
            continue;
        }
        bool white = at[1] && strchr("nrtbf", at[1]);
        if (str_add(out, white ? "\n" : at + 1, 1)) return ALN_NO_MEMORY;
        at += 2;
    }
    return ALN_OK;
}

aln_status json_find(const char *json, size_t size, const char *key, str *out)
{
    const char *end = json + size;
    for (const char *at = json; !out->size && (at = value_of(at, end, key));)
        if (at < end && *at == '"' && take_string(at, end, out)) return ALN_NO_MEMORY;
    return ALN_OK;
}

aln_status json_find_in(const char *json, size_t size, const char *outer,
                        const char *key, str *out)
{
    enum { NEAR = 400 };
    const char *end = json + size, *at = value_of(json, end, outer);
    if (!at) return ALN_OK;
    if (*at == '"') return take_string(at, end, out);
    size_t near = (size_t)(end - at) < NEAR ? (size_t)(end - at) : NEAR;
    return json_find(at, near, key, out);
}
