/* Tokens of any script, and texts that count as the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/tokens.h"

#include "base/str.h"
#include "text/fold.h"

#include "check.h"

/* The tokens of a text with `|` between them. */
static void check_tokens(const char *text, const char *expected)
{
    str joined = {0};
    size_t at = 0;
    token t;
    while (token_next(text, strlen(text), &at, &t)) {
        if (joined.size) assert_int_equal(str_putc(&joined, '|'), ALN_OK);
        assert_int_equal(str_add(&joined, text + t.start, t.end - t.start), ALN_OK);
    }
    assert_string_equal(str_text(&joined), expected);
    str_done(&joined);
}

static void test_cuts_scripts_as_documented(void **unused)
{
    check_tokens("Le 47e, à 08h34", "Le|47e|,|à|08h34");
    check_tokens("阿斯塔纳6月8日电", "阿|斯|塔|纳|6|月|8|日|电");
    check_tokens("a_b c-d", "a_b|c|-|d");
    check_tokens("カタ ひら", "カ|タ|ひ|ら");
    check_tokens("«\u00a0oui\u00a0» \u3000x", "«|oui|»|x");
    check_tokens("½ Ⅳ x² №", "½|Ⅳ|x²|№");
    check_tokens("한국어 русский", "한국어|русский");
    check_tokens("", "");
    check_tokens(" \t\n", "");
    check_tokens("a\xff"
                 "b",
                 "a|\xff|b");
}

static void test_tells_kinds(void **unused)
{
    static const struct {
        const char *text;
        token_kind kind;
    } rows[] = {{"mot", TOKEN_WORD}, {"1992", TOKEN_NUMBER}, {"8th", TOKEN_WORD},
                {"_", TOKEN_WORD},   {"电", TOKEN_HAN},      {",", TOKEN_MARK}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t at = 0;
        token t;
        assert_true(token_next(rows[i].text, strlen(rows[i].text), &at, &t));
        assert_int_equal(t.kind, rows[i].kind);
    }
}

static void check_nfc(const char *text, const char *expected)
{
    str room = {0};
    aln_error error = {0};
    size_t size = strlen(text);
    check_ok(text_nfc(&text, &size, &room, &error), &error);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(text, expected, size);
    str_done(&room);
}

static void test_composes(void **unused)
{
    check_nfc("e\u0301te\u0301", "été");
    check_nfc("\u212b", "Å");
    check_nfc("\uf900", "豈");
    check_nfc("déjà “là” 中文，ok", "déjà “là” 中文，ok");
    check_nfc("e\u0302\u0323", "ệ");
    check_nfc("か\u3099", "が");
}

static void test_text_in_nfc_is_not_copied(void **unused)
{
    str room = {0};
    aln_error error = {0};
    const char *text = "L’été — 中文", *before = text;
    size_t size = strlen(text);
    check_ok(text_nfc(&text, &size, &room, &error), &error);
    assert_ptr_equal(text, before);
    str_done(&room);
}

static void check_fold(const char *text, const char *expected)
{
    str out = {0};
    aln_error error = {0};
    check_ok(text_fold(text, strlen(text), &out, &error), &error);
    assert_string_equal(str_text(&out), expected);
    str_done(&out);
}

static void test_folds_case_accents_width_and_digits(void **unused)
{
    check_fold("L'Été", "l'ete");
    check_fold("STRASSE", "strasse");
    check_fold("Straße", "strasse");
    check_fold("ＡＢＣ１２", "abc12");
    check_fold("№ ٣", "no 3");
    check_fold("ΆΛΦΑ", "αλφα");
    check_fold("が", "が");
    check_fold("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts_scripts_as_documented),
        cmocka_unit_test(test_tells_kinds),
        cmocka_unit_test(test_composes),
        cmocka_unit_test(test_text_in_nfc_is_not_copied),
        cmocka_unit_test(test_folds_case_accents_width_and_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
