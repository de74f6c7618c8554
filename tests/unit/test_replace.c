/* Words are replaced in texts and in their markup alike, or the unit is left alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

typedef struct told {
    size_t changes, left;
} told;

static void count(void *context, const aln_unit *before, const aln_unit *after)
{
    told *seen = context;
    assert_non_null(before);
    if (after)
        seen->changes++;
    else
        seen->left++;
}

static void add_markup(aln_memory *memory, const char *text, const char *markup)
{
    aln_error error = {0};
    const aln_variant variant = {.language = "fr",
                                 .text = text,
                                 .size = strlen(text),
                                 .markup = markup,
                                 .markup_size = strlen(markup)};
    const aln_unit unit = {
        .score = ALN_NO_SCORE, .variants = &variant, .n_variants = 1};
    check_ok(aln_memory_add_unit(memory, &unit, NULL, &error), &error);
}

static told replace(aln_memory *memory, const aln_replacement *what)
{
    aln_error error = {0};
    told seen = {0};
    size_t n = 0;
    check_ok(aln_memory_replace(memory, NULL, what, count, &seen, &n, &error), &error);
    assert_int_equal(n, seen.changes);
    return seen;
}

static void check_markup(const char *text, const char *markup, const char *from,
                         const char *to, const char *expected)
{
    aln_error error = {0};
    const aln_unit *unit;
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_markup(memory, text, markup);
    const aln_replacement what = {.from = from, .to = to, .regex = true};
    told seen = replace(memory, &what);
    assert_int_equal(seen.left, expected == NULL);
    check_ok(aln_memory_unit(memory, 1, &unit, &error), &error);
    assert_string_equal(unit->variants[0].markup, expected ? expected : markup);
    assert_int_equal(unit->variants[0].markup_size, strlen(unit->variants[0].markup));
    check_sound(memory);
    aln_memory_close(memory);
    unlink("m.db");
}

static void test_tags_keep_their_places(void **state)
{
    check_markup("one two", "<hi>one</hi> <ph x=\"1\">one</ph>two", "one|two", "3",
                 "<hi>3</hi> <ph x=\"1\">one</ph>3");
    check_markup("a&b é", "a&amp;b<ph/> é<ph/>", "é", "e", "a&amp;b<ph/> e<ph/>");
    check_markup("one", "<hi>one</hi>", "$", "!", "<hi>one</hi>!");
    check_markup("one", "<hi>one</hi>", "^", "<", "<hi>&lt;one</hi>");
    check_markup("éa", "é<ph/>a", ".", "$0$0", "éé<ph/>aa");
    check_markup("one", "<hi>one</hi>", "one", "", "<hi></hi>");
}

static void test_what_stands_across_a_tag_is_left_alone(void **state)
{
    check_markup("one two", "one <ph/>two", "e t", "x", NULL);
    check_markup("one", "o<hi>n</hi>e", "one", "x", NULL);
    check_markup("one", "<ph/>another", "one", "x", "<ph/>x"); /* the text decides */
    check_markup("é", "another<ph/>", "é", "x", NULL);         /* the tag is nowhere */
}

static void test_a_dry_run_only_tells(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "deux", "two", 0);
    const aln_replacement dry = {
        .from = "U", .to = "V", .ignore_case = true, .dry_run = true};
    assert_int_equal(replace(memory, &dry).changes, 2);
    check_texts(memory, NULL, "un|deux");
    aln_memory_close(memory);
}

static void test_equal_words_change_nothing(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    const aln_replacement same = {.from = "(u)(n)", .to = "$1$2", .regex = true};
    assert_int_equal(replace(memory, &same).changes, 0);
    aln_memory_close(memory);
}

static void test_a_filter_by_language_keeps_the_other_texts(void **state)
{
    aln_error error = {0};
    size_t n;
    const aln_unit *unit;
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    const char *const english[] = {"en", NULL};
    const aln_filter filter = {.languages = english};
    const aln_replacement what = {.from = "n", .to = "m"};
    check_ok(aln_memory_replace(memory, &filter, &what, NULL, NULL, &n, &error),
             &error);
    check_texts(memory, NULL, "um");
    check_ok(aln_memory_unit(memory, 1, &unit, &error), &error);
    assert_int_equal(unit->n_variants, 2);
    aln_memory_close(memory);
}

static void test_bad_expressions_change_nothing(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    const aln_replacement none = {.from = "", .to = "x"};
    const aln_replacement open = {.from = "(", .to = "x", .regex = true};
    const aln_replacement group = {.from = "u", .to = "$1", .regex = true};
    assert_int_equal(aln_memory_replace(memory, NULL, &none, NULL, NULL, NULL, &error),
                     ALN_INVALID);
    assert_int_equal(aln_memory_replace(memory, NULL, &open, NULL, NULL, NULL, &error),
                     ALN_SYNTAX);
    assert_int_equal(aln_memory_replace(memory, NULL, &group, NULL, NULL, NULL, &error),
                     ALN_SYNTAX);
    check_texts(memory, NULL, "un");
    aln_memory_close(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_tags_keep_their_places),
        in_folder(test_what_stands_across_a_tag_is_left_alone),
        in_folder(test_a_dry_run_only_tells),
        in_folder(test_equal_words_change_nothing),
        in_folder(test_a_filter_by_language_keeps_the_other_texts),
        in_folder(test_bad_expressions_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
