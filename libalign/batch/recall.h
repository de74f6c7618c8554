/* recall.h - sketches of what a memory holds already, to know its twins.
 *
 *     TRY(recall_twins(memory, &due, &texts, &seen, error));     before the first group
 *
 * A group's sketch is drawn from the texts of the units that it gives to the memory, so
 * that the same can be drawn from the memory again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_RECALL_H
#define BATCH_RECALL_H

#include <align/batch.h>

#include "base/arena.h"
#include "base/intern.h"
#include "batch/twins.h"

/* What the group would give to a memory. */
void recall_draw(const aln_group *group, double min_score, sketch *drawn);

/* Add every set of documents of the memory but those with a uri in due: they are about
 * to be replaced, and would be found to repeat themselves.  A set is named after its
 * first document; names are put into texts. */
aln_status recall_twins(aln_memory *memory, const intern *due, arena *texts,
                        twins *seen, aln_error *error);

#endif
