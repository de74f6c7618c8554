/* flags.c - flags to names and back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "unit/flags.h"

#include <stdbool.h>
#include <string.h>

#include <align/beads.h>

enum { BITS = 32 };

aln_status flags_write(unsigned flags, const char *between, str *out)
{
    bool first = true;
    for (unsigned i = 0; i < BITS; i++) {
        unsigned flag = flags & 1u << i;
        const char *name = flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (!name) continue;
        if (!first && str_puts(out, between)) return ALN_NO_MEMORY;
        if (str_puts(out, name)) return ALN_NO_MEMORY;
        first = false;
    }
    return ALN_OK;
}

static unsigned flag_named(const char *name, size_t size)
{
    for (unsigned i = 0; i < BITS; i++) {
        const char *known = aln_flag_name((aln_flag)(1u << i));
        if (known && strlen(known) == size && memcmp(known, name, size) == 0)
            return 1u << i;
    }
    return 0;
}

unsigned flags_read(const char *list)
{
    unsigned flags = 0;
    while (*list) {
        list += strspn(list, " ,");
        size_t size = strcspn(list, " ,");
        flags |= flag_named(list, size);
        list += size;
    }
    return flags;
}
