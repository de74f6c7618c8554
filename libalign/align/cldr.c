/* cldr.c - names of countries, languages, currencies, months, days (ICU's CLDR data).
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/cldr.h"

#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/auto.h"

enum { NAME_MOST = 128 };

/* Where the meanings of a kind begin. */
enum {
    COUNTRIES = 0,
    LANGUAGES = CLDR_COUNTRIES,
    CURRENCIES = 3000,
    MONTHS = 4000,
    DAYS = 4100
};

AUTO_DEFINE(dates, UDateFormat *, udat_close)

typedef struct namer {
    glossary *g;
    uint32_t first;
    double strength;
} namer;

/* Names with brackets ("Congo (DRC)") do not stand so in texts: what is before them
 * does. */
static aln_status add_name(const namer *to, uint32_t meaning, const UChar *name,
                           int32_t n)
{
    char text[NAME_MOST * 3];
    int32_t size = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8(text, sizeof text, &size, name, n, &code);
    if (U_FAILURE(code) || size <= 0) return ALN_OK;
    glossary_sense sense = {0, to->first + meaning, (float)to->strength};
    if (text[0] >= '0' && text[0] <= '9') { /* Chinese months: "6月" */
        if (intern_add(&to->g->keys, text, (size_t)size, &sense.key))
            return ALN_NO_MEMORY;
        return vec_push(&to->g->senses, sense);
    }
    char *bracket = memchr(text, '(', (size_t)size);
    if (bracket) size = (int32_t)(bracket - text);
    return glossary_add(to->g, text, (size_t)size, to->first + meaning, to->strength);
}

static aln_status add_countries(const namer *to)
{
    const char *const *country = uloc_getISOCountries();
    for (uint32_t k = 0; country[k]; k++) {
        char locale[16] = "und_";
        strncat(locale, country[k], sizeof locale - 5);
        UChar name[NAME_MOST];
        UErrorCode code = U_ZERO_ERROR;
        int32_t n =
            uloc_getDisplayCountry(locale, to->g->language, name, NAME_MOST, &code);
        if (code == U_ZERO_ERROR) TRY(add_name(to, COUNTRIES + k, name, n));
    }
    return ALN_OK;
}

static aln_status add_languages(const namer *to)
{
    const char *const *language = uloc_getISOLanguages();
    for (uint32_t k = 0; language[k] && k < CURRENCIES - LANGUAGES; k++) {
        UChar name[NAME_MOST];
        UErrorCode code = U_ZERO_ERROR;
        if (strlen(language[k]) != 2) continue; /* the well-known ones */
        int32_t n = uloc_getDisplayLanguage(language[k], to->g->language, name,
                                            NAME_MOST, &code);
        if (code == U_ZERO_ERROR) TRY(add_name(to, LANGUAGES + k, name, n));
    }
    return ALN_OK;
}

/* Currencies that texts speak of; the others would only cost time. */
static const char *const currencies[] = {
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "IDR",
    "ILS", "INR", "JPY", "KRW", "KZT", "MXN", "MYR", "NOK", "NZD", "PKR", "PLN", "RUB",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UZS", "VND", "ZAR"};

static aln_status add_currencies(const namer *to)
{
    for (uint32_t k = 0; k < sizeof currencies / sizeof *currencies; k++) {
        UChar id[4];
        UBool choice;
        int32_t n = 0;
        UErrorCode code = U_ZERO_ERROR;
        u_uastrcpy(id, currencies[k]);
        const UChar *name =
            ucurr_getName(id, to->g->language, UCURR_LONG_NAME, &choice, &n, &code);
        if (code == U_ZERO_ERROR) TRY(add_name(to, CURRENCIES + k, name, n));
    }
    return ALN_OK;
}

static aln_status add_symbols(const namer *to, const UDateFormat *dates,
                              UDateFormatSymbolType type, uint32_t first)
{
    int32_t n = udat_countSymbols(dates, type);
    for (int32_t k = 0; k < n; k++) {
        UChar name[NAME_MOST];
        UErrorCode code = U_ZERO_ERROR;
        int32_t size = udat_getSymbols(dates, type, k, name, NAME_MOST, &code);
        if (U_SUCCESS(code)) TRY(add_name(to, first + (uint32_t)k, name, size));
    }
    return ALN_OK;
}

static aln_status add_dates(const namer *to)
{
    UErrorCode code = U_ZERO_ERROR;
    AUTO(dates)
    UDateFormat *dates =
        udat_open(UDAT_NONE, UDAT_LONG, to->g->language, NULL, 0, NULL, 0, &code);
    if (U_FAILURE(code)) return ALN_OK;
    TRY(add_symbols(to, dates, UDAT_MONTHS, MONTHS));
    TRY(add_symbols(to, dates, UDAT_STANDALONE_MONTHS, MONTHS));
    TRY(add_symbols(to, dates, UDAT_SHORT_MONTHS, MONTHS));
    return add_symbols(to, dates, UDAT_WEEKDAYS, DAYS);
}

aln_status cldr_add(glossary *g, uint32_t first, double strength)
{
    namer to = {g, first, strength};
    TRY(add_countries(&to));
    TRY(add_languages(&to));
    TRY(add_currencies(&to));
    return add_dates(&to);
}
