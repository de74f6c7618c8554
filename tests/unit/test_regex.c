/* Regular expressions over UTF-8: where they match, what stands in their place, and what
 * is wrong with those that are none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/regex.h"

#include <string.h>

#include "base/auto.h"
#include "check.h"

static regex *compile(const char *expression, unsigned flags)
{
    aln_error error = {0};
    regex *r = NULL;
    check_ok(regex_compile(expression, flags, &r, &error), &error);
    return r;
}

/* "start-end:words" for each match, the words expanded. */
static void check_matches(const char *expression, unsigned flags, const char *text,
                          const char *words, const char *expected)
{
    aln_error error = {0};
    regex *r = compile(expression, flags);
    AUTO(str) str actual = {0};
    size_t size = strlen(text), start = 0, end;
    check_ok(regex_check_words(r, words, &error), &error);
    for (size_t from = 0; from <= size; from = end > start ? end : end + 1) {
        bool found;
        check_ok(regex_find(r, text, size, from, &start, &end, &found, &error), &error);
        if (!found) break;
        assert_int_equal(str_printf(&actual, "%s%zu-%zu:", actual.size ? " " : "",
                                    start, end),
                         ALN_OK);
        assert_int_equal(regex_expand(r, text, words, &actual), ALN_OK);
    }
    assert_string_equal(str_text(&actual), expected);
    regex_free(r);
}

static void check_refused(const char *expression, const char *message)
{
    aln_error error = {0};
    regex *r = NULL;
    assert_int_equal(regex_compile(expression, 0, &r, &error), ALN_SYNTAX);
    assert_string_equal(error.message, message);
    assert_null(r);
}

static void check_words_refused(const char *expression, const char *words, int column)
{
    aln_error error = {0};
    char expected[100];
    snprintf(expected, sizeof expected,
             "at character %d: $ without a group of the expression; \\$ stands for a "
             "dollar",
             column);
    regex *r = compile(expression, 0);
    assert_int_equal(regex_check_words(r, words, &error), ALN_SYNTAX);
    assert_string_equal(error.message, expected);
    regex_free(r);
}

static void test_matches_are_bytes(void **state)
{
    check_matches("\\p{Han}", 0, "é第1句", "x", "2-5:x 6-9:x");
    check_matches("^", 0, "ab", "x", "0-0:x");
    check_matches("É", REGEX_IGNORE_CASE, "é", "x", "0-2:x");
}

static void test_literally_nothing_has_a_meaning(void **state)
{
    check_matches("a.*", REGEX_LITERAL, "abc a.*", "x", "4-7:x");
    check_matches("A(", REGEX_LITERAL | REGEX_IGNORE_CASE, "a(", "x", "0-2:x");
}

static void test_groups_stand_in_for_themselves(void **state)
{
    check_matches("(\\d+)-(\\d+)?", 0, "1-2 3-", "$2/$1", "0-3:2/1 4-6:/3");
    check_matches("(?<day>\\d)", 0, "7", "${day}${1}$12 $0", "0-1:7772 7");
    check_matches("a", 0, "a", "\\$1\\\\\\x", "0-1:$1\\x");
    check_matches("a", 0, "a", "é\\", "0-1:é\\");
}

static void test_what_names_no_group_is_refused(void **state)
{
    check_words_refused("(a)", "x$2", 2);
    check_words_refused("a", "$1", 1);
    check_words_refused("a", "$", 1);
    check_words_refused("a", "\\$$x", 3);
    check_words_refused("(?<day>a)", "${da}", 1);
    check_words_refused("(?<day>a)", "${day", 1);
    check_words_refused("(?<day>a)", "${}", 1);
    check_words_refused("(a)", "${1x}", 1);
}

static void test_what_is_no_expression_is_refused(void **state)
{
    check_refused("a(b", "not a regular expression, at character 3: a parenthesis "
                         "lacks its other half");
    check_refused("[", "not a regular expression, at character 1: a [ lacks its ]");
    check_refused("a{2,1}", "not a regular expression, at character 6: the second "
                            "number is less than the first");
}

static void test_a_slow_expression_ends(void **state)
{
    char text[64];
    memset(text, 'a', sizeof text);
    aln_error error = {0};
    size_t start, end;
    bool found;
    regex *r = compile("(a|a)*b", 0);
    assert_int_equal(regex_find(r, text, sizeof text, 0, &start, &end, &found, &error),
                     ALN_UNSUPPORTED);
    assert_string_equal(error.message, "the expression takes too long");
    regex_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches_are_bytes),
        cmocka_unit_test(test_literally_nothing_has_a_meaning),
        cmocka_unit_test(test_groups_stand_in_for_themselves),
        cmocka_unit_test(test_what_names_no_group_is_refused),
        cmocka_unit_test(test_what_is_no_expression_is_refused),
        cmocka_unit_test(test_a_slow_expression_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
