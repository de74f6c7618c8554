/* Dates in the lines of pages.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/date.h"

#include "check.h"

static void test_reads_the_ways_to_write_a_date(void **state)
{
    static const char *const facts[][2] = {
        {"Xinhua | 09.06.2017 08h34", "2017-06-09T08:34"},
        {"2017年06月09日08:34", "2017-06-09T08:34"},
        {"2017年6月9日 8时34分", "2017-06-09T08:34"},
        {"(Xinhua) 08:34, June 09, 2017", "2017-06-09T08:34"},
        {"Publié le 9 juin 2017 à 08h34", "2017-06-09T08:34"},
        {"1er juin 2017", "2017-06-01"},
        {"June 9, 2017 8:34 p.m.", "2017-06-09T20:34"},
        {"12:05 AM, June 9, 2017", "2017-06-09T00:05"},
        {"9. Juni 2017", "2017-06-09"},
        {"9 de junio de 2017", "2017-06-09"},
        {"9 июня 2017", "2017-06-09"},
        {"2017-06-09T08:34:00+08:00", "2017-06-09T08:34"},
        {"06/25/2017", "2017-06-25"},
        {"Jan. 2, 2019", "2019-01-02"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        struct date found = {{0}, 0, 0};
        if (!date_find(facts[i][0], strlen(facts[i][0]), &found))
            fail_msg("no date in %s", facts[i][0]);
        assert_string_equal(found.iso, facts[i][1]);
        assert_true(found.end <= strlen(facts[i][0]) && found.start < found.end);
    }
}

static void test_numbers_are_no_dates(void **state)
{
    static const char *const lines[] = {"32.13.2017",
                                        "1.2.3",
                                        "2017",
                                        "30 février 2017",
                                        "12345-67-89",
                                        "May 2017",
                                        "à 08h38 le 09/06",
                                        ""};
    struct date found;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (date_find(lines[i], strlen(lines[i]), &found))
            fail_msg("%s in %s", found.iso, lines[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_the_ways_to_write_a_date),
        cmocka_unit_test(test_numbers_are_no_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
