/* aligner.h - what an aligner knows beforehand, by the command line.
 *
 *     --dictionary fr,en:words.tsv     a dictionary, may be given several times
 *     --no-lexicon                     not the lexicons of the user's data folder
 *     --src-embed, --tgt-embed         vectors in files as vecalign reads them
 *     --embed-url, --embed-model       vectors from a service
 *
 * Lexicons are found by themselves: $XDG_DATA_HOME/bitext/lexicons (or
 * ~/.local/share/bitext/lexicons) holds files such as fr-en.tsv or fr-en.freedict.index,
 * which tools/lexicons makes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGNER_H
#define ALIGNER_H

#include "tools.h"

extern struct poptOption knowledge_options[], vector_options[];

#define KNOWLEDGE_OPTIONS                                         \
    {                                                             \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, knowledge_options, 0, \
            "What is known beforehand:", NULL                     \
    }
#define VECTOR_OPTIONS                                         \
    {                                                          \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, vector_options, 0, \
            "Vectors of a neural model:", NULL                 \
    }

/* An aligner, and the vectors that it refers to. */
typedef struct known_aligner {
    aln_aligner *aligner;
    aln_vectors *vectors;
} known_aligner;

/* Make an aligner by the options that were given.  articles are those that will be
 * aligned; NULL where they are not known yet: vectors cannot be had then, and every
 * dictionary must name its languages.  memory, unless NULL, is the path of the memory that
 * keeps vectors.  Complains and returns EXIT_TROUBLE on failure. */
int known_aligner_open(known_aligner *known, aln_article *const *articles, size_t n,
                       const char *memory);

/* Was --learn given? */
bool aligner_learns(void);

void known_aligner_close(known_aligner *known);

static inline void auto_known_aligner(known_aligner *known)
{
    known_aligner_close(known);
}

#endif
