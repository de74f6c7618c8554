/* What a reviewer is told, and what is no reason to tell anything.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include "check.h"

enum { MOST = 16 };

typedef struct lines {
    const char *language, *at[MOST];
} lines;

/* The flags of the bead that begins with the sentence `which` of the first text. */
static unsigned flags_at(const lines *a, const lines *b, uint32_t which)
{
    aln_error error = {0};
    aln_sentence room[2][MOST];
    aln_side sides[2];
    aln_alignment *found = NULL;
    for (int k = 0; k < 2; k++) {
        const lines *text = k ? b : a;
        size_t n = 0;
        for (; n < MOST && text->at[n]; n++)
            room[k][n] = (aln_sentence){text->at[n], strlen(text->at[n])};
        sides[k] = (aln_side){text->language, room[k], n, NULL};
    }
    check_ok(aln_align(NULL, sides, 2, &found, &error), &error);
    unsigned flags = 0;
    bool met = false;
    for (size_t i = 0; i < found->n_beads; i++) {
        const aln_range *range = found->beads[i].sides;
        if (range[0].start != which || range[0].end == which) continue;
        met = range[1].start < range[1].end;
        flags = found->beads[i].flags;
    }
    aln_alignment_free(found);
    assert_true(met);
    return flags;
}

static unsigned flags_of_one(const char *from, const char *a, const char *to,
                             const char *b)
{
    return flags_at(&(lines){from, {a}}, &(lines){to, {b}}, 0);
}

static void test_numbers_said_in_other_ways_agree(void **state)
{
    static const char *const pairs[][4] = {
        {"fr", "L'audience a dépassé 20,4 millions de personnes.", "en",
         "More than 20.4 million people watched."},
        {"fr", "Il en a été question dans les années 80.", "en",
         "It was discussed in the 1980s."},
        {"fr", "Ils sont partis dans les années 1930.", "zh",
         "他们在20世纪30年代离开了。"},
        {"fr", "Le match commence mercredi à 15 h.", "en",
         "The match starts at 3 p.m. on Wednesday."},
        {"fr", "M. Yuan est arrivé au marché à 04h40 jeudi.", "en",
         "Yuan came to the market at 4.40 am on Thursday."},
        {"zh", "国务院于2017 年 7 月发布了计划。", "en",
         "The State Council published its plan in July 2017."},
        {"zh", "判决将于十一月作出。", "en", "The ruling comes on 1 November."},
        {"fr", "La vente a rapporté 125 millions de livres.", "en",
         "The sale brought in £125m."},
        {"en", "One hour later he was found.", "zh", "1个小时后，人们找到了他。"},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        unsigned flags =
            flags_of_one(pairs[k][0], pairs[k][1], pairs[k][2], pairs[k][3]);
        if (flags & ALN_FLAG_NUMBERS) fail_msg("%s", pairs[k][1]);
    }
}

static void test_numbers_that_differ_are_told(void **state)
{
    assert_true(flags_of_one("fr", "Le texte a 47 articles et trois annexes.", "en",
                             "The text has 49 articles and three annexes.") &
                ALN_FLAG_NUMBERS);
    assert_true(flags_of_one("en", "They signed 24 agreements on Friday.", "zh",
                             "他们星期五签署了27项协议。") &
                ALN_FLAG_NUMBERS);
}

static const lines french = {
    "fr",
    {"Kavanaugh a répondu aux questions du Sénat jeudi.",
     "Le sénateur Flake soutient la candidature de Kavanaugh.",
     "Selon le rapport, Kavanaugh nie toutes les accusations.",
     "La Chine et le Kazakhstan ont signé un accord vendredi."}};

static void test_a_name_that_its_text_always_has_is_missed(void **state)
{
    lines english = {"en",
                     {"Kavanaugh answered the questions of the Senate on Thursday.",
                      "Senator Flake supports the candidature of the judge.",
                      "According to the report, Kavanaugh denies all accusations.",
                      "China and Kazakhstan signed an agreement on Friday."}};
    assert_false(flags_at(&french, &english, 0) & ALN_FLAG_NAME);
    assert_true(flags_at(&french, &english, 1) & ALN_FLAG_NAME);
    assert_false(flags_at(&french, &english, 3) & ALN_FLAG_NAME);
}

static void test_a_name_in_latin_letters_once_is_not_missed_elsewhere(void **state)
{
    lines chinese = {"zh",
                     {"星期四，卡瓦诺（Kavanaugh）回答了参议院的问题。",
                      "参议员弗雷克支持对卡瓦诺的提名。",
                      "报告说，卡瓦诺否认一切指控。",
                      "星期五，中国和哈萨克斯坦签署了一项协议。"}};
    for (uint32_t i = 0; i < 4; i++)
        assert_false(flags_at(&french, &chinese, i) & ALN_FLAG_NAME);
}

static void test_a_country_is_missed_wherever_it_lacks(void **state)
{
    lines chinese = {"zh",
                     {"星期四，卡瓦诺（Kavanaugh）回答了参议院的问题。",
                      "参议员弗雷克支持对卡瓦诺的提名。",
                      "报告说，卡瓦诺否认一切指控。",
                      "星期五，中国和邻国签署了一项协议。"}};
    assert_true(flags_at(&french, &chinese, 3) & ALN_FLAG_NAME);
}

static void test_odd_lengths_and_wrong_languages_are_told(void **state)
{
    assert_true(flags_of_one("fr",
                             "Les ministres des deux pays ont signé vendredi, après de "
                             "longues discussions, vingt-quatre accords.",
                             "en",
                             "Les ministres des deux pays ont signé vendredi, après de "
                             "longs débats, une vingtaine d'accords.") &
                ALN_FLAG_LANGUAGE);
    static const lines a = {"fr",
                            {"Le président a ouvert la conférence à Astana.",
                             "Les ministres ont signé 24 accords.",
                             "La délégation de Berlin a visité le musée.",
                             "L'exposition ouvrira le 10 juin à Astana.",
                             "Le commerce a atteint 13,1 milliards de dollars."}};
    static const lines b = {
        "en",
        {"The president opened the conference in Astana.",
         "The ministers signed 24 agreements, and in the long discussion that followed "
         "nobody could remember a year in which so much had been agreed upon by so "
         "few, "
         "in so short a time, with so little noise.",
         "The delegation from Berlin visited the museum.",
         "The exhibition will open on June 10 in Astana.",
         "Trade reached 13.1 billion dollars."}};
    assert_true(flags_at(&a, &b, 1) & ALN_FLAG_LENGTH);
    assert_false(flags_at(&a, &b, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_said_in_other_ways_agree),
        cmocka_unit_test(test_numbers_that_differ_are_told),
        cmocka_unit_test(test_a_name_that_its_text_always_has_is_missed),
        cmocka_unit_test(test_a_name_in_latin_letters_once_is_not_missed_elsewhere),
        cmocka_unit_test(test_a_country_is_missed_wherever_it_lacks),
        cmocka_unit_test(test_odd_lengths_and_wrong_languages_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
