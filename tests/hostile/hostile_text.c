/* Pages made to hurt: reading one takes time in proportion to its size.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include "linear.h"

static void read_it(const char *bytes, size_t size)
{
    aln_page *page = NULL;
    aln_status status = aln_page_read(bytes, size, NULL, &page, NULL);
    assert_true(status == ALN_OK || status == ALN_UNSUPPORTED || status == ALN_SYNTAX);
    aln_page_free(page);
}

LINEAR(test_nested_blocks, "<html>", "<div>", "")
LINEAR(test_nested_inlines, "<html><p>", "<b><i><font>", "text")
LINEAR(test_nested_tables, "<html>", "<table><tr><td>x", "")
LINEAR(test_nested_lists, "<html>", "<ul><li>x", "")
LINEAR(test_end_tags_without_start, "<html><div><div><div>", "</p></x></span>", "")
LINEAR(test_end_tags_deep_down, "<html><b><b><b><b><b><b><b><b>", "<i>x</b></u>", "")
LINEAR(test_attributes_without_end, "<html><div ", "a1=b ", ">text</div>")
LINEAR(test_equal_attributes, "<html><div ", "class='x' ", ">text</div>")
LINEAR(test_class_names, "<html><div class='", "shareBarRelated-x_y ", "'>text</div>")
LINEAR(test_quotes_without_end, "<html>", "<a href=\"", "")
LINEAR(test_comments_without_end, "<html>", "<!-- ", "")
LINEAR(test_comments_without_end_and_tags, "<html>", "<!-- <p> --", "")
LINEAR(test_scripts_without_end, "<html>", "<script>", "")
LINEAR(test_scripts_in_scripts, "<html>", "<script></scripx>", "")
LINEAR(test_less_than_signs, "<html>", "<<<", "")
LINEAR(test_tags_without_end, "<html>", "<p", "")
LINEAR(test_entities, "<html><p>", "&amp;&x;&#x41;&#0;&", "")
LINEAR(test_entity_bomb, "<!DOCTYPE html [<!ENTITY a 'aaaa'>", "<!ENTITY b '&a;&a;'>",
       "]><p>&b;</p>")
LINEAR(test_breaks, "<html><p>", "a<br>", "")
LINEAR(test_paragraphs, "<html>", "<p>A sentence of some length, said twice.", "")
LINEAR(test_links, "<html>", "<a href=x>a</a> ", "")
LINEAR(test_furniture, "<html>", "<div class=share>Share this:</div>", "")
LINEAR(test_insets, "<html><p>x", "<span class=tooltip>y</span>", "")
LINEAR(test_rows, "<html><table>", "<tr><td>1<td>2", "")
LINEAR(test_headings, "<html>", "<h2>Read more</h2>", "")
LINEAR(test_metas, "<html>", "<meta name=author content=x>", "")
LINEAR(test_htmls, "<html>", "<html class=x lang=en>", "")
LINEAR(test_forms, "<html>", "<form><body><head>", "")
LINEAR(test_json_keys, "<html><script type='ld+json'>{", "\"articleBody\": [\"",
       "</script>")
LINEAR(test_json_escapes, "<html><script type='ld+json'>{\"articleBody\":\"",
       "\\u00e9\\", "\"}</script><p>x")
LINEAR(test_broken_utf8, "<html><p>\xc3\xa9", "\xc3(\xe4\xb8 \xff", "")
LINEAR(test_mixed_encodings, "<html><p>\xc3\xa9\xe9",
       "\xc3\xa9\xe9t\xe9 \xd6\xd0\xce\xc4 ", "")
LINEAR(test_one_line, "", "word ", "")
LINEAR(test_lines, "", "word word\n", "")
LINEAR(test_wrapped_lines, "",
       "some words that were wrapped at a width of sixty or so\n", "")
LINEAR(test_blank_lines, "", "\n \n", "")
LINEAR(test_digits, "", "2017", "")
LINEAR(test_dates, "", "9 juin 2017 08h34\n", "")

static void test_nuls_and_controls(void **state)
{
    enum { SIZE = 1 << 22 };
    char *bytes = calloc(1, SIZE);
    aln_page *page = NULL;
    assert_non_null(bytes);
    memcpy(bytes, "<html><p>", 9);
    assert_int_equal(aln_page_read(bytes, SIZE, NULL, &page, NULL), ALN_UNSUPPORTED);
    for (size_t i = 9; i < SIZE; i++)
        bytes[i] = i % 100 ? 'x' : '\0';
    assert_int_equal(aln_page_read(bytes, SIZE, NULL, &page, NULL), ALN_OK);
    assert_int_equal(page->n_paragraphs, 1);
    aln_page_free(page);
    free(bytes);
}

static void test_more_than_a_page_is_refused(void **state)
{
    aln_page *page = NULL;
    aln_error error = {0};
    size_t size = (size_t)ALN_PAGE_MAX + 1;
    char *bytes = calloc(1, size);
    assert_non_null(bytes);
    assert_int_equal(aln_page_read(bytes, size, NULL, &page, &error), ALN_UNSUPPORTED);
    assert_non_null(strstr(error.message, "too large"));
    free(bytes);
}

#define RUN(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(test_nested_blocks),
        RUN(test_nested_inlines),
        RUN(test_nested_tables),
        RUN(test_nested_lists),
        RUN(test_end_tags_without_start),
        RUN(test_end_tags_deep_down),
        RUN(test_attributes_without_end),
        RUN(test_equal_attributes),
        RUN(test_class_names),
        RUN(test_quotes_without_end),
        RUN(test_comments_without_end),
        RUN(test_comments_without_end_and_tags),
        RUN(test_scripts_without_end),
        RUN(test_scripts_in_scripts),
        RUN(test_less_than_signs),
        RUN(test_tags_without_end),
        RUN(test_entities),
        RUN(test_entity_bomb),
        RUN(test_breaks),
        RUN(test_paragraphs),
        RUN(test_links),
        RUN(test_furniture),
        RUN(test_insets),
        RUN(test_rows),
        RUN(test_headings),
        RUN(test_metas),
        RUN(test_htmls),
        RUN(test_forms),
        RUN(test_json_keys),
        RUN(test_json_escapes),
        RUN(test_broken_utf8),
        RUN(test_mixed_encodings),
        RUN(test_one_line),
        RUN(test_lines),
        RUN(test_wrapped_lines),
        RUN(test_blank_lines),
        RUN(test_digits),
        RUN(test_dates),
        RUN(test_nuls_and_controls),
        RUN(test_more_than_a_page_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
