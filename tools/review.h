/* review.h - the table that a person fills in: bitext review.
 *
 *     unit  check             verdict  score  flags           fr        en
 *     17    9f3a61c07be2d854           0.31   numbers-differ  Le ...    The ...
 *
 * The person writes "ok" or "drop" as the verdict, or corrects a text.  `check` is a
 * hash of the texts, so that a unit that has changed meanwhile is not overwritten.
 * Tabs, line ends and backslashes in texts are written \t, \n, \r and \\.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_REVIEW_H
#define TOOLS_REVIEW_H

#include "tools.h"

enum { REVIEW_FIXED = 5 /* columns before the texts */ };

uint64_t review_hash(const aln_unit *unit);
extern const char *const review_columns[REVIEW_FIXED];

/* Carry out what the file says, all of it or nothing. */
int review_apply(aln_memory *memory, const char *memory_path, const char *path);

#endif
