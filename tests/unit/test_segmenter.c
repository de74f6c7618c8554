/* Sentences are exact bytes of the text, whatever the bytes are.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/segment.h>

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "base/str.h"
#include "check.h"

static aln_segmenter *open_segmenter(const char *language)
{
    aln_error error = {0};
    aln_segmenter *segmenter = NULL;
    check_ok(aln_segmenter_new(language, NULL, &segmenter, &error), &error);
    return segmenter;
}

static size_t split(aln_segmenter *segmenter, const char *text, size_t size,
                    const aln_span **spans)
{
    aln_error error = {0};
    size_t count = 0;
    check_ok(aln_segmenter_split(segmenter, text, size, spans, &count, &error), &error);
    return count;
}

/* Cut a text and compare the sentences, joined by '|', with what is expected. */
static void check_split(const char *language, const char *text, const char *expected)
{
    aln_segmenter *segmenter = open_segmenter(language);
    const aln_span *spans;
    size_t count = split(segmenter, text, strlen(text), &spans);
    str said = {0};
    for (size_t i = 0; i < count; i++) {
        if (i) assert_int_equal(str_putc(&said, '|'), 0);
        assert_int_equal(
            str_add(&said, text + spans[i].start, spans[i].end - spans[i].start), 0);
    }
    assert_string_equal(str_text(&said), expected);
    str_done(&said);
    aln_segmenter_free(segmenter);
}

static void test_sentences_lose_the_space_around_them(void **state)
{
    check_split("en", "  One.  Two?\t Three! ", "One.|Two?|Three!");
    check_split("fr", "\u00a0Un.\u202f Deux.\u3000", "Un.|Deux.");
    check_split("en", "\ufeffOne. Two.", "One.|Two.");
}

static void test_white_space_is_no_sentence(void **state)
{
    check_split("en", " \n\t\u00a0 \r\n", "");
    check_split("en", "", "");
}

static void test_a_line_feed_ends_a_sentence(void **state)
{
    check_split("en", "A title\nOne.\r\nTwo.", "A title|One.|Two.");
}

static void test_survives_broken_utf8(void **state)
{
    check_split("en", "A\xff. B\xe3\x80. \x80\x80 C.", "A\xff.|B\xe3\x80.|\x80\x80 C.");
}

static void test_a_tag_is_canonicalised(void **state)
{
    check_split("FR_ca", "M. Roy part. Elle reste.", "M. Roy part.|Elle reste.");
    check_split("zh-Hant-HK", "好。走吧。", "好。|走吧。");
}

static void test_an_unknown_language_gets_the_default_rules(void **state)
{
    check_split("xx", "One. Two! Three? four", "One.|Two!|Three?|four");
}

static void test_a_malformed_tag_is_refused(void **state)
{
    aln_error error = {0};
    aln_segmenter *segmenter = NULL;
    assert_int_equal(aln_segmenter_new("not a tag", NULL, &segmenter, &error),
                     ALN_UNSUPPORTED);
    assert_null(segmenter);
    assert_int_equal(aln_segmenter_new(NULL, NULL, &segmenter, &error), ALN_INVALID);
    aln_segmenter_free(NULL);
}

/* Random bytes, most of them of the sort that rules look at. */
static void make_text(char *text, size_t size, uint64_t *state)
{
    static const char liked[] =
        ".!? \n\"'()MDr.Aaz0\xe3\x80\x82\xc2\xab\xbb\xe2\x80\xa6";
    for (size_t i = 0; i < size; i++) {
        *state = hash_mix(*state + 1);
        bool any = (*state >> 40) % 4 == 0;
        memcpy(text + i,
               any ? (char *)state : liked + (*state >> 8) % (sizeof liked - 1), 1);
    }
}

static bool is_blank_gap(const char *text, size_t start, size_t end)
{
    /* What may be left out: white space, the byte order mark, zero-width spaces. */
    static const char *const blanks[] = {" ",           "\t",           "\n",
                                         "\v",          "\f",           "\r",
                                         "\xc2\x85",    "\xc2\xa0",     "\xe1\x9a\x80",
                                         "\xe2\x80",    "\xe2\x81\x9f", "\xe3\x80\x80",
                                         "\xef\xbb\xbf"};
    while (start < end) {
        size_t n = 0;
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks && !n; i++)
            if (strncmp(text + start, blanks[i], strlen(blanks[i])) == 0)
                n = i == 9 ? 3 : strlen(blanks[i]);
        if (!n) return false;
        start += n;
    }
    return start == end;
}

static void check_cover(aln_segmenter *segmenter, const char *text, size_t size)
{
    const aln_span *spans;
    size_t count = split(segmenter, text, size, &spans), at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].start >= at && spans[i].end > spans[i].start);
        assert_true(is_blank_gap(text, at, spans[i].start));
        assert_null(memchr(text + spans[i].start, '\n', spans[i].end - spans[i].start));
        at = spans[i].end;
    }
    assert_true(at <= size && is_blank_gap(text, at, size));
}

static void test_sentences_and_gaps_give_the_text_back(void **state)
{
    static const char *const languages[] = {"fr", "en", "zh", "de", "ja", "ru", "und"};
    enum { ROUNDS = 400, SIZE = 120 };
    uint64_t random = 7;
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        aln_segmenter *segmenter = open_segmenter(languages[l]);
        for (size_t i = 0; i < ROUNDS; i++) {
            char text[SIZE + 1] = "";
            make_text(text, i % SIZE, &random);
            check_cover(segmenter, text, i % SIZE);
        }
        aln_segmenter_free(segmenter);
    }
}

static double seconds_for(const char *language, const char *unit, size_t size)
{
    str text = {0};
    while (text.size < size)
        assert_int_equal(str_puts(&text, unit), 0);
    aln_segmenter *segmenter = open_segmenter(language);
    const aln_span *spans;
    (void)split(segmenter, "One. Two.", 9, &spans); /* the automata warm up */
    clock_t began = clock();
    (void)split(segmenter, text.at, text.size, &spans);
    double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    aln_segmenter_free(segmenter);
    str_done(&text);
    return seconds;
}

/* Four times the text takes about four times as long, and never long. */
static void test_hostile_text_takes_linear_time(void **state)
{
    static const char *const units[] = {".",
                                        ". ",
                                        "M. ",
                                        "Mr. ",
                                        "e.g. ",
                                        "U.S. ",
                                        "...",
                                        " . . ",
                                        "A.",
                                        "\"",
                                        "。",
                                        "。\"",
                                        "（",
                                        "!?",
                                        "1. ",
                                        "1.) ",
                                        "《！",
                                        "……",
                                        "a",
                                        " ",
                                        "_",
                                        "\xe3",
                                        "- ",
                                        "J.-",
                                        "Thanks, A ",
                                        "(. ",
                                        "\u0301. ",
                                        "x@y.",
                                        "12/12/12 12:12 "};
    enum { SMALL = 1 << 18, LARGE = 1 << 20 };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const char *language = &"en\0fr\0zh"[3 * (i % 3)];
        double small = seconds_for(language, units[i], SMALL);
        double large = seconds_for(language, units[i], LARGE);
        if (large > 12 * small + 0.5)
            fail_msg("\"%s\" in %s: %.2f s, then %.2f s", units[i], language, small,
                     large);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences_lose_the_space_around_them),
        cmocka_unit_test(test_white_space_is_no_sentence),
        cmocka_unit_test(test_a_line_feed_ends_a_sentence),
        cmocka_unit_test(test_survives_broken_utf8),
        cmocka_unit_test(test_a_tag_is_canonicalised),
        cmocka_unit_test(test_an_unknown_language_gets_the_default_rules),
        cmocka_unit_test(test_a_malformed_tag_is_refused),
        cmocka_unit_test(test_sentences_and_gaps_give_the_text_back),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
