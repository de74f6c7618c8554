/* Strings that grow.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/str.h"

#include "base/auto.h"
#include "check.h"

static void test_an_empty_string_is_a_text(void **state)
{
    str s = {0};
    assert_string_equal(str_text(&s), "");
    str_clear(&s);
    str_done(&s);
}

static void test_additions_follow_each_other(void **state)
{
    AUTO(str) str s = {0};
    assert_int_equal(str_puts(&s, "0"), ALN_OK);
    for (int i = 1; i < 1000; i++)
        assert_int_equal(str_printf(&s, " %d", i), ALN_OK);
    assert_int_equal(str_putc(&s, '!'), ALN_OK);
    assert_int_equal(s.size, 10 + 90 * 2 + 900 * 3 + 999 + 1);
    assert_string_equal(s.at + s.size - 5, " 999!");
}

static void test_keeps_bytes_of_any_kind(void **state)
{
    AUTO(str) str s = {0};
    assert_int_equal(str_add(&s, "a\0b", 3), ALN_OK);
    assert_int_equal(s.size, 3);
    assert_memory_equal(s.at, "a\0b", 4);
}

static void test_truncates_but_never_extends(void **state)
{
    AUTO(str) str s = {0};
    assert_int_equal(str_puts(&s, "Shanghai"), ALN_OK);
    str_truncate(&s, 20);
    assert_string_equal(str_text(&s), "Shanghai");
    str_truncate(&s, 5);
    assert_string_equal(str_text(&s), "Shang");
}

static void test_a_stolen_text_is_the_callers(void **state)
{
    str s = {0};
    assert_int_equal(str_puts(&s, "OCS"), ALN_OK);
    char *text = str_steal(&s);
    assert_string_equal(text, "OCS");
    assert_null(s.at);
    free(text);

    text = str_steal(&s); /* never filled */
    assert_string_equal(text, "");
    free(text);
}

static void test_refuses_what_no_memory_could_hold(void **state)
{
    AUTO(str) str s = {0};
    assert_int_equal(str_puts(&s, "kept"), ALN_OK);
    assert_int_equal(str_reserve(&s, SIZE_MAX / 2), ALN_NO_MEMORY);
    assert_string_equal(str_text(&s), "kept");
}

static void test_knows_what_a_text_ends_with(void **state)
{
    assert_true(str_ends_with("pages.tsv", ".tsv"));
    assert_true(str_ends_with(".tsv", ".tsv"));
    assert_true(str_ends_with("pages", ""));
    assert_false(str_ends_with("tsv", ".tsv"));
    assert_false(str_ends_with("pages.tsv.gz", ".tsv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_string_is_a_text),
        cmocka_unit_test(test_additions_follow_each_other),
        cmocka_unit_test(test_keeps_bytes_of_any_kind),
        cmocka_unit_test(test_truncates_but_never_extends),
        cmocka_unit_test(test_a_stolen_text_is_the_callers),
        cmocka_unit_test(test_refuses_what_no_memory_could_hold),
        cmocka_unit_test(test_knows_what_a_text_ends_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
