/* regex.h - regular expressions over UTF-8, with ICU's syntax.
 *
 *     regex *r;
 *     TRY(regex_compile("(Astana|Almaty)", false, &r, error));
 *     TRY(regex_find(r, text, size, 0, &start, &end, &found, error));
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

typedef struct regex regex;

/* ALN_SYNTAX, with the column, for what is no expression. */
aln_status regex_compile(const char *expression, bool ignore_case, regex **out,
                         aln_error *error);
void regex_free(regex *r);

/* The first match at or after byte `from`: *found tells whether there is one.  An
 * expression that takes too long fails with ALN_UNSUPPORTED. */
aln_status regex_find(regex *r, const char *text, size_t size, size_t from,
                      size_t *start, size_t *end, bool *found, aln_error *error);

#endif
