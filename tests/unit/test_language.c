/* Languages of tags, file names and texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include "check.h"

static void check_guess(const char *text, const char *tag)
{
    char out[ALN_LANGUAGE_SIZE];
    aln_language_guess(text, strlen(text), out);
    if (strcmp(out, tag) != 0) fail_msg("%s for \"%s\"", out, text);
}

static void test_guesses_from_frequent_words(void **state)
{
    check_guess("La Chine et le Kazakhstan ont signé un accord dans la capitale.",
                "fr");
    check_guess("China and Kazakhstan have signed an agreement in the capital.", "en");
    check_guess("China und Kasachstan haben ein Abkommen in der Hauptstadt signiert.",
                "de");
    check_guess("China y Kazajistán firmaron el jueves un acuerdo en la capital.",
                "es");
    check_guess("La Cina e il Kazakistan hanno firmato un accordo nella capitale.",
                "it");
    check_guess("A China e o Cazaquistão assinaram na quinta-feira um acordo.", "pt");
    check_guess("China en Kazachstan hebben donderdag een akkoord getekend.", "nl");
    check_guess("Китай и Казахстан подписали в четверг соглашение о том, что будет.",
                "ru");
    check_guess("Китай і Казахстан підписали угоду, яка була також про це.", "uk");
    check_guess("وقعت الصين وكازاخستان اتفاقا في العاصمة على أن التجارة", "ar");
}

static void test_guesses_from_scripts(void **state)
{
    check_guess("中国与哈萨克斯坦签署联合声明。", "zh-Hans");
    check_guess("中國與哈薩克斯坦簽署聯合聲明。", "zh-Hant");
    check_guess("中国とカザフスタンは共同声明に署名した。", "ja");
    check_guess("중국과 카자흐스탄은 공동 성명에 서명했다.", "ko");
    check_guess("2017-06-09 08:34", "und");
    check_guess("", "und");
}

static void check_path(const char *path, const char *tag)
{
    char out[ALN_LANGUAGE_SIZE] = "";
    assert_int_equal(aln_language_of_path(path, out), tag != NULL);
    if (tag) assert_string_equal(out, tag);
}

static void test_file_names_tell(void **state)
{
    check_path("communique.fr.txt", "fr");
    check_path("fr.html", "fr");
    check_path("astana/fr/page.html", "fr");
    check_path("page_en.txt", "en");
    check_path("a.zh-Hans.txt", "zh-Hans");
    check_path("a.pt_BR.html", "pt-BR");
    check_path("a.zh_hant.html", "zh-Hant");
}

static void test_other_file_names_do_not(void **state)
{
    check_path("page.html", NULL);
    check_path("/tmp/abc.txt", NULL);
    check_path("xx.txt", NULL);
    check_path("README", NULL);
    check_path("", NULL);
}

static void test_tags_take_their_canonical_form(void **state)
{
    char out[ALN_LANGUAGE_SIZE];
    assert_int_equal(aln_language_canonical("zh_hans_cn", out, NULL), ALN_OK);
    assert_string_equal(out, "zh-Hans-CN");
    assert_int_equal(aln_language_canonical("FR-fr", out, NULL), ALN_OK);
    assert_string_equal(out, "fr-FR");
    assert_int_equal(aln_language_canonical("no tag", out, NULL), ALN_INVALID);
}

static void test_ranges_cover_longer_tags(void **state)
{
    assert_true(aln_language_covers("fr", "fr-CA"));
    assert_true(aln_language_covers("fr_ca", "FR-CA"));
    assert_false(aln_language_covers("fr-CA", "fr"));
    assert_false(aln_language_covers("fr", "fry"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guesses_from_frequent_words),
        cmocka_unit_test(test_guesses_from_scripts),
        cmocka_unit_test(test_file_names_tell),
        cmocka_unit_test(test_other_file_names_do_not),
        cmocka_unit_test(test_tags_take_their_canonical_form),
        cmocka_unit_test(test_ranges_cover_longer_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
