/* regex.c - ICU's regular expressions on bytes as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/regex.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uregex.h>
#include <unicode/utext.h>

#include "base/auto.h"
#include "base/error.h"

/* In ICU's units of about a millisecond: nobody waits longer for one segment. */
enum { TIME_LIMIT = 1000 };

struct regex {
    URegularExpression *compiled;
    UText *text; /* reopened for every text */
};

AUTO_DEFINE(utext, UText *, utext_close)
AUTO_DEFINE(regex, regex *, regex_free)

/* What people get wrong; ICU's own word for the rest. */
static const struct mistake {
    UErrorCode code;
    const char *sentence;
} mistakes[] = {
    {U_REGEX_MISMATCHED_PAREN, "a parenthesis lacks its other half"},
    {U_REGEX_MISSING_CLOSE_BRACKET, "a [ lacks its ]"},
    {U_REGEX_RULE_SYNTAX, "this cannot stand here"},
    {U_REGEX_BAD_ESCAPE_SEQUENCE, "\\ and this mean nothing"},
    {U_REGEX_PROPERTY_SYNTAX, "there is no such property of characters"},
    {U_REGEX_BAD_INTERVAL, "{ and } stand around numbers"},
    {U_REGEX_NUMBER_TOO_BIG, "the number is too big"},
    {U_REGEX_MAX_LT_MIN, "the second number is less than the first"},
    {U_REGEX_INVALID_BACK_REF, "there is no such group"},
    {U_REGEX_INVALID_CAPTURE_GROUP_NAME, "no name for a group"},
    {U_REGEX_LOOK_BEHIND_LIMIT, "looking behind needs a limit, {0,9} instead of *"},
    {U_REGEX_INVALID_RANGE, "the range ends before it begins"},
    {U_REGEX_TIME_OUT, "the expression takes too long"},
    {U_REGEX_STACK_OVERFLOW, "the expression takes too much memory"},
};

static const char *sentence_of(UErrorCode code)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        if (mistakes[i].code == code) return mistakes[i].sentence;
    return u_errorName(code);
}

aln_status regex_compile(const char *expression, unsigned flags, regex **out,
                         aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    UParseError where = {0};
    AUTO(regex) regex *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);

    AUTO(utext) UText *source = utext_openUTF8(NULL, expression, -1, &code);
    uint32_t how = UREGEX_UWORD;
    if (flags & REGEX_IGNORE_CASE) how |= UREGEX_CASE_INSENSITIVE;
    if (flags & REGEX_LITERAL) how |= UREGEX_LITERAL;
    made->compiled = uregex_openUText(source, how, &where, &code);
    if (U_SUCCESS(code)) uregex_setTimeLimit(made->compiled, TIME_LIMIT, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR) return error_no_memory(error);
    if (U_FAILURE(code))
        return error_set(error, ALN_SYNTAX,
                         "not a regular expression, at character %d: %s",
                         (int)where.offset, sentence_of(code));
    *out = STEAL(made);
    return ALN_OK;
}

void regex_free(regex *r)
{
    if (!r) return;
    if (r->compiled) uregex_close(r->compiled);
    utext_close(r->text);
    free(r);
}

aln_status regex_find(regex *r, const char *text, size_t size, size_t from,
                      size_t *start, size_t *end, bool *found, aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    r->text = utext_openUTF8(r->text, text, (int64_t)size, &code);
    uregex_setUText(r->compiled, r->text, &code);
    *found = U_SUCCESS(code) && uregex_find64(r->compiled, (int64_t)from, &code);
    if (*found) {
        *start = (size_t)uregex_start64(r->compiled, 0, &code);
        *end = (size_t)uregex_end64(r->compiled, 0, &code);
    }
    if (U_SUCCESS(code)) return ALN_OK;
    if (code == U_MEMORY_ALLOCATION_ERROR) return error_no_memory(error);
    return error_set(error, ALN_UNSUPPORTED, "%s", sentence_of(code));
}

/* ---- words with groups in them ---- */

/* "$12" is group 1 and a 2 where there are fewer than twelve, as for ICU. */
static int32_t numbered_group(const regex *r, const char **at)
{
    UErrorCode code = U_ZERO_ERROR;
    if (**at < '0' || **at > '9') return -1;
    int32_t most = uregex_groupCount(r->compiled, &code), group = *(*at)++ - '0';
    while (**at >= '0' && **at <= '9' && group * 10 + (**at - '0') <= most)
        group = group * 10 + (*(*at)++ - '0');
    return group <= most ? group : -1;
}

static int32_t named_group(const regex *r, const char *name, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t group =
        uregex_groupNumberFromCName(r->compiled, name, (int32_t)size, &code);
    return U_SUCCESS(code) ? group : -1;
}

/* The group that "$1", "${1}" or "${name}" means; *at moves behind it.  -1: none. */
static int32_t group_of(const regex *r, const char **at)
{
    if (**at != '{') return numbered_group(r, at);
    const char *name = ++*at, *close = strchr(name, '}');
    if (!close) return -1;
    int32_t group = numbered_group(r, at);
    bool numbered = group >= 0 && *at == close;
    *at = close + 1;
    return numbered ? group : named_group(r, name, (size_t)(close - name));
}

/* The character that is written as it is; *at moves behind it.  False: a group. */
static bool is_plain(const char **at)
{
    if (**at == '$') return false;
    if (**at == '\\' && (*at)[1]) ++*at;
    return true;
}

aln_status regex_check_words(const regex *r, const char *words, aln_error *error)
{
    for (const char *at = words; *at;) {
        int column = (int)(at - words) + 1;
        if (is_plain(&at)) {
            at++;
            continue;
        }
        at++;
        if (group_of(r, &at) < 0)
            return error_set(error, ALN_SYNTAX,
                             "at character %d: $ without a group of the expression; "
                             "\\$ stands for a dollar",
                             column);
    }
    return ALN_OK;
}

static aln_status add_group(const regex *r, const char *text, int32_t group, str *out)
{
    UErrorCode code = U_ZERO_ERROR;
    int64_t start = uregex_start64(r->compiled, group, &code);
    int64_t end = uregex_end64(r->compiled, group, &code);
    if (U_FAILURE(code) || start < 0) return ALN_OK; /* it took no part */
    return str_add(out, text + start, (size_t)(end - start));
}

aln_status regex_expand(const regex *r, const char *text, const char *words, str *out)
{
    for (const char *at = words; *at;) {
        if (is_plain(&at)) {
            TRY(str_putc(out, *at++));
            continue;
        }
        at++;
        int32_t group = group_of(r, &at);
        if (group >= 0) TRY(add_group(r, text, group, out));
    }
    return ALN_OK;
}
