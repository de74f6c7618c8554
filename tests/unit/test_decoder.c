/* A stream in any encoding becomes UTF-8, whatever it declares.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/decoder.h"

#include "base/auto.h"
#include "base/str.h"

#include "check.h"

AUTO_DEFINE(decoder, decoder *, decoder_close)

static unsigned warnings;

static void count_warning(void *context, unsigned line, const char *message)
{
    warnings++;
}

static aln_status decode(const char *bytes, size_t size, str *out, char charset[40],
                         bool *mark, aln_error *error)
{
    AUTO(decoder) decoder *input = NULL;
    byte_source *source;
    char room[5];
    size_t n = 1;
    warnings = 0;
    TRY(bytes_open_memory(bytes, size, &source, error));
    TRY(decoder_open(source, (warner){count_warning, NULL}, &input, error));
    snprintf(charset, 40, "%s", decoder_charset(input));
    *mark = decoder_has_mark(input);
    while (n) {
        TRY(decoder_read(input, room, sizeof room, &n, error));
        assert_int_equal(str_add(out, room, n), 0);
    }
    return ALN_OK;
}

static void check_decoded(const char *bytes, size_t size, const char *expected,
                          const char *charset, bool marked, unsigned warned)
{
    AUTO(str) str out = {0};
    aln_error error = {0};
    char found[40];
    bool mark;
    check_ok(decode(bytes, size, &out, found, &mark, &error), &error);
    assert_string_equal(str_text(&out), expected);
    assert_string_equal(found, charset);
    assert_int_equal(mark, marked);
    assert_int_equal(warnings, warned);
}

#define check_text(bytes, ...) check_decoded(bytes, sizeof bytes - 1, __VA_ARGS__)

static void test_utf8_is_recognised(void **state)
{
    check_text("caf\xc3\xa9", "café", "UTF-8", false, 0);
    check_text("\xef\xbb\xbf"
               "caf\xc3\xa9",
               "café", "UTF-8", true, 0);
}

static void test_utf16_needs_no_mark(void **state)
{
    check_text("<\0a\0>\0\xe9\0", "<a>é", "UTF-16LE", false, 0);
    check_text("\0<\0a\0>\0\xe9", "<a>é", "UTF-16BE", false, 0);
    check_text("\xff\xfe<\0=\xd8\0\xde", "<😀", "UTF-16LE", true, 0);
    check_text("\xfe\xff\0<\xd8=\xde\0", "<😀", "UTF-16BE", true, 0);
}

static void test_a_declaration_is_believed_where_the_bytes_allow_it(void **state)
{
    check_text("<?xml version='1.0' encoding='iso-8859-1'?>\xe9",
               "<?xml version='1.0' encoding='iso-8859-1'?>é", "iso-8859-1", false, 0);
    check_text("<?xml encoding=\"gb2312\"?>\xd6\xd0", "<?xml encoding=\"gb2312\"?>中",
               "gb2312", false, 0);
}

static void test_utf8_wins_over_a_wrong_declaration(void **state)
{
    check_text("<?xml encoding='iso-8859-1'?>\xc3\xa9\xc3\xa8",
               "<?xml encoding='iso-8859-1'?>éè", "UTF-8", false, 1);
    check_text("<?xml encoding='UTF-16'?>\xc3\xa9\xc3\xa8",
               "<?xml encoding='UTF-16'?>éè", "UTF-8", false, 1);
}

static void test_a_stray_byte_is_what_it_is_in_windows_1252(void **state)
{
    AUTO(str) str text = {0};
    AUTO(str) str out = {0};
    for (int i = 0; i < 20; i++)
        assert_int_equal(str_puts(&text, "é"), 0);
    assert_int_equal(str_puts(&text, "\x93"
                                     "a"),
                     0);
    aln_error error = {0};
    char charset[40];
    bool mark;
    check_ok(decode(text.at, text.size, &out, charset, &mark, &error), &error);
    assert_string_equal(out.at + out.size - 4, "“a");
    assert_int_equal(warnings, 1);
}

static void test_an_end_inside_of_a_character_is_an_error(void **state)
{
    static const char *const cut[] = {"é\nabc\xc3", "<\0a\0>\0\xe9"};
    static const size_t sizes[] = {7, 7};
    for (size_t i = 0; i < 2; i++) {
        AUTO(str) str out = {0};
        aln_error error = {0};
        char charset[40];
        bool mark;
        assert_int_equal(decode(cut[i], sizes[i], &out, charset, &mark, &error),
                         ALN_SYNTAX);
    }
}

static void test_an_unknown_encoding_is_refused(void **state)
{
    AUTO(str) str out = {0};
    aln_error error = {0};
    char charset[40];
    bool mark;
    static const char text[] = "<?xml version='1.0' encoding='klingon'?>\xe9\xe8";
    assert_int_equal(decode(text, sizeof text - 1, &out, charset, &mark, &error),
                     ALN_UNSUPPORTED);
    assert_non_null(strstr(error.message, "klingon"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8_is_recognised),
        cmocka_unit_test(test_utf16_needs_no_mark),
        cmocka_unit_test(test_a_declaration_is_believed_where_the_bytes_allow_it),
        cmocka_unit_test(test_utf8_wins_over_a_wrong_declaration),
        cmocka_unit_test(test_a_stray_byte_is_what_it_is_in_windows_1252),
        cmocka_unit_test(test_an_end_inside_of_a_character_is_an_error),
        cmocka_unit_test(test_an_unknown_encoding_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
