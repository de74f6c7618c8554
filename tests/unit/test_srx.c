/* SRX 2.0: what a document may say, and what is refused, with its line.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/segment.h>

#include "base/str.h"
#include "check.h"

#define HEAD                                                             \
    "<?xml version=\"1.0\"?>\n<srx xmlns=\"http://www.lisa.org/srx20\" " \
    "version=\"2.0\">\n"
#define BODY(rules, maps)                                                 \
    "<body><languagerules>\n" rules "</languagerules>\n<maprules>\n" maps \
    "</maprules></body>\n</srx>\n"
#define PLAIN_HEADER "<header segmentsubflows=\"yes\" cascade=\"no\"/>\n"
#define CASCADE      "<header segmentsubflows=\"yes\" cascade=\"yes\"/>\n"
#define GROUP(name, rules) \
    "<languagerule languagerulename=\"" name "\">\n" rules "</languagerule>\n"
#define RULE(breaks, before, after)                                    \
    "<rule break=\"" breaks "\"><beforebreak>" before "</beforebreak>" \
    "<afterbreak>" after "</afterbreak></rule>\n"
#define MAP(pattern, name) \
    "<languagemap languagepattern=\"" pattern "\" languagerulename=\"" name "\"/>\n"

static aln_srx *read_srx(const char *xml)
{
    aln_error error = {0};
    aln_srx *srx = NULL;
    check_ok(aln_srx_read(xml, strlen(xml), &srx, &error), &error);
    return srx;
}

static void check_cuts(const char *xml, const char *language, const char *text,
                       const char *expected)
{
    aln_srx *srx = read_srx(xml);
    aln_error error = {0};
    aln_segmenter *segmenter = NULL;
    const aln_segment_options options = {.srx = srx};
    check_ok(aln_segmenter_new(language, &options, &segmenter, &error), &error);
    const aln_span *spans;
    size_t count;
    check_ok(aln_segmenter_split(segmenter, text, strlen(text), &spans, &count, &error),
             &error);
    str said = {0};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(str_printf(&said, "%s%.*s", i ? "|" : "",
                                    (int)(spans[i].end - spans[i].start),
                                    text + spans[i].start),
                         0);
    assert_string_equal(str_text(&said), expected);
    str_done(&said);
    aln_segmenter_free(segmenter);
    aln_srx_free(srx);
}

static void check_refused(const char *xml, aln_status status, unsigned line,
                          const char *message)
{
    aln_error error = {0};
    aln_srx *srx = NULL;
    assert_int_equal(aln_srx_read(xml, strlen(xml), &srx, &error), status);
    assert_null(srx);
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
    assert_int_equal(error.line, line);
}

static void test_the_first_rule_that_holds_decides(void **state)
{
    check_cuts(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("no", "Dr\\.", "\\s")
                                                     RULE("yes", "\\.", "\\s")),
                                      MAP(".*", "x")),
               "en", "Dr. A left. B ran.", "Dr. A left.|B ran.");
    check_cuts(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("yes", "\\.", "\\s")
                                                     RULE("no", "Dr\\.", "\\s")),
                                      MAP(".*", "x")),
               "en", "Dr. A left.", "Dr.|A left.");
}

static void test_without_cascade_the_first_map_counts(void **state)
{
    static const char xml[] =
        HEAD PLAIN_HEADER BODY(GROUP("one", RULE("yes", "!", ""))
                                   GROUP("two", RULE("yes", "\\?", "")),
                               MAP("en.*", "one") MAP(".*", "two"));
    check_cuts(xml, "en", "a!b?c", "a!|b?c");
    check_cuts(xml, "fr", "a!b?c", "a!b?|c");
}

static void test_with_cascade_every_map_counts_in_order(void **state)
{
    static const char xml[] =
        HEAD CASCADE BODY(GROUP("one", RULE("no", "!", "b"))
                              GROUP("two", RULE("yes", "[!?]", "")),
                          MAP("en.*", "one") MAP(".*", "two"));
    check_cuts(xml, "en-GB", "a!b?c!d", "a!b?|c!|d");
    check_cuts(xml, "fr", "a!b?c!d", "a!|b?|c!|d");
}

static void test_a_map_must_match_the_whole_tag_in_any_case(void **state)
{
    static const char xml[] =
        HEAD PLAIN_HEADER BODY(GROUP("x", RULE("yes", "!", "")), MAP("EN(-.+)?", "x"));
    check_cuts(xml, "en-US", "a!b", "a!|b");
    check_cuts(xml, "fr", "a!b", "a!b");
}

static void test_a_missing_part_matches_anywhere(void **state)
{
    check_cuts(
        HEAD PLAIN_HEADER BODY(GROUP("x", "<rule><beforebreak>;</beforebreak></rule>"),
                               MAP(".*", "x")),
        "en", "a;b", "a;|b");
    check_cuts(
        HEAD PLAIN_HEADER BODY(
            GROUP("x", "<rule break=\"yes\"><afterbreak>[A-Z]</afterbreak></rule>"),
            MAP(".*", "x")),
        "en", "aBcD", "a|Bc|D");
    check_cuts(HEAD PLAIN_HEADER BODY(GROUP("x", "<rule/>"), MAP(".*", "x")), "en",
               "añb", "a|ñ|b");
}

static void test_without_a_map_nothing_is_cut(void **state)
{
    check_cuts(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("yes", "!", "")), ""), "en",
               "a! b", "a! b");
    check_cuts(HEAD PLAIN_HEADER BODY("", ""), "en", "a! b", "a! b");
}

static void test_the_header_is_kept(void **state)
{
    aln_srx *srx = read_srx(
        HEAD "<header segmentsubflows=\"no\" cascade=\"yes\">"
             "<formathandle type=\"start\" include=\"yes\"/>"
             "<formathandle type=\"end\" include=\"no\"/>"
             "<formathandle type=\"isolated\" include=\"yes\"/></header>" BODY("", ""));
    const aln_srx_header *header = aln_srx_header_of(srx);
    assert_false(header->segment_subflows);
    assert_true(header->cascade);
    assert_true(header->include_start);
    assert_false(header->include_end);
    assert_true(header->include_isolated);
    aln_srx_free(srx);

    srx = read_srx(HEAD PLAIN_HEADER BODY("", ""));
    assert_false(aln_srx_header_of(srx)->include_start);
    assert_true(aln_srx_header_of(srx)->include_end);
    aln_srx_free(srx);
}

static void test_elements_of_others_are_passed_over(void **state)
{
    check_cuts(
        "<srx version=\"2.0\" xmlns:o=\"http://okapi\"><header "
        "segmentsubflows=\"yes\" cascade=\"no\"><o:options x=\"1\"/></header>" BODY(
            GROUP("x", "<!-- why --><o:note/>" RULE("yes", "<![CDATA[[<&]]]>", "")),
            MAP(".*", "x")),
        "en", "a<b&c", "a<|b&|c");
}

static void test_mistakes_are_refused_with_their_line(void **state)
{
    check_refused("", ALN_SYNTAX, 1, "");
    check_refused("<srx", ALN_SYNTAX, 1, "");
    check_refused("<?xml version=\"1.0\"?>\n<tmx/>", ALN_SYNTAX, 2, "root element");
    check_refused("\n\n<srx version=\"1.0\"/>", ALN_UNSUPPORTED, 3, "1.0");
    check_refused("<srx/>", ALN_SYNTAX, 1, "version");
    check_refused("<srx version=\"2.0\"/>", ALN_SYNTAX, 1, "header");
    check_refused(HEAD "<header cascade=\"maybe\"/>\n" BODY("", ""), ALN_SYNTAX, 3,
                  "cascade");
    check_refused(HEAD PLAIN_HEADER "</srx>", ALN_SYNTAX, 2, "body");
    check_refused(HEAD PLAIN_HEADER "<body></body></srx>", ALN_SYNTAX, 4,
                  "languagerules");
    check_refused(HEAD PLAIN_HEADER BODY("", MAP(".*", "y")), ALN_SYNTAX, 7, "\"y\"");
    check_refused(HEAD PLAIN_HEADER BODY(GROUP("x", "") GROUP("x", ""), ""), ALN_SYNTAX,
                  7, "twice");
    check_refused(HEAD PLAIN_HEADER BODY("<languagerule/>\n", ""), ALN_SYNTAX, 5,
                  "languagerulename");
    check_refused(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("oui", "", "")), ""),
                  ALN_SYNTAX, 6, "break");
    check_refused(HEAD "<header><formathandle type=\"middle\"/></header>" BODY("", ""),
                  ALN_SYNTAX, 3, "middle");
    check_refused(HEAD PLAIN_HEADER "<body><languagerules>", ALN_SYNTAX, 4, "");
}

static void test_bad_expressions_are_refused_with_their_line(void **state)
{
    check_refused(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("no", "(", "")), ""),
                  ALN_SYNTAX, 6, "regular expression");
    check_refused(HEAD PLAIN_HEADER BODY(
                      GROUP("x", RULE("no", "a", "b") RULE("no", "a", "[z-a]")), ""),
                  ALN_SYNTAX, 7, "[z-a]");
    check_refused(HEAD PLAIN_HEADER BODY(GROUP("x", ""), MAP("*", "x")), ALN_SYNTAX, 9,
                  "regular expression");
    check_refused(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("no", "(?&lt;=a+)", "")), ""),
                  ALN_SYNTAX, 6, "LOOK_BEHIND");
}

static void test_entities_are_not_for_rules(void **state)
{
    check_refused("<!DOCTYPE srx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n"
                  "<srx version=\"2.0\"><header/>&b;</srx>",
                  ALN_SYNTAX, 1, "document type");
    check_refused("<!DOCTYPE srx SYSTEM \"file:///etc/passwd\"><srx version=\"2.0\"/>",
                  ALN_SYNTAX, 1, "document type");
}

/* ICU would need years; the automata know such expressions exactly, and where ICU has
 * to be asked, it gives up and the line is named. */
static void test_catastrophic_expressions_end(void **state)
{
    static const char text[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b";
    check_cuts(HEAD PLAIN_HEADER BODY(GROUP("x", RULE("yes", "(a+)+b", " ")
                                                     RULE("yes", "a", " ")),
                                      MAP(".*", "x")),
               "en", text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|b");

    aln_srx *srx = read_srx(HEAD PLAIN_HEADER BODY(
        GROUP("x", RULE("yes", "(a+)+(?=[^a][^b]c)[ab ]*\\1+", " ")), MAP(".*", "x")));
    aln_error error = {0};
    aln_segmenter *segmenter = NULL;
    const aln_segment_options options = {.srx = srx};
    check_ok(aln_segmenter_new("en", &options, &segmenter, &error), &error);
    const aln_span *spans;
    size_t count;
    assert_int_equal(aln_segmenter_split(segmenter, text, sizeof text - 1, &spans,
                                         &count, &error),
                     ALN_SYNTAX);
    assert_int_equal(error.line, 6);
    aln_segmenter_free(segmenter);
    aln_srx_free(srx);
}

static void test_our_own_rules_can_be_read_like_any(void **state)
{
    size_t size;
    const char *xml = aln_srx_builtin(&size);
    assert_int_equal(size, strlen(xml));
    check_cuts(xml, "fr", "M. Roy part. Elle reste.", "M. Roy part.|Elle reste.");
    check_cuts(xml, "zh-Hans", "好。走吧。", "好。|走吧。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_rule_that_holds_decides),
        cmocka_unit_test(test_without_cascade_the_first_map_counts),
        cmocka_unit_test(test_with_cascade_every_map_counts_in_order),
        cmocka_unit_test(test_a_map_must_match_the_whole_tag_in_any_case),
        cmocka_unit_test(test_a_missing_part_matches_anywhere),
        cmocka_unit_test(test_without_a_map_nothing_is_cut),
        cmocka_unit_test(test_the_header_is_kept),
        cmocka_unit_test(test_elements_of_others_are_passed_over),
        cmocka_unit_test(test_mistakes_are_refused_with_their_line),
        cmocka_unit_test(test_bad_expressions_are_refused_with_their_line),
        cmocka_unit_test(test_entities_are_not_for_rules),
        cmocka_unit_test(test_catastrophic_expressions_end),
        cmocka_unit_test(test_our_own_rules_can_be_read_like_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
