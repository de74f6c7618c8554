/* decode.c - bytes of any encoding become UTF-8.
 *
 * The order of trust: a byte order mark; bytes that are valid UTF-8, because no other
 * encoding looks like it by chance; the charset that was declared; statistics (ICU).
 * Pages declare wrongly in both directions: GB2312 above UTF-8 is common, and so is
 * UTF-8 above GBK, which fails the second test and ends with statistics.
 *
 *     "caf\xe9", declared ISO-8859-1   ->  "caf\u00e9", windows-1252
 *
 * Labels mean what they mean to browsers (https://encoding.spec.whatwg.org/#names):
 * GB2312 is read as GB18030, ISO-8859-1 as windows-1252.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/decode.h"

#include <align/text.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"

AUTO_DEFINE(converter, UConverter *, ucnv_close)
AUTO_DEFINE(detector, UCharsetDetector *, ucsdet_close)

enum { SAMPLE = 1 << 16 };

/* Labels that browsers read as a wider encoding, and the converter that reads it. */
static const struct alias {
    const char *label, *name;
} aliases[] = {
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"big5", "Big5-HKSCS"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"shift_jis", "ibm-943_P15A-2003"},
    {"x-sjis", "ibm-943_P15A-2003"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
};

/* What statistics may answer: ICU also offers EBCDIC, which no newsroom sends. */
static const char *const detectable[] = {
    "GB18030",      "Big5",         "Shift_JIS",    "EUC-JP",       "EUC-KR",
    "ISO-2022-JP",  "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-6",
    "ISO-8859-7",   "ISO-8859-8",   "ISO-8859-9",   "windows-1250", "windows-1251",
    "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "KOI8-R",
};

static const char *const marks[][2] = {
    /* UTF-32LE before UTF-16LE, which it begins with */
    {"\xff\xfe\0\0", "UTF-32LE"},
    {"\0\0\xfe\xff", "UTF-32BE"},
    {"\xff\xfe", "UTF-16LE"},
    {"\xfe\xff", "UTF-16BE"},
};
static const size_t mark_sizes[] = {4, 4, 2, 2};

/* The first bytes of files that are no text and are often taken for it. */
static const char *const signatures[] = {
    "\x89PNG",
    "\xff\xd8\xff",
    "GIF8",
    "\x7f\x45LF",
    "%PDF-",
    "\x1f\x8b",
    "PK\x03\x04",
    "\xd0\xcf\x11\xe0",
    "RIFF",
    "BZh",
    "\xfd\x37zXZ",
    "7z\xbc\xaf",
    "SQLite format 3",
};

static bool is_control(unsigned char c)
{
    return c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b;
}

/* A program or picture has control characters everywhere; a text that went through
 * bad hands has a few. */
static bool is_binary(const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        size_t n = strlen(signatures[i]);
        if (size > n && memcmp(bytes, signatures[i], n) == 0) return true;
    }
    size_t sample = size < SAMPLE ? size : SAMPLE, controls = 0;
    for (size_t i = 0; i < sample; i++)
        controls += is_control((unsigned char)bytes[i]);
    return controls * 50 > sample;
}

/* UTF-16 without a mark: every second byte of ASCII is NUL. */
static const char *wide_without_mark(const char *bytes, size_t size)
{
    size_t sample = size < SAMPLE ? size : SAMPLE, zeros[2] = {0, 0};
    for (size_t i = 0; i < sample; i++)
        zeros[i & 1] += bytes[i] == '\0';
    if (sample < 4) return NULL;
    if (zeros[1] * 5 > sample && zeros[0] * 50 < sample) return "UTF-16LE";
    if (zeros[0] * 5 > sample && zeros[1] * 50 < sample) return "UTF-16BE";
    return NULL;
}

struct validity {
    size_t multibyte; /* well-formed sequences of more than one byte */
    size_t broken;
    size_t cut; /* bytes of an unfinished sequence at the very end */
};

/* Skip bytes below 128, eight at a time. */
static size_t skip_ascii(const char *bytes, size_t i, size_t size)
{
    uint64_t eight;
    while (i + 8 <= size) {
        memcpy(&eight, bytes + i, 8);
        if (eight & 0x8080808080808080u) break;
        i += 8;
    }
    while (i < size && (unsigned char)bytes[i] < 0x80)
        i++;
    return i;
}

static struct validity examine(const char *bytes, size_t size)
{
    struct validity found = {0};
    const uint8_t *at = (const uint8_t *)bytes;
    for (size_t i = skip_ascii(bytes, 0, size); i < size;
         i = skip_ascii(bytes, i, size)) {
        size_t start = i;
        int32_t window = (int32_t)(size - i < 4 ? size - i : 4), n = 0;
        UChar32 c;
        U8_NEXT(at + i, n, window, c);
        i += (size_t)n;
        found.multibyte += c >= 0;
        found.broken += c < 0;
        if (c >= 0 || i < size || !U8_IS_LEAD(at[start])) continue;
        if (size - start < U8_COUNT_TRAIL_BYTES(at[start]) + 1u)
            found.cut = size - start;
    }
    return found;
}

/* A text that ends inside a character was cut, unless a lone letter of an 8-bit
 * encoding ends it: "caf\xe9". */
static bool is_cut(const struct validity *utf8, const char *bytes, size_t size)
{
    if (!utf8->cut || utf8->broken != 1) return false;
    unsigned char lead = (unsigned char)bytes[size - utf8->cut];
    return utf8->multibyte || utf8->cut > 1 || lead == 0xc2 || lead == 0xc3;
}

static aln_status copy_valid(const char *bytes, size_t size, char **text,
                             size_t *text_size, aln_error *error)
{
    char *copy = malloc(size + 1);
    if (!copy) return error_no_memory(error);
    if (size) memcpy(copy, bytes, size);
    copy[size] = '\0';
    *text = copy;
    *text_size = size;
    return ALN_OK;
}

struct conversion {
    str text;
    size_t broken; /* sequences that became U+FFFD */
};

static void replace_and_count(const void *context, UConverterToUnicodeArgs *args,
                              const char *units, int32_t n,
                              UConverterCallbackReason reason, UErrorCode *code)
{
    if (reason <= UCNV_IRREGULAR) ++*(size_t *)context;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(NULL, args, units, n, reason, code);
}

static aln_status pump(UConverter *from, UConverter *to, const char *bytes, size_t size,
                       str *out)
{
    enum { PIVOT = 4096 };
    UChar pivot[PIVOT], *pivot_start = pivot, *pivot_end = pivot;
    const char *at = bytes, *end = bytes + size;
    UBool reset = 1;
    UErrorCode code;
    do {
        if (str_reserve(out, PIVOT + (size_t)(end - at) / 2 * 3)) return ALN_NO_MEMORY;
        char *target = out->at + out->size;
        code = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &target, out->at + out->cap - 1, &at, end, pivot,
                       &pivot_start, &pivot_end, pivot + PIVOT, reset, 1, &code);
        reset = 0;
        out->size = (size_t)(target - out->at);
        out->at[out->size] = '\0';
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    return U_FAILURE(code) ? ALN_UNSUPPORTED : ALN_OK;
}

static aln_status convert(const char *name, const char *bytes, size_t size,
                          struct conversion *out)
{
    UErrorCode code = U_ZERO_ERROR;
    AUTO(converter) UConverter *from = ucnv_open(name, &code);
    AUTO(converter) UConverter *to = ucnv_open("UTF-8", &code);
    if (U_SUCCESS(code))
        ucnv_setToUCallBack(from, replace_and_count, &out->broken, NULL, NULL, &code);
    if (U_FAILURE(code)) return ALN_UNSUPPORTED;
    return pump(from, to, bytes, size, &out->text);
}

static const char *unaliased(const char *label)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcasecmp(label, aliases[i].label) == 0) return aliases[i].name;
    return label;
}

static bool may_be_detected(const char *name)
{
    for (size_t i = 0; i < sizeof detectable / sizeof *detectable; i++)
        if (strcmp(name, detectable[i]) == 0) return true;
    return false;
}

/* The likeliest encoding by ICU's statistics; windows-1252 where it has no idea. */
static void detect(const char *bytes, size_t size, char out[64])
{
    snprintf(out, 64, "windows-1252");
    UErrorCode code = U_ZERO_ERROR;
    AUTO(detector) UCharsetDetector *detector = ucsdet_open(&code);
    if (U_FAILURE(code)) return;

    ucsdet_setText(detector, bytes, (int32_t)(size < SAMPLE ? size : SAMPLE), &code);
    ucsdet_enableInputFilter(detector, 1);
    int32_t n = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &code);
    for (int32_t i = 0; U_SUCCESS(code) && i < n; i++) {
        const char *name = ucsdet_getName(matches[i], &code);
        if (U_FAILURE(code) || !may_be_detected(name)) continue;
        snprintf(out, 64, "%s", unaliased(name));
        return;
    }
}

/* The name that everyone knows an encoding by; it lives as long as ICU. */
static const char *public_name(const char *name)
{
    UErrorCode code = U_ZERO_ERROR;
    const char *found = ucnv_getStandardName(name, "MIME", &code);
    if (!found) found = ucnv_getStandardName(name, "IANA", &code);
    return found ? found : "unknown";
}

/* Declared encodings are believed while less than one character in 200 breaks them. */
static bool is_believable(const struct conversion *conversion)
{
    return conversion->broken * 200 <= conversion->text.size;
}

static aln_status finish(const char *name, struct conversion *conversion, char **text,
                         size_t *text_size, const char **used, aln_error *error)
{
    size_t size = conversion->text.size;
    char *bytes = str_steal(&conversion->text);
    if (!bytes) return error_no_memory(error);
    *text = bytes;
    *text_size = size;
    if (used) *used = public_name(name);
    return ALN_OK;
}

static aln_status decode_as(const char *name, const char *bytes, size_t size,
                            bool believe, char **text, size_t *text_size,
                            const char **used, aln_error *error)
{
    struct conversion conversion = {{0}, 0};
    aln_status status = convert(name, bytes, size, &conversion);
    if (status == ALN_NO_MEMORY) error_no_memory(error);
    if (status == ALN_UNSUPPORTED ||
        (!status && !believe && !is_believable(&conversion)))
        status = error_set(error, ALN_UNSUPPORTED, "is not in %s", name);
    if (!status) status = finish(name, &conversion, text, text_size, used, error);
    str_done(&conversion.text);
    return status;
}

static aln_status decode_legacy(const char *bytes, size_t size, const char *charset,
                                char **text, size_t *text_size, const char **used,
                                aln_error *error)
{
    bool utf8 = charset && strncasecmp(charset, "utf-8", 5) == 0;
    if (charset && *charset && !utf8) {
        aln_status status = decode_as(unaliased(charset), bytes, size, false, text,
                                      text_size, used, error);
        if (status != ALN_UNSUPPORTED) return status;
    }
    char guess[64];
    detect(bytes, size, guess);
    return decode_as(guess, bytes, size, true, text, text_size, used, error);
}

/* Encodings of seven bits look like ASCII; only their label tells. */
static bool is_seven_bit(const char *charset, const char *bytes, size_t size)
{
    if (!charset) return false;
    if (strncasecmp(charset, "iso-2022-", 9) == 0) return memchr(bytes, 0x1b, size);
    return strncasecmp(charset, "hz", 2) == 0 && memmem(bytes, size, "~{", 2);
}

static const char *marked(const char *bytes, size_t size, size_t *mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        *mark = mark_sizes[i];
        if (size >= *mark && memcmp(bytes, marks[i][0], *mark) == 0) return marks[i][1];
    }
    *mark = 0;
    return wide_without_mark(bytes, size);
}

static unsigned line_of(const char *bytes, size_t offset)
{
    unsigned line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes[i] == '\n';
    return line;
}

static aln_status refuse_cut(const char *bytes, size_t size, size_t cut,
                             aln_error *error)
{
    error_set(error, ALN_SYNTAX, "truncated: ends inside a UTF-8 character (byte %zu)",
              size - cut);
    if (error) error->line = line_of(bytes, size);
    return ALN_SYNTAX;
}

aln_status aln_text_decode(const char *bytes, size_t size, const char *charset,
                           char **text, size_t *text_size, const char **used,
                           aln_error *error)
{
    size_t mark;
    const char *wide = marked(bytes, size, &mark);
    if (wide)
        return decode_as(wide, bytes + mark, size - mark, true, text, text_size, used,
                         error);
    if (is_binary(bytes, size))
        return error_set(error, ALN_UNSUPPORTED, "is no text (binary data)");
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    if (is_seven_bit(charset, bytes, size))
        return decode_legacy(bytes, size, charset, text, text_size, used, error);

    struct validity utf8 = examine(bytes, size);
    if (is_cut(&utf8, bytes, size)) return refuse_cut(bytes, size, utf8.cut, error);
    if (!utf8.broken) {
        if (used) *used = "UTF-8";
        return copy_valid(bytes, size, text, text_size, error);
    }
    if (utf8.multibyte > 20 * utf8.broken)
        return decode_as("UTF-8", bytes, size, true, text, text_size, used, error);
    return decode_legacy(bytes, size, charset, text, text_size, used, error);
}

/* Copy an encoding's name that starts here, in quotes or bare. */
static bool copy_label(const char *at, const char *end, char out[64])
{
    size_t n = 0;
    while (at < end && (*at == ' ' || *at == '=' || *at == '"' || *at == '\''))
        at++;
    for (; at < end && n < 63 && *at > ' ' && !strchr("\"'>;/?", *at); at++)
        out[n++] = *at;
    out[n] = '\0';
    return n > 0;
}

void decode_declared(const char *bytes, size_t size, char out[64])
{
    enum { HEAD = 8192 };
    const char *end = bytes + (size < HEAD ? size : HEAD);
    out[0] = '\0';
    for (const char *at = bytes; at < end; at++) {
        bool meta = end - at > 8 && strncasecmp(at, "charset", 7) == 0;
        bool xml = end - at > 9 && strncasecmp(at, "encoding", 8) == 0;
        if ((meta || xml) && copy_label(at + 7 + xml, end, out)) return;
        if (meta || xml) at += 6;
    }
}
