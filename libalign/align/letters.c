/* letters.c - folding of words.
 *
 * Latin letters lose their accents by Unicode's canonical decomposition; the few that
 * do not decompose (ß, œ, ø, ł ...) are in a table.  Words in other alphabets go
 * through ICU's transliterator first: names and loan words then look alike.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/letters.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>

int32_t letter_next(const char *text, size_t size, size_t *at)
{
    unsigned char first = (unsigned char)text[*at];
    if (first < 0x80) {
        ++*at;
        return first;
    }
    int32_t i = (int32_t)*at;
    UChar32 c;
    U8_NEXT((const uint8_t *)text, i, (int32_t)size, c);
    *at = (size_t)i;
    return c;
}

size_t letter_put(char *out, int32_t c)
{
    int32_t n = 0;
    U8_APPEND_UNSAFE((uint8_t *)out, n, c);
    return (size_t)n;
}

aln_status letter_add(str *out, int32_t c)
{
    char bytes[4];
    return str_add(out, bytes, letter_put(bytes, c));
}

static bool is_han(int32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x3041 && c <= 0x30fa) ||
           c == 0x3005 || c == 0x3007 || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

letter_class letter_classify(int32_t c)
{
    if (c < 0) return LETTER_NONE;
    if (c < 0x80) {
        if (c >= '0' && c <= '9') return LETTER_DIGIT;
        if ((c | 32) >= 'a' && (c | 32) <= 'z') return LETTER_WORD;
        return c > ' ' && c < 0x7f ? LETTER_MARK : LETTER_NONE;
    }
    if (is_han(c)) return LETTER_HAN;
    uint32_t mask = U_GET_GC_MASK(c);
    if (mask & (U_GC_L_MASK | U_GC_M_MASK)) return LETTER_WORD;
    if (mask & U_GC_ND_MASK) return LETTER_DIGIT;
    if (mask & (U_GC_Z_MASK | U_GC_C_MASK)) return LETTER_NONE;
    return LETTER_MARK;
}

bool letter_is_capital(int32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return u_isUUppercase(c);
}

/* Letters that have no canonical decomposition. */
static const struct {
    int32_t letter;
    const char *spelling;
} spellings[] = {
    {0xdf, "ss"}, {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},   {0xfe, "th"}, {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x2bc, ""},  {0x2b9, ""},
};

static const char *spelling_of(int32_t c)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (spellings[i].letter == c) return spellings[i].spelling;
    return NULL;
}

/* Adds a letter without its accents; marks vanish. */
static aln_status add_base(const UNormalizer2 *nfd, int32_t c, str *out)
{
    if (c < 0x80) return str_putc(out, (char)c);
    const char *spelling = spelling_of(c);
    if (spelling) return str_puts(out, spelling);
    if (U_GET_GC_MASK(c) & U_GC_M_MASK) return ALN_OK;

    UChar parts[8];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = unorm2_getDecomposition(nfd, c, parts, 8, &code);
    if (U_FAILURE(code) || n <= 0) return letter_add(out, c);
    for (int32_t i = 0; i < n;) {
        UChar32 part;
        U16_NEXT(parts, i, n, part);
        if (U_GET_GC_MASK(part) & U_GC_M_MASK) continue;
        if (letter_add(out, part)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status fold_points(const char *word, size_t size, str *out)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&code);
    if (U_FAILURE(code)) return ALN_NO_MEMORY;
    for (size_t at = 0; at < size;) {
        int32_t c = letter_next(word, size, &at);
        if (c < 0) continue;
        if (add_base(nfd, u_tolower(c), out)) return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

/* Is it written in a script that has to be spelt in Latin letters? */
static bool is_foreign(const char *word, size_t size)
{
    size_t at = 0;
    int32_t c = letter_next(word, size, &at);
    if (c < 0x370) return false;
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &code);
    return U_SUCCESS(code) && script != USCRIPT_LATIN && script != USCRIPT_COMMON &&
           script != USCRIPT_INHERITED;
}

enum { WORD_MOST = 256 };

/* ICU takes milliseconds to make the transform, so there is one, for one thread at a
 * time; NULL where ICU cannot make it. */
static UTransliterator *to_latin;

static void make_to_latin(void)
{
    UErrorCode code = U_ZERO_ERROR;
    to_latin = utrans_openU(u"Any-Latin", -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
}

static void transform(UChar *text, int32_t *n, UErrorCode *code)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
    int32_t limit = *n;
    pthread_once(&once, make_to_latin);
    if (!to_latin) {
        *code = U_MISSING_RESOURCE_ERROR;
        return;
    }
    pthread_mutex_lock(&turn);
    utrans_transUChars(to_latin, text, n, WORD_MOST, 0, &limit, code);
    pthread_mutex_unlock(&turn);
}

/* False where ICU cannot do it: the word is then folded as it is. */
static bool spell_in_latin(const char *word, size_t size, char *out, size_t *out_size)
{
    UChar text[WORD_MOST];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0, written = 0;
    u_strFromUTF8(text, WORD_MOST, &n, word, (int32_t)size, &code);
    if (U_SUCCESS(code)) transform(text, &n, &code);
    u_strToUTF8(out, WORD_MOST, &written, text, n, &code);
    *out_size = (size_t)written;
    return U_SUCCESS(code);
}

aln_status letters_fold(const char *word, size_t size, str *out)
{
    char latin[WORD_MOST];
    size_t n;
    if (size < WORD_MOST / 4 && is_foreign(word, size) &&
        spell_in_latin(word, size, latin, &n))
        return fold_points(latin, n, out);
    return fold_points(word, size, out);
}
