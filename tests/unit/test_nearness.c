/* Vectors decide where words and lengths tell nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/nearness.h"

#include <math.h>

#include "base/auto.h"
#include "base/hash.h"
#include "check.h"

enum { N = 12, DIMENSION = 64 };

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(alignment, aln_alignment *, aln_alignment_free)
AUTO_DEFINE(vectors, aln_vectors *, aln_vectors_free)

/* The direction of a meaning, and a little noise of the sentence's own. */
static void add_meaning(float values[DIMENSION], uint64_t meaning, uint64_t noise)
{
    for (uint64_t d = 0; d < DIMENSION; d++) {
        double sign = hash_mix(meaning * DIMENSION + d) & 1 ? 1 : -1;
        double own = hash_mix((noise + 1000) * DIMENSION + d) & 1 ? 0.3 : -0.3;
        values[d] += (float)(sign + own);
    }
}

/* Sentences that look alike: "aaa bbb", "ccc ddd" would be words; these are none. */
static void name_sentence(char text[8], char side, unsigned i)
{
    snprintf(text, 8, "%c%c%c", side, 'a' + (int)i, side);
}

static void add_vector(aln_vectors *vectors, const char *text, const uint64_t *meanings,
                       size_t n, uint64_t noise)
{
    aln_error error = {0};
    float values[DIMENSION] = {0};
    for (size_t k = 0; k < n; k++)
        add_meaning(values, meanings[k], noise);
    check_ok(aln_vectors_add(vectors, text, strlen(text), values, &error), &error);
}

/* Source i means i; the target leaves out 3 and 4 and says 7 and 8 in one. */
static void test_finds_the_beads_that_the_vectors_show(void **state)
{
    static const struct {
        uint64_t meanings[2];
        size_t n;
    } said[] = {{{0}, 1},    {{1}, 1}, {{2}, 1},  {{5}, 1}, {{6}, 1},
                {{7, 8}, 2}, {{9}, 1}, {{10}, 1}, {{11}, 1}};
    enum { M = sizeof said / sizeof *said };
    char names[N + M][8];
    aln_sentence source[N], target[M];
    aln_error error = {0};
    AUTO(vectors) aln_vectors *vectors = NULL;
    check_ok(aln_vectors_new(DIMENSION, &vectors, &error), &error);
    for (unsigned i = 0; i < N; i++) {
        name_sentence(names[i], 'x', i);
        source[i] = (aln_sentence){names[i], strlen(names[i])};
        add_vector(vectors, names[i], &(uint64_t){i}, 1, i);
    }
    for (unsigned j = 0; j < M; j++) {
        name_sentence(names[N + j], 'y', j);
        target[j] = (aln_sentence){names[N + j], strlen(names[N + j])};
        add_vector(vectors, names[N + j], said[j].meanings, said[j].n, N + j);
    }

    AUTO(aligner) aln_aligner *aligner = NULL;
    AUTO(alignment) aln_alignment *alignment = NULL;
    const aln_aligner_options options = {.vectors = vectors};
    const aln_side sides[2] = {{"xx", source, N, NULL}, {"yy", target, M, NULL}};
    check_ok(aln_aligner_new(&options, &aligner, &error), &error);
    check_ok(aln_align(aligner, sides, 2, &alignment, &error), &error);

    bool deleted[N] = {false}, joined = false;
    for (size_t b = 0; b < alignment->n_beads; b++) {
        const aln_range *x = &alignment->beads[b].sides[0],
                        *y = &alignment->beads[b].sides[1];
        for (uint32_t i = x->start; i < x->end; i++)
            deleted[i] = y->start == y->end;
        joined =
            joined || (x->start == 7 && x->end == 9 && y->start == 5 && y->end == 6);
    }
    for (unsigned i = 0; i < N; i++)
        assert_int_equal(deleted[i], i == 3 || i == 4);
    assert_true(joined);
}

static void test_a_sentence_without_a_vector_is_named(void **state)
{
    aln_error error = {0};
    AUTO(vectors) aln_vectors *vectors = NULL;
    AUTO(aligner) aln_aligner *aligner = NULL;
    aln_alignment *alignment = NULL;
    check_ok(aln_vectors_new(1, &vectors, &error), &error);
    check_ok(aln_vectors_add(vectors, "Un.", 3, (float[]){1}, &error), &error);
    const aln_aligner_options options = {.vectors = vectors};
    check_ok(aln_aligner_new(&options, &aligner, &error), &error);

    const aln_sentence french[] = {{"Un.", 3}, {"Deux.", 5}}, english[] = {{"Un.", 3}};
    const aln_side sides[2] = {{"fr", french, 2, NULL}, {"en", english, 1, NULL}};
    assert_int_equal(aln_align(aligner, sides, 2, &alignment, &error), ALN_NOT_FOUND);
    assert_int_equal(error.line, 2);
    assert_string_equal(error.message, "no vector for the sentence \"Deux.\"");
    assert_null(alignment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_the_beads_that_the_vectors_show),
        cmocka_unit_test(test_a_sentence_without_a_vector_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
