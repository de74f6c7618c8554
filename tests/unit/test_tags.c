/* test_tags.c - the tags of one text in another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include <align/unit.h>

static aln_variant variant(const char *markup)
{
    return (aln_variant){.text = markup,
                         .size = strlen(markup),
                         .markup = strchr(markup, '<') ? markup : NULL,
                         .markup_size = strlen(markup)};
}

/* What becomes of `target` for `query`, and how well it fits. */
static void carries(const char *query, const char *source, const char *target,
                    const char *expected, aln_tags_fit fits)
{
    aln_variant asks = variant(query), from = variant(source), to = variant(target);
    aln_tags_fit fit;
    char *markup = NULL;
    size_t size = 0;
    assert_int_equal(aln_tags_carry(&asks, &from, &to, &markup, &size, &fit, NULL),
                     ALN_OK);
    if (expected)
        assert_string_equal(markup, expected);
    else
        assert_null(markup);
    assert_int_equal(fit, fits);
    free(markup);
}

static void test_texts_without_tags_stay_without(void **state)
{
    carries("a", "a", "b", NULL, ALN_TAGS_SAME);
}

static void test_tags_that_only_the_unit_has_are_left_out(void **state)
{
    carries("a", "<ph/>a", "<ph/>b", NULL, ALN_TAGS_DIFFER);
}

static void test_the_same_tags_fit(void **state)
{
    carries("a <ph x=\"1\">c</ph>", "a <ph x=\"1\">c</ph>", "<ph x=\"1\">c</ph> b",
            "<ph x=\"1\">c</ph> b", ALN_TAGS_SAME);
}

static void test_links_tell_which_is_which(void **state)
{
    carries("<ph x=\"8\"/>a<ph x=\"9\"/>.", "<ph x=\"1\"/>a<ph x=\"2\"/>.",
            "<ph x=\"2\"/>b<ph x=\"1\"/>.", "<ph x=\"9\"/>b<ph x=\"8\"/>.",
            ALN_TAGS_DIFFER);
}

static void test_codes_tell_where_links_are_missing(void **state)
{
    carries("<ph>8</ph>a<ph>9</ph>.", "<ph>1</ph>a<ph>2</ph>.",
            "<ph>2</ph>b<ph>1</ph>.", "<ph>9</ph>b<ph>8</ph>.", ALN_TAGS_DIFFER);
}

static void test_a_pair_stays_a_pair(void **state)
{
    carries("x <bpt i=\"5\">B</bpt>a<ept i=\"5\">E</ept> <hi>c</hi>",
            "x <bpt i=\"1\" x=\"1\"/>a<ept i=\"1\"/> <hi x=\"2\">c</hi>",
            "<hi x=\"2\">c</hi> <bpt i=\"1\" x=\"1\"/>b<ept i=\"1\"/> y",
            "<hi>c</hi> <bpt i=\"5\">B</bpt>b<ept i=\"5\">E</ept> y", ALN_TAGS_DIFFER);
}

static void test_elements_that_would_overlap_come_at_the_end(void **state)
{
    carries("<hi>a</hi> <hi>b</hi>.",
            "<bpt i=\"1\"/>a<ept i=\"1\"/> <bpt i=\"2\"/>b<ept i=\"2\"/>.",
            "<bpt i=\"1\"/>a<bpt i=\"2\"/> <ept i=\"1\"/>b<ept i=\"2\"/>.",
            "a b.<hi></hi><hi></hi>", ALN_TAGS_GUESSED);
}

static void test_what_leads_or_encloses_keeps_its_place(void **state)
{
    carries("<ph/><hi>a &amp; b</hi><ph>x</ph>", "a & b", "c & d",
            "<ph/><hi>c &amp; d</hi><ph>x</ph>", ALN_TAGS_DIFFER);
}

static void test_what_has_no_place_comes_last(void **state)
{
    carries("a <ph/> b", "a b", "c d", "c d<ph/>", ALN_TAGS_GUESSED);
}

static void test_halves_of_a_pair_are_no_pair(void **state)
{
    carries("<it pos=\"begin\">1</it>a<ph/>.", "<it pos=\"end\"/>a<ph/>.", "b<ph/>.",
            "<it pos=\"begin\">1</it>b.<ph/>", ALN_TAGS_GUESSED);
}

static void test_codes_may_hold_texts_with_tags(void **state)
{
    carries("a<ph>x<sub>y<ph>z</ph></sub></ph>.", "a<ph/>.", "b<ph/>.",
            "b<ph>x<sub>y<ph>z</ph></sub></ph>.", ALN_TAGS_DIFFER);
}

static void test_broken_markup_does_no_harm(void **state)
{
    static const char *const broken[] = {"a<",   "<ph",   "</ph>", "<ph>a",
                                         "a<\"", "<hi>a", "</"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        aln_variant asks = variant(broken[i]), other = variant("<ph/>b");
        aln_tags_fit fit;
        char *markup = NULL;
        size_t size;
        assert_int_equal(
            aln_tags_carry(&asks, &other, &asks, &markup, &size, &fit, NULL), ALN_OK);
        free(markup);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_without_tags_stay_without),
        cmocka_unit_test(test_tags_that_only_the_unit_has_are_left_out),
        cmocka_unit_test(test_the_same_tags_fit),
        cmocka_unit_test(test_links_tell_which_is_which),
        cmocka_unit_test(test_codes_tell_where_links_are_missing),
        cmocka_unit_test(test_a_pair_stays_a_pair),
        cmocka_unit_test(test_elements_that_would_overlap_come_at_the_end),
        cmocka_unit_test(test_what_leads_or_encloses_keeps_its_place),
        cmocka_unit_test(test_what_has_no_place_comes_last),
        cmocka_unit_test(test_halves_of_a_pair_are_no_pair),
        cmocka_unit_test(test_codes_may_hold_texts_with_tags),
        cmocka_unit_test(test_broken_markup_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
