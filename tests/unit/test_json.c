/* JSON is read as RFC 8259 has it, and nothing else is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/json.h"

#include "base/auto.h"

#include "check.h"

static json from(const char *text)
{
    return (json){.at = text, .end = text + strlen(text)};
}

static void check_string(const char *text, const char *expected)
{
    AUTO(str) str value = {0};
    json in = from(text);
    assert_int_equal(json_string(&in, &value), expected ? ALN_OK : ALN_SYNTAX);
    if (expected)
        assert_string_equal(str_text(&value), expected);
    else
        assert_non_null(in.problem);
}

static void test_strings_have_escapes(void **state)
{
    check_string("\"a\\n\\t\\\"\\\\\\/\\u00e9\"", "a\n\t\"\\/é");
    check_string(" \"\\ud83d\\ude00\" ", "😀");
}

static void test_broken_strings_are_refused(void **state)
{
    static const char *const broken[] = {"\"a", "\"\\x\"",   "\"\\u12\"", "\"a\nb\"",
                                         "a",   "\"\\ud83d", "'a'",       ""};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        check_string(broken[i], NULL);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        double value;
    } table[] = {{"0", 0}, {"-1.5", -1.5}, {" 0.25e1", 2.5}, {"1E2", 100}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = -9;
        json in = from(table[i].text);
        assert_int_equal(json_number(&in, &value), ALN_OK);
        assert_true(value == table[i].value);
    }
    double value;
    json in = from("x");
    assert_int_equal(json_number(&in, &value), ALN_SYNTAX);
}

typedef struct seen {
    str names;
    size_t items;
} seen;

static aln_status count_item(void *context, json *in)
{
    ((seen *)context)->items++;
    return json_skip(in);
}

static aln_status take_field(void *context, json *in, const char *name)
{
    seen *all = context;
    if (str_puts(&all->names, name) || str_putc(&all->names, ' ')) return ALN_NO_MEMORY;
    return strcmp(name, "list") == 0 ? json_array(in, count_item, all) : json_skip(in);
}

static void test_fields_and_items_are_handed_out(void **state)
{
    seen all = {0};
    json in = from("{\"a\":{\"b\":[1,{}]}, \"list\":[null,true,\"x\",[]],\"\":\"\"} ");
    assert_int_equal(json_object(&in, take_field, &all), ALN_OK);
    assert_int_equal(json_end(&in), ALN_OK);
    assert_string_equal(str_text(&all.names), "a list  ");
    assert_int_equal(all.items, 4);
    str_done(&all.names);
}

static void test_what_does_not_hold_together_is_refused(void **state)
{
    static const char *const broken[] = {
        "{",  "{\"a\"}",      "{\"a\":}",          "{\"a\":1,}", "{a:1}",
        "[1", "{\"a\":[1,]}", "{\"a\":1 \"b\":2}", "[]"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        seen all = {0};
        json in = from(broken[i]);
        assert_int_equal(json_object(&in, take_field, &all), ALN_SYNTAX);
        assert_non_null(in.problem);
        str_done(&all.names);
    }
}

static void test_depth_is_bounded(void **state)
{
    char deep[5000];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    json in = from(deep);
    assert_int_equal(json_skip(&in), ALN_SYNTAX);
}

static void test_what_is_written_can_be_read(void **state)
{
    static const char text[] = "a\"\\\n\t\x01\x7f é 😀 </script>";
    AUTO(str) str written = {0};
    assert_int_equal(json_put_string(&written, text, sizeof text - 1), ALN_OK);
    check_string(written.at, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings_have_escapes),
        cmocka_unit_test(test_broken_strings_are_refused),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_fields_and_items_are_handed_out),
        cmocka_unit_test(test_what_does_not_hold_together_is_refused),
        cmocka_unit_test(test_depth_is_bounded),
        cmocka_unit_test(test_what_is_written_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
