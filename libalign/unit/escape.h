/* escape.h - text as XML writes it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNIT_ESCAPE_H
#define UNIT_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Does U+FFFE or U+FFFF stand at the beginning? */
bool xml_is_forbidden(const char *at, size_t left);

/* Text with the characters escaped that XML asks for: `<`, `&`, `>` and CR; in values of
 * attributes quotes, tabs and line ends too.  What XML forbids is left out. */
aln_status xml_escape(str *out, const char *text, size_t size, bool in_attribute);

#endif
