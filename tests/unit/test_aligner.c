/* Texts in, beads out: which sentences meet, how sure, and with which flags.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include <stdlib.h>

#include "check.h"

enum { MOST = 64 };

typedef struct text {
    aln_sentence sentences[MOST];
    aln_side side;
} text;

/* A text of the given lines; NULL ends. */
static void make_text(text *t, const char *language, const char *const *lines)
{
    size_t n = 0;
    for (; lines[n]; n++)
        t->sentences[n] = (aln_sentence){lines[n], strlen(lines[n])};
    t->side = (aln_side){language, t->sentences, n, NULL};
}

static aln_alignment *align(const text *texts, size_t n)
{
    aln_error error = {0};
    aln_side sides[3];
    aln_alignment *alignment = NULL;
    for (size_t k = 0; k < n; k++)
        sides[k] = texts[k].side;
    check_ok(aln_align(NULL, sides, n, &alignment, &error), &error);
    return alignment;
}

static void check_ranges(const aln_alignment *alignment, const char *expected)
{
    char found[1024] = "";
    size_t n = 0;
    for (size_t b = 0; b < alignment->n_beads; b++)
        for (size_t k = 0; k < alignment->n_sides; k++)
            n += (size_t)snprintf(found + n, sizeof found - n, "%s%u-%u",
                                  k ? "," : (b ? " " : ""),
                                  alignment->beads[b].sides[k].start,
                                  alignment->beads[b].sides[k].end);
    assert_string_equal(found, expected);
}

static const char *const french[] = {
    "Le président du Kazakhstan a reçu mercredi la délégation chinoise à Astana.",
    "Les deux pays ont établi des relations diplomatiques en 2012.",
    "Le commerce bilatéral a atteint 13,1 milliards de dollars, et l'exposition "
    "ouvrira "
    "le 10 juin.",
    "Une conférence de presse a suivi.", NULL};
static const char *const english[] = {
    "The president of Kazakhstan received the Chinese delegation in Astana on "
    "Wednesday.",
    "The two countries established diplomatic relations in 1992.",
    "Bilateral trade reached 13.1 billion dollars.",
    "The exhibition will open on June 10.", NULL};
static const char *const chinese[] = {
    "哈萨克斯坦总统星期三在阿斯塔纳会见了中国代表团。", "两国于1992年建立外交关系。",
    "双边贸易额达131亿美元，展览将于6月10日开幕。", "随后举行了新闻发布会。", NULL};

static void test_joins_and_skips(void **state)
{
    text texts[2];
    make_text(&texts[0], "fr", french);
    make_text(&texts[1], "en", english);
    aln_alignment *alignment = align(texts, 2);
    check_ranges(alignment, "0-1,0-1 1-2,1-2 2-3,2-4 3-4,4-4");
    assert_true(alignment->beads[0].score > 0.9);
    aln_alignment_free(alignment);
}

static void test_years_that_differ_are_flagged(void **state)
{
    text texts[2];
    make_text(&texts[0], "fr", french);
    make_text(&texts[1], "en", english);
    aln_alignment *alignment = align(texts, 2);
    assert_false(alignment->beads[0].flags & ALN_FLAG_NUMBERS);
    assert_true(alignment->beads[1].flags & ALN_FLAG_NUMBERS);
    assert_false(alignment->beads[2].flags & ALN_FLAG_NUMBERS);
    aln_alignment_free(alignment);
}

static void test_chinese_numbers_and_months_agree(void **state)
{
    text texts[2];
    make_text(&texts[0], "en", english);
    make_text(&texts[1], "zh-Hans", chinese);
    aln_alignment *alignment = align(texts, 2);
    check_ranges(alignment, "0-1,0-1 1-2,1-2 2-4,2-3 4-4,3-4");
    for (size_t b = 0; b < alignment->n_beads; b++)
        assert_false(alignment->beads[b].flags & ALN_FLAG_NUMBERS);
    aln_alignment_free(alignment);
}

static void test_three_languages_make_one_bead(void **state)
{
    text texts[3];
    make_text(&texts[0], "fr", french);
    make_text(&texts[1], "en", english);
    make_text(&texts[2], "zh", chinese);
    aln_alignment *alignment = align(texts, 3);
    check_ranges(alignment, "0-1,0-1,0-1 1-2,1-2,1-2 2-3,2-4,2-3 3-4,4-4,3-4");
    aln_alignment_free(alignment);
}

static void test_every_sentence_is_in_one_bead_when_a_side_is_empty(void **state)
{
    static const char *const none[] = {NULL};
    text texts[2];
    make_text(&texts[0], "fr", french);
    make_text(&texts[1], "en", none);
    aln_alignment *alignment = align(texts, 2);
    check_ranges(alignment, "0-1,0-0 1-2,0-0 2-3,0-0 3-4,0-0");
    aln_alignment_free(alignment);

    make_text(&texts[0], "fr", none);
    alignment = align(texts, 2);
    assert_int_equal(alignment->n_beads, 0);
    aln_alignment_free(alignment);
}

static void test_blank_lines_cost_nothing(void **state)
{
    static const char *const a[] = {"", "", "Bonjour.", "", NULL};
    static const char *const b[] = {"", "", "Hello.", "", NULL};
    static const char *const c[] = {"Hello.", NULL};
    text texts[2];
    make_text(&texts[0], "fr", a);
    make_text(&texts[1], "en", b);
    aln_alignment *alignment = align(texts, 2);
    /* whose blank line comes first is a tie */
    size_t pairs = 0;
    for (size_t k = 0; k < alignment->n_beads; k++) {
        const aln_range *of = alignment->beads[k].sides;
        bool pair = of[0].start < of[0].end && of[1].start < of[1].end;
        pairs += pair;
        if (pair) assert_int_equal(of[0].start, 2);
        if (pair) assert_int_equal(of[1].start, 2);
    }
    assert_int_equal(pairs, 1);
    assert_int_equal(alignment->n_beads, 7);
    aln_alignment_free(alignment);

    make_text(&texts[1], "en", c);
    alignment = align(texts, 2);
    check_ranges(alignment, "0-1,0-0 1-2,0-0 2-3,0-1 3-4,1-1");
    aln_alignment_free(alignment);

    static const char *const apart[] = {
        "Bonjour le monde.", "", "Merci.", "", "", NULL};
    static const char *const close[] = {"Hello world.", "Thank you.", NULL};
    make_text(&texts[0], "fr", apart);
    make_text(&texts[1], "en", close);
    alignment = align(texts, 2);
    check_ranges(alignment, "0-1,0-1 1-2,1-1 2-3,1-2 3-4,2-2 4-5,2-2");
    aln_alignment_free(alignment);
}

static void test_one_aligner_knows_any_number_of_languages(void **state)
{
    aln_error error = {0};
    aln_aligner *aligner = NULL;
    aln_sentence hello = {"Hello 12.", 9};
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    for (int k = 0; k < 130; k++) {
        char tag[] = {'q', (char)('a' + k / 26), (char)('a' + k % 26), '\0'};
        aln_side sides[2] = {{"en", &hello, 1, NULL}, {tag, &hello, 1, NULL}};
        aln_alignment *alignment = NULL;
        check_ok(aln_align(aligner, sides, 2, &alignment, &error), &error);
        aln_alignment_free(alignment);
    }
    aln_aligner_free(aligner);
}

static void test_copies_and_repetitions_are_flagged(void **state)
{
    static const char *const a[] = {"Elite League : Dundee Stars 5-3 Belfast Giants",
                                    "Le match est fini.", "Le match est fini.", NULL};
    static const char *const b[] = {"Elite League : Dundee Stars 5-3 Belfast Giants",
                                    "The match is over.", "The match is over.", NULL};
    text texts[2];
    make_text(&texts[0], "fr", a);
    make_text(&texts[1], "en", b);
    aln_alignment *alignment = align(texts, 2);
    assert_true(alignment->beads[0].flags & ALN_FLAG_UNTRANSLATED);
    assert_false(alignment->beads[1].flags & ALN_FLAG_DUPLICATE);
    assert_true(alignment->beads[2].flags & ALN_FLAG_DUPLICATE);
    aln_alignment_free(alignment);
}

static void test_a_moved_sentence_is_found_and_flagged(void **state)
{
    static const char *const a[] = {
        "Le Kazakhstan exporte 12 500 tonnes de blé vers Shanghai en juillet 2016.",
        "Le président a ouvert la conférence à Astana.",
        "Les ministres ont signé 24 accords.",
        "La délégation de Berlin a visité le musée.", NULL};
    static const char *const b[] = {
        "The president opened the conference in Astana.",
        "The ministers signed 24 agreements.",
        "The delegation from Berlin visited the museum.",
        "Kazakhstan exported 12,500 tonnes of wheat to Shanghai in July 2016.", NULL};
    text texts[2];
    make_text(&texts[0], "fr", a);
    make_text(&texts[1], "en", b);
    aln_alignment *alignment = align(texts, 2);
    check_ranges(alignment, "0-1,3-4 1-2,0-1 2-3,1-2 3-4,2-3");
    assert_true(alignment->beads[0].flags & ALN_FLAG_CROSSING);
    assert_false(alignment->beads[1].flags & ALN_FLAG_CROSSING);
    aln_alignment_free(alignment);
}

static void test_one_text_cannot_be_aligned(void **state)
{
    aln_error error = {0};
    aln_alignment *alignment = NULL;
    text texts[1];
    make_text(&texts[0], "fr", french);
    assert_int_equal(aln_align(NULL, &texts[0].side, 1, &alignment, &error),
                     ALN_INVALID);
    assert_null(alignment);

    aln_side many[65];
    for (int k = 0; k < 65; k++)
        many[k] = texts[0].side;
    assert_int_equal(aln_align(NULL, many, 65, &alignment, &error), ALN_INVALID);
    assert_string_equal(error.message, "cannot align 65 texts: 64 at most");
}

static void test_flags_have_names(void **state)
{
    assert_string_equal(aln_flag_name(ALN_FLAG_NUMBERS), "numbers-differ");
    assert_null(aln_flag_name((aln_flag)3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joins_and_skips),
        cmocka_unit_test(test_years_that_differ_are_flagged),
        cmocka_unit_test(test_chinese_numbers_and_months_agree),
        cmocka_unit_test(test_three_languages_make_one_bead),
        cmocka_unit_test(test_every_sentence_is_in_one_bead_when_a_side_is_empty),
        cmocka_unit_test(test_blank_lines_cost_nothing),
        cmocka_unit_test(test_one_aligner_knows_any_number_of_languages),
        cmocka_unit_test(test_copies_and_repetitions_are_flagged),
        cmocka_unit_test(test_a_moved_sentence_is_found_and_flagged),
        cmocka_unit_test(test_one_text_cannot_be_aligned),
        cmocka_unit_test(test_flags_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
