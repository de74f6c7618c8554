/* The content of a segment is mended until the DTD would have it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/segment_read.h"

#include "base/auto.h"

#include "check.h"

static unsigned warnings;

static void count_warning(void *context, unsigned line, const char *message)
{
    warnings++;
}

static void check_segment(const char *content, const char *text, const char *markup,
                          unsigned warned)
{
    AUTO(str) str wrapped = {0};
    segment seg = {0};
    aln_error error = {0};
    warnings = 0;
    assert_int_equal(str_printf(&wrapped, "<seg>%s</seg>", content), 0);
    check_ok(segment_read_text(&seg, wrapped.at, wrapped.size,
                               (warner){count_warning, NULL}, &error),
             &error);
    assert_string_equal(str_text(&seg.text), text);
    assert_string_equal(str_text(&seg.markup), markup);
    assert_int_equal(seg.has_tags, strcmp(text, markup) != 0 && strchr(markup, '<'));
    assert_int_equal(warnings, warned);
    segment_done(&seg);
}

static void test_text_is_escaped_in_markup(void **state)
{
    check_segment("a &amp; b &lt;c&gt; <![CDATA[<d>]]>", "a & b <c> <d>",
                  "a &amp; b &lt;c&gt; &lt;d&gt;", 0);
}

static void test_codes_stay_out_of_the_text(void **state)
{
    check_segment("a<ph x='1'>&lt;br/></ph>b<ut>u</ut>", "ab",
                  "a<ph x=\"1\">&lt;br/&gt;</ph>b<ut>u</ut>", 0);
}

static void test_texts_in_codes_stay_in_the_markup(void **state)
{
    check_segment("a<ph>x<sub type='t'>y<hi>z</hi></sub></ph>", "a",
                  "a<ph>x<sub type=\"t\">y<hi>z</hi></sub></ph>", 0);
}

static void test_highlighted_text_is_text(void **state)
{
    check_segment("<hi type='b'>a<hi>b</hi></hi>", "ab",
                  "<hi type=\"b\">a<hi>b</hi></hi>", 0);
    check_segment("<sub>a</sub>", "a", "<hi>a</hi>", 0);
}

static void test_missing_numbers_are_made(void **state)
{
    check_segment("<bpt/>a<bpt i='5'/>b<ept/>c<ept/>", "abc",
                  "<bpt i=\"1\"/>a<bpt i=\"5\"/>b<ept i=\"5\"/>c<ept i=\"1\"/>", 3);
}

static void test_positions_take_the_words_of_the_dtd(void **state)
{
    check_segment("<it pos='open'/><it pos='close'/><it/>", "",
                  "<it pos=\"begin\"/><it pos=\"end\"/><it pos=\"begin\"/>", 1);
}

static void test_elements_of_others_become_codes(void **state)
{
    check_segment("a<b c='d'>e</b><br/>", "ae",
                  "a<ph>&lt;b c=\"d\"&gt;</ph>e<ph>&lt;/b&gt;</ph>"
                  "<ph>&lt;br/&gt;</ph>",
                  2);
}

static void test_codes_in_codes_lose_their_tags(void **state)
{
    check_segment("<ph>a<ph>b</ph>c</ph>", "", "<ph>abc</ph>", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_escaped_in_markup),
        cmocka_unit_test(test_codes_stay_out_of_the_text),
        cmocka_unit_test(test_texts_in_codes_stay_in_the_markup),
        cmocka_unit_test(test_highlighted_text_is_text),
        cmocka_unit_test(test_missing_numbers_are_made),
        cmocka_unit_test(test_positions_take_the_words_of_the_dtd),
        cmocka_unit_test(test_elements_of_others_become_codes),
        cmocka_unit_test(test_codes_in_codes_lose_their_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
