/* fold.c - NFC and search folding, with short ways for the usual text.
 *
 * Most text is in NFC: a walk over its characters sees that without asking ICU, by
 * ranges in which no character changes or combines.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/fold.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/auto.h"
#include "base/error.h"

enum { MAX_TEXT = 1 << 30 };

/* Characters that NFC leaves alone whatever stands beside them (NFC_QC=Yes, ccc=0, and
 * no second half of a composition). */
static bool is_stable(UChar32 c)
{
    return (c >= 0 && c < 0x300) || (c >= 0x2010 && c < 0x2126) ||
           (c >= 0x3001 && c < 0x302a) || (c >= 0x3041 && c < 0x3099) ||
           (c >= 0x30a0 && c < 0xa000) || (c >= 0xff00 && c < 0xfff0);
}

static bool is_plainly_nfc(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        int32_t i = 0, n = size - at < 8 ? (int32_t)(size - at) : 8;
        UChar32 c;
        U8_NEXT((const uint8_t *)text + at, i, n, c);
        if (!is_stable(c)) return false;
        at += (size_t)i;
    }
    return true;
}

typedef struct wide {
    UChar *at; /* malloc'ed */
    int32_t n;
} wide;

static void auto_wide(wide *text)
{
    free(text->at);
}

static aln_status widen(const char *text, size_t size, wide *out, aln_error *error)
{
    if (size > MAX_TEXT) return error_set(error, ALN_UNSUPPORTED, "text over 1 GB");

    UErrorCode code = U_ZERO_ERROR;
    out->at = malloc((size + 1) * sizeof *out->at);
    if (!out->at) return error_no_memory(error);
    u_strFromUTF8WithSub(out->at, (int32_t)size + 1, &out->n, text, (int32_t)size,
                         0xfffd, NULL, &code);
    if (U_FAILURE(code)) return error_no_memory(error);
    return ALN_OK;
}

static aln_status narrow(const wide *text, str *out, aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0;
    size_t most = (size_t)text->n * 3;
    str_clear(out);
    if (str_reserve(out, most)) return error_no_memory(error);
    u_strToUTF8(out->at, (int32_t)most + 1, &n, text->at, text->n, &code);
    if (U_FAILURE(code)) return error_no_memory(error);
    out->size = (size_t)n;
    out->at[n] = '\0';
    return ALN_OK;
}

static aln_status normalized(const UNormalizer2 *form, const wide *text, wide *out,
                             aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t cap = text->n + text->n / 2 + 16;
    for (int tries = 0; tries < 2; tries++) {
        free(out->at);
        out->at = malloc((size_t)cap * sizeof *out->at);
        if (!out->at) return error_no_memory(error);
        code = U_ZERO_ERROR;
        out->n = unorm2_normalize(form, text->at, text->n, out->at, cap, &code);
        if (code != U_BUFFER_OVERFLOW_ERROR) break;
        cap = out->n + 1;
    }
    if (U_FAILURE(code)) return error_no_memory(error);
    return ALN_OK;
}

static const UNormalizer2 *form(const UNormalizer2 *(*get)(UErrorCode *))
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *found = get(&code);
    return U_FAILURE(code) ? NULL : found;
}

aln_status text_nfc(const char **text, size_t *size, str *room, aln_error *error)
{
    if (is_plainly_nfc(*text, *size)) return ALN_OK;

    const UNormalizer2 *nfc = form(unorm2_getNFCInstance);
    AUTO(wide) wide given = {0}, composed = {0};
    if (!nfc) return error_no_memory(error);
    TRY(widen(*text, *size, &given, error));
    TRY(normalized(nfc, &given, &composed, error));
    TRY(narrow(&composed, room, error));
    *text = str_text(room);
    *size = room->size;
    return ALN_OK;
}

/* Without accents, digits as 0-9; never longer. */
static void strip(wide *text)
{
    int32_t to = 0;
    for (int32_t i = 0; i < text->n;) {
        UChar32 c;
        U16_NEXT(text->at, i, text->n, c);
        if (c >= 0x300 && c <= 0x36f) continue;
        int32_t digit = c < 0x80 ? -1 : u_charDigitValue(c);
        if (digit >= 0)
            text->at[to++] = (UChar)('0' + digit);
        else
            U16_APPEND_UNSAFE(text->at, to, c);
    }
    text->n = to;
}

static bool fold_ascii(const char *text, size_t size, str *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) return false;
        out->at[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    out->size = size;
    out->at[size] = '\0';
    return true;
}

aln_status text_fold(const char *text, size_t size, str *out, aln_error *error)
{
    str_clear(out);
    if (str_reserve(out, size)) return error_no_memory(error);
    if (fold_ascii(text, size, out)) return ALN_OK;

    const UNormalizer2 *casefold = form(unorm2_getNFKCCasefoldInstance);
    const UNormalizer2 *nfd = form(unorm2_getNFDInstance);
    const UNormalizer2 *nfc = form(unorm2_getNFCInstance);
    AUTO(wide) wide given = {0}, folded = {0}, apart = {0}, together = {0};
    if (!casefold || !nfd || !nfc) return error_no_memory(error);
    TRY(widen(text, size, &given, error));
    TRY(normalized(casefold, &given, &folded, error));
    TRY(normalized(nfd, &folded, &apart, error));
    strip(&apart);
    TRY(normalized(nfc, &apart, &together, error));
    return narrow(&together, out, error);
}
