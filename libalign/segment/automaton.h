/* automaton.h - match many expressions at once, from a place on.
 *
 * The expressions become one nondeterministic automaton, and that a deterministic one,
 * state by state as texts ask for them.  To run it costs a table look-up a character,
 * however many expressions there are, and most runs end after a few characters:
 *
 *     TRY(automaton_new(&letters, AUTOMATON_BACKWARD, n, &machine, error));
 *     TRY(automaton_add(machine, rule, &tree, error));              for each rule
 *     TRY(automaton_run(machine, text, size, at, &all, &found, &marks, error));
 *     if (found[rule / 64] >> rule % 64 & 1) ...
 *
 * Forward it finds the expressions that match from the place on, backward those that
 * match up to it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_AUTOMATON_H
#define SEGMENT_AUTOMATON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "segment/alphabet.h"
#include "segment/pattern.h"

typedef enum automaton_direction {
    AUTOMATON_FORWARD,
    AUTOMATON_BACKWARD,
} automaton_direction;

typedef struct automaton automaton;

/* The alphabet must have been closed before the first run, and live as long. */
aln_status automaton_new(const alphabet *letters, automaton_direction direction,
                         uint32_t n_rules, automaton **machine, aln_error *error);

/* ALN_UNSUPPORTED where the expression would need too many states. */
aln_status automaton_add(automaton *machine, uint32_t rule, const pattern *tree,
                         aln_error *error);

/* What a run is for: it ends as soon as the first rule among those asked for is
 * certain.  Both sets have a bit a rule. */
typedef struct automaton_question {
    const uint64_t *asked; /* NULL: all rules */
    const uint64_t *sure;  /* rules that nobody will doubt; NULL: none */
} automaton_question;

/* Which rules match at text[at], a bit each; *found is the automaton's until its next
 * run.  Of the rules asked for, the first that matches is there, and where it is none
 * of the sure ones, the others too.  *marks: a combining mark has been seen, so that
 * \b is not to be trusted. */
aln_status automaton_run(automaton *machine, const char *text, size_t size, size_t at,
                         const automaton_question *question, const uint64_t **found,
                         bool *marks, aln_error *error);

/* For each class of characters: the union of masks[rule] over the rules of which a
 * match may begin with it; with a class `first`, may go on with it behind that one.
 * maybe[] has a place a class. */
enum { AUTOMATON_BEGIN = -1 };
aln_status automaton_first(const automaton *machine, const uint64_t *masks, int first,
                           uint64_t *maybe, aln_error *error);

void automaton_free(automaton *machine);

#endif
