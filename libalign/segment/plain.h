/* plain.h - ask ICU whether a rule holds at a place in a text.
 *
 * This is what a rule means, word for word: some text that ends at the place matches
 * its "before" whole, and some text that starts there matches its "after".  It is slow;
 * the automaton (automaton.h) does the same in one pass and asks here only about
 * expressions that it cannot reduce.
 *
 *     plain_look(&window, text, size, at);
 *     TRY(plain_matches(&rule, &window, &matches, error));
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_PLAIN_H
#define SEGMENT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include <unicode/uregex.h>

#include "segment/srx.h"

/* How many characters on each side of a place a rule may look at.  A sentence's worth:
 * what an expression has to remember for longer is no sign of a boundary. */
enum { PLAIN_REACH = 256 };

typedef struct plain_window {
    UChar text[4 * PLAIN_REACH + 8];
    int32_t length, at;
    int32_t first, last; /* what rules may match; a character of context lies outside */
} plain_window;

typedef struct plain_rule {
    const srx_rule *rule;
    URegularExpression *before, *after; /* NULL until needed, or where empty */
} plain_rule;

/* Make room around text[at]. */
void plain_look(plain_window *window, const char *text, size_t size, size_t at);

/* Fails with ALN_SYNTAX and the rule's line when the expression takes too long. */
aln_status plain_matches(plain_rule *rule, plain_window *window, bool *matches,
                         aln_error *error);

void plain_rule_done(plain_rule *rule);

#endif
