/* learn.h - lexicons out of memories.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LEARN_H
#define LEARN_H

#include "tools.h"

/* Give a learner the units that a memory has in both languages; *n counts them.  Units
 * with a flag other than approval, or a low score, do not teach. */
aln_status add_units(aln_learner *learner, aln_memory *memory, const char *source,
                     const char *target, size_t *n, aln_error *error);

/* Teach an aligner what a memory's units teach, for every pair of the languages. */
aln_status learn_from_memory(aln_aligner *aligner, aln_memory *memory,
                             const char *const *languages, size_t n, aln_error *error);

#endif
