/* Articles become groups, groups units.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include "check.h"

static const char FRENCH[] =
    "Le port rouvre\n\nLe port a rouvert le 3 mars. Le maire a "
    "remercié 250 ouvriers.\n\nIl portait 1 200 tonnes.\n";
static const char ENGLISH[] =
    "The port reopens\n\nThe port reopened on 3 March. The mayor "
    "thanked 250 workers.\n\nIt carried 1,200 tonnes.\n";

static aln_article *read_text(const char *text, const char *uri, const char *language,
                              bool lines)
{
    aln_error error;
    aln_article *article = NULL;
    const aln_article_options options = {
        .uri = uri, .language = language, .lines = lines};
    check_ok(aln_article_read(text, strlen(text), &options, &article, &error), &error);
    return article;
}

static void check_sentence(const aln_article *article, size_t i, const char *text)
{
    assert_true(i < article->n);
    assert_int_equal(article->sentences[i].size, strlen(text));
    assert_memory_equal(article->sentences[i].text, text, strlen(text));
}

static void test_the_title_is_the_first_sentence(void **state)
{
    aln_article *article = read_text(FRENCH, "x.fr.txt", NULL, false);
    assert_int_equal(article->n, 4);
    check_sentence(article, 0, "Le port rouvre");
    check_sentence(article, 2, "Le maire a remercié 250 ouvriers.");
    const uint32_t paragraphs[] = {0, 1, 1, 2};
    assert_memory_equal(article->paragraphs, paragraphs, sizeof paragraphs);
    assert_string_equal(article->about.language, "fr");
    assert_int_equal(article->origin, ALN_LANGUAGE_NAMED);
    aln_article_free(article);
}

static void test_the_hash_is_that_of_the_bytes(void **state)
{
    aln_article *article = read_text("abc", "x", "en", true);
    assert_string_equal(
        article->about.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    aln_article_free(article);
}

static void test_every_line_counts(void **state)
{
    aln_article *article = read_text("Un\r\n\nTrois", "x", "fr", true);
    assert_int_equal(article->n, 3);
    check_sentence(article, 0, "Un");
    check_sentence(article, 1, "");
    check_sentence(article, 2, "Trois");
    assert_null(article->paragraphs);
    aln_article_free(article);
}

static void test_kept_segmenters_cut_every_text_by_its_language(void **state)
{
    aln_error error;
    aln_segmenters *set = NULL;
    check_ok(aln_segmenters_new(&set, &error), &error);
    for (int i = 0; i < 3; i++) {
        bool french = i != 1;
        aln_article *article = NULL;
        const char *text =
            french ? "M. Roy part. Il rit.\n" : "Mr. Roy goes. He laughs.\n";
        const aln_article_options options = {
            .uri = "x", .language = french ? "fr" : "en", .segmenters = set};
        check_ok(aln_article_read(text, strlen(text), &options, &article, &error),
                 &error);
        assert_int_equal(article->n, 2);
        check_sentence(article, 0, french ? "M. Roy part." : "Mr. Roy goes.");
        aln_article_free(article);
    }
    aln_segmenters_free(set);
}

static void check_refused(const char *text, size_t size, aln_status expected)
{
    aln_error error = {0};
    aln_article *article = NULL;
    const aln_article_options options = {.uri = "x.fr.txt"};
    assert_int_equal(aln_article_read(text, size, &options, &article, &error),
                     expected);
    assert_int_equal(error.status, expected);
    assert_null(article);
}

static void test_what_holds_no_text_is_refused(void **state)
{
    check_refused("", 0, ALN_SYNTAX);
    check_refused(" \n \n", 4, ALN_SYNTAX);
    check_refused("\x7f"
                  "ELF\x02\x01\x01\0\0\0\0\0\0\0",
                  14, ALN_UNSUPPORTED);
}

static void test_units_have_a_variant_a_language(void **state)
{
    aln_error error;
    aln_group *group;
    aln_article *articles[] = {read_text(FRENCH, "f", "fr", false),
                               read_text(ENGLISH, "e", "en", false)};
    check_ok(aln_group_align(NULL, articles, 2, &group, &error), &error);
    assert_int_equal(group->n_units, group->alignment->n_beads);
    assert_int_equal(group->n_units, 4);
    const aln_unit *unit = &group->units[2];
    assert_int_equal(unit->n_variants, 2);
    assert_string_equal(unit->variants[0].text, "Le maire a remercié 250 ouvriers.");
    assert_string_equal(unit->variants[1].text, "The mayor thanked 250 workers.");
    assert_string_equal(unit->variants[1].document, "e");
    assert_true(aln_group_keeps(group, 2, unit->score));
    assert_false(aln_group_keeps(group, 2, 1.5));
    aln_group_free(group);
    aln_article_free(articles[0]);
    aln_article_free(articles[1]);
}

static void test_languages_must_differ(void **state)
{
    aln_error error = {0};
    aln_group *group = NULL;
    aln_article *articles[] = {read_text(FRENCH, "f", "fr", false),
                               read_text(FRENCH, "g", "fr", false)};
    assert_int_equal(aln_group_align(NULL, articles, 2, &group, &error), ALN_INVALID);
    assert_int_equal(aln_group_align(NULL, articles, 1, &group, &error), ALN_INVALID);
    assert_null(group);
    aln_article_free(articles[0]);
    aln_article_free(articles[1]);
}

static void test_a_plan_does_not_depend_on_the_order(void **state)
{
    static const char *const FILES[][3] = {{"a", "fr", "1"}, {"b", "en", "2"},
                                           {"a", "en", "3"}, {"b", "zh", "4"},
                                           {"c", "fr", "5"}, {"a", "en", "6"}};
    static const char *const LANGUAGES[] = {"fr", "en", "zh", NULL};
    for (size_t turn = 0; turn < 6; turn++) {
        aln_error error;
        aln_plan *plan;
        check_ok(aln_plan_new(&plan, &error), &error);
        for (size_t i = 0; i < 6; i++) {
            const char *const *file = FILES[(i + turn) % 6];
            check_ok(aln_plan_add(plan, file[0], file[1], file[2], NULL, &error),
                     &error);
        }
        check_ok(aln_plan_form(plan, LANGUAGES, &error), &error);
        size_t n, alone;
        const aln_plan_group *groups = aln_plan_groups(plan, &n);
        const aln_plan_stray *strays = aln_plan_strays(plan, &alone);
        assert_int_equal(n, 2);
        assert_string_equal(groups[0].name, "a");
        assert_string_equal(groups[0].members[0].path, "1");
        assert_string_equal(groups[0].members[1].path, "3");
        assert_string_equal(groups[1].members[1].language, "zh");
        assert_int_equal(alone, 2);
        assert_string_equal(strays[0].path, "5");
        assert_string_equal(strays[1].path, "6");
        aln_plan_free(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_title_is_the_first_sentence),
        cmocka_unit_test(test_the_hash_is_that_of_the_bytes),
        cmocka_unit_test(test_every_line_counts),
        cmocka_unit_test(test_kept_segmenters_cut_every_text_by_its_language),
        cmocka_unit_test(test_what_holds_no_text_is_refused),
        cmocka_unit_test(test_units_have_a_variant_a_language),
        cmocka_unit_test(test_languages_must_differ),
        cmocka_unit_test(test_a_plan_does_not_depend_on_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
