/* Names that are written in another script.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/hearing.h"
#include "align/knowledge.h"
#include "base/auto.h"
#include "check.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)

/* What is found between two sentences, one a text: "trump=~trump". */
static void find(const char *from, const char *source, const char *to,
                 const char *target, char *out, size_t room)
{
    aln_error error = {0};
    AUTO(aligner) aln_aligner *aligner = NULL;
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    const glossary *left, *right;
    assert_int_equal(knowledge_glossary(aligner, from, &left), ALN_OK);
    assert_int_equal(knowledge_glossary(aligner, to, &right), ALN_OK);
    const aln_sentence one = {source, strlen(source)}, other = {target, strlen(target)};
    const aln_side texts[2] = {{from, &one, 1, NULL}, {to, &other, 1, NULL}};
    side_text sides[2];
    evidence found = {0};
    assert_int_equal(side_init(&sides[0], &texts[0], left), ALN_OK);
    assert_int_equal(side_init(&sides[1], &texts[1], right), ALN_OK);
    assert_int_equal(hearing_find(&found, knowledge_sounds(aligner),
                                  (hearing_text){&texts[0], &sides[0]},
                                  (hearing_text){&texts[1], &sides[1]}),
                     ALN_OK);
    *out = '\0';
    for (size_t k = 0; k < found.links.n; k++) {
        size_t used = strlen(out);
        snprintf(out + used, room - used, "%s%s=%s", used ? " " : "",
                 intern_text(&sides[0].names, found.links.at[k].source, NULL),
                 intern_text(&sides[1].names, found.links.at[k].target, NULL));
    }
    evidence_done(&found);
    side_done(&sides[0]);
    side_done(&sides[1]);
}

#define check_found(from, source, to, target, expected)  \
    do {                                                 \
        char out[200];                                   \
        find(from, source, to, target, out, sizeof out); \
        assert_string_equal(out, expected);              \
    } while (0)

static void test_foreign_names_are_heard_in_han_characters(void **state)
{
    check_found("en", "When Mr Zarkenov spoke", "zh", "扎克诺夫说话时",
                "zarkenov=~zarkenov");
    check_found("fr", "Selon Manafort, rien", "zh", "马纳福特说没有",
                "manafort=~manafort");
    check_found("zh", "马纳福特说没有", "en", "Nothing, said Manafort",
                "~manafort=manafort");
}

static void test_traditional_characters_are_heard_too(void **state)
{
    check_found("en", "When Mr Zinkovsky spoke", "zh", "津科夫斯基說話時",
                "zinkovsky=~zinkovsky");
}

static void test_other_names_are_not_heard(void **state)
{
    check_found("en", "When Mr Zarkenov spoke", "zh", "哈佛大学", "");
    check_found("en", "When Mr Zarkenov spoke", "zh", "他们说话时没有人在", "");
}

static void test_pinyin_is_read(void **state)
{
    check_found("en", "Mr Liu Shaochen spoke", "zh", "刘少晨说", "shaochen=~shaochen");
    check_found("en", "Mr Liu Shaochen spoke", "zh", "刘少平说", "");
}

static void test_names_in_letters_are_compared_by_sound(void **state)
{
    check_found("fr", "Selon Grigoriev, rien", "ru", "Ничего, сказал Григорьев",
                "grigoriev=grigorev");
    check_found("fr", "Selon Choukhov, rien", "en", "Nothing, said Shukhov",
                "choukhov=shukhov");
    check_found("fr", "Selon Choukhov, rien", "en", "Nothing, said Bertram", "");
}

/* Words that also stand there in small letters are no names. */
static void test_words_are_no_names(void **state)
{
    check_found("en", "The Manafort, a manafort", "zh", "马纳福特说没有", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_foreign_names_are_heard_in_han_characters),
        cmocka_unit_test(test_traditional_characters_are_heard_too),
        cmocka_unit_test(test_other_names_are_not_heard),
        cmocka_unit_test(test_pinyin_is_read),
        cmocka_unit_test(test_names_in_letters_are_compared_by_sound),
        cmocka_unit_test(test_words_are_no_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
