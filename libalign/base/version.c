/* version.c - what the library calls itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/align.h>

#define TEXT(number)  TEXT_(number)
#define TEXT_(number) #number

const char *aln_version(void)
{
    return TEXT(ALN_VERSION_MAJOR) "." TEXT(ALN_VERSION_MINOR) "." TEXT(
        ALN_VERSION_PATCH);
}
