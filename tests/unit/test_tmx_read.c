/* TMX as tools write it becomes units; what is odd is mended and told.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include "base/auto.h"
#include "base/str.h"

#include "check.h"

AUTO_DEFINE(reader, aln_reader *, aln_reader_close)

static unsigned warnings;

static void count_warning(void *context, unsigned line, const char *message)
{
    assert_true(line > 0);
    warnings++;
}

/* The first unit of a body. */
static const aln_unit *first_unit(aln_reader **reader, const char *header,
                                  const char *body, str *text)
{
    aln_error error = {0};
    const aln_unit *unit = NULL;
    const aln_read_options options = {.warn = count_warning};
    warnings = 0;
    assert_int_equal(
        str_printf(text, "<tmx version=\"1.4\"><header %s/><body>%s</body></tmx>",
                   header, body),
        0);
    check_ok(aln_reader_open_bytes(text->at, text->size, &options, reader, &error),
             &error);
    check_ok(aln_reader_next(*reader, &unit, &error), &error);
    assert_non_null(unit);
    return unit;
}

static void test_codes_are_no_text(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit = first_unit(
        &reader, "srclang='fr'",
        "<tu><tuv xml:lang='fr'><seg>a<bpt i='1'>&lt;b><sub>s</sub></bpt>b<hi>c</hi>"
        "<ept i='1'/></seg></tuv></tu>",
        &text);
    assert_string_equal(unit->variants[0].text, "abc");
    assert_string_equal(unit->variants[0].markup,
                        "a<bpt i=\"1\">&lt;b&gt;<sub>s</sub></bpt>b<hi>c</hi>"
                        "<ept i=\"1\"/>");
    assert_int_equal(warnings, 0);
}

static void test_what_the_dtd_asks_for_is_added(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit =
        first_unit(&reader, "srclang='fr'",
                   "<tu><tuv xml:lang='fr'><seg><bpt/>a<ept/><it pos='close'/>"
                   "<b k='v'>c</b></seg></tuv></tu>",
                   &text);
    assert_string_equal(unit->variants[0].markup,
                        "<bpt i=\"1\"/>a<ept i=\"1\"/><it pos=\"end\"/>"
                        "<ph>&lt;b k=\"v\"&gt;</ph>c<ph>&lt;/b&gt;</ph>");
    assert_true(warnings > 0);
}

static void test_attributes_of_others_become_properties(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit =
        first_unit(&reader, "srclang='fr' gitCommit='1'",
                   "<tu x:y='z' usagecount='3'><tuv lang='FR'><seg>a</seg></tuv></tu>",
                   &text);
    assert_string_equal(aln_meta_value(unit->meta, unit->n_meta, ALN_META_PROPERTY,
                                       "x-attribute:x:y"),
                        "z");
    assert_string_equal(aln_meta_value(unit->meta, unit->n_meta, ALN_META_ATTRIBUTE,
                                       "usagecount"),
                        "3");
    size_t n;
    const aln_meta *header = aln_reader_header(reader, &n);
    assert_string_equal(
        aln_meta_value(header, n, ALN_META_PROPERTY, "x-attribute:gitCommit"), "1");
    assert_string_equal(unit->variants[0].language, "fr");
}

static void test_the_source_comes_first(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit = first_unit(
        &reader, "srclang='EN-us'",
        "<tu><tuv xml:lang='fr'><seg>a</seg></tuv><tuv xml:lang='zh'><seg>b</seg></tuv>"
        "<tuv xml:lang='en_US'><seg>c</seg></tuv></tu>",
        &text);
    assert_string_equal(unit->variants[0].language, "en-US");
    assert_string_equal(unit->variants[1].language, "fr");
    assert_string_equal(unit->variants[2].language, "zh");
}

static void test_dates_take_one_form(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit = first_unit(
        &reader, "srclang='fr'",
        "<tu creationdate='2020-01-02T03:04:05Z' changedate='20200102T030405Z' "
        "lastusagedate='soon'><tuv xml:lang='fr'><seg>a</seg></tuv></tu>",
        &text);
    const aln_meta *meta = unit->meta;
    size_t n = unit->n_meta;
    assert_string_equal(aln_meta_value(meta, n, ALN_META_ATTRIBUTE, "creationdate"),
                        "20200102T030405Z");
    assert_string_equal(aln_meta_value(meta, n, ALN_META_ATTRIBUTE, "changedate"),
                        "20200102T030405Z");
    assert_null(aln_meta_value(meta, n, ALN_META_ATTRIBUTE, "lastusagedate"));
    assert_string_equal(aln_meta_value(meta, n, ALN_META_PROPERTY,
                                       "x-attribute:lastusagedate"),
                        "soon");
    assert_int_equal(warnings, 1);
}

static void test_scores_and_flags_are_fields(void **state)
{
    AUTO(str) str text = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit = first_unit(
        &reader, "srclang='fr'",
        "<tu><prop type='x-score'>0.25</prop><prop type='x-flags'>numbers-differ</prop>"
        "<tuv xml:lang='fr'><prop type='x-document'>d</prop><seg>a</seg></tuv></tu>",
        &text);
    assert_true(unit->score == 0.25);
    assert_int_equal(unit->flags, 1);
    assert_int_equal(unit->n_meta, 0);
    assert_string_equal(unit->variants[0].document, "d");
}

static void test_a_huge_segment_is_refused(void **state)
{
    AUTO(str) str text = {0};
    aln_error error = {0};
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit;
    assert_int_equal(str_puts(&text, "<tmx><header srclang='fr'/><body>\n<tu><tuv "
                                     "xml:lang='fr'><seg>"),
                     0);
    assert_int_equal(str_reserve(&text, 20 << 20), 0);
    memset(text.at + text.size, 'a', 20 << 20);
    text.size += 20 << 20;
    check_ok(aln_reader_open_bytes(text.at, text.size, NULL, &reader, &error), &error);
    assert_int_equal(aln_reader_next(reader, &unit, &error), ALN_SYNTAX);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.message, "segment is longer"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_no_text),
        cmocka_unit_test(test_what_the_dtd_asks_for_is_added),
        cmocka_unit_test(test_attributes_of_others_become_properties),
        cmocka_unit_test(test_the_source_comes_first),
        cmocka_unit_test(test_dates_take_one_form),
        cmocka_unit_test(test_scores_and_flags_are_fields),
        cmocka_unit_test(test_a_huge_segment_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
