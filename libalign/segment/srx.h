/* srx.h - segmentation rules as the SRX document states them.
 *
 *     TRY(srx_select(srx, "fr-CA", &rules, error));
 *     for (size_t i = 0; i < rules.n; i++) use(rules.at[i]->before, ...);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_SRX_H
#define SEGMENT_SRX_H

#include <stdbool.h>
#include <stddef.h>

#include <align/segment.h>

#include "base/vec.h"

typedef struct srx_rule {
    const char *before, *after; /* ICU regular expressions; "" matches anywhere */
    unsigned line;              /* of the document */
    bool breaks;
} srx_rule;

typedef vec(const srx_rule *) srx_rules;

/* The rules that hold for a language, in the order in which they are tried: those of
 * the first language map that matches the tag, or with cascade="yes" of all of them.
 * Tags are compared without regard to case. */
aln_status srx_select(const aln_srx *srx, const char *language, srx_rules *rules,
                      aln_error *error);

/* The built-in document, which needs no validation. */
aln_status srx_builtin(aln_srx **srx, aln_error *error);

#endif
