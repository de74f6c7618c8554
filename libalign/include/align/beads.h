/* align/beads.h - which sentences of one text say what those of the others say.
 *
 * Texts of two or more languages, each a list of sentences, become a list of beads: a
 * bead holds a run of sentences of every text, an empty one where a text leaves
 * something out.
 *
 *     fr  0 1 2   3 4        beads  {[0,1) [0,1)}  {[1,3) [1,2)}
 *     en  0 1   2 3                 {[3,3) [2,3)}  {[3,5) [3,4)}
 *
 *     aln_side sides[2] = {{"fr", french, 5, NULL}, {"en", english, 4, NULL}};
 *     aln_alignment *alignment;
 *     if (aln_align(NULL, sides, 2, &alignment, &error)) ...
 *     aln_alignment_free(alignment);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_BEADS_H
#define ALIGN_BEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/status.h>
#include <align/vectors.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One sentence: UTF-8, borrowed for the call. */
typedef struct aln_sentence {
    const char *text;
    size_t size;
} aln_sentence;

/* One text of the group that is to be aligned. */
typedef struct aln_side {
    const char *language; /* BCP 47 */
    const aln_sentence *sentences;
    size_t n;
    const uint32_t *paragraphs; /* of each sentence, rising; NULL: parted by blanks */
} aln_side;

/* Sentences [start, end) of a side. */
typedef struct aln_range {
    uint32_t start, end;
} aln_range;

/* What a reviewer should know of a bead; also kept with the unit made of it. */
typedef enum aln_flag {
    ALN_FLAG_NUMBERS = 1,      /* the numbers of the sides differ */
    ALN_FLAG_NAME = 2,         /* a name of one side is missing in another */
    ALN_FLAG_LENGTH = 4,       /* the lengths are far from what they should be */
    ALN_FLAG_UNTRANSLATED = 8, /* two sides say the same in the same words */
    ALN_FLAG_LANGUAGE = 16,    /* a side is not in its language */
    ALN_FLAG_DUPLICATE = 32,   /* the same pair stood earlier in this alignment */
    ALN_FLAG_CROSSING = 64,    /* moved: out of the order of the other text */
    ALN_FLAG_APPROVED = 65536, /* of a unit: a person has confirmed or corrected it */
} aln_flag;

typedef struct aln_bead {
    const aln_range *sides; /* one a text, in the order given */
    double score;           /* 0..1: the probability that the bead is right */
    unsigned flags;         /* of aln_flag */
} aln_bead;

typedef struct aln_alignment {
    size_t n_sides;
    const aln_bead *beads; /* in the order of the first text */
    size_t n_beads;
} aln_alignment;

/* An aligner carries what is known before the texts are read: the built-in tables, and
 * what dictionaries or earlier alignments have taught it.  Tables of a language are
 * made ready when it is first met, so that one aligner should serve many calls of
 * aln_align; several threads may use it at a time. */
typedef struct aln_aligner aln_aligner;

/* Kinds of evidence that can be left out, to measure what they are worth. */
typedef enum aln_without {
    ALN_WITHOUT_CONCEPTS = 1, /* the built-in table of everyday concepts */
    ALN_WITHOUT_NAMES = 2,    /* CLDR's countries, languages, currencies, dates */
    ALN_WITHOUT_ALIKE = 4,    /* words that are spelt alike */
    ALN_WITHOUT_NUMBERS = 8,
    ALN_WITHOUT_LEARNING = 16, /* from the very texts */
    ALN_WITHOUT_LENGTH = 32,
    ALN_WITHOUT_WITNESS = 64, /* third texts */
    ALN_WITHOUT_SOUNDS = 128, /* names that are heard in another script */
    ALN_WITHOUT_PARAGRAPHS = 256,
} aln_without;

/* How to align.  All zero means the defaults. */
typedef struct aln_aligner_options {
    unsigned without;           /* of aln_without */
    const aln_vectors *vectors; /* of every sentence, or NULL; outlives the aligner */
} aln_aligner_options;

/* options may be NULL. */
ALN_API ALN_CHECKED aln_status aln_aligner_new(const aln_aligner_options *options,
                                               aln_aligner **aligner, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_aligner_free(aln_aligner *aligner);

/* Learn the words of a dictionary, not while it aligns on another thread.  The file holds lines
 * "target @ source" (hunalign's), or columns source, target separated by tabs, or it is
 * the .index of a dictd dictionary (FreeDict's) with its .dict or .dict.dz beside it;
 * text files may be compressed with gzip.  Fails with ALN_SYNTAX and error->line; the
 * aligner has then learnt nothing of it. */
ALN_API ALN_CHECKED aln_status aln_aligner_read_dictionary(aln_aligner *aligner,
                                                           const char *path,
                                                           const char *source_language,
                                                           const char *target_language,
                                                           aln_error *error);

/* Align 2 or more texts; the first is the pivot.  aligner may be NULL for the defaults.
 * Every sentence of every side ends up in exactly one bead.  Sides may be empty.  Fails
 * with ALN_NOT_FOUND, and error->line, for a sentence whose vector is missing. */
ALN_API ALN_CHECKED aln_status aln_align(const aln_aligner *aligner,
                                         const aln_side *sides, size_t n_sides,
                                         aln_alignment **alignment, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_alignment_free(aln_alignment *alignment);

/* The name of a single flag as results print it, such as "numbers-differ"; NULL for
 * what is no flag. */
ALN_API const char *aln_flag_name(aln_flag flag);

#ifdef __cplusplus
}
#endif

#endif
