/* Sums over all alignments agree with themselves, and the best path is where the words
 * are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/lattice.h"

#include <math.h>

#include "align/band.h"
#include "made_sides.h"

static const char *const source[] = {"alpha one two three", "beta four five six",
                                     "gamma seven eight nine", NULL};
static const char *const target[] = {"aleph eins zwei drei", "gimel sieben acht neun",
                                     NULL};

static const lattice_priors priors = {
    {0.9, 0.04, 0.04, 0.01, 0.0025, 0.0025, 0.0025, 0.0025}, 0.1, 0.05, 0.5};

static void sum_up(made_sides *m, lattice *l)
{
    lattice_band band;
    make_sides(m, source, target);
    link_words(m, "alpha", "aleph", 0.9);
    link_words(m, "gamma", "gimel", 0.9);
    weigh(m);
    assert_int_equal(band_full(&band, m->source.n, m->target.n), ALN_OK);
    assert_int_equal(lattice_init(l, &m->source, &m->target, band), ALN_OK);
    l->trust = 1;
    l->priors = priors;
    length_init(&l->length, &m->source, &m->target);
    assert_int_equal(lattice_score(l, &m->found), ALN_OK);
    lattice_sum(l);
}

/* All probabilities of source sentence i: the beads it stands in, and being skipped. */
static double total_of(const lattice *l, uint32_t sentence)
{
    double sum = 0;
    for (uint32_t i = 0; i <= l->source->n; i++) {
        for (uint32_t j = 0; j <= l->target->n; j++) {
            if (i == sentence + 1)
                sum += lattice_skip_probability(l, i, j, SKIP_SOURCE);
            for (int shape = 0; shape < SHAPES; shape++)
                if (i > sentence && i - lattice_shapes[shape].source <= sentence)
                    sum += lattice_probability(l, i, j, shape);
        }
    }
    return sum;
}

static void test_every_sentence_is_somewhere(void **state)
{
    made_sides m;
    lattice l;
    sum_up(&m, &l);
    for (uint32_t i = 0; i < m.source.n; i++)
        assert_true(fabs(total_of(&l, i) - 1) < 1e-3);
    lattice_done(&l);
    free_sides(&m);
}

static void test_the_path_goes_where_the_words_are(void **state)
{
    made_sides m;
    lattice l;
    lattice_path path = {0};
    sum_up(&m, &l);
    assert_int_equal(lattice_best(&l, &path), ALN_OK);
    assert_int_equal(path.n, 3);
    assert_int_equal(path.at[1].source, 1);
    assert_int_equal(path.at[1].target, 0);
    assert_int_equal(path.at[2].i, 3);
    assert_int_equal(path.at[2].target, 1);
    vec_free(&path);
    lattice_done(&l);
    free_sides(&m);
}

static void test_skipped_sentences_are_counted(void **state)
{
    made_sides m;
    lattice l;
    sum_up(&m, &l);
    lattice_skips skips = lattice_count_skips(&l, SKIP_SOURCE);
    double sum = 0;
    for (uint32_t i = 1; i <= m.source.n; i++)
        for (uint32_t j = 0; j <= m.target.n; j++)
            sum += lattice_skip_probability(&l, i, j, SKIP_SOURCE);
    assert_true(fabs(skips.all - sum) < 1e-9);
    assert_true(skips.on >= 0 && skips.on < skips.all);
    lattice_done(&l);
    free_sides(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sentence_is_somewhere),
        cmocka_unit_test(test_the_path_goes_where_the_words_are),
        cmocka_unit_test(test_skipped_sentences_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
