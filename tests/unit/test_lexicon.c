/* Words that stand in the same beads more often than chance are linked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/lexicon.h"

#include <math.h>

#include "made_sides.h"

enum { LINES = 32, ROOM = 64 };

/* Every fourth bead has alpha and aleph; every line has words of its own. */
static void learn(made_sides *m, double probability)
{
    static char text[2][LINES][ROOM];
    const char *lines[2][LINES + 1] = {{NULL}};
    lattice_path path = {0};
    for (uint32_t i = 0; i < LINES; i++) {
        char a = (char)('a' + i % 26), b = (char)('a' + i / 26);
        snprintf(text[0][i], ROOM, "%s q%c%cs", i % 4 ? "omega" : "alpha", a, b);
        snprintf(text[1][i], ROOM, "%s j%c%ct", i % 4 ? "other" : "aleph", b, a);
        lines[0][i] = text[0][i];
        lines[1][i] = text[1][i];
        lattice_step step = {i + 1, i + 1, 1, 1, probability};
        assert_int_equal(vec_push(&path, step), ALN_OK);
    }
    make_sides(m, lines[0], lines[1]);
    assert_int_equal(lexicon_learn(&m->found, &m->source, &m->target, &path, 1000),
                     ALN_OK);
    vec_free(&path);
}

static void test_words_that_meet_are_linked(void **state)
{
    made_sides m;
    learn(&m, 0.99);
    uint32_t alpha = type_named(&m.source, "alpha");
    uint32_t aleph = type_named(&m.target, "aleph");
    bool linked = false;
    for (size_t k = 0; k < m.found.links.n; k++) {
        const evidence_link *link = &m.found.links.at[k];
        if (link->source != alpha) continue;
        assert_int_equal(link->target, aleph);
        linked = true;
    }
    assert_true(linked);
    free_sides(&m);
}

static void test_unsure_beads_teach_nothing(void **state)
{
    made_sides m;
    learn(&m, 0.4);
    assert_int_equal(m.found.links.n, 0);
    free_sides(&m);
}

static void test_the_statistic_is_that_of_a_table_known(void **state)
{
    /* 2 sum n log(n / expected) of 10 5 / 5 80, worked out by hand */
    assert_true(fabs(lexicon_statistic(10, 15, 15, 100) - 27.41) < 0.01);
    assert_true(lexicon_statistic(2, 20, 10, 100) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_meet_are_linked),
        cmocka_unit_test(test_unsure_beads_teach_nothing),
        cmocka_unit_test(test_the_statistic_is_that_of_a_table_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
