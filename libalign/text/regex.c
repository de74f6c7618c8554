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

aln_status regex_compile(const char *expression, bool ignore_case, regex **out,
                         aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    UParseError where = {0};
    AUTO(regex) regex *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);

    AUTO(utext) UText *source = utext_openUTF8(NULL, expression, -1, &code);
    uint32_t flags = UREGEX_UWORD | (ignore_case ? UREGEX_CASE_INSENSITIVE : 0);
    made->compiled = uregex_openUText(source, flags, &where, &code);
    if (U_SUCCESS(code)) uregex_setTimeLimit(made->compiled, TIME_LIMIT, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR) return error_no_memory(error);
    if (U_FAILURE(code))
        return error_set(error, ALN_SYNTAX,
                         "not a regular expression, at character %d: %s",
                         (int)where.offset, u_errorName(code));
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
    return error_set(error, ALN_UNSUPPORTED, "the expression takes too long: %s",
                     u_errorName(code));
}
