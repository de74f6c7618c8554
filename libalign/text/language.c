/* language.c - BCP 47 language tags: canonical form, ranges, and tags in file names.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "base/error.h"

static char folded(char c)
{
    if (c == '_') return '-';
    return (char)tolower((unsigned char)c);
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
    memcpy(dashed, tag, size + 1);
    for (char *at = dashed; (at = strchr(at, '_'));)
        *at = '-';

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

static bool is_separator(char c)
{
    return c == '.' || c == '_';
}

/* "fr-CA" has a region, "zh-Hans" a script; "fr-en" names two languages, and "is_keyword"
 * and "ms_user" name none. */
static bool has_known_parts(const char *tag)
{
    char script[ULOC_SCRIPT_CAPACITY], region[ULOC_COUNTRY_CAPACITY];
    char variant[ULOC_FULLNAME_CAPACITY];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n_script = uloc_getScript(tag, script, sizeof script, &code);
    int32_t n_region = uloc_getCountry(tag, region, sizeof region, &code);
    int32_t n_variant = uloc_getVariant(tag, variant, sizeof variant, &code);
    if (U_FAILURE(code) || n_variant > 0) return false;
    if (n_script && u_getPropertyValueEnum(UCHAR_SCRIPT, script) == UCHAR_INVALID_CODE)
        return false;
    if (n_region != 2) return true;
    const char *const *known = uloc_getISOCountries();
    while (*known && strcmp(*known, region) != 0)
        known++;
    return *known;
}

/* Two letters that are a language to ICU, or a tag such as "zh-Hans" or "pt_BR". */
static bool is_language(const char *part, size_t size, char out[ALN_LANGUAGE_SIZE])
{
    char tag[ALN_LANGUAGE_SIZE];
    if (size < 2 || size > 12) return false;
    memcpy(tag, part, size);
    tag[size] = '\0';
    size_t letters = strcspn(tag, "-_");
    if (letters != 2) return false;
    for (size_t i = 0; i < letters; i++)
        if (!isalpha((unsigned char)tag[i])) return false;

    char primary[3] = {(char)tolower((unsigned char)tag[0]),
                       (char)tolower((unsigned char)tag[1]), '\0'};
    const char *const *known = uloc_getISOLanguages();
    while (*known && strcmp(*known, primary) != 0)
        known++;
    return *known && aln_language_canonical(tag, out, NULL) == ALN_OK &&
           has_known_parts(out);
}

/* The last part of the name that is a language, its last suffix apart: the longest tag
 * that ends there.  "x.zh-Hans.txt" tells zh-Hans, "article_fr.html" fr. */
static bool in_name(const char *name, size_t size, char out[ALN_LANGUAGE_SIZE])
{
    for (size_t end = size; end > 1; end--) {
        if (end < size && !is_separator(name[end])) continue;
        for (size_t start = 0; start + 1 < end; start++) {
            if (start && !is_separator(name[start - 1])) continue;
            if (is_language(name + start, end - start, out)) return true;
        }
    }
    return false;
}

bool aln_language_of_path(const char *path, char out[ALN_LANGUAGE_SIZE])
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *suffix = strrchr(name, '.');
    if (suffix && in_name(name, (size_t)(suffix - name), out)) return true;
    if (!slash) return false;

    const char *folder = slash;
    while (folder > path && folder[-1] != '/')
        folder--;
    return is_language(folder, (size_t)(slash - folder), out);
}
