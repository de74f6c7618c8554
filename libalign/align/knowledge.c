/* knowledge.c - glossaries from tables and CLDR.
 *
 * concepts.tsv and numbers.tsv have a column a language, named by the first line, and
 * cells with alternatives separated by `|`; lines with `#` are headings.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/knowledge.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "align/cldr.h"
#include "align/taught.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"

extern const char align_concepts[], align_numbers[], align_endings[], align_sounds[];

/* Meanings of different origins. */
enum { CONCEPTS = 0, NUMBERS = 1 << 20, NAMES = 1 << 21, TAUGHT = 1 << 24 };

/* How often a counterpart by the table should stand in the translation of a word's
 * sentence.  Set by principle: see docs/align.md. */
static const double CONCEPT_STRENGTH = 0.45, NUMBER_STRENGTH = 0.55,
                    NAME_STRENGTH = 0.8;

enum { COLUMNS = 32 };

struct aln_aligner {
    pthread_mutex_t lock;
    vec(glossary *) glossaries;
    const aln_vectors *vectors;
    unsigned without;
    taught taught;
    sounds sounds;
};

static void free_glossary(glossary *g)
{
    glossary_done(g);
    free(g);
}

AUTO_DEFINE(glossary, glossary *, free_glossary)
AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)

static void forget_glossaries(aln_aligner *aligner)
{
    for (size_t i = 0; i < aligner->glossaries.n; i++)
        free_glossary(aligner->glossaries.at[i]);
    vec_clear(&aligner->glossaries);
}

aln_status aln_aligner_new(const aln_aligner_options *options, aln_aligner **aligner,
                           aln_error *error)
{
    AUTO(aligner) aln_aligner *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    pthread_mutex_init(&made->lock, NULL);
    if (sounds_init(&made->sounds, align_sounds)) return error_no_memory(error);
    if (options) made->vectors = options->vectors;
    if (options) made->without = options->without;
    *aligner = STEAL(made);
    return ALN_OK;
}

void aln_aligner_free(aln_aligner *aligner)
{
    if (!aligner) return;
    forget_glossaries(aligner);
    vec_free(&aligner->glossaries);
    taught_done(&aligner->taught);
    sounds_done(&aligner->sounds);
    pthread_mutex_destroy(&aligner->lock);
    free(aligner);
}

/* The cell of a column in a line; its size is 0 where the line is shorter. */
static const char *cell_of(const char *line, int column, size_t *size)
{
    while (column-- > 0) {
        line += strcspn(line, "\t\n");
        if (*line == '\t') line++;
    }
    *size = strcspn(line, "\t\n");
    return line;
}

static int column_of(const char *table, const char *language)
{
    size_t size;
    for (int column = 0; column < COLUMNS; column++) {
        const char *cell = cell_of(table, column, &size);
        if (!size) return -1;
        if (size == strlen(language) && memcmp(cell, language, size) == 0)
            return column;
    }
    return -1;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

static aln_status add_concepts(glossary *g)
{
    int column = column_of(align_concepts, g->language);
    if (column < 0) return ALN_OK;
    uint32_t row = CONCEPTS;
    for (const char *line = next_line(align_concepts); *line; line = next_line(line)) {
        size_t size;
        row++;
        if (*line == '#') continue;
        const char *cell = cell_of(line, column, &size);
        TRY(glossary_add(g, cell, size, row, CONCEPT_STRENGTH));
    }
    return ALN_OK;
}

/* Digits mean the same in every language: the value is a term of all. */
static aln_status add_value(glossary *g, const char *value, size_t size,
                            uint32_t meaning)
{
    glossary_sense sense = {0, meaning, (float)NUMBER_STRENGTH};
    if (intern_add(&g->keys, value, size, &sense.key)) return ALN_NO_MEMORY;
    return vec_push(&g->senses, sense);
}

/* Words for numbers are too short and too much alike to be cut. */
static aln_status keep_numbers_whole(glossary *g, int column)
{
    if (column < 0) return ALN_OK;
    for (const char *line = next_line(align_numbers); *line; line = next_line(line)) {
        size_t size;
        const char *cell = cell_of(line, column, &size);
        TRY(glossary_keep_whole(g, cell, size));
    }
    return ALN_OK;
}

static aln_status add_numbers(glossary *g)
{
    int column = column_of(align_numbers, g->language);
    TRY(keep_numbers_whole(g, column));
    uint32_t row = NUMBERS;
    for (const char *line = next_line(align_numbers); *line; line = next_line(line)) {
        size_t size;
        const char *value = cell_of(line, 0, &size);
        TRY(add_value(g, value, size, ++row));
        if (column < 0) continue;
        const char *cell = cell_of(line, column, &size);
        TRY(glossary_add(g, cell, size, row, NUMBER_STRENGTH));
    }
    return ALN_OK;
}

double knowledge_value(const glossary *g, uint32_t key)
{
    size_t n;
    const glossary_sense *senses = glossary_senses(g, key, &n);
    for (size_t k = 0; k < n; k++) {
        if (senses[k].meaning <= NUMBERS || senses[k].meaning >= NAMES) continue;
        const char *line = align_numbers;
        for (uint32_t row = NUMBERS; row < senses[k].meaning; row++)
            line = next_line(line);
        return strtod(line, NULL);
    }
    return 0;
}

bool knowledge_is_country(const glossary *g, uint32_t key)
{
    size_t n;
    const glossary_sense *senses = glossary_senses(g, key, &n);
    for (size_t k = 0; k < n; k++)
        if (senses[k].meaning >= NAMES && senses[k].meaning < NAMES + CLDR_COUNTRIES)
            return true;
    return false;
}

static aln_status make_glossary(const aln_aligner *aligner, const char *language,
                                glossary **made)
{
    AUTO(glossary) glossary *g = calloc(1, sizeof *g);
    if (!g) return ALN_NO_MEMORY;
    TRY(glossary_init(g, language, align_endings));
    if (!(aligner->without & ALN_WITHOUT_NUMBERS)) TRY(add_numbers(g));
    if (!(aligner->without & ALN_WITHOUT_CONCEPTS)) TRY(add_concepts(g));
    if (!(aligner->without & ALN_WITHOUT_NAMES)) TRY(cldr_add(g, NAMES, NAME_STRENGTH));
    TRY(taught_fill(&aligner->taught, g, TAUGHT));
    TRY(glossary_sort(g));
    *made = STEAL(g);
    return ALN_OK;
}

static aln_status find_or_make(aln_aligner *aligner, const char *language,
                               const glossary **found)
{
    size_t size = strcspn(language, "-_");
    for (size_t i = 0; i < aligner->glossaries.n; i++) {
        *found = aligner->glossaries.at[i];
        if (strlen((*found)->language) == size &&
            memcmp((*found)->language, language, size) == 0)
            return ALN_OK;
    }
    AUTO(glossary) glossary *made = NULL;
    TRY(make_glossary(aligner, language, &made));
    TRY(vec_push(&aligner->glossaries, made));
    *found = STEAL(made);
    return ALN_OK;
}

aln_status knowledge_glossary(const aln_aligner *aligner, const char *language,
                              const glossary **found)
{
    /* The cache grows behind the reader's back, under its lock. */
    aln_aligner *cache = (aln_aligner *)aligner;
    pthread_mutex_lock(&cache->lock);
    aln_status status = find_or_make(cache, language, found);
    pthread_mutex_unlock(&cache->lock);
    return status;
}

unsigned knowledge_without(const aln_aligner *aligner)
{
    return aligner->without;
}

const sounds *knowledge_sounds(const aln_aligner *aligner)
{
    return &aligner->sounds;
}

const aln_vectors *knowledge_vectors(const aln_aligner *aligner)
{
    return aligner->vectors;
}

aln_status knowledge_teach(aln_aligner *aligner, const char *source_language,
                           const char *source, size_t source_size,
                           const char *target_language, const char *target,
                           size_t target_size, double strength)
{
    forget_glossaries(aligner); /* those that were ready do not know it */
    return taught_add(&aligner->taught, source_language, source, source_size,
                      target_language, target, target_size, strength);
}
