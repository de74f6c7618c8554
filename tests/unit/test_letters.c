/* Words are folded so that spellings of many languages meet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/letters.h"

#include "align/han.h"
#include "check.h"

static void check_fold(const char *word, const char *expected)
{
    str folded = {0};
    assert_int_equal(letters_fold(word, strlen(word), &folded), ALN_OK);
    assert_string_equal(str_text(&folded), expected);
    str_done(&folded);
}

static void test_drops_accents_and_case(void **state)
{
    check_fold("Événement", "evenement");
    check_fold("ÇA", "ca");
    check_fold("Straße", "strasse");
    check_fold("œuvre", "oeuvre");
    check_fold("Łódź", "lodz");
}

static void test_spells_other_alphabets_in_latin(void **state)
{
    check_fold("Путин", "putin");
    check_fold("Αθήνα", "athena");
}

static void test_survives_broken_utf8(void **state)
{
    check_fold("caf\xc3", "caf");
}

static void test_classes(void **state)
{
    assert_int_equal(letter_classify('a'), LETTER_WORD);
    assert_int_equal(letter_classify(0xe9), LETTER_WORD);
    assert_int_equal(letter_classify('7'), LETTER_DIGIT);
    assert_int_equal(letter_classify(0x4e2d), LETTER_HAN);
    assert_int_equal(letter_classify(0xff0c), LETTER_MARK);
    assert_int_equal(letter_classify(0xa0), LETTER_NONE);
}

static void test_han_is_simplified_and_read(void **state)
{
    assert_int_equal(han_simplify(0x570b), 0x56fd); /* 國 -> 国 */
    assert_int_equal(han_simplify('a'), 'a');
    assert_string_equal(han_reading(0x4e2d), "zhong");
    assert_string_equal(han_reading('a'), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drops_accents_and_case),
        cmocka_unit_test(test_spells_other_alphabets_in_latin),
        cmocka_unit_test(test_survives_broken_utf8),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_han_is_simplified_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
