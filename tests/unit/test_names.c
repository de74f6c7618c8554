/* What the names of files tell of groups and languages.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/names.h"

#include "check.h"

static void check_split(const char *path, const char *key, const char *language)
{
    str made = {0};
    char tag[ALN_LANGUAGE_SIZE] = "";
    bool found;
    assert_int_equal(name_split(path, &made, tag, &found), ALN_OK);
    assert_int_equal(found, key != NULL);
    if (key) assert_string_equal(str_text(&made), key);
    if (key) assert_string_equal(tag, language);
    str_done(&made);
}

static void test_the_stem_may_be_the_language(void **state)
{
    check_split("news/2017-06-09/fr.html", "news/2017-06-09", "fr");
    check_split("en.txt", "", "en");
    check_split("/zh-Hant.html", "/", "zh-Hant");
}

static void test_the_stem_may_end_in_the_language(void **state)
{
    check_split("news/astana.fr.txt", "news/astana", "fr");
    check_split("astana_en.html", "astana", "en");
    check_split("a/x-y.zh-Hans.html", "a/x-y", "zh-Hans");
    check_split("x_pt_BR.txt", "x", "pt-BR");
}

static void test_a_folder_may_be_the_language(void **state)
{
    check_split("fr/astana.html", "astana", "fr");
    check_split("/news/en/2017/x.html", "/news/2017/x", "en");
    check_split("a/zh/b.c.html", "a/b.c", "zh");
}

static void test_the_nearest_to_the_end_wins(void **state)
{
    check_split("fr/x.en.html", "fr/x", "en");
    check_split("fr/en/x.html", "fr/x", "en");
}

static void test_a_pair_of_languages_is_no_language(void **state)
{
    check_split("gold.fr-en.txt", NULL, NULL);
    check_split("a.fr-zh.txt", NULL, NULL);
}

static void test_other_names_tell_nothing(void **state)
{
    check_split("astana.html", NULL, NULL);
    check_split("README", NULL, NULL);
    check_split("news/meta.txt", NULL, NULL);
    check_split("", NULL, NULL);
    check_split("is_keyword.html", NULL, NULL);
    check_split("ms_user.html", NULL, NULL);
    check_split("fr/add_to_list.html", "add_to_list", "fr");
}

static void test_pages_are_known_by_their_endings(void **state)
{
    assert_true(name_is_page("x.HTML"));
    assert_true(name_is_page("a.b/x.txt"));
    assert_false(name_is_page("x.png"));
    assert_false(name_is_page("a.html/x"));
    assert_false(name_is_page(".html"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_stem_may_be_the_language),
        cmocka_unit_test(test_the_stem_may_end_in_the_language),
        cmocka_unit_test(test_a_folder_may_be_the_language),
        cmocka_unit_test(test_the_nearest_to_the_end_wins),
        cmocka_unit_test(test_a_pair_of_languages_is_no_language),
        cmocka_unit_test(test_other_names_tell_nothing),
        cmocka_unit_test(test_pages_are_known_by_their_endings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
