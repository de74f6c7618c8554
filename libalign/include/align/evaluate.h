/* align/evaluate.h - files of beads, and how right they are.
 *
 *     [0, 1]:[0]:0.873       sentences 0 and 1 of one text, sentence 0 of the other
 *     [3]:[]:0.400           left out in the other text
 *
 * Counting follows the scorer of vecalign (Thompson & Koehn 2019): beads of a document
 * are a set.  A bead is strictly right when the gold has the very same; laxly right
 * when it joins two sentences that some gold bead joins.  Precision counts all beads,
 * so that leaving out a sentence is a claim that can be wrong; recall counts the gold's
 * beads that have both sides.  Counts of several documents are added before dividing.
 *
 *     aln_evaluation sums = {0};
 *     if (aln_evaluate(gold, found, &sums, &error)) ...
 *     aln_figures strict = aln_evaluation_strict(&sums);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_EVALUATE_H
#define ALIGN_EVALUATE_H

#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One line of a file of beads; the ids are the list's. */
typedef struct aln_listed_bead {
    const uint32_t *source, *target;
    size_t n_source, n_target;
    double score; /* the third field, or -1 where there is none */
} aln_listed_bead;

typedef struct aln_bead_list {
    const aln_listed_bead *beads;
    size_t n;
} aln_bead_list;

/* Read a file of beads; empty lines are skipped.  Fails with ALN_SYNTAX and
 * error->line. */
ALN_API ALN_CHECKED aln_status aln_bead_list_read(const char *text, size_t size,
                                                  aln_bead_list **list,
                                                  aln_error *error);

/* NULL is allowed. */
ALN_API void aln_bead_list_free(aln_bead_list *list);

enum { ALN_EVALUATION_BINS = 10 };

/* Beads whose score is in one tenth of 0..1; the last holds 1 as well. */
typedef struct aln_evaluation_bin {
    size_t n, right; /* strictly */
    double scores;   /* their sum */
} aln_evaluation_bin;

typedef struct aln_evaluation {
    size_t n_beads;                               /* found, all shapes */
    size_t right, right_laxly;                    /* of them */
    size_t n_gold;                                /* gold beads with two sides */
    size_t recalled, recalled_laxly;              /* of them */
    aln_evaluation_bin bins[ALN_EVALUATION_BINS]; /* found beads with two sides */
    size_t n_scored;                              /* beads in the bins */
} aln_evaluation;

/* Compare a document's beads with its gold and add to the sums. */
ALN_API ALN_CHECKED aln_status aln_evaluate(const aln_bead_list *gold,
                                            const aln_bead_list *found,
                                            aln_evaluation *sums, aln_error *error);

typedef struct aln_figures {
    double precision, recall, f1;
} aln_figures;

ALN_API aln_figures aln_evaluation_strict(const aln_evaluation *sums);
ALN_API aln_figures aln_evaluation_lax(const aln_evaluation *sums);

/* The expected calibration error: how far the bins' mean scores are from the share of
 * right beads, on average over the beads (Naeini, Cooper & Hauskrecht 2015). */
ALN_API double aln_evaluation_calibration(const aln_evaluation *sums);

#ifdef __cplusplus
}
#endif

#endif
