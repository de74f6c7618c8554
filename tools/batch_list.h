/* batch_list.h - bitext batch --list.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_BATCH_LIST_H
#define TOOLS_BATCH_LIST_H

#include "tools.h"

/* Add the documents of a list to a plan; complains and returns EXIT_TROUBLE. */
int read_batch_list(aln_plan *plan, const char *path);

#endif
