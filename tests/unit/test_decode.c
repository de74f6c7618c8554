/* Bytes of any encoding become UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/decode.h"

#include <align/text.h>

#include <stdlib.h>

#include <unicode/ucnv.h>

#include "check.h"

static const char chinese[] =
    "习近平主席星期四抵达阿斯塔纳，开始对哈萨克斯坦进行国事访问。"
    "两国领导人签署了联合声明，并见证了多项合作文件的签署。";
static const char french[] = "Les deux présidents ont signé jeudi une déclaration à "
                             "Astana, où la conférence a été clôturée.";

static char *in_encoding(const char *name, const char *text, size_t *size)
{
    UErrorCode code = U_ZERO_ERROR;
    char *out = malloc(1024);
    *size = (size_t)ucnv_convert(name, "UTF-8", out, 1024, text, -1, &code);
    assert_true(U_SUCCESS(code));
    return out;
}

static void check_decodes(const char *encoding, const char *declared, const char *text,
                          const char *name)
{
    size_t size, text_size;
    char *bytes = in_encoding(encoding, text, &size), *decoded = NULL;
    const char *used = NULL;
    aln_error error = {0};
    check_ok(aln_text_decode(bytes, size, declared, &decoded, &text_size, &used,
                             &error),
             &error);
    assert_string_equal(decoded, text);
    assert_int_equal(text_size, strlen(text));
    if (name) assert_string_equal(used, name);
    free(decoded);
    free(bytes);
}

static void test_valid_utf8_beats_what_is_declared(void **state)
{
    check_decodes("UTF-8", "GB2312", chinese, "UTF-8");
    check_decodes("UTF-8", "iso-8859-1", french, "UTF-8");
}

static void test_gb2312_is_read_as_gb18030(void **state)
{
    check_decodes("GB18030", "gb2312", "朱镕基㐀", NULL);
    check_decodes("GB18030", "GBK", chinese, "GB18030");
}

static void test_wrong_utf8_label_ends_with_statistics(void **state)
{
    check_decodes("GB18030", "utf-8", chinese, "GB18030");
    check_decodes("windows-1252", "utf-8", french, "windows-1252");
}

static void test_latin1_is_read_as_windows_1252(void **state)
{
    check_decodes("windows-1252", "ISO-8859-1", "l’œuvre – 5 €", "windows-1252");
}

static void test_detects_without_label(void **state)
{
    check_decodes("GB18030", NULL, chinese, "GB18030");
    check_decodes("windows-1252", NULL, french, "windows-1252");
    check_decodes("Big5", NULL,
                  "習近平主席星期四抵達阿斯塔納，開始對哈薩克斯坦進行國事訪問。", NULL);
}

static void test_reads_utf16_with_and_without_mark(void **state)
{
    check_decodes("UTF-16", NULL, chinese, NULL); /* ICU writes the mark */
    check_decodes("UTF-16LE", NULL, french, "UTF-16LE");
    check_decodes("UTF-16BE", NULL, french, "UTF-16BE");
}

static void test_drops_the_byte_order_mark(void **state)
{
    char *text = NULL;
    size_t size;
    assert_int_equal(
        aln_text_decode("\xef\xbb\xbfoui", 6, NULL, &text, &size, NULL, NULL), ALN_OK);
    assert_string_equal(text, "oui");
    free(text);
}

static void test_a_broken_byte_costs_one_character(void **state)
{
    char *text = NULL, bytes[400] = "";
    size_t size;
    for (int i = 0; i < 60; i++)
        strcat(bytes, "\xc3\xa9\xc3\xa0 ");
    bytes[100] = '\xff';
    assert_int_equal(
        aln_text_decode(bytes, strlen(bytes), NULL, &text, &size, NULL, NULL), ALN_OK);
    assert_non_null(strstr(text, "\xef\xbf\xbd"));
    assert_non_null(strstr(text, "\xc3\xa9\xc3\xa0 \xc3\xa9"));
    free(text);
}

static void test_says_where_a_text_is_cut(void **state)
{
    char *text = NULL;
    size_t size;
    aln_error error = {0};
    const char *cut = "d\xc3\xa9j\xc3\xa0\nvu \xe4\xb8";
    assert_int_equal(aln_text_decode(cut, strlen(cut), NULL, &text, &size, NULL,
                                     &error),
                     ALN_SYNTAX);
    assert_int_equal(error.line, 2);
    assert_null(text);
}

static void test_refuses_binary_data(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    static const char noise[] = "\1\2\3\4\5\6\7\0\1\2\3 text \1\2\3\4\5\6\7\0\1\2\3";
    char *text = NULL;
    size_t size;
    assert_int_equal(aln_text_decode(png, sizeof png, NULL, &text, &size, NULL, NULL),
                     ALN_UNSUPPORTED);
    assert_int_equal(aln_text_decode(noise, sizeof noise, NULL, &text, &size, NULL,
                                     NULL),
                     ALN_UNSUPPORTED);
}

static void test_finds_the_declared_charset(void **state)
{
    char name[64];
    const char *meta = "<html><meta http-equiv='Content-Type' content=\"text/html; "
                       "charset=gb2312\">";
    decode_declared(meta, strlen(meta), name);
    assert_string_equal(name, "gb2312");
    const char *html5 = "<meta charset='utf-8'>", *xml = "<?xml encoding=\"GBK\"?>";
    decode_declared(html5, strlen(html5), name);
    assert_string_equal(name, "utf-8");
    decode_declared(xml, strlen(xml), name);
    assert_string_equal(name, "GBK");
    decode_declared("none", 4, name);
    assert_string_equal(name, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_utf8_beats_what_is_declared),
        cmocka_unit_test(test_gb2312_is_read_as_gb18030),
        cmocka_unit_test(test_wrong_utf8_label_ends_with_statistics),
        cmocka_unit_test(test_latin1_is_read_as_windows_1252),
        cmocka_unit_test(test_detects_without_label),
        cmocka_unit_test(test_reads_utf16_with_and_without_mark),
        cmocka_unit_test(test_drops_the_byte_order_mark),
        cmocka_unit_test(test_a_broken_byte_costs_one_character),
        cmocka_unit_test(test_says_where_a_text_is_cut),
        cmocka_unit_test(test_refuses_binary_data),
        cmocka_unit_test(test_finds_the_declared_charset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
