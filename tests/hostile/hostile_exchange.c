/* Files of units made to hurt: reading one takes time in proportion to its size.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include "linear.h"

static void read_it(const char *bytes, size_t size)
{
    aln_error error = {0};
    aln_reader *reader = NULL;
    const aln_unit *unit = NULL;
    const aln_read_options options = {.keep_going = true};
    aln_status status = aln_reader_open_bytes(bytes, size, &options, &reader, &error);
    if (!status) status = aln_reader_next(reader, &unit, &error);
    while (!status && unit)
        status = aln_reader_next(reader, &unit, &error);
    assert_true(status == ALN_OK || status == ALN_SYNTAX || status == ALN_UNSUPPORTED);
    aln_reader_close(reader);
}

#define START   "<tmx><header srclang='fr'/><body>"
#define SEGMENT START "<tu><tuv xml:lang='fr'><seg>"

LINEAR(test_units, START, "<tu><tuv xml:lang='fr'><seg>a</seg></tuv></tu>", "")
LINEAR(test_units_that_never_end, START, "<tu>", "")
LINEAR(test_variants, START "<tu>", "<tuv lang='fr'><seg>a</seg></tuv>", "")
LINEAR(test_broken_units, START, "<tu><tuv></tu>", "")
LINEAR(test_nested_tags, SEGMENT, "<hi>", "")
LINEAR(test_pairs_that_never_close, SEGMENT, "<bpt/>", "")
LINEAR(test_pairs, SEGMENT, "<bpt/><ept/>", "")
LINEAR(test_attributes, START "<tu ", "a='' ", "")
LINEAR(test_attributes_of_many_units, START, "<tu a='1' b='2' c='3' d='4'/>", "")
LINEAR(test_quotes_without_end, START, "<tu a='", "")
LINEAR(test_less_than_signs, START, "<", "")
LINEAR(test_comments, START, "<!-- - -->", "")
LINEAR(test_comments_without_end, START, "<!-- ", "")
LINEAR(test_cdata, SEGMENT, "<![CDATA[]]>", "")
LINEAR(test_brackets, SEGMENT, "]]", "")
LINEAR(test_references, SEGMENT, "&#x41;&amp;", "")
LINEAR(test_ampersands, SEGMENT, "&", "")
LINEAR(test_entity_bomb, "<!DOCTYPE tmx [", "<!ENTITY a '&b;&b;&b;'>", "]><tmx>")
LINEAR(test_doctype_without_end, "<!DOCTYPE tmx [", "'", "")
LINEAR(test_forbidden_characters, SEGMENT, "\x01\x02", "")
LINEAR(test_bad_bytes, SEGMENT "\xc3\xa9\xc3\xa9\xc3\xa9", "\xc3\xa9\xe9", "")
LINEAR(test_languages, START, "<tu><tuv lang='xx-xx'><seg>a</seg></tuv></tu>", "")
LINEAR(test_notes, START "<tu>", "<note>a</note><prop>b</prop>", "")
LINEAR(test_tables, "fr\ten\n", "a\tb\n", "")
LINEAR(test_columns, "fr\ten\n", "a\t", "")
LINEAR(test_line_ends, "fr\ten\n", "\r\n\r", "")
LINEAR(test_objects, "", "{\"fr\":\"a\"}\n", "")
LINEAR(test_nested_objects, "{\"x\":", "[", "")
LINEAR(test_messages, "msgid \"\"\n", "msgid \"a\"\nmsgstr \"b\"\n", "")
LINEAR(test_strings_of_a_message, "msgid \"a\"\n", "\"a\"\n", "")
LINEAR(test_segments_of_a_unit,
       "<xliff version='1.2'><file source-language='fr'><trans-unit><seg-source>",
       "<mrk mtype='seg' mid='1'>a</mrk>", "")
LINEAR(test_proposals, "<xliff version='1.2'><file source-language='fr'><trans-unit>",
       "<alt-trans><source>a</source><target>b</target></alt-trans>", "")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_units_that_never_end),
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_broken_units),
        cmocka_unit_test(test_nested_tags),
        cmocka_unit_test(test_pairs_that_never_close),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_attributes_of_many_units),
        cmocka_unit_test(test_quotes_without_end),
        cmocka_unit_test(test_less_than_signs),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_comments_without_end),
        cmocka_unit_test(test_cdata),
        cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_ampersands),
        cmocka_unit_test(test_entity_bomb),
        cmocka_unit_test(test_doctype_without_end),
        cmocka_unit_test(test_forbidden_characters),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_objects),
        cmocka_unit_test(test_nested_objects),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_strings_of_a_message),
        cmocka_unit_test(test_segments_of_a_unit),
        cmocka_unit_test(test_proposals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
