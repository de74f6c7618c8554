/* Word pairs out of units, and counts that can be kept and summed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/learner.h>

#include "base/auto.h"
#include "base/str.h"
#include "check.h"

AUTO_DEFINE(learner, aln_learner *, aln_learner_free)

static const char *const units[][2] = {
    {"le chat dort", "the cat sleeps"},     {"le chien dort", "the dog sleeps"},
    {"un chat mange", "a cat eats"},        {"un chien mange", "a dog eats"},
    {"ce chat court vite", "cat runs now"}, {"chien sage", "good dog"},
    {"il dort encore", "he sleeps still"},  {"elle mange trop", "she eats much"},
    {"rien de neuf", "nothing new"},        {"la pluie tombe", "rain falls"},
    {"bonne nuit", "good night"},           {"merci beaucoup", "many thanks"},
};
enum { N = sizeof units / sizeof *units };

static aln_learner *learner_of(size_t start, size_t end)
{
    aln_error error = {0};
    aln_learner *made;
    check_ok(aln_learner_new("fr", "en", &made, &error), &error);
    for (size_t i = start; i < end; i++)
        check_ok(aln_learner_add(made, units[i][0], strlen(units[i][0]), units[i][1],
                                 strlen(units[i][1]), &error),
                 &error);
    return made;
}

static aln_status note_pair(void *context, const aln_word_pair *pair, aln_error *error)
{
    (void)error;
    return str_printf(context, "%s=%s %.3f\n", pair->source, pair->target,
                      pair->strength);
}

static void tell_all(aln_learner *learner, str *told)
{
    aln_error error = {0};
    check_ok(aln_learner_tell(learner, note_pair, told, &error), &error);
}

static void test_finds_words_that_stand_together(void **state)
{
    AUTO(learner) aln_learner *learner = learner_of(0, N);
    AUTO(str) str told = {0};
    tell_all(learner, &told);
    assert_non_null(strstr(str_text(&told), "chat=cat "));
    assert_non_null(strstr(str_text(&told), "dort=sleeps "));
    assert_null(strstr(str_text(&told), "chat=dog"));
}

/* The halves of the units, one kept and given to the learner of the other, teach what
 * all of them teach. */
static void test_kept_counts_add_up(void **state)
{
    aln_error error = {0};
    AUTO(learner) aln_learner *all = learner_of(0, N);
    AUTO(learner) aln_learner *first = learner_of(0, N / 2);
    AUTO(learner) aln_learner *second = learner_of(N / 2, N);
    AUTO(free) char *kept = NULL;
    size_t size;
    check_ok(aln_learner_save(first, &kept, &size, &error), &error);
    check_ok(aln_learner_load(second, kept, size, &error), &error);

    AUTO(str) str expected = {0};
    AUTO(str) str told = {0};
    tell_all(all, &expected);
    tell_all(second, &told);
    assert_string_equal(str_text(&told), str_text(&expected));
}

static void test_keeping_twice_gives_the_same(void **state)
{
    aln_error error = {0};
    AUTO(learner) aln_learner *learner = learner_of(0, N);
    AUTO(learner) aln_learner *empty = learner_of(0, 0);
    AUTO(free) char *kept = NULL;
    AUTO(free) char *again = NULL;
    size_t size, size_again;
    check_ok(aln_learner_save(learner, &kept, &size, &error), &error);
    check_ok(aln_learner_load(empty, kept, size, &error), &error);
    check_ok(aln_learner_save(empty, &again, &size_again, &error), &error);
    assert_string_equal(again, kept);
}

static void check_damaged(const char *kept, unsigned line)
{
    aln_error error = {0};
    AUTO(learner) aln_learner *learner = learner_of(0, 0);
    assert_int_equal(aln_learner_load(learner, kept, strlen(kept), &error),
                     ALN_CORRUPT);
    assert_int_equal(error.line, line);
    assert_int_equal(aln_learner_size(learner), 0);
}

static void test_damaged_counts_are_refused_with_their_line(void **state)
{
    check_damaged("", 1);
    check_damaged("bitext-counts 2\t1\t1\n", 1);
    check_damaged("bitext-counts 1\t1\n", 1);
    check_damaged("bitext-counts 1\t4294967296\t1\n", 1);
    check_damaged("bitext-counts 1\t1\t1\ns\tchat\t1", 2);
    check_damaged("bitext-counts 1\t1\t1\ns\tchat\n", 2);
    check_damaged("bitext-counts 1\t1\t1\ns\tchat\t1\np\t0\t0\t1\n", 3);
    check_damaged("bitext-counts 1\t1\t1\ns\ta\t1\nt\tb\t1\np\t0\t0\t0\n", 4);
    check_damaged("bitext-counts 1\t1\t1\nx\t1\t1\n", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_words_that_stand_together),
        cmocka_unit_test(test_kept_counts_add_up),
        cmocka_unit_test(test_keeping_twice_gives_the_same),
        cmocka_unit_test(test_damaged_counts_are_refused_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
