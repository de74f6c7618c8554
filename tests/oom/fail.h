/* fail.h - what happens when memory runs out: everywhere, one place after the other.
 *
 *     fail_each_allocation(read_a_page);
 *
 * The scenario is run with its first allocation failing, then its second, and so on
 * until it gets by without a failure.  Every run must report ALN_NO_MEMORY or succeed
 * all the same, and (under LeakSanitizer) leak nothing.  Only the library's own calls
 * fail, by the linker's --wrap; ICU, SQLite and libxml2 allocate undisturbed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OOM_FAIL_H
#define OOM_FAIL_H

#include <align/status.h>

typedef aln_status (*scenario)(aln_error *error);

/* The number of allocations that were made to fail. */
unsigned fail_each_allocation(scenario run);

#endif
