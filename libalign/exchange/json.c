/* json.c - a recursive reader of JSON that calls back for fields and items.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/utf8.h"

enum { MOST_DEPTH = 64, MOST_NUMBER = 40 };

static aln_status fail(json *from, const char *problem)
{
    if (!from->problem) from->problem = problem;
    return ALN_SYNTAX;
}

static char next(json *from)
{
    while (from->at < from->end && strchr(" \t\r\n", *from->at))
        from->at++;
    return from->at < from->end ? *from->at : '\0';
}

static bool take(json *from, char c)
{
    if (next(from) != c) return false;
    from->at++;
    return true;
}

static bool take_word(json *from, const char *word)
{
    size_t n = strlen(word);
    next(from);
    if ((size_t)(from->end - from->at) < n || memcmp(from->at, word, n) != 0)
        return false;
    from->at += n;
    return true;
}

/* ---- strings ----------------------------------------------------------------------------- */

static bool read_hex(json *from, uint32_t *value)
{
    if (from->end - from->at < 4) return false;
    *value = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef";
        char c = *from->at++;
        const char *digit =
            c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
        if (!digit) return false;
        *value = *value << 4 | (uint32_t)(digit - digits);
    }
    return true;
}

/* After "\u": a surrogate needs its other half. */
static aln_status read_unicode(json *from, str *value)
{
    uint32_t c, low;
    char out[4];
    if (!read_hex(from, &c)) return fail(from, "\\u needs four hexadecimal digits");
    if (c >= 0xd800 && c < 0xdc00) {
        if (!take_word(from, "\\u") || !read_hex(from, &low) || low < 0xdc00 ||
            low > 0xdfff)
            return fail(from, "half a surrogate pair");
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    } else if (c >= 0xdc00 && c < 0xe000) {
        return fail(from, "half a surrogate pair");
    }
    if (c == 0) return fail(from, "\\u0000 is no text");
    return str_add(value, out, utf8_put(c, out));
}

static aln_status read_escape(json *from, str *value)
{
    static const char from_letters[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = from->at < from->end ? *from->at++ : '\0';
    if (c == 'u') return read_unicode(from, value);
    const char *letter = c ? strchr(from_letters, c) : NULL;
    if (!letter) return fail(from, "unknown escape in a string");
    return str_putc(value, to[letter - from_letters]);
}

aln_status json_string(json *from, str *value)
{
    str_clear(value);
    if (!take(from, '"')) return fail(from, "a string was expected");
    for (;;) {
        const char *start = from->at;
        while (from->at < from->end && *from->at != '"' && *from->at != '\\' &&
               (unsigned char)*from->at >= ' ')
            from->at++;
        TRY(str_add(value, start, (size_t)(from->at - start)));
        if (from->at == from->end) return fail(from, "a string does not end");
        char c = *from->at++;
        if (c == '"') return ALN_OK;
        if (c != '\\') return fail(from, "a control character in a string");
        TRY(read_escape(from, value));
    }
}

/* ---- other values --------------------------------------------------------------------------- */

aln_status json_number(json *from, double *value)
{
    char digits[MOST_NUMBER + 1];
    size_t n = 0;
    next(from);
    while (from->at < from->end && n < MOST_NUMBER &&
           strchr("+-.0123456789eE", *from->at))
        digits[n++] = *from->at++;
    digits[n] = '\0';
    char *end;
    *value = strtod(digits, &end);
    return n == 0 || *end ? fail(from, "a number was expected") : ALN_OK;
}

bool json_null(json *from)
{
    return take_word(from, "null");
}

static aln_status deeper(json *from)
{
    if (++from->depth > MOST_DEPTH) return fail(from, "values are nested too deeply");
    return ALN_OK;
}

aln_status json_object(json *from, json_field *field, void *context)
{
    AUTO(str) str name = {0};
    if (!take(from, '{')) return fail(from, "an object was expected");
    TRY(deeper(from));
    bool done = take(from, '}');
    while (!done) {
        TRY(json_string(from, &name));
        if (!take(from, ':')) return fail(from, "\":\" was expected");
        TRY(field(context, from, str_text(&name)));
        done = take(from, '}');
        if (!done && !take(from, ',')) return fail(from, "\",\" or \"}\" was expected");
    }
    from->depth--;
    return ALN_OK;
}

aln_status json_array(json *from, json_item *item, void *context)
{
    if (!take(from, '[')) return fail(from, "an array was expected");
    TRY(deeper(from));
    bool done = take(from, ']');
    while (!done) {
        TRY(item(context, from));
        done = take(from, ']');
        if (!done && !take(from, ',')) return fail(from, "\",\" or \"]\" was expected");
    }
    from->depth--;
    return ALN_OK;
}

static aln_status skip_field(void *context, json *from, const char *name)
{
    return json_skip(from);
}

static aln_status skip_item(void *context, json *from)
{
    return json_skip(from);
}

aln_status json_skip(json *from)
{
    AUTO(str) str text = {0};
    double number;
    char c = next(from);
    if (c == '"') return json_string(from, &text);
    if (c == '{') return json_object(from, skip_field, NULL);
    if (c == '[') return json_array(from, skip_item, NULL);
    if (take_word(from, "null") || take_word(from, "true") || take_word(from, "false"))
        return ALN_OK;
    return json_number(from, &number);
}

aln_status json_end(json *from)
{
    return next(from) || from->at < from->end
               ? fail(from, "something follows the value")
               : ALN_OK;
}

aln_status json_put_string(str *out, const char *text, size_t size)
{
    static const char letters[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\";
    size_t from = 0;
    if (str_putc(out, '"')) return ALN_NO_MEMORY;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= ' ' && c != '"' && c != '\\') continue;
        const char *letter = c ? strchr(letters, c) : NULL;
        if (str_add(out, text + from, i - from)) return ALN_NO_MEMORY;
        from = i + 1;
        aln_status status = letter ? str_printf(out, "\\%c", names[letter - letters])
                                   : str_printf(out, "\\u%04x", c);
        if (status) return status;
    }
    if (str_add(out, text + from, size - from)) return ALN_NO_MEMORY;
    return str_putc(out, '"');
}
