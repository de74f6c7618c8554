/* How fast text is cut, and ICU's sentence iterator beside it.
 *
 *     bench_segment ROOT [LANGUAGE FILE]...
 *
 * Without files the text is made of the cases under tests/cases/segment, again and
 * again up to 16 MB; with files it is those.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <align/segment.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"

enum { TEXT_SIZE = 16 << 20, MOST = 1 << 30, ROUNDS = 3 };

AUTO_DEFINE(segmenter, aln_segmenter *, aln_segmenter_free)
AUTO_DEFINE(utext, UText *, utext_close)
AUTO_DEFINE(iterator, UBreakIterator *, ubrk_close)

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The cases of a language as prose: no comments, no marks, four lines a paragraph. */
static int add_cases(char *cases, str *text)
{
    bool bad = false;
    int lines = 0;
    char *line;
    while ((line = strsep(&cases, "\n"))) {
        if (!*line || *line == '#') continue;
        for (; *line; line++) {
            if (strncmp(line, "¦ ", 3) == 0) line += 3;
            if (strncmp(line, "¦", 2) == 0) line += 2;
            bad |= str_putc(text, *line) != ALN_OK;
        }
        bad |= str_putc(text, ++lines % 4 ? ' ' : '\n') != ALN_OK;
    }
    return bad;
}

static int make_text(const char *root, const char *language, str *text)
{
    AUTO(str) str path = {0};
    AUTO(free) char *cases = NULL;
    size_t size;
    if (str_printf(&path, "%s/tests/cases/segment/%s.txt", root, language)) return 1;
    if (file_read(path.at, MOST, &cases, &size, NULL)) return 1;
    if (add_cases(cases, text)) return 1;
    size_t once = text->size;
    if (str_reserve(text, TEXT_SIZE)) return 1;
    while (text->size + once < TEXT_SIZE)
        if (str_add(text, text->at, once)) return 1;
    return 0;
}

static double ours(const char *language, const str *text, size_t *count)
{
    AUTO(segmenter) aln_segmenter *segmenter = NULL;
    const aln_span *spans;
    if (aln_segmenter_new(language, NULL, &segmenter, NULL)) return -1;
    double began = now();
    for (int i = 0; i < ROUNDS; i++)
        if (aln_segmenter_split(segmenter, text->at, text->size, &spans, count, NULL))
            return -1;
    return (now() - began) / ROUNDS;
}

static double icu(const char *language, const str *text, size_t *count)
{
    UErrorCode code = U_ZERO_ERROR;
    AUTO(utext)
    UText *utext = utext_openUTF8(NULL, text->at, (int64_t)text->size, &code);
    AUTO(iterator)
    UBreakIterator *sentences = ubrk_open(UBRK_SENTENCE, language, NULL, 0, &code);
    double began = now();
    for (int i = 0; i < ROUNDS; i++) {
        ubrk_setUText(sentences, utext, &code);
        *count = 0;
        while (U_SUCCESS(code) && ubrk_next(sentences) != UBRK_DONE)
            ++*count;
    }
    return U_SUCCESS(code) ? (now() - began) / ROUNDS : -1;
}

static int measure(const char *language, const str *text)
{
    size_t count = 0, icu_count = 0;
    double seconds = ours(language, text, &count),
           icu_seconds = icu(language, text, &icu_count);
    if (seconds < 0 || icu_seconds < 0) return 1;
    double megabytes = (double)text->size / 1e6;
    printf("%s  %5.1f MB  ours %6.1f MB/s, %zu sentences;  ICU %6.1f MB/s, %zu;  "
           "ratio %.1f\n",
           language, megabytes, megabytes / seconds, count, megabytes / icu_seconds,
           icu_count, icu_seconds / seconds);
    return 0;
}

static void measure_start(const char *language)
{
    aln_segmenter *segmenter = NULL;
    double began = now();
    if (!aln_segmenter_new(language, NULL, &segmenter, NULL))
        printf("%s  rules are read in %.1f ms\n", language, (now() - began) * 1e3);
    aln_segmenter_free(segmenter);
}

int main(int argc, char **argv)
{
    static const char *const languages[] = {"fr", "en", "zh"};
    int bad = argc < 2;
    for (size_t i = 0; i < 3 && argc == 2; i++) {
        AUTO(str) str text = {0};
        bad |= make_text(argv[1], languages[i], &text) || measure(languages[i], &text);
        measure_start(languages[i]);
    }
    for (int i = 2; i + 1 < argc && !bad; i += 2) {
        AUTO(str) str text = {0};
        bad = file_read(argv[i + 1], MOST, &text.at, &text.size, NULL) ||
              measure(argv[i], &text);
    }
    return bad;
}
