/* knowledge.h - what is known of languages before any text is read.
 *
 * Glossaries are made when a language is first met and kept: the table of concepts,
 * the words for numbers, and the names that CLDR gives to countries, languages,
 * currencies, months and days.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_KNOWLEDGE_H
#define ALIGN_KNOWLEDGE_H

#include <align/beads.h>
#include <align/vectors.h>

#include "align/glossary.h"
#include "align/sounds.h"

/* The glossary of a language, the aligner's.  Serves several threads. */
aln_status knowledge_glossary(const aln_aligner *aligner, const char *language,
                              const glossary **found);

/* The vectors that sentences are compared by, or NULL. */
const aln_vectors *knowledge_vectors(const aln_aligner *aligner);

/* How names sound. */
const sounds *knowledge_sounds(const aln_aligner *aligner);

/* Terms, alternatives separated by `|`, that translate each other.  Not while a
 * text is being read on another thread. */
aln_status knowledge_teach(aln_aligner *aligner, const char *source_language,
                           const char *source, size_t source_size,
                           const char *target_language, const char *target,
                           size_t target_size, double strength);

/* Kinds of evidence to leave out, of aln_without. */
unsigned knowledge_without(const aln_aligner *aligner);

/* The value that a key's term has as a number, else 0. */
double knowledge_value(const glossary *g, uint32_t key);

/* Does a key's term name a country? */
bool knowledge_is_country(const glossary *g, uint32_t key);

#endif
