/* xml_text.h - references in the text of XML.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_XML_TEXT_H
#define EXCHANGE_XML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#include "exchange/warn.h"

/* Read what follows an ampersand.  *size becomes its length, *n that of its meaning in
 * `out`: 0 for a character that XML forbids, which is left out and reported. */
aln_status xml_reference(const warner *warn, const char *at, size_t left, unsigned line,
                         size_t *size, char out[4], size_t *n, aln_error *error);

#endif
