/* Readers and writers when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(reader, aln_reader *, aln_reader_close)
AUTO_DEFINE(writer, aln_writer *, aln_writer_close)

static aln_status convert(const char *text, aln_format format, aln_error *error)
{
    static const char *const languages[] = {"fr", "en", NULL};
    static char room[1 << 16];
    FILE *stream = fmemopen(room, sizeof room, "w");
    const aln_write_options options = {.format = format, .languages = languages};
    AUTO(writer) aln_writer *writer = NULL;
    AUTO(reader) aln_reader *reader = NULL;
    const aln_unit *unit = NULL;
    aln_status status = aln_reader_open_bytes(text, strlen(text), NULL, &reader, error);
    if (!status) status = aln_writer_open(stream, &options, &writer, error);
    if (!status) status = aln_reader_next(reader, &unit, error);
    while (!status && unit) {
        status = aln_writer_add(writer, unit, error);
        if (!status) status = aln_reader_next(reader, &unit, error);
    }
    if (!status) status = aln_writer_finish(writer, error);
    fclose(stream);
    return status;
}

static aln_status tmx_to_xliff(aln_error *error)
{
    return convert(
        "<tmx version='1.4'><header srclang='fr' x='y'><note>n</note>"
        "<ude name='u'><map unicode='#x1'/></ude></header><body>"
        "<tu a='b'><prop type='x-score'>0.5</prop><tuv xml:lang='fr'><seg>a"
        "<bpt>c</bpt>b<ept/><b/></seg></tuv><tuv xml:lang='en'><note>n</note>"
        "<seg>c</seg></tuv></tu></body></tmx>",
        ALN_FORMAT_XLIFF2, error);
}

static aln_status xliff_to_tmx(aln_error *error)
{
    return convert("<xliff version='1.2'><file original='f' source-language='fr' "
                   "target-language='en'><body><trans-unit id='1'><source>a<g id='1'>b"
                   "</g></source><seg-source><mrk mtype='seg' mid='1'>a</mrk>"
                   "</seg-source><target><mrk mtype='seg' mid='1'>c<x id='1'/></mrk>"
                   "</target><alt-trans match-quality='80'><target>d</target>"
                   "</alt-trans><note>n</note></trans-unit></body></file></xliff>",
                   ALN_FORMAT_TMX, error);
}

static aln_status json_to_table(aln_error *error)
{
    return convert(
        "{\"variants\":[{\"lang\":\"fr\",\"text\":\"a\\n\",\"markup\":"
        "\"<ph/>a\",\"meta\":[{\"kind\":\"note\",\"value\":\"n\"}]},"
        "{\"lang\":\"en\",\"text\":\"b\"}],\"flags\":[\"numbers-differ\"]}\n",
        ALN_FORMAT_CSV, error);
}

static aln_status table_to_json(aln_error *error)
{
    return convert("fr\ten\na\\tb\tc\n", ALN_FORMAT_JSONL, error);
}

static void test_tmx_to_xliff(void **state)
{
    assert_true(fail_each_allocation(tmx_to_xliff) > 0);
}

static void test_xliff_to_tmx(void **state)
{
    assert_true(fail_each_allocation(xliff_to_tmx) > 0);
}

static void test_json_to_table(void **state)
{
    assert_true(fail_each_allocation(json_to_table) > 0);
}

static void test_table_to_json(void **state)
{
    assert_true(fail_each_allocation(table_to_json) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tmx_to_xliff),
        cmocka_unit_test(test_xliff_to_tmx),
        cmocka_unit_test(test_json_to_table),
        cmocka_unit_test(test_table_to_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
