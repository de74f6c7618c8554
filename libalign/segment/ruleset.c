/* ruleset.c - the rules of one language, ready to be asked.
 *
 * A place is a boundary when the first rule that holds there says break="yes".
 * Exceptions are asked only where some break rule holds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/ruleset.h"

#include <unicode/utf8.h>

#include "base/auto.h"
#include "base/error.h"
#include "segment/plain.h"

struct ruleset {
    vec(plain_rule) rules;
    plain_window window;
};

AUTO_DEFINE(ruleset, ruleset *, ruleset_free)

aln_status ruleset_new(const aln_srx *srx, const char *language, ruleset **out,
                       aln_error *error)
{
    AUTO(ruleset) ruleset *rules = calloc(1, sizeof *rules);
    if (!rules) return error_no_memory(error);

    srx_rules selected = {0};
    aln_status status = srx_select(srx, language, &selected, error);
    for (size_t i = 0; i < selected.n && !status; i++)
        if (vec_push(&rules->rules, (plain_rule){.rule = selected.at[i]}))
            status = error_no_memory(error);
    vec_free(&selected);
    TRY(status);
    *out = STEAL(rules);
    return ALN_OK;
}

static aln_status first_that_holds(ruleset *rules, bool breaks, size_t end, size_t *at,
                                   aln_error *error)
{
    for (*at = 0; *at < end; ++*at) {
        plain_rule *rule = &rules->rules.at[*at];
        bool matches = false;
        if (rule->rule->breaks == breaks)
            TRY(plain_matches(rule, &rules->window, &matches, error));
        if (matches) return ALN_OK;
    }
    return ALN_OK;
}

static aln_status is_boundary(ruleset *rules, const char *text, size_t size, size_t at,
                              bool *boundary, aln_error *error)
{
    *boundary = false;
    plain_look(&rules->window, text, size, at);
    size_t breaking, keeping;
    TRY(first_that_holds(rules, true, rules->rules.n, &breaking, error));
    if (breaking == rules->rules.n) return ALN_OK;
    TRY(first_that_holds(rules, false, breaking, &keeping, error));
    *boundary = keeping == breaking;
    return ALN_OK;
}

aln_status ruleset_next(ruleset *rules, const char *text, size_t size, size_t from,
                        size_t *at, aln_error *error)
{
    bool boundary = false;
    size_t i = from;
    while (i < size && !boundary) {
        i++;
        while (i < size && U8_IS_TRAIL(text[i]))
            i++;
        if (i < size) TRY(is_boundary(rules, text, size, i, &boundary, error));
    }
    *at = i;
    return ALN_OK;
}

void ruleset_free(ruleset *rules)
{
    if (!rules) return;

    for (size_t i = 0; i < rules->rules.n; i++)
        plain_rule_done(&rules->rules.at[i]);
    vec_free(&rules->rules);
    free(rules);
}
