/* charset.c - read the sets of characters that regular expressions name.
 *
 * ICU's regular expressions have their own notation for sets, near to that of its
 * UnicodeSet but not the same (white space counts, \w and \s may stand inside).  Here
 * are characters, escapes, properties, ranges, negation and nested sets; the operators
 * && and -- are not, and make the set wider.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/charset.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "base/auto.h"

AUTO_DEFINE(set, USet *, uset_close)

/* What the letters mean, as ICU's manual of regular expressions says. */
static const struct shorthand {
    char letter;
    const char *set;
} shorthands[] = {
    {'s', "[\\p{White_Space}]"},
    {'d', "[\\p{Nd}]"},
    {'w', "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]"},
    {'h', "[\\p{Zs}\\t]"},
    {'v', "[\\u000a-\\u000d\\u0085\\u2028\\u2029]"},
};

static const char *skip_character(const char *at, const char *end)
{
    at++;
    while (at < end && U8_IS_TRAIL(*at))
        at++;
    return at;
}

static const char *skip_escape(const char *at, const char *end)
{
    if (end - at < 2) return end;
    char c = at[1];
    at = skip_character(at + 1, end);
    if (strchr("pPNx", c) && at < end && *at == '{') {
        const char *close = memchr(at, '}', (size_t)(end - at));
        return close ? close + 1 : end;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : c == '0' ? 3 : c == 'c';
    if (c == 'p' || c == 'P') digits = 1;
    if (c == '0') {
        for (; digits && at < end && *at >= '0' && *at <= '7'; digits--)
            at++;
        return at;
    }
    return end - at < digits ? end : at + digits;
}

static const char *skip_set(const char *at, const char *end)
{
    int depth = 0;
    while (at < end) {
        if (*at == '\\') {
            at = skip_escape(at, end);
            continue;
        }
        bool first = depth > 0 && (at[-1] == '[' || (at[-1] == '^' && at[-2] == '['));
        depth += *at == '[';
        depth -= *at == ']' && !first;
        at++;
        if (depth == 0) break;
    }
    return at;
}

const char *charset_skip(const char *at, const char *end)
{
    if (*at == '\\') return skip_escape(at, end);
    if (*at == '[') return skip_set(at, end);
    return skip_character(at, end);
}

/* UnicodeSet's notation -> a set; NULL where ICU does not take it. */
static USet *open_set(const char *notation, size_t size, UErrorCode *code)
{
    UChar wide[256];
    int32_t length = 0;
    u_strFromUTF8(wide, 256, &length, notation, (int32_t)size, code);
    USet *set = uset_openPattern(wide, length, code);
    if (U_SUCCESS(*code)) return set;
    uset_close(set);
    return NULL;
}

static bool add_notation(USet *set, const char *notation, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    AUTO(set) USet *more = open_set(notation, size, &code);
    if (more) uset_addAll(set, more);
    return more;
}

static bool add_shorthand(USet *set, char letter)
{
    size_t n = sizeof shorthands / sizeof *shorthands;
    for (size_t i = 0; i < n; i++) {
        bool negated = shorthands[i].letter == (letter | 0x20) && letter < 'a';
        if (shorthands[i].letter != letter && !negated) continue;
        UErrorCode code = U_ZERO_ERROR;
        AUTO(set)
        USet *more = open_set(shorthands[i].set, strlen(shorthands[i].set), &code);
        if (!more) return false;
        if (negated) uset_complement(more);
        uset_addAll(set, more);
        return true;
    }
    return false;
}

/* The character of an escape such as \n, \u00a0, \x{2026}, \.; -1 where it is none. */
static UChar32 escaped_character(const char *at, const char *end)
{
    if (at[1] == 'p' || at[1] == 'P' || at[1] == 'N') return -1;
    if (at[1] == '0') return (UChar32)strtol(at + 2, NULL, 8);
    char copy[40];
    UChar wide[40];
    size_t size = (size_t)(end - at);
    if (size >= sizeof copy) return -1;
    memcpy(copy, at, size);
    copy[size] = '\0';
    if ((unsigned char)copy[1] < 0x80) {
        UChar32 c;
        int32_t n = u_unescape(copy, wide, 40);
        if (n < 1 || n > 2) return -1;
        U16_GET(wide, 0, 0, n, c);
        return c;
    }
    UChar32 c;
    int32_t i = 1;
    U8_NEXT((const uint8_t *)copy, i, (int32_t)size, c);
    return c;
}

static UChar32 plain_character(const char *at, const char *end)
{
    UChar32 c;
    int32_t i = 0;
    U8_NEXT((const uint8_t *)at, i, (int32_t)(end - at), c);
    return c;
}

static bool read_set(const char *at, const char *end, USet *set);

/* One member: a property, a nested set, a shorthand; or a character, returned in *c. */
static bool read_member(const char *at, const char *end, USet *set, UChar32 *c)
{
    *c = -1;
    if (*at == '[') return read_set(at, end, set);
    if (*at != '\\') {
        *c = plain_character(at, end);
        return *c >= 0;
    }
    if (end - at == 2 && strchr("sSdDwWhHvV", at[1])) return add_shorthand(set, at[1]);
    if (strchr("pP", at[1])) return add_notation(set, at, (size_t)(end - at));
    if (end - at == 2 && strchr("RXbBAzZGQEk123456789", at[1])) return false;
    *c = escaped_character(at, end);
    return *c >= 0;
}

/* The inside of brackets, from `at` to the closing one at `end`. */
static bool read_members(const char *at, const char *end, USet *set)
{
    for (bool first = true; at < end; first = false) {
        if (strncmp(at, "&&", 2) == 0 || (!first && strncmp(at, "--", 2) == 0))
            return false;
        if (end - at > 1 && at[0] == '[' && at[1] == ':') return false;
        UChar32 from, to;
        const char *next = first && *at == ']' ? at + 1 : charset_skip(at, end);
        if (!read_member(at, next, set, &from)) return false;
        bool range = end - next >= 2 && *next == '-' && next[1] != '[' && from >= 0;
        at = next;
        if (range && next[1] != '-') {
            at = charset_skip(next + 1, end);
            if (!read_member(next + 1, at, set, &to) || to < from) return false;
            uset_addRange(set, from, to);
        } else if (from >= 0)
            uset_add(set, from);
    }
    return true;
}

/* A set in brackets. */
static bool read_set(const char *at, const char *end, USet *set)
{
    AUTO(set) USet *inside = uset_openEmpty();
    bool negated = end - at > 2 && at[1] == '^';
    if (!inside || end[-1] != ']') return false;
    if (!read_members(at + 1 + negated, end - 1, inside)) return false;
    if (negated) uset_complement(inside);
    uset_addAll(set, inside);
    return true;
}

static charset_result fill_set(const char *source, size_t size, unsigned flags,
                               USet *set)
{
    UChar32 c = -1;
    if (!read_member(source, source + size, set, &c)) {
        uset_addRange(set, 0, 0x10ffff);
        return CHARSET_WIDER;
    }
    if (c >= 0) uset_add(set, c);
    if (flags & CHARSET_IGNORE_CASE) uset_closeOver(set, USET_CASE_INSENSITIVE);
    return CHARSET_EXACT;
}

aln_status charset_add(alphabet *letters, const char *source, size_t size,
                       unsigned flags, uint32_t *id, charset_result *result)
{
    /* The name: source and case; a set that was not understood has a name of its own
     * so that it is wider every time. */
    AUTO(free) char *name = malloc(size + 2);
    *result = CHARSET_EXACT;
    if (!name) return ALN_NO_MEMORY;
    memcpy(name, source, size);
    name[size] = flags & CHARSET_IGNORE_CASE ? 'i' : 'c';
    *id = alphabet_find(letters, name, size + 1);
    if (*id != INTERN_NONE) return ALN_OK;
    name[size + 1] = '?';
    *id = alphabet_find(letters, name, size + 2);
    if (*id != INTERN_NONE) *result = CHARSET_WIDER;
    if (*id != INTERN_NONE) return ALN_OK;

    USet *set = uset_openEmpty();
    if (!set) return ALN_NO_MEMORY;
    *result = fill_set(source, size, flags, set);
    uset_freeze(set);
    return alphabet_add(letters, name, size + (*result == CHARSET_EXACT ? 1 : 2), set,
                        id, NULL);
}

aln_status charset_add_marks(alphabet *letters)
{
    uint32_t id = alphabet_find(letters, CHARSET_MARKS, strlen(CHARSET_MARKS));
    if (id != INTERN_NONE) return ALN_OK;
    static const char marks[] = "[\\p{Grapheme_Extend}\\p{Cf}]";
    UErrorCode code = U_ZERO_ERROR;
    USet *set = open_set(marks, sizeof marks - 1, &code);
    return set ? alphabet_add(letters, CHARSET_MARKS, strlen(CHARSET_MARKS), set, &id,
                              NULL)
               : ALN_NO_MEMORY;
}
