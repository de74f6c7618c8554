/* Numbers in any notation have one value.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/number.h"

#include "check.h"

static void check_value(const char *text, const char *expected, size_t read)
{
    char value[NUMBER_SIZE];
    assert_int_equal(number_read(text, strlen(text), 0, value), read);
    assert_string_equal(value, expected);
}

static void check_han(const char *text, const char *expected)
{
    char value[NUMBER_SIZE];
    size_t end = number_read_han(text, strlen(text), 0, 2, value);
    assert_int_equal(end, expected ? strlen(text) : 0);
    if (expected) assert_string_equal(value, expected);
}

static void test_groups_and_decimals_of_all_countries(void **state)
{
    check_value("1 234,5", "1234.5", 7);
    check_value("1,234.5", "1234.5", 7);
    check_value("1.234,5", "1234.5", 7);
    check_value("1\xc2\xa0"
                "234 567",
                "1234567", 10);
    check_value("12,50 euros", "12.5", 5);
    check_value("3.14", "3.14", 4);
}

static void test_leading_and_final_zeros_do_not_count(void **state)
{
    check_value("007", "7", 3);
    check_value("0", "0", 1);
    check_value("0.50", "0.5", 4);
    check_value("2.0", "2", 3);
}

static void test_a_full_stop_ends_a_number(void **state)
{
    check_value("1992.", "1992", 4);
    check_value("47e", "47", 2);
    check_value("2017 2018", "2017", 4);
}

static void test_full_width_digits(void **state)
{
    check_value("１９９２年", "1992", 12);
}

static void test_a_long_row_of_digits_is_cut(void **state)
{
    char text[200], value[NUMBER_SIZE];
    memset(text, '9', sizeof text);
    assert_int_equal(number_read(text, sizeof text, 0, value), sizeof text);
    assert_true(strlen(value) < NUMBER_SIZE);
}

static void test_han_numerals(void **state)
{
    check_han("四十七", "47");
    check_han("二〇一七", "2017");
    check_han("三百五十万六", "3500006");
    check_han("十亿", "1000000000");
    check_han("两千", "2000");
    check_han("三亿四千五百万", "345000000");
}

static void test_one_han_numeral_is_a_word(void **state)
{
    check_han("一", NULL);
    check_han("人", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_and_decimals_of_all_countries),
        cmocka_unit_test(test_leading_and_final_zeros_do_not_count),
        cmocka_unit_test(test_a_full_stop_ends_a_number),
        cmocka_unit_test(test_full_width_digits),
        cmocka_unit_test(test_a_long_row_of_digits_is_cut),
        cmocka_unit_test(test_han_numerals),
        cmocka_unit_test(test_one_han_numeral_is_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
