/* regex.h - regular expressions over UTF-8, with ICU's syntax.
 *
 *     regex *r;
 *     TRY(regex_compile("(Astana|Almaty)", 0, &r, error));
 *     TRY(regex_find(r, text, size, 0, &start, &end, &found, error));
 *     TRY(regex_expand(r, text, "the city of $1", &out));
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#include "base/str.h"

typedef struct regex regex;

enum {
    REGEX_IGNORE_CASE = 1,
    REGEX_LITERAL = 2, /* no character means more than itself */
};

/* ALN_SYNTAX, with the column, for what is no expression. */
aln_status regex_compile(const char *expression, unsigned flags, regex **out,
                         aln_error *error);
void regex_free(regex *r);

/* The first match at or after byte `from`: *found tells whether there is one.  An
 * expression that takes too long fails with ALN_UNSUPPORTED. */
aln_status regex_find(regex *r, const char *text, size_t size, size_t from,
                      size_t *start, size_t *end, bool *found, aln_error *error);

/* What is to be put in place of matches: "$1" and "${name}" stand for what groups have
 * found, "\$" and "\\" for themselves.  ALN_SYNTAX, with the column, for what names no
 * group of the expression. */
aln_status regex_check_words(const regex *r, const char *words, aln_error *error);

/* Add such words for the match that was found last, in this text. */
aln_status regex_expand(const regex *r, const char *text, const char *words, str *out);

#endif
