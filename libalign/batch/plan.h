/* plan.h - a plan from the inside: what pairing by content needs of it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_PLAN_H
#define BATCH_PLAN_H

#include <align/batch.h>

/* The files of aln_plan_scan_loose, the plan's. */
const char *const *plan_loose(const aln_plan *plan, size_t *n);

/* Note a file that joins no group; both texts are copied. */
aln_status plan_stray(aln_plan *plan, const char *path, const char *reason,
                      aln_error *error);

#endif
