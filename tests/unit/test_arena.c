/* Arenas: many allocations, one free.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/arena.h"

#include <stdalign.h>

#include "check.h"

static void test_what_is_allocated_stays_where_it_is(void **state)
{
    arena texts = {0};
    char *first = arena_copy(&texts, "Astana", 6);
    for (int i = 0; i < 10000; i++)
        assert_non_null(arena_alloc(&texts, 100));
    assert_string_equal(first, "Astana");
    arena_done(&texts);
}

static void test_every_allocation_is_aligned(void **state)
{
    arena texts = {0};
    for (size_t size = 0; size < 100; size++) {
        void *at = arena_alloc(&texts, size);
        assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
    }
    arena_done(&texts);
}

static void test_an_array_is_cleared(void **state)
{
    arena numbers = {0};
    memset(arena_alloc(&numbers, 400), 0xff, 400);
    arena_clear(&numbers);
    const int *array = arena_array(&numbers, 100, sizeof *array);
    for (int i = 0; i < 100; i++)
        assert_int_equal(array[i], 0);
    arena_done(&numbers);
}

static void test_a_size_that_overflows_is_refused(void **state)
{
    arena numbers = {0};
    assert_null(arena_array(&numbers, SIZE_MAX / 2, 4));
    assert_null(arena_alloc(&numbers, SIZE_MAX - 1));
    assert_null(arena_copy(&numbers, "", SIZE_MAX));
    arena_done(&numbers);
}

static void test_clearing_keeps_the_largest_block(void **state)
{
    arena texts = {0};
    for (int i = 0; i < 1000; i++)
        arena_alloc(&texts, 1000);
    const void *block = texts.blocks;
    arena_clear(&texts);
    assert_ptr_equal(texts.blocks, block);
    assert_int_equal(texts.used, 0);
    arena_done(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_allocated_stays_where_it_is),
        cmocka_unit_test(test_every_allocation_is_aligned),
        cmocka_unit_test(test_an_array_is_cleared),
        cmocka_unit_test(test_a_size_that_overflows_is_refused),
        cmocka_unit_test(test_clearing_keeps_the_largest_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
