/* What a link is worth: rare words much, frequent ones little, missing ones something.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/evidence.h"

#include <math.h>

#include "made_sides.h"

static const char *const source[] = {"alpha zulu", "beta zulu", "gamma zulu",
                                     "delta zulu", NULL};
static const char *const target[] = {"aleph zeta", "beth zeta", "gimel zeta",
                                     "daleth zeta", NULL};

static const evidence_edge *edge_of(const made_sides *m, const char *word)
{
    uint32_t type = type_named(&m->source, word);
    if (m->found.starts[type] == m->found.starts[type + 1]) return NULL;
    return &m->found.edges[m->found.starts[type]];
}

static void test_a_rare_link_gains_what_the_formula_says(void **state)
{
    made_sides m;
    make_sides(&m, source, target);
    link_words(&m, "alpha", "aleph", 0.8);
    weigh(&m);
    const evidence_edge *edge = edge_of(&m, "alpha");
    double p = 0.8, q = 1.0 / 5, miss = log(1 - 0.9 * p); /* nine tenths of a miss */
    assert_float_equal(edge->source_gain, (float)(log((p + (1 - p) * q) / q) - miss),
                       1e-5);
    assert_true(fabs(m.found.source_miss[0] - miss) < 1e-6);
    assert_true(m.found.source_miss[1] == 0);
    free_sides(&m);
}

static void test_a_word_that_is_everywhere_gains_less(void **state)
{
    made_sides m;
    make_sides(&m, source, target);
    link_words(&m, "alpha", "aleph", 0.8);
    link_words(&m, "zulu", "zeta", 0.8);
    weigh(&m);
    assert_true(edge_of(&m, "zulu")->source_gain < edge_of(&m, "alpha")->source_gain);
    free_sides(&m);
}

static void test_of_equal_links_the_strongest_counts(void **state)
{
    made_sides m;
    make_sides(&m, source, target);
    link_words(&m, "alpha", "aleph", 0.2);
    link_words(&m, "alpha", "aleph", 0.7);
    link_words(&m, "alpha", "aleph", 0.4);
    weigh(&m);
    assert_int_equal(m.found.links.n, 1);
    assert_float_equal(m.found.links.at[0].strength, 0.7, 1e-6);
    free_sides(&m);
}

static void test_rivals_share_the_gain(void **state)
{
    made_sides m;
    make_sides(&m, source, target);
    link_words(&m, "alpha", "aleph", 0.6);
    weigh(&m);
    double alone = edge_of(&m, "alpha")->source_gain;
    link_words(&m, "alpha", "beth", 0.6);
    link_words(&m, "alpha", "gimel", 0.6);
    weigh(&m);
    assert_true(edge_of(&m, "alpha")->source_gain < alone);
    free_sides(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_rare_link_gains_what_the_formula_says),
        cmocka_unit_test(test_a_word_that_is_everywhere_gains_less),
        cmocka_unit_test(test_of_equal_links_the_strongest_counts),
        cmocka_unit_test(test_rivals_share_the_gain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
