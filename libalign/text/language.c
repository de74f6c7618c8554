/* language.c - BCP 47 language tags: canonical form, and ranges.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <ctype.h>
#include <string.h>
#include <unicode/uloc.h>

#include "base/error.h"

static char folded(char c)
{
    return c == '_' ? '-' : (char)tolower((unsigned char)c);
}

bool aln_language_covers(const char *range, const char *tag)
{
    for (; *range; range++, tag++)
        if (folded(*range) != folded(*tag)) return false;
    return *tag == '\0' || *tag == '-' || *tag == '_';
}

aln_status aln_language_canonical(const char *tag, char out[ALN_LANGUAGE_SIZE],
                                  aln_error *error)
{
    char dashed[ALN_LANGUAGE_SIZE], locale[ULOC_FULLNAME_CAPACITY];
    size_t size = strlen(tag);
    if (size == 0 || size >= sizeof dashed)
        return error_set(error, ALN_INVALID, "\"%.60s\" is no language tag", tag);
    for (size_t i = 0; i <= size; i++)
        dashed[i] = tag[i] == '_' ? '-' : tag[i];

    UErrorCode code = U_ZERO_ERROR;
    int32_t parsed = 0;
    uloc_forLanguageTag(dashed, locale, sizeof locale, &parsed, &code);
    if (U_FAILURE(code) || parsed != (int32_t)size)
        return error_set(error, ALN_INVALID, "\"%s\" is no language tag", tag);

    char canonical[ALN_LANGUAGE_SIZE];
    int32_t n = uloc_toLanguageTag(locale, canonical, sizeof canonical, 1, &code);
    if (U_FAILURE(code) || n <= 0 || (size_t)n >= sizeof canonical)
        return error_set(error, ALN_INVALID, "\"%s\" is no language tag", tag);
    memcpy(out, canonical, (size_t)n + 1);
    return ALN_OK;
}
