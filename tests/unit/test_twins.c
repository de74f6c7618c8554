/* Texts that repeat another one are found, those that only resemble it are not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/twins.h"

#include "check.h"

static const char *const STORY =
    "The port of Lisse reopened on Monday 3 March after 14 days of works. Mayor Paul "
    "Adam praised 250 workers. The first ship, which came from Riga, carried 1,200 "
    "tonnes of timber for the sawmills of the valley. Two more are expected before the "
    "end of the week, said the harbour master, and the crane on the northern quay will "
    "lift its first load on Thursday. Traffic had been sent to the ports further south "
    "since the storm of 17 February broke the lock.";

static sketch drawn_of(const char *text)
{
    sketch drawn;
    sketch_begin(&drawn);
    sketch_add(&drawn, text, strlen(text));
    return drawn;
}

static bool finds(const char *text)
{
    twins seen = {0};
    sketch first = drawn_of(STORY), second = drawn_of(text);
    assert_null(twins_find(&seen, &first));
    assert_int_equal(twins_add(&seen, &first, "first"), ALN_OK);
    const char *found = twins_find(&seen, &second);
    if (found) assert_string_equal(found, "first");
    twins_done(&seen);
    return found;
}

/* STORY with one piece replaced. */
static const char *changed(const char *from, const char *to)
{
    static char text[2048];
    const char *at = strstr(STORY, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - STORY), STORY, to,
             at + strlen(from));
    return text;
}

static void test_the_same_text_is_found(void **state)
{
    assert_true(finds(STORY));
}

static void test_other_spaces_change_nothing(void **state)
{
    assert_true(finds(changed("of works. Mayor", "of works.   Mayor")));
}

static void test_a_word_more_changes_nothing(void **state)
{
    assert_true(finds(changed("praised 250", "praised the 250")));
}

static void test_other_figures_make_another_story(void **state)
{
    assert_false(finds(changed("14 days", "15 days")));
}

static void test_another_text_is_not_found(void **state)
{
    assert_false(finds("Nothing of all this has anything to do with a port or a ship, "
                       "but only with the weather of 3 March, which was fine."));
}

static void test_finds_one_among_ten_thousand(void **state)
{
    enum { MANY = 10000 };
    twins seen = {0};
    char text[256];
    static char names[MANY][8];
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "Delegation %d arrived in town %d to sign %d.", i,
                 i * 7, i * i);
        sketch drawn = drawn_of(text);
        snprintf(names[i], sizeof names[i], "%d", i);
        assert_int_equal(twins_add(&seen, &drawn, names[i]), ALN_OK);
    }
    sketch drawn = drawn_of("Delegation 777 arrived in town 5439 to sign 603729.");
    const char *found = twins_find(&seen, &drawn);
    assert_non_null(found);
    assert_string_equal(found, "777");
    twins_done(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_text_is_found),
        cmocka_unit_test(test_other_spaces_change_nothing),
        cmocka_unit_test(test_a_word_more_changes_nothing),
        cmocka_unit_test(test_other_figures_make_another_story),
        cmocka_unit_test(test_another_text_is_not_found),
        cmocka_unit_test(test_finds_one_among_ten_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
