/* ruleset.h - the rules of one language, ready to be asked.
 *
 *     TRY(ruleset_new(srx, "fr", &rules, error));
 *     TRY(ruleset_next(rules, text, size, from, &at, error));     at == size: no more
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_RULESET_H
#define SEGMENT_RULESET_H

#include "segment/srx.h"

typedef struct ruleset ruleset;

/* srx must outlive the rules. */
aln_status ruleset_new(const aln_srx *srx, const char *language, ruleset **rules,
                       aln_error *error);

/* The first boundary after `from` inside a line: the place, or size.  text[0..size) is
 * one line, below 2 GiB. */
aln_status ruleset_next(ruleset *rules, const char *text, size_t size, size_t from,
                        size_t *at, aln_error *error);

void ruleset_free(ruleset *rules);

#endif
