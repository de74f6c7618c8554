/* ruleset.c - the rules of one language, ready to be asked.
 *
 * A place is a boundary when the first rule that holds there says break="yes".  Three
 * sieves keep that cheap, each exact:
 *
 * 1. two tables of bytes, then of classes of characters: is there a break rule whose
 *    "before" can end in what stands before the place and whose "after" can begin with
 *    what follows?  Most places go no further.
 * 2. two automata, one forward over all "after", one backward over all "before".  Both
 *    say which rules match; the first in both sets decides.
 * 3. ICU itself, for a rule that the automata know only roughly (pattern.h).
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/ruleset.h"

#include <string.h>

#include <unicode/utf8.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "segment/automaton.h"
#include "segment/plain.h"

enum { AFTER = 0, BEFORE = 1 };

struct ruleset {
    vec(plain_rule) rules;
    bool *inexact, *asks_words; /* by rule */
    uint64_t *breaking;         /* set of the rules with break="yes" */
    uint64_t *sure;             /* ... of those that ICU is never asked about */
    size_t n_words;
    alphabet letters;
    automaton *sides[2];
    /* Which break rules may have an "after" that begins, or a "before" that ends, with
     * a class of characters; which with a byte.  A bit a rule, modulo 64. */
    uint64_t *maybe[2], byte[2][256];
    /* The same for the character behind a space, where an "after" begins with it. */
    uint64_t *behind_space;
    uint32_t space;
    plain_window window;
};

AUTO_DEFINE(ruleset, ruleset *, ruleset_free)

static aln_status take_rules(ruleset *rules, const srx_rules *selected,
                             aln_error *error)
{
    size_t n = selected->n;
    rules->n_words = n / 64 + 1;
    rules->inexact = calloc(n + 1, 1);
    rules->asks_words = calloc(n + 1, 1);
    rules->breaking = calloc(rules->n_words, sizeof *rules->breaking);
    rules->sure = calloc(rules->n_words, sizeof *rules->sure);
    if (!rules->inexact || !rules->asks_words || !rules->breaking || !rules->sure)
        return error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        if (vec_push(&rules->rules, (plain_rule){.rule = selected->at[i]}))
            return error_no_memory(error);
        if (selected->at[i]->breaks) rules->breaking[i / 64] |= (uint64_t)1 << i % 64;
    }
    return ALN_OK;
}

/* Parse one side of every rule, and note what it leaves to ICU. */
static aln_status parse_side(ruleset *rules, int side, arena *nodes, pattern *trees,
                             aln_error *error)
{
    for (size_t i = 0; i < rules->rules.n; i++) {
        const srx_rule *rule = rules->rules.at[i].rule;
        TRY(pattern_parse(side == AFTER ? rule->after : rule->before, &rules->letters,
                          nodes, &trees[i], error));
        rules->inexact[i] |= !trees[i].exact;
        rules->asks_words[i] |= trees[i].asks_words;
    }
    return ALN_OK;
}

static aln_status build_side(ruleset *rules, int side, const pattern *trees,
                             aln_error *error)
{
    TRY(automaton_new(&rules->letters,
                      side == AFTER ? AUTOMATON_FORWARD : AUTOMATON_BACKWARD,
                      (uint32_t)rules->rules.n, &rules->sides[side], error));
    for (size_t i = 0; i < rules->rules.n; i++)
        TRY(automaton_add(rules->sides[side], (uint32_t)i, &trees[i], error));
    return ALN_OK;
}

static void mark_bytes(ruleset *rules, int32_t c)
{
    uint8_t bytes[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, c);
    uint32_t class = alphabet_class(&rules->letters, c);
    rules->byte[AFTER][bytes[0]] |= rules->maybe[AFTER][class];
    rules->byte[BEFORE][bytes[n - 1]] |= rules->maybe[BEFORE][class];
}

/* Bytes that are no UTF-8 count as U+FFFD. */
static void mark_broken_bytes(ruleset *rules)
{
    uint32_t class = alphabet_class(&rules->letters, 0xfffd);
    for (int side = AFTER; side <= BEFORE; side++)
        for (int byte = 0x80; byte < 0x100; byte++)
            rules->byte[side][byte] |= rules->maybe[side][class];
}

static aln_status find_bytes(ruleset *rules, aln_error *error)
{
    size_t n = rules->rules.n, n_breaking = 0;
    AUTO(free) uint64_t *masks = calloc(n + 1, sizeof *masks);
    if (!masks) return error_no_memory(error);
    for (size_t i = 0; i < n; i++)
        if (rules->rules.at[i].rule->breaks)
            masks[i] = (uint64_t)1 << n_breaking++ % 64;
    for (int side = AFTER; side <= BEFORE; side++) {
        rules->maybe[side] = calloc(rules->letters.n_classes + 1, sizeof(uint64_t));
        if (!rules->maybe[side]) return error_no_memory(error);
        TRY(automaton_first(rules->sides[side], masks, AUTOMATON_BEGIN,
                            rules->maybe[side], error));
    }
    rules->space = alphabet_class(&rules->letters, ' ');
    rules->behind_space = calloc(rules->letters.n_classes + 1, sizeof(uint64_t));
    if (!rules->behind_space) return error_no_memory(error);
    TRY(automaton_first(rules->sides[AFTER], masks, (int)rules->space,
                        rules->behind_space, error));
    for (int32_t c = 0; c < 0x110000; c++)
        mark_bytes(rules, c);
    mark_broken_bytes(rules);
    return ALN_OK;
}

static aln_status build_automata(ruleset *rules, aln_error *error)
{
    arena nodes = {0};
    size_t n = rules->rules.n;
    pattern *after = arena_array(&nodes, n + 1, sizeof *after);
    pattern *before = arena_array(&nodes, n + 1, sizeof *before);
    if (!after || !before) {
        arena_done(&nodes);
        return error_no_memory(error);
    }
    aln_status status = parse_side(rules, AFTER, &nodes, after, error);
    if (!status) status = parse_side(rules, BEFORE, &nodes, before, error);
    if (!status) status = alphabet_close(&rules->letters, error);
    if (!status) status = build_side(rules, AFTER, after, error);
    if (!status) status = build_side(rules, BEFORE, before, error);
    arena_done(&nodes);
    return status;
}

aln_status ruleset_new(const aln_srx *srx, const char *language, ruleset **out,
                       aln_error *error)
{
    AUTO(ruleset) ruleset *rules = calloc(1, sizeof *rules);
    if (!rules) return error_no_memory(error);

    srx_rules selected = {0};
    aln_status status = srx_select(srx, language, &selected, error);
    if (!status) status = take_rules(rules, &selected, error);
    vec_free(&selected);
    TRY(status);
    TRY(build_automata(rules, error));
    for (size_t i = 0; i < rules->rules.n; i++)
        if (!rules->inexact[i] && !rules->asks_words[i])
            rules->sure[i / 64] |= (uint64_t)1 << i % 64;
    TRY(find_bytes(rules, error));
    *out = STEAL(rules);
    return ALN_OK;
}

static bool shares(const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] & b[i]) return true;
    return false;
}

typedef struct place {
    const char *text;
    size_t size, at;
    const uint64_t *after, *before; /* the rules that match, as the automata say */
    bool marks;
} place;

/* Does a rule hold that the automata have found?  Of some only ICU is sure. */
static aln_status confirm(ruleset *rules, size_t i, const place *here, bool *looked,
                          bool *holds, aln_error *error)
{
    *holds = true;
    if (!rules->inexact[i] && !(here->marks && rules->asks_words[i])) return ALN_OK;
    if (!*looked) plain_look(&rules->window, here->text, here->size, here->at);
    *looked = true;
    return plain_matches(&rules->rules.at[i], &rules->window, holds, error);
}

/* What the first rule that holds says. */
static aln_status first_rule(ruleset *rules, const place *here, bool *boundary,
                             aln_error *error)
{
    bool looked = false, holds = false;
    for (size_t word = 0; word < rules->n_words; word++) {
        uint64_t both = here->after[word] & here->before[word];
        for (; both; both &= both - 1) {
            size_t i = word * 64 + (size_t)__builtin_ctzll(both);
            TRY(confirm(rules, i, here, &looked, &holds, error));
            if (!holds) continue;
            *boundary = rules->rules.at[i].rule->breaks;
            return ALN_OK;
        }
    }
    return ALN_OK;
}

static aln_status is_boundary(ruleset *rules, const char *text, size_t size, size_t at,
                              bool *boundary, aln_error *error)
{
    const uint64_t *after, *before;
    bool marks = false;
    const automaton_question all = {.asked = NULL};
    TRY(automaton_run(rules->sides[AFTER], text, size, at, &all, &after, &marks,
                      error));
    if (!shares(after, rules->breaking, rules->n_words)) return ALN_OK;

    const automaton_question first = {.asked = after, .sure = rules->sure};
    TRY(automaton_run(rules->sides[BEFORE], text, size, at, &first, &before, &marks,
                      error));
    return first_rule(rules, &(place){text, size, at, after, before, marks}, boundary,
                      error);
}

static uint32_t class_of(const ruleset *rules, UChar32 c)
{
    return alphabet_class(&rules->letters, c < 0 ? 0xfffd : c);
}

/* The sieve of characters: those before and after must agree on a break rule, and
 * the one behind a space with them. */
static bool may_break(const ruleset *rules, const char *text, size_t size, size_t at)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (!(rules->byte[BEFORE][bytes[at - 1]] & rules->byte[AFTER][bytes[at]]))
        return false;
    if (U8_IS_TRAIL(bytes[at])) return false; /* never inside a character */

    UChar32 c;
    int32_t i = (int32_t)at, j = i;
    U8_PREV(bytes, 0, i, c);
    uint64_t both = rules->maybe[BEFORE][class_of(rules, c)];
    U8_NEXT(bytes, j, (int32_t)size, c);
    uint32_t after = class_of(rules, c);
    both &= rules->maybe[AFTER][after];
    if (after != rules->space || (size_t)j == size) return both;

    U8_NEXT(bytes, j, (int32_t)size, c);
    return both & rules->behind_space[class_of(rules, c)];
}

aln_status ruleset_next(ruleset *rules, const char *text, size_t size, size_t from,
                        size_t *at, aln_error *error)
{
    for (size_t i = from + 1; i < size; i++) {
        if (!may_break(rules, text, size, i)) continue;
        bool boundary = false;
        TRY(is_boundary(rules, text, size, i, &boundary, error));
        *at = i;
        if (boundary) return ALN_OK;
    }
    *at = size;
    return ALN_OK;
}

void ruleset_free(ruleset *rules)
{
    if (!rules) return;

    for (size_t i = 0; i < rules->rules.n; i++)
        plain_rule_done(&rules->rules.at[i]);
    vec_free(&rules->rules);
    for (int side = AFTER; side <= BEFORE; side++) {
        automaton_free(rules->sides[side]);
        free(rules->maybe[side]);
    }
    alphabet_done(&rules->letters);
    free(rules->inexact);
    free(rules->asks_words);
    free(rules->behind_space);
    free(rules->breaking);
    free(rules->sure);
    free(rules);
}
