/* What is UTF-8 and what only looks like it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/utf8.h"

#include "check.h"

static size_t valid(const char *text)
{
    return utf8_valid_prefix(text, strlen(text));
}

static void test_well_formed_text_is_valid_to_its_end(void **state)
{
    static const char *const texts[] = {
        "", "abc", "é", "中文", "😀", "\x7f", "\xf4\x8f\xbf\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(valid(texts[i]), strlen(texts[i]));
}

static void test_overlong_forms_surrogates_and_beyond_are_not(void **state)
{
    static const char *const texts[] = {"a\xc0\x80",
                                        "a\xc1\xbf",
                                        "a\xe0\x80\x80",
                                        "a\xed\xa0\x80",
                                        "a\xf0\x80\x80\x80",
                                        "a\xf4\x90\x80\x80",
                                        "a\xf5\x80\x80\x80",
                                        "a\x80",
                                        "a\xff",
                                        "a\xe4\xb8",
                                        "a\xc3("};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(valid(texts[i]), 1);
}

static void test_a_beginning_is_told_from_an_error(void **state)
{
    assert_true(utf8_is_cut("\xc3", 1));
    assert_true(utf8_is_cut("\xe4\xb8", 2));
    assert_true(utf8_is_cut("\xf0\x9f\x98", 3));
    assert_false(utf8_is_cut("\xc3(", 2));
    assert_false(utf8_is_cut("\x80", 1));
    assert_false(utf8_is_cut("a", 1));
}

static void test_characters_and_strays_are_counted(void **state)
{
    utf8_counts counts = utf8_count("aé\xff中\xe4\xb8", 9, false);
    assert_int_equal(counts.beyond_ascii, 2);
    assert_int_equal(counts.invalid, 3);
    counts = utf8_count("aé\xff中\xe4\xb8", 9, true);
    assert_int_equal(counts.invalid, 1);
}

static void test_code_points_are_written(void **state)
{
    static const struct {
        uint32_t c;
        const char *text;
    } table[] = {{'a', "a"}, {0xe9, "é"}, {0x4e2d, "中"}, {0x1f600, "😀"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char out[5] = "";
        assert_int_equal(utf8_put(table[i].c, out), strlen(table[i].text));
        assert_string_equal(out, table[i].text);
    }
}

static void test_what_may_stand_in_xml(void **state)
{
    static const uint32_t yes[] = {9,      10,     13,      ' ',     0xd7ff,
                                   0xe000, 0xfffd, 0x10000, 0x10ffff};
    static const uint32_t no[] = {0,      1,      8,      11,     31,
                                  0xd800, 0xdfff, 0xfffe, 0xffff, 0x110000};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(utf8_is_xml(yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(utf8_is_xml(no[i]));
}

static void test_windows_1252(void **state)
{
    assert_int_equal(utf8_of_windows_1252(0x80), 0x20ac);
    assert_int_equal(utf8_of_windows_1252(0x93), 0x201c);
    assert_int_equal(utf8_of_windows_1252(0x81), 0xfffd);
    assert_int_equal(utf8_of_windows_1252(0xe9), 0xe9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_well_formed_text_is_valid_to_its_end),
        cmocka_unit_test(test_overlong_forms_surrogates_and_beyond_are_not),
        cmocka_unit_test(test_a_beginning_is_told_from_an_error),
        cmocka_unit_test(test_characters_and_strays_are_counted),
        cmocka_unit_test(test_code_points_are_written),
        cmocka_unit_test(test_what_may_stand_in_xml),
        cmocka_unit_test(test_windows_1252),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
