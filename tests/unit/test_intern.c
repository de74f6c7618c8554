/* Equal texts get equal numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/intern.h"

#include "check.h"

static void test_equal_texts_share_a_number(void **state)
{
    intern table = {0};
    uint32_t a, b, again;
    assert_int_equal(intern_add(&table, "fret", 4, &a), ALN_OK);
    assert_int_equal(intern_add(&table, "fre", 3, &b), ALN_OK);
    assert_int_equal(intern_add(&table, "fret", 4, &again), ALN_OK);
    assert_int_equal(a, again);
    assert_int_not_equal(a, b);
    intern_done(&table);
}

static void test_keeps_a_hundred_thousand_apart(void **state)
{
    enum { MANY = 100000 };
    intern table = {0};
    char text[16];
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t id;
        int n = snprintf(text, sizeof text, "%u", i);
        assert_int_equal(intern_add(&table, text, (size_t)n, &id), ALN_OK);
        assert_int_equal(id, i);
    }
    size_t size;
    assert_string_equal(intern_text(&table, MANY - 1, &size), "99999");
    assert_int_equal(size, 5);
    assert_int_equal(intern_find(&table, "777", 3), 777);
    assert_int_equal(intern_find(&table, "x", 1), INTERN_NONE);
    intern_done(&table);
}

static void test_an_empty_table_finds_nothing(void **state)
{
    intern table = {0};
    assert_int_equal(intern_find(&table, "", 0), INTERN_NONE);
    intern_done(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_texts_share_a_number),
        cmocka_unit_test(test_keeps_a_hundred_thousand_apart),
        cmocka_unit_test(test_an_empty_table_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
