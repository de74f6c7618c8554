/* Each rule of the checker finds what breaks it, and nothing in a sound file.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/str.h"

#include "check.h"

#define HEADER                                                                   \
    "<header creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" " \
    "o-tmf=\"t\" adminlang=\"en\" srclang=\"fr\" datatype=\"xml\"/>"
#define TUV(lang, seg) "<tuv xml:lang=\"" lang "\">" seg "</tuv>"
#define UNIT(seg)      "<tu>" TUV("fr", seg) "</tu>"

static void note(void *context, const aln_finding *finding)
{
    str *out = context;
    assert_true(finding->line > 0);
    assert_int_not_equal(finding->message[0], 0);
    assert_int_equal(str_printf(out, "%s%s%s", out->size ? " " : "",
                                finding->severity == ALN_CHECK_ERROR ? "!" : "",
                                finding->rule),
                     0);
}

/* The rules that a file breaks, errors with "!". */
static void check_rules(const char *header, const char *body, const char *expected)
{
    char path[] = "/tmp/test_tmx_check.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *stream = fdopen(file, "w");
    fprintf(stream,
            "<?xml version=\"1.0\"?><tmx version=\"1.4\">%s<body>%s</body></tmx>",
            header, body);
    assert_int_equal(fclose(stream), 0);

    AUTO(str) str rules = {0};
    aln_error error = {0};
    size_t n_errors = 0, expected_errors = 0;
    aln_status status = aln_tmx_check(path, note, &rules, &n_errors, &error);
    unlink(path);
    check_ok(status, &error);
    assert_string_equal(str_text(&rules), expected);
    for (const char *at = expected; *at; at++)
        expected_errors += *at == '!';
    assert_int_equal(n_errors, expected_errors);
}

static void test_a_sound_file_breaks_no_rule(void **state)
{
    check_rules(HEADER,
                "<tu tuid=\"1\" creationdate=\"20200102T030405Z\" usagecount=\"3\">"
                "<note>n</note><prop type=\"p\">v</prop>" TUV(
                    "fr", "<seg><bpt i=\"1\"/>a<ept i=\"1\"/><it pos=\"begin\"/></seg>")
                    TUV("en", "<seg>a<ph>c<sub>d</sub></ph></seg>") "</tu>",
                "");
}

static void test_each_rule_finds_what_breaks_it(void **state)
{
    static const struct {
        const char *body, *rules;
    } table[] = {
        {UNIT("<seg></seg>"), "empty-segment"},
        {"<tu></tu>", "!incomplete source-missing"},
        {"<tu>" TUV("fr", "<seg>a</seg><seg>b</seg>") "</tu>", "!second-segment"},
        {"<tu><tuv><seg>a</seg></tuv></tu>", "!required-attribute source-missing"},
        {"<tu>" TUV("FR-FR", "<seg>a</seg>") "</tu>", "language-form source-missing"},
        {"<tu>" TUV("french!", "<seg>a</seg>") "</tu>", "!language-tag source-missing"},
        {"<tu>" TUV("en", "<seg>a</seg>") "</tu>", "source-missing"},
        {"<tu x=\"y\">" TUV("fr", "<seg>a</seg>") "</tu>", "!unknown-attribute"},
        {"<tu usagecount=\"x\">" TUV("fr", "<seg>a</seg>") "</tu>", "!usagecount"},
        {"<tu creationdate=\"soon\">" TUV("fr", "<seg>a</seg>") "</tu>", "!date"},
        {"<tu creationdate=\"2020-01-02\">" TUV("fr", "<seg>a</seg>") "</tu>",
         "date-form"},
        {UNIT("<seg><ept i=\"1\"/>a</seg>"), "!pair-close"},
        {UNIT("<seg><bpt i=\"1\"/>a</seg>"), "!pair-open"},
        {UNIT("<seg><it pos=\"open\"/>a</seg>"), "!pos"},
        {UNIT("<seg>a<b>c</b></seg>"), "!misplaced"},
        {"x" UNIT("<seg>a</seg>"), "!text"},
        {"<tu tuid=\"1\">" TUV("fr", "<seg>a</seg>") "</tu><tu tuid=\"1\">" TUV(
             "fr", "<seg>b</seg>") "</tu>",
         "tuid-twice"},
        {"<tu>" TUV("fr", "<seg>a</seg>") "<note>late</note></tu>", "!order"},
        {UNIT("<seg>&#1;a</seg>"), "!characters"},
        {"<tu>", "!well-formed"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_rules(HEADER, table[i].body, table[i].rules);
}

static void test_headers_have_rules_too(void **state)
{
    check_rules("<header creationtool=\"t\" creationtoolversion=\"1\" segtype=\"line\" "
                "o-tmf=\"t\" adminlang=\"en\" srclang=\"*all*\" datatype=\"xml\"/>",
                "", "!segtype srclang-all");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_file_breaks_no_rule),
        cmocka_unit_test(test_each_rule_finds_what_breaks_it),
        cmocka_unit_test(test_headers_have_rules_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
