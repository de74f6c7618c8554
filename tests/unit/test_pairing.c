/* Documents that say the same find each other; strangers stay alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/pairing.h"

#include "check.h"

enum { MANY = 300, WORDS = 40, ODD = 1 };

/* Document i says WORDS things of its own, of which a translation keeps `kept`, and what
 * everybody says. */
static feature_set document(uint64_t i, uint64_t language, unsigned kept)
{
    feature_set made = {0};
    for (uint64_t k = 1; k <= WORDS; k++) {
        bool shared = k <= kept;
        uint64_t who = shared ? i + 1 : (i + 1) + (language + 1) * 1000000;
        assert_int_equal(vec_push(&made, who * 1000 * 2 + k * 2 + ODD), ALN_OK);
    }
    assert_int_equal(vec_push(&made, UINT64_MAX), ALN_OK);
    return made;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static pairing_list found_among(feature_set *sources, uint32_t n, feature_set *targets,
                                uint32_t m)
{
    aln_error error = {0};
    pairing_list found = {0};
    for (uint32_t i = 0; i < n; i++)
        qsort(sources[i].at, sources[i].n, sizeof(uint64_t), by_value);
    for (uint32_t i = 0; i < m; i++)
        qsort(targets[i].at, targets[i].n, sizeof(uint64_t), by_value);
    check_ok(pairing_find(sources, n, targets, m, &found, &error), &error);
    for (uint32_t i = 0; i < n; i++)
        vec_free(&sources[i]);
    for (uint32_t i = 0; i < m; i++)
        vec_free(&targets[i]);
    return found;
}

static void test_translations_find_each_other(void **state)
{
    static feature_set sources[MANY], targets[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        sources[i] = document(i, 0, WORDS / 2);
        targets[i] = document(MANY - 1 - i, 1, WORDS / 2);
    }
    pairing_list found = found_among(sources, MANY, targets, MANY);
    assert_int_equal(found.n, MANY);
    for (size_t i = 0; i < found.n; i++)
        assert_int_equal(found.at[i].target, MANY - 1 - found.at[i].source);
    vec_free(&found);
}

static void test_strangers_stay_alone(void **state)
{
    static feature_set sources[MANY], targets[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        sources[i] = document(i, 0, WORDS / 2);
        targets[i] = document(MANY + i, 1, WORDS / 2);
    }
    pairing_list found = found_among(sources, MANY, targets, MANY);
    assert_int_equal(found.n, 0);
    vec_free(&found);
}

static void test_one_pair_is_a_pair(void **state)
{
    feature_set source = document(7, 0, WORDS / 2), target = document(7, 1, WORDS / 2);
    pairing_list found = found_among(&source, 1, &target, 1);
    assert_int_equal(found.n, 1);
    vec_free(&found);
}

static void test_two_strangers_are_no_pair(void **state)
{
    feature_set source = document(7, 0, 3), target = document(7, 1, 3);
    pairing_list found = found_among(&source, 1, &target, 1);
    assert_int_equal(found.n, 0);
    vec_free(&found);
}

/* Target 1 is as much like source 0 as target 0 is: nobody can tell. */
static void test_two_that_are_alike_are_not_chosen_from(void **state)
{
    feature_set sources[] = {document(1, 0, WORDS / 2), document(2, 0, WORDS / 2)};
    feature_set targets[] = {document(1, 1, WORDS / 2), document(1, 2, WORDS / 2),
                             document(2, 1, WORDS / 2)};
    pairing_list found = found_among(sources, 2, targets, 3);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.at[0].source, 1);
    assert_int_equal(found.at[0].target, 2);
    vec_free(&found);
}

static void test_nothing_pairs_with_nothing(void **state)
{
    feature_set empty = {0}, target = document(1, 0, 1);
    pairing_list found = found_among(&empty, 1, &target, 1);
    assert_int_equal(found.n, 0);
    found = found_among(NULL, 0, NULL, 0);
    assert_int_equal(found.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_translations_find_each_other),
        cmocka_unit_test(test_strangers_stay_alone),
        cmocka_unit_test(test_one_pair_is_a_pair),
        cmocka_unit_test(test_two_strangers_are_no_pair),
        cmocka_unit_test(test_two_that_are_alike_are_not_chosen_from),
        cmocka_unit_test(test_nothing_pairs_with_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
