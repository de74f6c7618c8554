/* cldr.h - the names that CLDR gives to the world's things in a language.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_CLDR_H
#define ALIGN_CLDR_H

#include "align/glossary.h"

/* Add countries, languages, currencies, months and days; their meanings are numbered
 * from `first`, alike in every language. */
enum { CLDR_COUNTRIES = 1000 }; /* the meanings below are countries */

aln_status cldr_add(glossary *g, uint32_t first, double strength);

#endif
