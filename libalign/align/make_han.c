/* make_han.c - at build time: how Han characters are simplified and read.
 *
 * ICU knows both, but takes a tenth of a second to load its rules.  This program asks
 * it once for every character and prints two C tables: for each of U+3400..U+9FFF the
 * simplified character, and the number of its reading in a list of syllables.
 *
 *     make_han OUT.c
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x3400, LAST = 0x9fff, SYLLABLES_MOST = 2000, ROOM = 32 };

static char syllables[SYLLABLES_MOST][ROOM];
static unsigned n_syllables;

static UTransliterator *open_transform(const char *name)
{
    UChar id[64];
    UErrorCode code = U_ZERO_ERROR;
    u_uastrcpy(id, name);
    UTransliterator *made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    if (U_SUCCESS(code)) return made;
    fprintf(stderr, "make_han: %s: %s\n", name, u_errorName(code));
    exit(1);
}

static int32_t transform(UTransliterator *with, int c, UChar *out)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 1, limit = 1;
    out[0] = (UChar)c;
    utrans_transUChars(with, out, &n, ROOM, 0, &limit, &code);
    return U_SUCCESS(code) ? n : 0;
}

/* 0 for a character that has no reading in plain letters. */
static unsigned syllable_of(UTransliterator *reading, int c)
{
    UChar text[ROOM];
    char plain[ROOM];
    int32_t n = transform(reading, c, text), size = 0;
    for (int32_t i = 0; i < n; i++) {
        if (text[i] < 'a' || text[i] > 'z') return 0;
        plain[size++] = (char)text[i];
    }
    plain[size] = '\0';
    for (unsigned k = 1; k < n_syllables; k++)
        if (strcmp(syllables[k], plain) == 0) return k;
    if (!size || n_syllables == SYLLABLES_MOST) return 0;
    memcpy(syllables[n_syllables], plain, (size_t)size + 1);
    return n_syllables++;
}

int main(int argc, char **argv)
{
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) return 1;
    UTransliterator *simplify = open_transform("Traditional-Simplified");
    UTransliterator *reading = open_transform("Han-Latin; NFD; [:Mn:] Remove; Lower");
    n_syllables = 1;

    fputs("#include \"align/han.h\"\n\nconst uint16_t han_simplified[] = {", out);
    for (int c = FIRST; c <= LAST; c++) {
        UChar text[ROOM];
        int32_t n = transform(simplify, c, text);
        fprintf(out, "%s%d,", c % 16 ? "" : "\n    ", n == 1 ? text[0] : c);
    }
    fputs("\n};\n\nconst uint16_t han_readings[] = {", out);
    for (int c = FIRST; c <= LAST; c++)
        fprintf(out, "%s%u,", c % 16 ? "" : "\n    ", syllable_of(reading, c));
    fputs("\n};\n\nconst char *const han_syllables[] = {\n", out);
    for (unsigned k = 0; k < n_syllables; k++)
        fprintf(out, "    \"%s\",\n", syllables[k]);
    fprintf(out, "};\n\nconst size_t han_n_syllables = %u;\n", n_syllables);
    utrans_close(simplify);
    utrans_close(reading);
    return fclose(out) != 0;
}
