/* The parser cuts XML into events, mends characters, and refuses what is too much.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xml.h"

#include "base/auto.h"

#include "check.h"

typedef struct fixture {
    decoder *input;
    xml x;
    unsigned warnings;
} fixture;

static void count_warning(void *context, unsigned line, const char *message)
{
    fixture *f = context;
    f->warnings++;
}

static void start(fixture *f, const char *bytes, size_t size)
{
    aln_error error = {0};
    byte_source *source;
    warner warn = {count_warning, f};
    f->warnings = 0;
    check_ok(bytes_open_memory(bytes, size, &source, &error), &error);
    check_ok(decoder_open(source, warn, &f->input, &error), &error);
    xml_init(&f->x, f->input, warn);
}

static void stop(fixture *f)
{
    xml_done(&f->x);
    decoder_close(f->input);
}

/* Everything as one line: <a x=1> text </a> */
static void expect_events(const char *text, const char *expected)
{
    fixture f;
    AUTO(str) str events = {0};
    aln_error error = {0};
    xml_event event = XML_TEXT;
    start(&f, text, strlen(text));
    while (event != XML_END) {
        check_ok(xml_next(&f.x, &event, &error), &error);
        if (event == XML_TEXT)
            assert_int_equal(str_add(&events, f.x.text, f.x.text_size), 0);
        if (event == XML_OPEN) {
            assert_int_equal(str_printf(&events, "<%s", f.x.name), 0);
            for (size_t i = 0; i < f.x.n_attributes; i++)
                assert_int_equal(str_printf(&events, " %s=%s", f.x.attributes[i].name,
                                            f.x.attributes[i].value),
                                 0);
            assert_int_equal(str_putc(&events, '>'), 0);
        }
        if (event == XML_CLOSE) assert_int_equal(str_puts(&events, "</>"), 0);
    }
    assert_string_equal(str_text(&events), expected);
    stop(&f);
}

static void expect_failure(const char *text, unsigned line, const char *message)
{
    fixture f;
    aln_error error = {0};
    xml_event event = XML_TEXT;
    aln_status status = ALN_OK;
    start(&f, text, strlen(text));
    while (!status && event != XML_END)
        status = xml_next(&f.x, &event, &error);
    assert_int_equal(status, ALN_SYNTAX);
    assert_int_equal(error.line, line);
    if (!strstr(error.message, message)) fail_msg("\"%s\"", error.message);
    stop(&f);
}

static void test_reads_elements_attributes_and_text(void **state)
{
    expect_events(
        "<?xml version='1.0'?><!-- c --><a x='1' y=\"&lt;&#x41;\">b<c/>\r\nd</a>\n",
        "<a x=1 y=<A>b<c></>\nd</>\n");
}

static void test_cdata_is_text(void **state)
{
    expect_events("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<a><b>&amp;]]></>");
}

static void test_a_doctype_is_skipped_with_all_it_holds(void **state)
{
    expect_events("<!DOCTYPE a SYSTEM \"x>y\" [<!ENTITY b \"]>\"><!-- ]> -->]><a/>",
                  "<a></>");
}

static void test_forbidden_characters_are_left_out(void **state)
{
    expect_events("<a x='1\x02'>b\x01&#1;&#xFFFF;c</a>", "<a x=1>bc</>");
}

static void test_entities_are_refused_with_their_line(void **state)
{
    expect_failure("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>\n&b;</a>", 3, "&b;");
    expect_failure("<a x='&b;'/>", 1, "&b;");
    expect_failure("<a>b & c</a>", 1, "&amp;");
}

static void test_what_does_not_close_is_refused(void **state)
{
    expect_failure("<a>\n<b></a>", 2, "</a> where </b> should close line 2");
    expect_failure("<a>\n<b>", 2, "ends inside <b> of line 2");
    expect_failure("<a", 1, "inside a tag");
    expect_failure("<a/><b/>", 1, "after the end");
    expect_failure("<a/>b", 1, "after the end");
    expect_failure("<a><!-- ", 1, "a comment does not end");
    expect_failure("text", 1, "no XML");
}

static void test_bad_attributes_are_refused(void **state)
{
    expect_failure("<a b=c/>", 1, "no quotes");
    expect_failure("<a b/>", 1, "no value");
    expect_failure("<a b='1' b='2'/>", 1, "stands twice");
    expect_failure("<a b='<'/>", 1, "\"<\"");
}

static void test_depth_and_attributes_are_bounded(void **state)
{
    AUTO(str) str deep = {0}, wide = {0};
    for (int i = 0; i < XML_MOST_DEPTH + 1; i++)
        assert_int_equal(str_puts(&deep, "<a>"), 0);
    expect_failure(deep.at, 1, "inside one another");
    assert_int_equal(str_puts(&wide, "<a"), 0);
    for (int i = 0; i < XML_MOST_ATTRIBUTES + 1; i++)
        assert_int_equal(str_printf(&wide, " a%d=''", i), 0);
    assert_int_equal(str_puts(&wide, "/>"), 0);
    expect_failure(wide.at, 1, "attributes");
}

static void test_an_endless_tag_is_refused(void **state)
{
    AUTO(str) str tag = {0};
    assert_int_equal(str_puts(&tag, "<a b='"), 0);
    while (tag.size < XML_MOST_MARKUP + 100)
        assert_int_equal(str_puts(&tag, "0123456789012345678901234567890123456789"), 0);
    expect_failure(tag.at, 1, "longer than 1 MiB");
}

static void test_goes_on_after_a_failure(void **state)
{
    static const char text[] = "<a><b>\n<u>1</x></u><u>2</u></b></a>";
    fixture f;
    aln_error error = {0};
    xml_event event = XML_TEXT;
    bool found;
    AUTO(str) str out = {0};
    start(&f, text, strlen(text));
    while (xml_next(&f.x, &event, &error) == ALN_OK)
        continue;
    check_ok(xml_resume(&f.x, "u", 2, &found, &error), &error);
    assert_true(found);
    check_ok(xml_next(&f.x, &event, &error), &error);
    assert_string_equal(xml_name(&f.x), "u");
    check_ok(xml_content(&f.x, 10, &out, &error), &error);
    assert_string_equal(str_text(&out), "2");
    assert_int_equal(f.x.depth, 2);
    stop(&f);
}

static void test_pieces_of_the_window_fit_together(void **state)
{
    AUTO(str) str text = {0}, expected = {0};
    assert_int_equal(str_puts(&text, "<a>"), 0);
    assert_int_equal(str_puts(&expected, "<a>"), 0);
    for (int i = 0; i < 40000; i++) {
        assert_int_equal(str_printf(&text, "é%d&amp;<b c='%d'/>", i, i), 0);
        assert_int_equal(str_printf(&expected, "é%d&<b c=%d></>", i, i), 0);
    }
    assert_int_equal(str_puts(&text, "</a>"), 0);
    assert_int_equal(str_puts(&expected, "</>"), 0);
    expect_events(text.at, expected.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_elements_attributes_and_text),
        cmocka_unit_test(test_cdata_is_text),
        cmocka_unit_test(test_a_doctype_is_skipped_with_all_it_holds),
        cmocka_unit_test(test_forbidden_characters_are_left_out),
        cmocka_unit_test(test_entities_are_refused_with_their_line),
        cmocka_unit_test(test_what_does_not_close_is_refused),
        cmocka_unit_test(test_bad_attributes_are_refused),
        cmocka_unit_test(test_depth_and_attributes_are_bounded),
        cmocka_unit_test(test_an_endless_tag_is_refused),
        cmocka_unit_test(test_goes_on_after_a_failure),
        cmocka_unit_test(test_pieces_of_the_window_fit_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
