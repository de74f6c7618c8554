/* taught.h - terms of two languages that translate each other, told by a dictionary.
 *
 *     taught_add(&rows, "fr", "chat|matou", 10, "en", "cat", 3, 0.4);
 *     taught_fill(&rows, glossary);      the rows of the glossary's language
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_TAUGHT_H
#define ALIGN_TAUGHT_H

#include "align/glossary.h"
#include "base/arena.h"

typedef struct taught_term {
    char language[16]; /* the primary tag */
    const char *text;  /* alternatives separated by `|` */
    size_t size;
} taught_term;

typedef struct taught_row {
    taught_term source, target;
    float strength;
} taught_row;

typedef struct taught {
    vec(taught_row) rows;
    arena texts;
} taught;

aln_status taught_add(taught *list, const char *source_language, const char *source,
                      size_t source_size, const char *target_language,
                      const char *target, size_t target_size, double strength);

/* Add the terms of the glossary's language, each with the meaning first + its row. */
aln_status taught_fill(const taught *list, glossary *g, uint32_t first);

void taught_done(taught *list);

#endif
