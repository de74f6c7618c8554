/* fail.c - malloc and its kin, the n-th of which fails.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../unit/check.h"

static bool counting;
static unsigned until_failure;

static bool must_fail(void)
{
    return counting && until_failure && --until_failure == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *at, size_t size);
char *__real_strdup(const char *text);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *at, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return must_fail() ? NULL : __real_realloc(at, size);
}

char *__wrap_strdup(const char *text)
{
    return must_fail() ? NULL : __real_strdup(text);
}

unsigned fail_each_allocation(scenario run)
{
    for (unsigned n = 1;; n++) {
        aln_error error = {0};
        until_failure = n;
        counting = true;
        aln_status status = run(&error);
        counting = false;
        if (until_failure) { /* never got that far: all of them have been tried */
            check_ok(status, &error);
            return n - 1;
        }
        if (status && status != ALN_NO_MEMORY)
            fail_msg("allocation %u: %s: %s", n, aln_status_name(status),
                     error.message);
        if (status && strcmp(error.message, "out of memory") != 0)
            fail_msg("allocation %u: the error says \"%s\"", n, error.message);
    }
}
