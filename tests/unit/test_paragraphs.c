/* Paragraphs speak where both texts have them, and as loudly as they agree.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/paragraphs.h"

#include "check.h"

enum { N = 6 };

/* A text of sentences of ten letters, some of which begin a paragraph. */
typedef struct made_side {
    side_text side;
    double lengths[N];
    bool cuts[N];
} made_side;

static void make_side(made_side *made, const char *cuts)
{
    *made = (made_side){.side = {.n = N}};
    for (int i = 0; i < N; i++) {
        made->lengths[i] = 10;
        made->cuts[i] = cuts[i] == '|';
    }
    made->side.lengths = made->lengths;
    made->side.cuts = made->cuts;
}

static void test_cuts_that_meet_are_better_than_cuts_that_do_not(void **state)
{
    made_side a, b;
    paragraph_model model;
    make_side(&a, "..|..|");
    make_side(&b, "..|.|.");
    paragraph_init(&model, &a.side, &b.side);
    double both = paragraph_score(&model, &a.side, &b.side, 3, 3, 1, 1);
    double one = paragraph_score(&model, &a.side, &b.side, 6, 6, 1, 1);
    double none = paragraph_score(&model, &a.side, &b.side, 1, 1, 1, 1);
    assert_true(both > none && none > 0 && one < 0);
    double across = paragraph_score(&model, &a.side, &b.side, 3, 2, 2, 1);
    double within = paragraph_score(&model, &a.side, &b.side, 2, 2, 2, 1);
    assert_true(across < within);
}

static void test_texts_cut_at_random_unlearn_it(void **state)
{
    made_side a, b;
    paragraph_model model;
    make_side(&a, "..|..|");
    make_side(&b, "..|.|.");
    paragraph_init(&model, &a.side, &b.side);
    paragraph_sums sums = {0};
    for (int i = 0; i < 300; i++)
        paragraph_observe(&sums, i % 3 == 0, i % 3 == 1, 1);
    paragraph_update(&model, &sums);
    double both = paragraph_score(&model, &a.side, &b.side, 3, 3, 1, 1);
    double one = paragraph_score(&model, &a.side, &b.side, 6, 6, 1, 1);
    assert_true(both < 0.01 && one > -0.01);
}

static void test_one_text_without_paragraphs_says_nothing(void **state)
{
    made_side a, b;
    paragraph_model model;
    make_side(&a, "..|..|");
    make_side(&b, "......");
    paragraph_init(&model, &a.side, &b.side);
    assert_true(paragraph_score(&model, &a.side, &b.side, 3, 3, 1, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts_that_meet_are_better_than_cuts_that_do_not),
        cmocka_unit_test(test_texts_cut_at_random_unlearn_it),
        cmocka_unit_test(test_one_text_without_paragraphs_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
