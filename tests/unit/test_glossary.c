/* Terms are found by their stems, and meet in their meanings.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/glossary.h"

#include "check.h"

static void make(glossary *g, const char *language)
{
    static const char endings[] = "en s es ed ing y ies\nfr s x e\n";
    assert_int_equal(glossary_init(g, language, endings), ALN_OK);
}

static bool knows(const glossary *g, const char *key, uint32_t meaning)
{
    uint32_t found = intern_find(&g->keys, key, strlen(key));
    if (found == INTERN_NONE) return false;
    size_t n;
    const glossary_sense *senses = glossary_senses(g, found, &n);
    for (size_t k = 0; k < n; k++)
        if (senses[k].meaning == meaning) return true;
    return false;
}

static void add(glossary *g, const char *terms, uint32_t meaning)
{
    assert_int_equal(glossary_add(g, terms, strlen(terms), meaning, 0.5), ALN_OK);
}

static void test_the_longest_ending_goes(void **state)
{
    glossary g;
    make(&g, "en-GB");
    assert_string_equal(g.language, "en");
    assert_int_equal(glossary_stem(&g, "studies", 7), 4);
    assert_int_equal(glossary_stem(&g, "study", 5), 4);
    assert_int_equal(glossary_stem(&g, "gas", 3), 3);
    glossary_done(&g);
}

static void test_alternatives_share_a_meaning(void **state)
{
    glossary g;
    make(&g, "en");
    add(&g, "study|surveys", 7);
    add(&g, "study", 9);
    assert_int_equal(glossary_sort(&g), ALN_OK);
    assert_true(knows(&g, "stud", 7));
    assert_true(knows(&g, "stud", 9));
    assert_true(knows(&g, "survey", 7));
    assert_false(knows(&g, "survey", 9));
    glossary_done(&g);
}

static void test_terms_of_several_words(void **state)
{
    glossary g;
    make(&g, "fr");
    add(&g, "droits de l’homme", 3);
    assert_int_equal(glossary_sort(&g), ALN_OK);
    assert_true(knows(&g, "droit de l homm", 3));
    assert_int_not_equal(intern_find(&g.starters, "droit", 5), INTERN_NONE);
    glossary_done(&g);
}

static void test_han_terms_are_simplified(void **state)
{
    glossary g;
    make(&g, "zh");
    add(&g, "國家", 4);
    assert_int_equal(glossary_sort(&g), ALN_OK);
    assert_true(knows(&g, "国家", 4));
    glossary_done(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_longest_ending_goes),
        cmocka_unit_test(test_alternatives_share_a_meaning),
        cmocka_unit_test(test_terms_of_several_words),
        cmocka_unit_test(test_han_terms_are_simplified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
