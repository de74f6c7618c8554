/* Arrays that grow.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/vec.h"

#include "check.h"

static void test_holds_what_was_pushed(void **state)
{
    vec(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(vec_push(&numbers, i), ALN_OK);
    assert_int_equal(numbers.n, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i);
    vec_free(&numbers);
    assert_null(numbers.at);
}

static void test_a_cleared_array_keeps_its_room(void **state)
{
    vec(char) bytes = {0};
    assert_int_equal(vec_push(&bytes, 'a'), ALN_OK);
    const char *at = bytes.at;
    vec_clear(&bytes);
    assert_int_equal(vec_push(&bytes, 'b'), ALN_OK);
    assert_ptr_equal(bytes.at, at);
    vec_free(&bytes);
}

static void test_a_failed_push_changes_nothing(void **state)
{
    vec(char) giants = {0};
    assert_int_equal(vec_grow(&giants, SIZE_MAX / 4), ALN_NO_MEMORY);
    assert_int_equal(giants.n, 0);
    assert_null(giants.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds_what_was_pushed),
        cmocka_unit_test(test_a_cleared_array_keeps_its_room),
        cmocka_unit_test(test_a_failed_push_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
