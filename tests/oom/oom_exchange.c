/* Readers and writers when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include <sys/mman.h>
#include <unistd.h>

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

static aln_status xliff2_to_tmx(aln_error *error)
{
    return convert("<xliff version='2.1' srcLang='fr' trgLang='en'><file id='f'><unit "
                   "id='u'><originalData><data id='d'>x</data></originalData><segment>"
                   "<source>a<pc id='1' dataRefStart='d' dispEnd='y'>b</pc><ph id='2' "
                   "dataRef='d'/></source><target>c<cp hex='41'/></target></segment>"
                   "</unit></file></xliff>",
                   ALN_FORMAT_TMX, error);
}

static aln_status propose(void *context, const char *source, const char *target,
                          const char *text, size_t size, aln_proposal *proposal,
                          aln_error *error)
{
    static const char markup[] = "a<bpt i=\"1\" x=\"1\">c</bpt>b<ept i=\"1\"/>";
    static const aln_variant variant = {
        .text = "ab", .size = 2, .markup = markup, .markup_size = sizeof markup - 1};
    *proposal = (aln_proposal){.source = &variant, .target = &variant, .score = 90};
    return ALN_OK;
}

/* A file of XLIFF that lives in memory, so that nothing but the library allocates. */
static aln_status fill_in(const char *text, aln_error *error)
{
    static char room[1 << 16];
    char path[40];
    size_t filled;
    int file = memfd_create("xliff", 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    FILE *stream = fmemopen(room, sizeof room, "w");
    aln_status status =
        aln_xliff_translate(path, stream, propose, NULL, NULL, &filled, error);
    fclose(stream);
    close(file);
    return status;
}

static aln_status fill_in_1(aln_error *error)
{
    return fill_in(
        "<xliff version='1.2'><file source-language='fr' "
        "target-language='en'><x:trans-unit id='1'><source>a<g id='1'>b</g>"
        "</source><target/></x:trans-unit><trans-unit id='2'><source/>"
        "<seg-source><mrk mtype='seg' mid='1'>a<x id='1'/></mrk></seg-source>"
        "</trans-unit></file></xliff>",
        error);
}

static aln_status fill_in_2(aln_error *error)
{
    return fill_in("<xliff version='2.0' srcLang='fr' trgLang='en'><file id='f'>"
                   "<unit id='u'><segment><source>a<pc id='1'>b</pc></source></segment>"
                   "</unit></file></xliff>",
                   error);
}

static void test_filling_in(void **state)
{
    assert_true(fail_each_allocation(fill_in_1) > 0);
    assert_true(fail_each_allocation(fill_in_2) > 0);
}

static void test_tmx_to_xliff(void **state)
{
    assert_true(fail_each_allocation(tmx_to_xliff) > 0);
}

static void test_xliff_to_tmx(void **state)
{
    assert_true(fail_each_allocation(xliff_to_tmx) > 0);
    assert_true(fail_each_allocation(xliff2_to_tmx) > 0);
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
        cmocka_unit_test(test_filling_in),    cmocka_unit_test(test_tmx_to_xliff),
        cmocka_unit_test(test_xliff_to_tmx),  cmocka_unit_test(test_json_to_table),
        cmocka_unit_test(test_table_to_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
