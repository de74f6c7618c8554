/* trim.h - cut an HTML page down to what its text and its metadata are in.
 *
 *     <div class="a" onclick="..." class="b"><script>...</script><!-- x --><p>Il est
 *     ->  <div class="a"><p>Il est
 *
 * Half of a news page is scripts, styles, drawings and attributes that say nothing of
 * its text; without them libxml2's parser takes half the time.  What is left also
 * cannot make that parser slow: it compares every attribute of an element with all
 * others, so a million of them would take hours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TRIM_H
#define TEXT_TRIM_H

#include "base/str.h"

/* Adds the page to `out`, and its JSON-LD scripts to `data`, a line feed behind each. */
aln_status trim_html(const char *html, size_t size, str *out, str *data);

#endif
