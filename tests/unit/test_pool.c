/* Many threads make, one takes, always in the same order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/pool.h"

#include <stdlib.h>

#include "base/error.h"
#include "check.h"

enum { ITEMS = 2000 };

typedef struct record {
    size_t taken, stop_at;
    unsigned long long sum;
} record;

static void *square(void *context, size_t item)
{
    size_t *made = malloc(sizeof *made);
    assert_non_null(made);
    *made = item * item;
    return made;
}

static aln_status add_up(void *context, size_t item, void *made, aln_error *error)
{
    record *seen = context;
    size_t *value = made;
    assert_int_equal(item, seen->taken++);
    seen->sum = seen->sum * 31 + *value;
    free(value);
    if (item == seen->stop_at) return error_set(error, ALN_IO, "stopped");
    return ALN_OK;
}

static aln_status run(unsigned threads, record *seen, aln_error *error)
{
    const pool_work work = {square, add_up, free, seen};
    return pool_run(threads, ITEMS, &work, error);
}

static void test_results_do_not_depend_on_the_number_of_threads(void **state)
{
    aln_error error;
    record alone = {.stop_at = ITEMS};
    check_ok(run(1, &alone, &error), &error);
    assert_int_equal(alone.taken, ITEMS);
    for (unsigned threads = 2; threads <= 9; threads++) {
        record seen = {.stop_at = ITEMS};
        check_ok(run(threads, &seen, &error), &error);
        assert_int_equal(seen.taken, ITEMS);
        assert_true(seen.sum == alone.sum);
    }
}

static void test_a_failure_ends_the_run(void **state)
{
    for (unsigned threads = 1; threads <= 4; threads++) {
        aln_error error = {0};
        record seen = {.stop_at = 700};
        assert_int_equal(run(threads, &seen, &error), ALN_IO);
        assert_string_equal(error.message, "stopped");
        assert_int_equal(seen.taken, 701);
    }
}

static void test_nothing_to_do_is_done(void **state)
{
    aln_error error;
    const pool_work work = {square, add_up, free, NULL};
    check_ok(pool_run(4, 0, &work, &error), &error);
    assert_true(pool_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_do_not_depend_on_the_number_of_threads),
        cmocka_unit_test(test_a_failure_ends_the_run),
        cmocka_unit_test(test_nothing_to_do_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
