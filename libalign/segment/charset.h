/* charset.h - the sets of characters that regular expressions name.
 *
 * A set is known by its source: "a", "\p{Lu}", "[^\s.]".
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEGMENT_CHARSET_H
#define SEGMENT_CHARSET_H

#include "segment/alphabet.h"

/* Flags of an expression that change what it means. */
enum {
    CHARSET_IGNORE_CASE = 1,
    CHARSET_DOT_ALL = 2,
    CHARSET_LINES = 4,
    CHARSET_UNICODE_WORDS = 8,
};

typedef enum charset_result {
    CHARSET_EXACT,
    CHARSET_WIDER, /* not understood: the set of all characters */
} charset_result;

/* What charset_add calls "\\w", and the set of charset_add_marks. */
#define CHARSET_WORDS "\\wc"
#define CHARSET_MARKS "marks"

/* Where the character, escape or bracketed set that starts at `at` ends. */
const char *charset_skip(const char *at, const char *end);

/* Add the set with that source to the alphabet, or find it there. */
aln_status charset_add(alphabet *letters, const char *source, size_t size,
                       unsigned flags, uint32_t *id, charset_result *result);

/* Add the characters that ICU passes over at a word boundary. */
aln_status charset_add_marks(alphabet *letters);

#endif
