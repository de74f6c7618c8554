/* Files of beads, and how they are counted.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/evaluate.h>

#include "check.h"

static aln_bead_list *read_list(const char *text)
{
    aln_error error = {0};
    aln_bead_list *list = NULL;
    check_ok(aln_bead_list_read(text, strlen(text), &list, &error), &error);
    return list;
}

static aln_evaluation compare(const char *gold_text, const char *found_text)
{
    aln_error error = {0};
    aln_evaluation sums = {0};
    aln_bead_list *gold = read_list(gold_text), *found = read_list(found_text);
    check_ok(aln_evaluate(gold, found, &sums, &error), &error);
    aln_bead_list_free(gold);
    aln_bead_list_free(found);
    return sums;
}

static void test_reads_ids_and_score(void **state)
{
    aln_bead_list *list = read_list("[0, 1]:[7]:0.873\n\n[3]:[]\n");
    assert_int_equal(list->n, 2);
    assert_int_equal(list->beads[0].n_source, 2);
    assert_int_equal(list->beads[0].source[1], 1);
    assert_int_equal(list->beads[0].target[0], 7);
    assert_true(list->beads[0].score > 0.87 && list->beads[0].score < 0.88);
    assert_int_equal(list->beads[1].n_target, 0);
    assert_true(list->beads[1].score < 0);
    aln_bead_list_free(list);
}

static void test_names_the_line_that_is_no_bead(void **state)
{
    static const char *const bad[] = {"[0]:[0]\n[1:[1]",
                                      "[0]:[0]\n0:0",
                                      "[0]:[0]\nx",
                                      "[0]:[0]\n[0]:[0]:high",
                                      "[0]:[0]\n[99999999999]:[0]",
                                      "[0]:[0]\n[,]:[0]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        aln_error error = {0};
        aln_bead_list *list = NULL;
        assert_int_equal(aln_bead_list_read(bad[i], strlen(bad[i]), &list, &error),
                         ALN_SYNTAX);
        assert_int_equal(error.line, 2);
        assert_null(list);
    }
}

static void test_counts_strict_hits_both_ways(void **state)
{
    aln_evaluation sums = compare("[0]:[0]\n[1]:[1, 2]\n[2]:[3]\n",
                                  "[0]:[0]\n[1]:[1]\n[]:[2]\n[2]:[3]\n");
    assert_int_equal(sums.n_beads, 4);
    assert_int_equal(sums.right, 2);
    assert_int_equal(sums.right_laxly, 3);
    assert_int_equal(sums.n_gold, 3);
    assert_int_equal(sums.recalled, 2);
    assert_int_equal(sums.recalled_laxly, 3);
}

static void test_a_deletion_is_right_only_where_gold_has_it(void **state)
{
    aln_evaluation sums = compare("[0]:[]\n[1]:[0]\n", "[0]:[]\n[1]:[]\n[]:[0]\n");
    assert_int_equal(sums.right, 1);
    assert_int_equal(sums.right_laxly, 1);
    assert_int_equal(sums.recalled, 0);
}

static void test_a_bead_counts_once(void **state)
{
    aln_evaluation sums = compare("[0]:[0]\n", "[0]:[0]\n[0]:[0]\n[]:[]\n");
    assert_int_equal(sums.n_beads, 1);
}

static void test_measures_calibration(void **state)
{
    aln_evaluation sums =
        compare("[0]:[0]\n[1]:[1]\n", "[0]:[0]:0.95\n[1]:[1]:1\n[2]:[2]:0.25\n");
    assert_int_equal(sums.bins[9].n, 2);
    assert_int_equal(sums.bins[9].right, 2);
    assert_int_equal(sums.bins[2].n, 1);
    double expected = (0.05 + 0.25) / 3, found = aln_evaluation_calibration(&sums);
    assert_true(found > expected - 1e-9 && found < expected + 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_ids_and_score),
        cmocka_unit_test(test_names_the_line_that_is_no_bead),
        cmocka_unit_test(test_counts_strict_hits_both_ways),
        cmocka_unit_test(test_a_deletion_is_right_only_where_gold_has_it),
        cmocka_unit_test(test_a_bead_counts_once),
        cmocka_unit_test(test_measures_calibration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
