/* The automata say what ICU says, rule by rule, at every place of random texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/ruleset.h"

#include <unicode/utf8.h>

#include "base/hash.h"
#include "base/str.h"
#include "check.h"
#include "segment/plain.h"

/* The meaning of rules, read off the specification: the first that holds decides. */
static bool is_boundary(const srx_rules *rules, const str *text, size_t at)
{
    aln_error error = {0};
    plain_window window;
    plain_look(&window, text->at, text->size, at);
    for (size_t i = 0; i < rules->n; i++) {
        plain_rule rule = {.rule = rules->at[i]};
        bool matches = false;
        check_ok(plain_matches(&rule, &window, &matches, &error), &error);
        plain_rule_done(&rule);
        if (matches) return rules->at[i]->breaks;
    }
    return false;
}

static void compare(const srx_rules *expected, ruleset *rules, const str *text)
{
    aln_error error = {0};
    size_t next = 0;
    while (next < text->size) {
        size_t from = next;
        check_ok(ruleset_next(rules, text->at, text->size, from, &next, &error),
                 &error);
        for (size_t i = from + 1; i <= next && i < text->size; i++) {
            if (U8_IS_TRAIL(text->at[i])) continue;
            if (is_boundary(expected, text, i) == (i == next)) continue;
            fail_msg("at %zu of \"%s\": %s", i, text->at,
                     i == next ? "cut by mistake" : "not cut");
        }
    }
}

/* Texts of what rules speak about, and of what they do not. */
static const char *const pieces[] = {
    " ",        " ",      " ",        "a",      "b",          "is",     "il",
    "Le",       "The",    "I",        "He",     "M",          "Mr",     "Dr",
    "etc",      "U.S",    "J.-C",     "p",      "No",         "1",      "12",
    "30",       ".",      ".",        ".",      "!",          "?",      "...",
    "…",        "“",      "”",        "«",      "»",          "\"",     "'",
    "(",        ")",      "[",        "]",      "\u00a0",     "\u202f", ",",
    ";",        ":",      "-",        "–",      "•",          "。",     "！",
    "？",       "……",     "国",       "他",     "《",         "》",     "（",
    "）",       "\u0301", "é",        "Élan",   "\u200d",     "\u00ad", "°",
    "°C",       "a.m",    "P.M",      ":)",     "1.",         "a.",     "www.x.org",
    "x@y.fr",   "Inc",    "co",       "Thanks", "http://a.b", "*",      "_",
    "________", "\xff",   "\xe3\x80",
};

/* Few different pieces a text, so that they meet. */
static void make_text(str *text, uint64_t *state)
{
    enum { FEW = 6 };
    size_t all = sizeof pieces / sizeof *pieces;
    const char *few[FEW] = {" ", "."};
    str_clear(text);
    for (int i = 2; i < FEW; i++) {
        *state = hash_mix(*state + 1);
        few[i] = pieces[(*state >> 16) % all];
    }
    int n = 2 + (int)(*state % 18);
    for (int i = 0; i < n; i++) {
        *state = hash_mix(*state + 1);
        assert_int_equal(str_puts(text, few[(*state >> 16) % FEW]), 0);
    }
}

static void check_language(const aln_srx *srx, const char *language, int rounds)
{
    aln_error error = {0};
    srx_rules expected = {0};
    ruleset *rules = NULL;
    check_ok(srx_select(srx, language, &expected, &error), &error);
    check_ok(ruleset_new(srx, language, &rules, &error), &error);
    uint64_t state = hash_bytes(language, strlen(language));
    str text = {0};
    for (int i = 0; i < rounds; i++) {
        make_text(&text, &state);
        compare(&expected, rules, &text);
    }
    str_done(&text);
    ruleset_free(rules);
    vec_free(&expected);
}

static void check_builtin(const char *language)
{
    aln_error error = {0};
    aln_srx *srx = NULL;
    check_ok(srx_builtin(&srx, &error), &error);
    check_language(srx, language, 25);
    aln_srx_free(srx);
}

static void test_our_french_rules_mean_what_icu_says(void **state)
{
    check_builtin("fr");
}

static void test_our_english_rules_mean_what_icu_says(void **state)
{
    check_builtin("en");
}

static void test_our_chinese_rules_mean_what_icu_says(void **state)
{
    check_builtin("zh-Hant");
}

static void test_the_default_rules_mean_what_icu_says(void **state)
{
    check_builtin("und");
}

/* Every construct of ICU's expressions, those that automata cannot express among them. */
static const char *const expressions[][2] = {
    {"\\bM\\.", "\\s"},
    {"\\B\\.", "."},
    {"(?<![\\p{L}])\\p{Lu}\\.", "\\s*+\\p{Lu}"},
    {"(?<=\\s)\\w{1,3}\\.", "\\s+(?!\\p{Ll})"},
    {"(?<=a\\s)\\S+", "(?=\\s[A-Z])"},
    {"(?i)(?:mr|DR|le)\\.?", "(?i: the|LE)?"},
    {"(\\p{L})\\1", "\\h"},
    {"[[a-z]&&[^aeiou]]\\.", "[\\s--[\\u00a0]]"},
    {"[^\\s.]+[.]{1,2}?", "(?>\\s+)"},
    {"\\Q...\\E", "\\s|$"},
    {"^.{0,4}", "\\X"},
    {"(?<x>a|b)(?:c|[.!?])+", "\\R|\\x{20}"},
    {"[\\w-]+[\\]\"'»]", "\\z|[^\\w\\s]"},
    {"(?:a*)*\\.", "(?:\\s?)*"},
    {"[:punct:]|[[:Lu:]]", "\\p{Z}"},
    {"(?s).(?m:^)", "(?#nothing) ?"},
    {"\\u3002[”）]*", "[\\p{Han}]"},
    {"\\p{Lu}(?<!\\bI)\\.", "\\s(?=\\b[HT])"},
    {"[.!?…][\\p{Pe}\\p{Pf}\"']*", "[\\s]"},
    {"", "\\s\\d"},
    {"。", ""},
};

enum { EXPRESSIONS = sizeof expressions / sizeof *expressions };

static void add_escaped(str *xml, const char *text)
{
    for (; *text; text++)
        if (strchr("<&>", *text))
            assert_int_equal(str_printf(xml, "&#%d;", *text), 0);
        else
            assert_int_equal(str_putc(xml, *text), 0);
}

static void add_rule(str *xml, const char *const *rule, bool breaks)
{
    assert_int_equal(
        str_printf(xml, "<rule break=\"%s\"><beforebreak>", breaks ? "yes" : "no"), 0);
    add_escaped(xml, rule[0]);
    assert_int_equal(str_puts(xml, "</beforebreak><afterbreak>"), 0);
    add_escaped(xml, rule[1]);
    assert_int_equal(str_puts(xml, "</afterbreak></rule>\n"), 0);
}

static void check_rules(int first, int last, bool breaks)
{
    str xml = {0};
    assert_int_equal(str_puts(&xml,
                              "<srx version=\"2.0\"><header segmentsubflows=\"yes\" "
                              "cascade=\"no\"/><body><languagerules><languagerule "
                              "languagerulename=\"x\">\n"),
                     0);
    for (int i = first; i < last; i++)
        add_rule(&xml, expressions[i], breaks ^ (i % 3 == 1));
    assert_int_equal(str_puts(&xml, "</languagerule></languagerules><maprules>"
                                    "<languagemap languagepattern=\".*\" "
                                    "languagerulename=\"x\"/></maprules></body></srx>"),
                     0);
    aln_error error = {0};
    aln_srx *srx = NULL;
    check_ok(aln_srx_read(xml.at, xml.size, &srx, &error), &error);
    check_language(srx, "fr", 200);
    aln_srx_free(srx);
    str_done(&xml);
}

static void test_each_construct_means_what_icu_says(void **state)
{
    for (int i = 0; i < EXPRESSIONS; i++) {
        check_rules(i, i + 1, i % 3 != 1);
    }
}

static void test_all_constructs_together_mean_what_icu_says(void **state)
{
    check_rules(0, EXPRESSIONS, true);
    check_rules(0, EXPRESSIONS, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_our_french_rules_mean_what_icu_says),
        cmocka_unit_test(test_our_english_rules_mean_what_icu_says),
        cmocka_unit_test(test_our_chinese_rules_mean_what_icu_says),
        cmocka_unit_test(test_the_default_rules_mean_what_icu_says),
        cmocka_unit_test(test_each_construct_means_what_icu_says),
        cmocka_unit_test(test_all_constructs_together_mean_what_icu_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
