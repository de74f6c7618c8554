/* automaton.c - match many expressions at once, from a place on.
 *
 * Thompson's construction and the lazy subset construction (K. Thompson, "Regular
 * expression search algorithm", CACM 11, 1968; R. Cox, "Regular expression matching can
 * be simple and fast", 2007), with two turns:
 *
 * - The set of rules that have matched so far is part of a state, and a rule that has
 *   matched is followed no further.  A state without threads is therefore an answer.
 * - What asserts something about both sides of a place (\b, look-around by a character)
 *   waits in the state until the next character is known; such a state also knows the
 *   class of the character before.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/automaton.h"

#include <string.h>

#include <unicode/utf8.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/vec.h"
#include "segment/charset.h"
#include "segment/plain.h"

enum {
    MOST_NODES = 1 << 20,
    MOST_STATES = 1 << 14, /* then they are forgotten and found anew */
    UNKNOWN = -1,
};

static const uint32_t NO_CLASS = UINT32_MAX;

typedef enum node_kind { NODE_SET, NODE_SPLIT, NODE_ASSERT, NODE_ACCEPT } node_kind;

typedef struct node {
    node_kind kind;
    pattern_kind assertion;
    bool negated;
    uint32_t set, rule;
    uint32_t next, other; /* other: of a split */
} node;

typedef struct state {
    const uint32_t *threads; /* sets and assertions */
    uint32_t n_threads;
    uint32_t
        before; /* class of the character before, NO_CLASS where none waits for it */
    const uint64_t *found, *live; /* rules that have matched; that threads follow */
    int32_t *next;                /* by class; the last is for the end of the text */
} state;

struct automaton {
    const alphabet *letters;
    automaton_direction direction;
    uint32_t n_rules, n_words; /* n_words: 64-bit words of a set of rules */
    vec(node) nodes;
    vec(uint32_t) starts;  /* the first node of each rule */
    uint32_t words, marks; /* sets, or INTERN_NONE */

    arena tables;
    intern keys; /* a state's number is its key's */
    vec(state) states;
    int32_t *first; /* the start state, by the class on the other side of the place */

    /* For one step: */
    vec(uint32_t) threads, stack;
    vec(uint32_t) key;
    uint32_t *seen, now; /* seen[node] == now: already in threads */
    uint64_t *found;
};

AUTO_DEFINE(automaton, automaton *, automaton_free)

/* Building */

static aln_status push_node(automaton *m, node what, uint32_t *id, aln_error *error)
{
    if (m->nodes.n >= MOST_NODES)
        return error_set(error, ALN_UNSUPPORTED, "the rules are too large");
    *id = (uint32_t)m->nodes.n;
    return vec_push(&m->nodes, what) ? error_no_memory(error) : ALN_OK;
}

static aln_status build(automaton *m, const pattern_node *tree, uint32_t rule,
                        uint32_t next, uint32_t *id, aln_error *error);

/* Copies of what is repeated, from the last to the first. */
static aln_status build_repeat(automaton *m, const pattern_node *tree, uint32_t rule,
                               uint32_t next, uint32_t *id, aln_error *error)
{
    node split = {.kind = NODE_SPLIT, .rule = rule, .other = next};
    uint32_t at = next, body = next;
    if (tree->max < 0) {
        TRY(push_node(m, split, &at, error));
        TRY(build(m, tree->left, rule, at, &body, error));
        m->nodes.at[at].next = body;
    }
    for (int i = tree->min; i < tree->max; i++) {
        TRY(build(m, tree->left, rule, at, &split.next, error));
        TRY(push_node(m, split, &at, error));
    }
    for (int i = 0; i < tree->min; i++)
        TRY(build(m, tree->left, rule, at, &at, error));
    *id = at;
    return ALN_OK;
}

static aln_status build_cat(automaton *m, const pattern_node *tree, uint32_t rule,
                            uint32_t next, uint32_t *id, aln_error *error)
{
    bool forward = m->direction == AUTOMATON_FORWARD;
    TRY(build(m, forward ? tree->right : tree->left, rule, next, &next, error));
    return build(m, forward ? tree->left : tree->right, rule, next, id, error);
}

static aln_status build(automaton *m, const pattern_node *tree, uint32_t rule,
                        uint32_t next, uint32_t *id, aln_error *error)
{
    node made = {
        .rule = rule, .next = next, .set = tree->set, .negated = tree->negated};
    switch (tree->kind) {
    case PATTERN_EMPTY:
        *id = next;
        return ALN_OK;
    case PATTERN_CAT:
        return build_cat(m, tree, rule, next, id, error);
    case PATTERN_REPEAT:
        return build_repeat(m, tree, rule, next, id, error);
    case PATTERN_ALT:
        made.kind = NODE_SPLIT;
        TRY(build(m, tree->left, rule, next, &made.next, error));
        TRY(build(m, tree->right, rule, next, &made.other, error));
        return push_node(m, made, id, error);
    case PATTERN_SET:
        made.kind = NODE_SET;
        return push_node(m, made, id, error);
    default:
        made.kind = NODE_ASSERT;
        made.assertion = tree->kind;
        return push_node(m, made, id, error);
    }
}

aln_status automaton_add(automaton *machine, uint32_t rule, const pattern *tree,
                         aln_error *error)
{
    uint32_t accept = 0, start = 0;
    node last = {.kind = NODE_ACCEPT, .rule = rule};
    TRY(push_node(machine, last, &accept, error));
    TRY(build(machine, tree->root, rule, accept, &start, error));
    return vec_push(&machine->starts, start) ? error_no_memory(error) : ALN_OK;
}

aln_status automaton_new(const alphabet *letters, automaton_direction direction,
                         uint32_t n_rules, automaton **out, aln_error *error)
{
    AUTO(automaton) automaton *m = calloc(1, sizeof *m);
    if (!m) return error_no_memory(error);
    m->letters = letters;
    m->direction = direction;
    m->n_rules = n_rules;
    m->n_words = n_rules / 64 + 1;
    m->found = calloc(m->n_words, sizeof *m->found);
    if (!m->found) return error_no_memory(error);
    *out = STEAL(m);
    return ALN_OK;
}

/* Closures */

static bool has_found(const automaton *m, uint32_t rule)
{
    return m->found[rule / 64] >> rule % 64 & 1;
}

/* Add a node and all that is reached from it without reading and asserting. */
static aln_status add_thread(automaton *m, uint32_t id)
{
    if (vec_push(&m->stack, id)) return ALN_NO_MEMORY;
    while (m->stack.n) {
        id = m->stack.at[--m->stack.n];
        const node *it = &m->nodes.at[id];
        if (m->seen[id] == m->now || has_found(m, it->rule)) continue;
        m->seen[id] = m->now;
        if (it->kind == NODE_ACCEPT)
            m->found[it->rule / 64] |= (uint64_t)1 << it->rule % 64;
        else if (it->kind == NODE_SPLIT) {
            if (vec_push(&m->stack, it->other) || vec_push(&m->stack, it->next))
                return ALN_NO_MEMORY;
        } else if (vec_push(&m->threads, id))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static bool is_mark(const automaton *m, uint32_t class)
{
    return m->marks != INTERN_NONE && alphabet_has(m->letters, m->marks, class);
}

/* \b: where a mark is near, anything may be; the caller will be told of the mark. */
static bool holds_word(const automaton *m, bool negated, uint32_t left, uint32_t right)
{
    if (is_mark(m, left) || is_mark(m, right)) return true;
    bool edge = alphabet_has(m->letters, m->words, left) !=
                alphabet_has(m->letters, m->words, right);
    return edge != negated;
}

/* before and ahead are classes in the direction of reading; n_classes is the end. */
static bool holds(const automaton *m, const node *it, uint32_t before, uint32_t ahead)
{
    bool forward = m->direction == AUTOMATON_FORWARD;
    uint32_t left = forward ? before : ahead, right = forward ? ahead : before;
    switch (it->assertion) {
    case PATTERN_START:
        return left == m->letters->n_classes;
    case PATTERN_END:
        return right == m->letters->n_classes;
    case PATTERN_BEHIND:
        return alphabet_has(m->letters, it->set, left) != it->negated;
    case PATTERN_AHEAD:
        return alphabet_has(m->letters, it->set, right) != it->negated;
    default:
        return holds_word(m, it->negated, left, right);
    }
}

/* States */

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static aln_status push_state(automaton *m, uint32_t before)
{
    size_t n = m->threads.n, columns = m->letters->n_classes + 1;
    uint32_t *threads = arena_array(&m->tables, n, sizeof *threads);
    uint64_t *found = arena_array(&m->tables, 2 * (size_t)m->n_words, sizeof *found);
    uint64_t *live = found + m->n_words;
    int32_t *next = n ? arena_array(&m->tables, columns, sizeof *next) : NULL;
    if (!threads || !found || (n && !next)) return ALN_NO_MEMORY;
    if (n) memcpy(threads, m->threads.at, n * sizeof *threads);
    memcpy(found, m->found, m->n_words * sizeof *found);
    for (size_t i = 0; i < columns && n; i++)
        next[i] = UNKNOWN;
    for (size_t i = 0; i < n; i++) {
        uint32_t rule = m->nodes.at[threads[i]].rule;
        live[rule / 64] |= (uint64_t)1 << rule % 64;
    }
    return vec_push(&m->states,
                    (state){threads, (uint32_t)n, before, found, live, next});
}

/* The state of m->threads and m->found. */
static aln_status find_state(automaton *m, uint32_t before, int32_t *id)
{
    bool waits = false;
    size_t kept = 0;
    for (size_t i = 0; i < m->threads.n; i++) {
        const node *it = &m->nodes.at[m->threads.at[i]];
        if (has_found(m, it->rule)) continue;
        waits |= it->kind == NODE_ASSERT;
        m->threads.at[kept++] = m->threads.at[i];
    }
    m->threads.n = kept;
    if (kept) qsort(m->threads.at, kept, sizeof *m->threads.at, compare_ids);
    if (!waits) before = NO_CLASS;

    vec_clear(&m->key);
    if (vec_push(&m->key, before)) return ALN_NO_MEMORY;
    for (uint32_t i = 0; i < m->n_words; i++)
        if (vec_push(&m->key, (uint32_t)m->found[i]) ||
            vec_push(&m->key, (uint32_t)(m->found[i] >> 32)))
            return ALN_NO_MEMORY;
    for (size_t i = 0; i < kept; i++)
        if (vec_push(&m->key, m->threads.at[i])) return ALN_NO_MEMORY;
    uint32_t number;
    if (intern_add(&m->keys, (const char *)m->key.at, m->key.n * sizeof *m->key.at,
                   &number))
        return ALN_NO_MEMORY;
    *id = (int32_t)number;
    return number == m->states.n ? push_state(m, before) : ALN_OK;
}

static void begin_step(automaton *m, const uint64_t *found)
{
    vec_clear(&m->threads);
    vec_clear(&m->stack);
    m->now++;
    if (found)
        memcpy(m->found, found, m->n_words * sizeof *m->found);
    else
        memset(m->found, 0, m->n_words * sizeof *m->found);
}

/* The threads of a state that can read the next character, assertions settled; they
 * are left at the front of m->threads, which then are what they were. */
static aln_status settle(automaton *m, const state *from, uint32_t class)
{
    begin_step(m, from->found);
    for (uint32_t i = 0; i < from->n_threads; i++)
        if (add_thread(m, from->threads[i])) return ALN_NO_MEMORY;
    for (size_t i = 0; i < m->threads.n; i++) {
        const node *it = &m->nodes.at[m->threads.at[i]];
        if (it->kind == NODE_ASSERT && holds(m, it, from->before, class) &&
            add_thread(m, it->next))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status make_step(automaton *m, int32_t from, uint32_t class, int32_t *to)
{
    const state start = m->states.at[from]; /* a copy: the states may move */
    TRY(settle(m, &start, class));
    size_t n = m->threads.n;
    m->now++;
    for (size_t i = 0; i < n; i++) {
        const node *it = &m->nodes.at[m->threads.at[i]];
        if (it->kind == NODE_SET && alphabet_has(m->letters, it->set, class) &&
            add_thread(m, it->next))
            return ALN_NO_MEMORY;
    }
    if (m->threads.n > n)
        memmove(m->threads.at, m->threads.at + n,
                (m->threads.n - n) * sizeof *m->threads.at);
    m->threads.n -= n;
    TRY(find_state(m, class, to));
    start.next[class] = *to;
    return ALN_OK;
}

static aln_status make_start(automaton *m, uint32_t class, int32_t *to)
{
    begin_step(m, NULL);
    for (size_t i = 0; i < m->starts.n; i++)
        if (add_thread(m, m->starts.at[i])) return ALN_NO_MEMORY;
    TRY(find_state(m, class, to));
    m->first[class] = *to;
    return ALN_OK;
}

/* Running */

/* Before the first run, and when there are too many states. */
static aln_status forget_states(automaton *m)
{
    uint32_t columns = m->letters->n_classes + 1;
    if (!m->seen) m->seen = calloc(m->nodes.n + 1, sizeof *m->seen);
    if (!m->first) m->first = malloc(columns * sizeof *m->first);
    if (!m->seen || !m->first) return ALN_NO_MEMORY;

    m->words = alphabet_find(m->letters, CHARSET_WORDS, strlen(CHARSET_WORDS));
    m->marks = alphabet_find(m->letters, CHARSET_MARKS, strlen(CHARSET_MARKS));
    for (uint32_t i = 0; i < columns; i++)
        m->first[i] = UNKNOWN;
    intern_done(&m->keys);
    m->keys = (intern){0};
    arena_done(&m->tables);
    m->tables = (arena){0};
    vec_clear(&m->states);
    return ALN_OK;
}

static inline uint32_t class_ahead(const automaton *m, const char *text, size_t *at,
                                   size_t size)
{
    if (*at >= size) return m->letters->n_classes;
    uint8_t byte = (uint8_t)text[*at];
    if (byte < 0x80) {
        ++*at;
        return alphabet_class(m->letters, byte);
    }
    UChar32 c;
    int32_t i = (int32_t)*at;
    U8_NEXT((const uint8_t *)text, i, (int32_t)size, c);
    *at = (size_t)i;
    return alphabet_class(m->letters, c < 0 ? 0xfffd : c);
}

static inline uint32_t class_behind(const automaton *m, const char *text, size_t *at)
{
    if (*at == 0) return m->letters->n_classes;
    uint8_t byte = (uint8_t)text[*at - 1];
    if (byte < 0x80) {
        --*at;
        return alphabet_class(m->letters, byte);
    }
    UChar32 c;
    int32_t i = (int32_t)*at;
    U8_PREV((const uint8_t *)text, 0, i, c);
    *at = (size_t)i;
    return alphabet_class(m->letters, c < 0 ? 0xfffd : c);
}

/* Can reading on still change which of the rules asked for is the first? */
static bool is_settled(const automaton *m, const state *at,
                       const automaton_question *question)
{
    if (!at->n_threads) return true;
    if (!question->asked) return false;
    for (uint32_t i = 0; i < m->n_words; i++) {
        uint64_t live = at->live[i] & question->asked[i];
        uint64_t found = at->found[i] & question->asked[i] & question->sure[i];
        if (!live && !found) continue;
        return found && (!live || (found & -found) < (live & -live));
    }
    return true;
}

static aln_status run(automaton *m, const char *text, size_t size, size_t at,
                      const automaton_question *question, int32_t *last, bool *marks)
{
    bool forward = m->direction == AUTOMATON_FORWARD;
    size_t other = at;
    uint32_t class =
        forward ? class_behind(m, text, &other) : class_ahead(m, text, &other, size);
    int32_t now = m->first[class];
    if (now == UNKNOWN) TRY(make_start(m, class, &now));
    *marks |= is_mark(m, class);
    for (int i = 0; i <= PLAIN_REACH; i++) {
        if (is_settled(m, &m->states.at[now], question)) break;
        class = forward ? class_ahead(m, text, &at, size) : class_behind(m, text, &at);
        *marks |= is_mark(m, class);
        int32_t next = m->states.at[now].next[class];
        if (next == UNKNOWN) TRY(make_step(m, now, class, &next));
        now = next;
        if (class == m->letters->n_classes) break;
    }
    *last = now;
    return ALN_OK;
}

aln_status automaton_run(automaton *machine, const char *text, size_t size, size_t at,
                         const automaton_question *question, const uint64_t **found,
                         bool *marks, aln_error *error)
{
    bool full = machine->states.n > MOST_STATES || machine->states.n != machine->keys.n;
    if ((!machine->first || full) && forget_states(machine))
        return error_no_memory(error);
    int32_t last;
    if (run(machine, text, size, at, question, &last, marks))
        return error_no_memory(error);
    *found = machine->states.at[last].found;
    return ALN_OK;
}

typedef struct walk {
    const automaton *machine;
    bool *seen;
    uint32_t *stack, *later; /* later: nodes behind a set that has the first class */
    size_t n, n_later;
    int first;
    uint64_t mask, *maybe;
} walk;

static void visit_set(walk *w, const node *it)
{
    const alphabet *letters = w->machine->letters;
    if (w->first != AUTOMATON_BEGIN) {
        if (alphabet_has(letters, it->set, (uint32_t)w->first))
            w->later[w->n_later++] = it->next;
        return;
    }
    for (uint32_t c = 0; c < letters->n_classes; c++)
        if (alphabet_has(letters, it->set, c)) w->maybe[c] |= w->mask;
}

/* All that is reached from the nodes on the stack without reading. */
static void walk_on(walk *w)
{
    while (w->n) {
        uint32_t id = w->stack[--w->n];
        const node *it = &w->machine->nodes.at[id];
        if (w->seen[id]) continue;
        w->seen[id] = true;
        if (it->kind == NODE_SET) visit_set(w, it);
        if (it->kind == NODE_SPLIT) w->stack[w->n++] = it->other;
        if (it->kind == NODE_SPLIT || it->kind == NODE_ASSERT)
            w->stack[w->n++] = it->next;
        for (uint32_t c = 0;
             it->kind == NODE_ACCEPT && c < w->machine->letters->n_classes; c++)
            w->maybe[c] |= w->mask;
    }
}

static void walk_rule(walk *w, uint32_t start)
{
    size_t n_nodes = w->machine->nodes.n;
    int first = w->first;
    w->n = w->n_later = 0;
    w->stack[w->n++] = start;
    walk_on(w);
    if (first == AUTOMATON_BEGIN) return;

    memset(w->seen, 0, n_nodes * sizeof *w->seen);
    memcpy(w->stack, w->later, w->n_later * sizeof *w->stack);
    w->n = w->n_later;
    w->first = AUTOMATON_BEGIN;
    walk_on(w);
    w->first = first;
}

aln_status automaton_first(const automaton *machine, const uint64_t *masks, int first,
                           uint64_t *maybe, aln_error *error)
{
    size_t n = machine->nodes.n + 1;
    AUTO(free) bool *seen = calloc(n, sizeof *seen);
    AUTO(free) uint32_t *stack = calloc(4 * n, sizeof *stack);
    if (!seen || !stack) return error_no_memory(error);

    walk w = {machine, seen, stack, stack + 3 * n, 0, 0, first, 0, maybe};
    for (size_t i = 0; i < machine->starts.n; i++) {
        uint32_t start = machine->starts.at[i];
        w.mask = masks[machine->nodes.at[start].rule];
        if (w.mask) walk_rule(&w, start);
    }
    return ALN_OK;
}

void automaton_free(automaton *machine)
{
    if (!machine) return;

    vec_free(&machine->nodes);
    vec_free(&machine->starts);
    vec_free(&machine->states);
    vec_free(&machine->threads);
    vec_free(&machine->stack);
    vec_free(&machine->key);
    intern_done(&machine->keys);
    arena_done(&machine->tables);
    free(machine->first);
    free(machine->seen);
    free(machine->found);
    free(machine);
}
