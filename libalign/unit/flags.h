/* flags.h - the flags of a unit as a list of their names.
 *
 *     numbers-differ name-missing        ALN_FLAG_NUMBERS | ALN_FLAG_NAME
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNIT_FLAGS_H
#define UNIT_FLAGS_H

#include <stddef.h>

#include "base/str.h"

/* The names of all flags that are set, with `between` between them. */
aln_status flags_write(unsigned flags, const char *between, str *out);

/* The flags of a list with spaces or commas between the names; unknown ones are none. */
unsigned flags_read(const char *list);

#endif
