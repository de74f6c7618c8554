/* What a third text says of two others.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/witness.h"

#include <math.h>

#include "check.h"

static void add(witness *w, uint32_t row, uint32_t column, float p)
{
    witness_cell cell = {row, column, p};
    assert_int_equal(vec_push(&w->cells, cell), ALN_OK);
}

/* Three sentences everywhere; the second text has the last two the other way round. */
static void make_chain(witness *said)
{
    witness ac = {.n_rows = 3, .n_columns = 3}, cb = {.n_rows = 3, .n_columns = 3};
    add(&ac, 0, 0, 0.9f);
    add(&ac, 1, 1, 0.8f);
    add(&ac, 2, 2, 1);
    add(&cb, 0, 0, 1);
    add(&cb, 1, 2, 0.5f);
    add(&cb, 2, 1, 1);
    assert_int_equal(witness_sort(&ac), ALN_OK);
    assert_int_equal(witness_sort(&cb), ALN_OK);
    *said = (witness){.n_rows = 3, .n_columns = 3};
    assert_int_equal(witness_add_chain(said, &ac, &cb), ALN_OK);
    assert_int_equal(witness_sort(said), ALN_OK);
    witness_done(&ac);
    witness_done(&cb);
}

static void test_a_chain_multiplies(void **state)
{
    witness said;
    make_chain(&said);
    assert_int_equal(said.cells.n, 3);
    assert_float_equal(said.cells.at[0].p, 0.9, 1e-6);
    assert_int_equal(said.cells.at[1].column, 2);
    assert_float_equal(said.cells.at[1].p, 0.4, 1e-6);
    witness_done(&said);
}

static void test_two_witnesses_add_up_to_certainty_at_most(void **state)
{
    witness w = {.n_rows = 1, .n_columns = 1};
    add(&w, 0, 0, 0.7f);
    add(&w, 0, 0, 0.6f);
    assert_int_equal(witness_sort(&w), ALN_OK);
    assert_int_equal(w.cells.n, 1);
    assert_float_equal(w.cells.at[0].p, 1, 1e-6);
    witness_done(&w);
}

static void test_beads_gain_what_points_into_them(void **state)
{
    witness said;
    make_chain(&said);
    assert_true(witness_score(&said, 1, 1, 1, 1) > 0);
    assert_true(witness_score(&said, 3, 2, 1, 1) > witness_score(&said, 3, 3, 1, 1));
    assert_true(witness_score(&said, 3, 3, 1, 1) < 0);
    witness_done(&said);
}

static void test_the_same_is_said_from_the_other_text(void **state)
{
    witness said, turned;
    make_chain(&said);
    assert_int_equal(witness_turned(&turned, &said), ALN_OK);
    double there = witness_score(&turned, 2, 3, 1, 1);
    double here = witness_score(&said, 3, 2, 1, 1);
    assert_true(fabs(there - here) < 1e-6);
    witness_done(&said);
    witness_done(&turned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_chain_multiplies),
        cmocka_unit_test(test_two_witnesses_add_up_to_certainty_at_most),
        cmocka_unit_test(test_beads_gain_what_points_into_them),
        cmocka_unit_test(test_the_same_is_said_from_the_other_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
