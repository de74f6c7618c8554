/* sentences.h - made-up sentences: words by Zipf's law, and others that resemble them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BENCH_SENTENCES_H
#define BENCH_SENTENCES_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { VOCABULARY = 30000, MAX_WORDS = 40 };

static void die(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static uint64_t state = 20261123;

static uint32_t below(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(((state >> 32) * n) >> 32);
}

/* Rank r comes up about as 1/r: what is below is drawn uniformly on a log scale. */
static uint32_t rank(void)
{
    uint32_t top = 1;
    while (top < VOCABULARY && below(15))
        top *= 2;
    return below(top < VOCABULARY ? top : VOCABULARY);
}

static void add_word(str *out)
{
    if (str_printf(out, "%sw%u", out->size ? " " : "", rank())) die("out of memory");
}

static void make_sentence(str *out)
{
    uint32_t n = 3 + below(MAX_WORDS - 3);
    str_clear(out);
    for (uint32_t i = 0; i < n; i++)
        add_word(out);
}

static void disturb(const char *text, uint32_t percent, str *out)
{
    str_clear(out);
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, " ");
        if (below(100) >= percent) {
            if (str_printf(out, "%s%.*s", out->size ? " " : "", (int)size, at))
                die("out of memory");
        } else if (below(4)) {
            add_word(out);
        }
        at += size + (at[size] == ' ');
    }
    if (!out->size) add_word(out);
}

#endif
