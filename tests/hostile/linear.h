/* linear.h - input made to hurt is read in time proportional to its size.
 *
 * Every shape is made in two sizes, one four times the other, and may take at most
 * twice that as long (the least of three runs of processor time; what is too quick to
 * tell passes).  A quadratic step would take sixteen times as long.  What fails is
 * measured again, for another program may have had the machine; a sanitizer's allocator
 * is not linear itself, so that there the shapes are only read.
 *
 *     static void read_it(const char *bytes, size_t size) ...
 *     LINEAR(test_nested_blocks, "<html>", "<div>", "")
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOSTILE_LINEAR_H
#define HOSTILE_LINEAR_H

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "../unit/check.h"
#include "base/str.h"

/* What is timed: each test program has its own. */
static void read_it(const char *bytes, size_t size);

enum { SMALL = 1 << 19, GROWTH = 4, RUNS = 3, ATTEMPTS = 3 };
static const double SLOWER = 2.0, TOO_QUICK = 0.02; /* seconds */

#if defined(__SANITIZE_ADDRESS__)
enum { TELLS = 0 };
#else
enum { TELLS = 1 };
#endif

/* What a page begins with, what is repeated until it has its size, and its end. */
struct shape {
    const char *start, *repeated, *end;
};

static char *make(const struct shape *shape, size_t size)
{
    str page = {0};
    assert_int_equal(str_puts(&page, shape->start), ALN_OK);
    while (page.size < size)
        assert_int_equal(str_puts(&page, shape->repeated), ALN_OK);
    assert_int_equal(str_puts(&page, shape->end), ALN_OK);
    return str_steal(&page);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double time_of(const char *bytes, size_t size)
{
    double least = 1e9;
    for (int i = 0; i < (TELLS ? RUNS : 1); i++) {
        double began = seconds();
        read_it(bytes, size);
        double took = seconds() - began;
        if (took < least) least = took;
    }
    return least;
}

static void check_linear(const struct shape *shape)
{
    char *small = make(shape, SMALL), *large = make(shape, (size_t)GROWTH * SMALL);
    double quick = 0, slow = 0;
    bool linear = false;
    for (int i = 0; i < ATTEMPTS && !linear; i++) {
        quick = time_of(small, strlen(small));
        slow = time_of(large, strlen(large));
        linear = !TELLS || slow <= TOO_QUICK || slow <= SLOWER * GROWTH * quick;
    }
    free(small);
    free(large);
    if (!linear)
        fail_msg("%.40s...: %.3f s, four times as much: %.3f s", shape->repeated, quick,
                 slow);
}

#define LINEAR(name, ...)                                 \
    static void name(void **state)                        \
    {                                                     \
        check_linear(&(const struct shape){__VA_ARGS__}); \
    }

#endif
