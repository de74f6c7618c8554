/* How long an alignment takes, by the number of sentences; and many small ones.
 *
 *     bench_align ROOT [FILE FILE]
 *
 * Without files: texts made here of words whose frequencies fall as in any language,
 * of which one sentence in ten is missing on either side.  With files: their lines,
 * French and English, as often as the size asks.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <align/beads.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/file.h"
#include "base/vec.h"

enum { WORDS = 18, ROOM = 400, VOCABULARY = 30000, SMALL = 123, SMALL_LINES = 16 };

typedef struct text {
    arena room;
    vec(aln_sentence) lines;
} text;

static uint32_t state = 1;

static uint32_t draw(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int add_line(text *t, const char *line, size_t size)
{
    const char *copy = arena_copy(&t->room, line, size);
    aln_sentence sentence = {copy, size};
    return !copy || vec_push(&t->lines, sentence);
}

static int add_sentence(text *t, uint32_t seed, const char *ending)
{
    char line[ROOM];
    size_t n = 0;
    uint32_t kept = state;
    state = seed;
    for (int w = 0; w < WORDS; w++) {
        uint32_t word = draw(1 + draw(VOCABULARY));
        n += (size_t)snprintf(line + n, ROOM - n, "%sw%c%c%c%c%s", w ? " " : "",
                              'a' + word % 26, 'a' + word / 26 % 26,
                              'a' + word / 676 % 26, 'a' + word / 17576,
                              draw(3) ? ending : "");
    }
    state = kept;
    return add_line(t, line, n);
}

static int make_texts(text *a, text *b, size_t lines)
{
    int bad = 0;
    for (size_t i = 0; i < lines; i++) {
        uint32_t sentence = draw(1u << 24);
        if (draw(10)) bad |= add_sentence(a, sentence, "es");
        if (draw(10)) bad |= add_sentence(b, sentence, "ing");
    }
    return bad;
}

static int read_lines(text *t, const char *path, size_t lines)
{
    AUTO(free) char *bytes = NULL;
    size_t size, at = 0;
    if (file_read(path, 1 << 30, &bytes, &size, NULL)) return 1;
    for (size_t i = 0; i < lines && at < size; i++) {
        size_t end = at + strcspn(bytes + at, "\n");
        if (add_line(t, bytes + at, end - at)) return 1;
        at = end + 1;
    }
    return 0;
}

static void text_done(text *t)
{
    arena_done(&t->room);
    vec_free(&t->lines);
}

static int align_once(const aln_aligner *aligner, const text *a, const text *b)
{
    aln_alignment *alignment = NULL;
    aln_side sides[2] = {{"fr", a->lines.at, a->lines.n, NULL},
                         {"en", b->lines.at, b->lines.n, NULL}};
    int bad = aln_align(aligner, sides, 2, &alignment, NULL);
    aln_alignment_free(alignment);
    return bad;
}

static int measure(const aln_aligner *aligner, size_t lines, char **files)
{
    text a = {0}, b = {0};
    int bad = files[0]
                  ? read_lines(&a, files[0], lines) || read_lines(&b, files[1], lines)
                  : make_texts(&a, &b, lines);
    double began = now();
    bad |= align_once(aligner, &a, &b);
    double seconds = now() - began;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%7zu x %7zu sentences  %6.2f s  %5.1f us a sentence  %4ld MB at most\n",
           a.lines.n, b.lines.n, seconds, seconds / (double)(a.lines.n + 1) * 1e6,
           usage.ru_maxrss / 1024);
    text_done(&a);
    text_done(&b);
    return bad;
}

static int measure_small(void)
{
    int bad = 0;
    double seconds = 0;
    aln_aligner *aligner = NULL;
    text a[SMALL] = {0}, b[SMALL] = {0};
    for (int k = 0; k < SMALL; k++)
        bad |= make_texts(&a[k], &b[k], SMALL_LINES);
    double began = now();
    bad |= aln_aligner_new(NULL, &aligner, NULL);
    for (int k = 0; k < SMALL && !bad; k++)
        bad |= align_once(aligner, &a[k], &b[k]);
    seconds = now() - began;
    printf("%d texts of %d sentences  %.3f s\n", SMALL, SMALL_LINES, seconds);
    aln_aligner_free(aligner);
    for (int k = 0; k < SMALL; k++) {
        text_done(&a[k]);
        text_done(&b[k]);
    }
    return bad;
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {1000, 5000, 20000, 50000, 200000};
    char *none[] = {NULL}, **files = argc == 4 ? argv + 2 : none;
    aln_aligner *aligner = NULL;
    int bad = measure_small() || aln_aligner_new(NULL, &aligner, NULL);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes && !bad; k++)
        bad |= measure(aligner, sizes[k], files);
    aln_aligner_free(aligner);
    return bad;
}
