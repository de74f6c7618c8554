/* pattern.h - a regular expression as a tree over the sets of an alphabet.
 *
 *     TRY(pattern_parse("\\bDr\\.", &letters, &nodes, &tree, error));
 *
 * What ICU's expressions can say beyond regular languages, and some rare things, are
 * replaced by something that matches at least as much, and the tree says so: `exact`
 * is false, and who wants to be sure asks ICU.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_PATTERN_H
#define SEGMENT_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "segment/alphabet.h"

typedef enum pattern_kind {
    PATTERN_EMPTY,
    PATTERN_SET,    /* one character of `set` */
    PATTERN_CAT,    /* left, then right */
    PATTERN_ALT,    /* left or right */
    PATTERN_REPEAT, /* left, min to max times; max < 0: without end */
    PATTERN_START,  /* here the text begins */
    PATTERN_END,    /* here it ends */
    PATTERN_WORD,   /* \b; with `negated` \B; the alphabet has CHARSET_WORDS, _MARKS */
    PATTERN_BEHIND, /* a character of `set` ends here; with `negated` none does */
    PATTERN_AHEAD,  /* one starts here */
} pattern_kind;

typedef struct pattern_node {
    pattern_kind kind;
    bool negated;
    uint32_t set;
    int min, max;
    struct pattern_node *left, *right;
} pattern_node;

typedef struct pattern {
    const pattern_node *root;
    bool exact;
    bool asks_words; /* has \b, which is exact only where no combining mark is near */
} pattern;

/* Parse an expression that ICU has accepted.  The tree lives in `nodes`, its sets in
 * the alphabet.  Fails only when memory ends. */
aln_status pattern_parse(const char *expression, alphabet *letters, arena *nodes,
                         pattern *tree, aln_error *error);

#endif
