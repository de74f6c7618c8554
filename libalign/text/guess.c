/* guess.c - the language of a text, from its scripts and its frequent words.
 *
 * The script decides where it can (kana is Japanese, Hangul Korean).  Where languages
 * share one, each word of the text votes for the languages whose list it stands in,
 * for less the more of them there are:
 *
 *     "la Chine et le Kazakhstan"   la: ca es fr it ...   et: fr   le: fr it   ->  fr
 *
 * The lists are data/languages.txt.  Chinese is "zh" with its way of writing where the
 * characters tell one: "zh-Hans", "zh-Hant".
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/hash.h"

extern const char text_languages[];
extern const size_t text_languages_size;

enum {
    MOST_LANGUAGES = 64, /* bits of a mask */
    SLOTS = 1 << 13,     /* of the table of words; the file holds about 1,500 */
    SAMPLE = 1 << 15,    /* bytes of text that are looked at */
    WORD_SIZE = 64,
};

/* Built once from the file and never changed: no locks, nothing to free. */
static struct lists {
    struct {
        char tag[16];
        UScriptCode script;
    } languages[MOST_LANGUAGES];
    unsigned n;
    struct {
        uint64_t hash, languages;
    } words[SLOTS];
} lists;
static pthread_once_t built = PTHREAD_ONCE_INIT;

static unsigned slot_of(uint64_t hash)
{
    unsigned i = (unsigned)hash & (SLOTS - 1);
    while (lists.words[i].hash && lists.words[i].hash != hash)
        i = (i + 1) & (SLOTS - 1);
    return i;
}

static void add_words(const char *line, const char *end, unsigned language)
{
    while (line < end) {
        const char *start = line;
        while (line < end && *line != ' ')
            line++;
        if (line > start) {
            uint64_t hash = hash_bytes(start, (size_t)(line - start)) | 1;
            unsigned i = slot_of(hash);
            lists.words[i].hash = hash;
            lists.words[i].languages |= UINT64_C(1) << language;
        }
        line++;
    }
}

/* "[zh-Hans Hani]" */
static void add_language(const char *line)
{
    char script[8] = "";
    if (lists.n == MOST_LANGUAGES) return;
    if (sscanf(line, "[%15[^] ] %7[^]]", lists.languages[lists.n].tag, script) != 2)
        return;
    lists.languages[lists.n++].script =
        (UScriptCode)u_getPropertyValueEnum(UCHAR_SCRIPT, script);
}

static void build(void)
{
    const char *end = text_languages + text_languages_size;
    for (const char *line = text_languages; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        if (*line == '[')
            add_language(line);
        else if (*line != '#' && lists.n)
            add_words(line, stop, lists.n - 1);
        line = stop + 1;
    }
}

struct votes {
    double of[MOST_LANGUAGES];
    size_t scripts[USCRIPT_CODE_LIMIT];
    size_t kana;
};

static void vote(struct votes *votes, const char *word, size_t size)
{
    uint64_t hash = hash_bytes(word, size) | 1, mask;
    unsigned i = slot_of(hash);
    if (!lists.words[i].hash) return;
    mask = lists.words[i].languages;
    double weight = 1.0 / __builtin_popcountll(mask);
    for (; mask; mask &= mask - 1)
        votes->of[__builtin_ctzll(mask)] += weight;
}

/* Letters count for their script; Han characters are words by themselves. */
static bool takes_letter(struct votes *votes, UChar32 c, char *word, int32_t *n)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = c < 0x80 ? USCRIPT_LATIN : uscript_getScript(c, &code);
    votes->scripts[script]++;
    votes->kana += script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
    if (*n + U8_MAX_LENGTH > WORD_SIZE) return true;
    U8_APPEND_UNSAFE(word, *n, u_tolower(c));
    return script != USCRIPT_HAN;
}

static void count(struct votes *votes, const char *text, int32_t size)
{
    char word[WORD_SIZE];
    int32_t n = 0;
    for (int32_t i = 0; i < size;) {
        UChar32 c;
        U8_NEXT((const uint8_t *)text, i, size, c);
        bool letter = c >= 0 && (c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z'
                                          : u_isalpha(c));
        if (letter && takes_letter(votes, c, word, &n)) continue;
        if (n) vote(votes, word, (size_t)n);
        n = 0;
    }
    if (n) vote(votes, word, (size_t)n);
}

/* The script of most letters.  A Chinese character says as much as several letters. */
static UScriptCode main_script(const struct votes *votes)
{
    enum { LETTERS_OF_A_CHARACTER = 3 };
    size_t most = 0;
    UScriptCode found = USCRIPT_UNKNOWN;
    for (int i = 0; i < USCRIPT_CODE_LIMIT; i++) {
        size_t n = votes->scripts[i];
        if (i == USCRIPT_HAN) n *= LETTERS_OF_A_CHARACTER;
        if (i <= USCRIPT_INHERITED || n <= most) continue;
        most = n;
        found = (UScriptCode)i;
    }
    bool east_asian =
        found == USCRIPT_HAN || found == USCRIPT_HIRAGANA || found == USCRIPT_KATAKANA;
    if (east_asian && votes->kana * 10 > votes->scripts[USCRIPT_HAN])
        return USCRIPT_JAPANESE;
    return found == USCRIPT_HANGUL ? USCRIPT_KOREAN : found;
}

/* The language with most votes among those of the script; -1 where none has any, unless
 * the script is its alone. */
static int elected(const struct votes *votes, UScriptCode script)
{
    int best = -1, of_script = 0, only = -1;
    for (unsigned i = 0; i < lists.n; i++) {
        if (lists.languages[i].script != script) continue;
        of_script++;
        only = (int)i;
        if (votes->of[i] > (best < 0 ? 0.0 : votes->of[best])) best = (int)i;
    }
    return of_script == 1 ? only : best;
}

/* "zh" and votes for "zh-Hant": the longer tag, whatever "zh" itself has. */
static int refined(const struct votes *votes, int language)
{
    const char *tag = lists.languages[language].tag;
    size_t n = strcspn(tag, "-");
    int best = language;
    for (unsigned i = 0; i < lists.n; i++) {
        const char *other = lists.languages[i].tag;
        if (strncmp(other, tag, n) != 0 || other[n] != '-') continue;
        if (strchr(lists.languages[best].tag, '-') && votes->of[i] <= votes->of[best])
            continue;
        if (votes->of[i] > 0) best = (int)i;
    }
    return best;
}

void aln_language_guess(const char *text, size_t size, char out[ALN_LANGUAGE_SIZE])
{
    pthread_once(&built, build);
    struct votes votes;
    memset(&votes, 0, sizeof votes);
    count(&votes, text, (int32_t)(size < SAMPLE ? size : SAMPLE));

    UScriptCode script = main_script(&votes);
    int best = elected(&votes, script);
    if (best >= 0) best = refined(&votes, best);
    const char *unknown = script == USCRIPT_HAN ? "zh" : "und";
    snprintf(out, ALN_LANGUAGE_SIZE, "%s",
             best < 0 ? unknown : lists.languages[best].tag);
}
