/* pattern.c - parse ICU's regular expressions.
 *
 * A recursive descent over
 *
 *     alternatives = sequence ("|" sequence)*
 *     sequence     = (atom quantifier?)*
 *     atom         = character | escape | "[" set "]" | "(" group ")" | "." | "^" | "$"
 *
 * A failure sticks in the parser and makes every later step return an empty node; an
 * expression that is not understood becomes "anything" as a whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/pattern.h"

#include <stdio.h>
#include <string.h>

#include <unicode/utf8.h>

#include "base/error.h"
#include "segment/charset.h"

enum { DEEPEST = 200, MOST_COPIES = 1000 };

typedef struct parser {
    const char *at, *end;
    alphabet *letters;
    arena *nodes;
    bool exact, asks_words;
    bool lost; /* something is not understood: take anything for the whole */
    bool no_memory;
    unsigned flags; /* CHARSET_... in force here */
    int depth;
} parser;

static pattern_node *parse_alternatives(parser *p);

static pattern_node *new_node(parser *p, pattern_kind kind)
{
    static pattern_node nothing; /* never written: the parser has failed */
    pattern_node *node = arena_array(p->nodes, 1, sizeof *node);
    if (node) {
        node->kind = kind;
        return node;
    }
    p->no_memory = true;
    nothing = (pattern_node){.kind = PATTERN_EMPTY};
    return &nothing;
}

static pattern_node *pair(parser *p, pattern_kind kind, pattern_node *left,
                          pattern_node *right)
{
    pattern_node *node = new_node(p, kind);
    if (node->kind != kind) return node; /* memory has ended */
    node->left = left;
    node->right = right;
    return node;
}

static pattern_node *repeat(parser *p, pattern_node *what, int min, int max)
{
    pattern_node *node = pair(p, PATTERN_REPEAT, what, NULL);
    if (node->kind != PATTERN_REPEAT) return node;
    node->min = min;
    node->max = max;
    return node;
}

/* A set by its name in the alphabet; the source text and the flags make the name. */
static pattern_node *set_node(parser *p, pattern_kind kind, const char *source,
                              size_t size)
{
    pattern_node *node = new_node(p, kind);
    if (p->no_memory) return node;
    charset_result result;
    if (charset_add(p->letters, source, size, p->flags, &node->set, &result))
        p->no_memory = true;
    if (result != CHARSET_EXACT) p->exact = false;
    return node;
}

static pattern_node *named_set(parser *p, const char *source)
{
    return set_node(p, PATTERN_SET, source, strlen(source));
}

static pattern_node *anything(parser *p)
{
    p->exact = false;
    return repeat(p, named_set(p, "[\\x{0}-\\x{10ffff}]"), 0, -1);
}

/* Something narrower than nothing: what is asserted here is left to ICU. */
static pattern_node *left_to_icu(parser *p)
{
    p->exact = false;
    return new_node(p, PATTERN_EMPTY);
}

static pattern_node *word_boundary(parser *p, bool negated)
{
    uint32_t set;
    charset_result result;
    if (charset_add(p->letters, "\\w", 2, 0, &set, &result) ||
        charset_add_marks(p->letters))
        p->no_memory = true;
    p->asks_words = true;
    pattern_node *node = new_node(p, PATTERN_WORD);
    if (!p->no_memory) node->negated = negated;
    return node;
}

static pattern_node *quoted(parser *p)
{
    pattern_node *all = new_node(p, PATTERN_EMPTY);
    while (p->at < p->end && strncmp(p->at, "\\E", 2) != 0) {
        const char *start = p->at++;
        while (p->at < p->end && U8_IS_TRAIL(*p->at))
            p->at++;
        char literal[16];
        int n = snprintf(literal, sizeof literal, "%s%.*s",
                         strchr("[]\\&-^", *start) ? "\\" : "", (int)(p->at - start),
                         start);
        all = pair(p, PATTERN_CAT, all, set_node(p, PATTERN_SET, literal, (size_t)n));
    }
    if (p->at < p->end) p->at += 2;
    return all;
}

/* Behind a backslash. */
static pattern_node *parse_escape(parser *p)
{
    const char *start = p->at;
    char c = p->at[1];
    if (c == '\0' || strchr("123456789kGX", c)) {
        if (c == 'k' || c == '\0') p->lost = true;
        p->at += 2;
        return anything(p);
    }
    if (strchr("AbBzZQRE", c)) {
        p->at += 2;
        switch (c) {
        case 'A':
            return new_node(p, PATTERN_START);
        case 'z':
            return new_node(p, PATTERN_END);
        case 'b':
            if (p->flags & CHARSET_UNICODE_WORDS) return left_to_icu(p);
            return word_boundary(p, false);
        case 'B':
            if (p->flags & CHARSET_UNICODE_WORDS) return left_to_icu(p);
            return word_boundary(p, true);
        case 'Q':
            return quoted(p);
        case 'R':
            return pair(p, PATTERN_ALT,
                        named_set(p, "[\\n-\\r\\x{85}\\x{2028}\\x{2029}]"),
                        pair(p, PATTERN_CAT, named_set(p, "\\r"), named_set(p, "\\n")));
        case 'Z':
            return left_to_icu(p);
        default:
            return new_node(p, PATTERN_EMPTY);
        }
    }
    p->at = charset_skip(p->at, p->end);
    return set_node(p, PATTERN_SET, start, (size_t)(p->at - start));
}

static pattern_node *only_set(parser *p, const pattern_node *node)
{
    (void)p;
    while (node->kind == PATTERN_CAT && node->left->kind == PATTERN_EMPTY)
        node = node->right;
    return node->kind == PATTERN_SET ? (pattern_node *)node : NULL;
}

/* Alternatives of single characters are a set too, but rules write "[ab]". */
static pattern_node *look_around(parser *p, pattern_kind kind, bool negated)
{
    bool exact = p->exact;
    p->exact = true;
    pattern_node *inner = parse_alternatives(p), *set = only_set(p, inner);
    bool usable = set && (p->exact || !negated);
    p->exact = exact && p->exact && set;
    if (!usable) return new_node(p, PATTERN_EMPTY);

    pattern_node *node = new_node(p, kind);
    if (p->no_memory) return node;
    node->set = set->set;
    node->negated = negated;
    return node;
}

static unsigned flag_of(char c)
{
    return c == 'i'   ? CHARSET_IGNORE_CASE
           : c == 's' ? CHARSET_DOT_ALL
           : c == 'm' ? CHARSET_LINES
           : c == 'w' ? CHARSET_UNICODE_WORDS
                      : 0;
}

/* "(?i-s:" or "(?i)"; the latter holds to the end of the group around it. */
static pattern_node *parse_flags(parser *p)
{
    unsigned before = p->flags;
    bool on = true;
    for (; p->at < p->end && *p->at != ')' && *p->at != ':'; p->at++) {
        if (*p->at == '-')
            on = false;
        else if (*p->at == 'x' && on)
            p->lost = true;
        else
            p->flags = on ? p->flags | flag_of(*p->at) : p->flags & ~flag_of(*p->at);
    }
    if (p->at == p->end || *p->at++ == ')') return new_node(p, PATTERN_EMPTY);
    pattern_node *inner = parse_alternatives(p);
    p->flags = before;
    if (p->at < p->end) p->at++;
    return inner;
}

static bool take(parser *p, const char *prefix)
{
    size_t n = strlen(prefix);
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, prefix, n) != 0) return false;
    p->at += n;
    return true;
}

static pattern_node *parse_inside(parser *p)
{
    if (take(p, "?#")) {
        while (p->at < p->end && *p->at != ')')
            p->at++;
        return new_node(p, PATTERN_EMPTY);
    }
    if (take(p, "?<=")) return look_around(p, PATTERN_BEHIND, false);
    if (take(p, "?<!")) return look_around(p, PATTERN_BEHIND, true);
    if (take(p, "?=")) return look_around(p, PATTERN_AHEAD, false);
    if (take(p, "?!")) return look_around(p, PATTERN_AHEAD, true);
    if (take(p, "?>"))
        p->exact = false;
    else if (take(p, "?<")) {
        while (p->at < p->end && *p->at++ != '>') {
        }
    } else
        (void)take(p, "?:");
    return parse_alternatives(p);
}

/* Behind "(". */
static pattern_node *parse_group(parser *p)
{
    if (p->end - p->at > 1 && *p->at == '?' && strchr("ismwxud-", p->at[1])) {
        p->at++;
        return parse_flags(p);
    }
    unsigned flags = p->flags;
    pattern_node *inner = parse_inside(p);
    p->flags = flags;
    if (p->at < p->end) p->at++;
    return inner;
}

static pattern_node *parse_atom(parser *p)
{
    const char *start = p->at;
    switch (*p->at) {
    case '\\':
        return parse_escape(p);
    case '(':
        p->at++;
        return parse_group(p);
    case '.':
        p->at++;
        return p->flags & CHARSET_DOT_ALL
                   ? named_set(p, "[\\x{0}-\\x{10ffff}]")
                   : named_set(p, "[^\\n-\\r\\x{85}\\x{2028}\\x{2029}]");
    case '^':
        p->at++;
        return p->flags & CHARSET_LINES ? left_to_icu(p) : new_node(p, PATTERN_START);
    case '$':
        p->at++;
        return left_to_icu(p);
    default:
        break;
    }
    p->at = charset_skip(p->at, p->end);
    return set_node(p, PATTERN_SET, start, (size_t)(p->at - start));
}

/* "{2}", "{2,}", "{2,5}" */
static bool read_bounds(parser *p, int *min, int *max)
{
    int n = 0;
    char open[32];
    snprintf(open, sizeof open, "%.*s",
             (int)(p->end - p->at < 31 ? p->end - p->at : 31), p->at);
    *max = -2;
    if (sscanf(open, "{%d}%n", min, &n) == 1 && n)
        *max = *min;
    else if (n = 0, sscanf(open, "{%d,}%n", min, &n) == 1 && n)
        *max = -1;
    else if (n = 0, sscanf(open, "{%d,%d}%n", min, max, &n) != 2 || !n)
        return false;
    p->at += n;
    return true;
}

static pattern_node *parse_quantifier(parser *p, pattern_node *atom)
{
    int min = 0, max = -1;
    char c = *p->at;
    if (c == '{') {
        if (!read_bounds(p, &min, &max)) p->lost = true;
        if (p->lost) return atom;
    } else {
        p->at++;
        min = c == '+';
        max = c == '?' ? 1 : -1;
    }
    if (p->at < p->end && *p->at == '+') p->exact = false;
    if (p->at < p->end && (*p->at == '+' || *p->at == '?')) p->at++;
    if (min > MOST_COPIES || max > MOST_COPIES) {
        p->exact = false;
        min = min > MOST_COPIES ? MOST_COPIES : min;
        max = -1;
    }
    return repeat(p, atom, min, max);
}

static bool failed(const parser *p)
{
    return p->lost || p->no_memory;
}

static pattern_node *parse_sequence(parser *p)
{
    pattern_node *all = new_node(p, PATTERN_EMPTY);
    while (p->at < p->end && !strchr("|)", *p->at) && !failed(p)) {
        pattern_node *atom = parse_atom(p);
        while (p->at < p->end && strchr("*+?{", *p->at) && !failed(p))
            atom = parse_quantifier(p, atom);
        all = pair(p, PATTERN_CAT, all, atom);
    }
    return all;
}

static pattern_node *parse_alternatives(parser *p)
{
    if (++p->depth > DEEPEST) p->lost = true;
    pattern_node *all = parse_sequence(p);
    while (p->at < p->end && *p->at == '|' && !failed(p)) {
        p->at++;
        all = pair(p, PATTERN_ALT, all, parse_sequence(p));
    }
    p->depth--;
    return all;
}

aln_status pattern_parse(const char *expression, alphabet *letters, arena *nodes,
                         pattern *tree, aln_error *error)
{
    parser p = {.at = expression,
                .end = expression + strlen(expression),
                .letters = letters,
                .nodes = nodes,
                .exact = true};
    const pattern_node *root = parse_alternatives(&p);
    if (p.lost || p.at < p.end) root = anything(&p);
    if (p.no_memory) return error_no_memory(error);
    *tree = (pattern){root, p.exact, p.asks_words};
    return ALN_OK;
}
