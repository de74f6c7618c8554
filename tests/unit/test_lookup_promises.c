/* What lookup.h promises beyond bases: ranges of languages, penalties, context, numbers,
 * the way through a third language; in random memories.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/lookup.h>

#include "base/auto.h"
#include "base/str.h"

#include "memories.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)

enum { UNITS = 400, LIMIT = 1000 };

static uint32_t state;

static uint32_t below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)state * n) >> 32);
}

/* Words of several scripts; few, so that texts resemble each other. */
static void make_text(str *out, uint32_t least)
{
    static const char *const words[] = {"le",  "accord", "中",    "国",  "the",
                                        "мир", "naïf",   "state", "été", "signe"};
    str_clear(out);
    for (uint32_t n = least + below(6); n; n--)
        assert_int_equal(str_printf(out, "%s%s", out->size ? " " : "",
                                    words[below(sizeof words / sizeof *words)]),
                         ALN_OK);
}

static int64_t add(aln_memory *memory, const char *const *languages,
                   const char *const *texts, size_t n)
{
    aln_error error = {0};
    aln_variant variants[3];
    int64_t id = 0;
    for (size_t i = 0; i < n; i++)
        variants[i] = (aln_variant){
            .language = languages[i], .text = texts[i], .size = strlen(texts[i])};
    aln_unit unit = {.variants = variants, .n_variants = n, .score = ALN_NO_SCORE};
    check_ok(aln_memory_add_unit(memory, &unit, &id, &error), &error);
    return id;
}

static aln_lookup *open_lookup(aln_memory *memory, aln_lookup_options options)
{
    aln_error error = {0};
    aln_lookup *lookup;
    if (!options.limit) options.limit = LIMIT;
    check_ok(aln_lookup_new(memory, &options, &lookup, &error), &error);
    return lookup;
}

static size_t find(aln_lookup *lookup, const char *text, const aln_match **matches)
{
    aln_error error = {0};
    size_t n;
    check_ok(aln_lookup_find(lookup, text, strlen(text), matches, &n, &error), &error);
    return n;
}

static const aln_match *of_unit(const aln_match *matches, size_t n, int64_t unit)
{
    for (size_t i = 0; i < n; i++)
        if (matches[i].unit == unit) return &matches[i];
    return NULL;
}

/* fr finds fr, fr-CA and fr-FR, fr-CA itself alone; of two targets the exact tag. */
static void test_ranges_find_their_regions(void **unused)
{
    static const char *const tags[] = {"fr", "fr-CA", "fr-FR", "frr", "de"};
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    AUTO(str) str text = {0};
    int64_t units[UNITS];
    size_t tag[UNITS];
    char *sources[UNITS];
    state = 1;
    for (size_t i = 0; i < UNITS; i++) {
        char one[16], other[16];
        tag[i] = below(5);
        snprintf(one, sizeof one, "gb %zu", i);
        snprintf(other, sizeof other, "en %zu", i);
        const char *languages[] = {tags[tag[i]], "en-GB", "en"};
        make_text(&text, 1);
        assert_non_null(sources[i] = strdup(str_text(&text)));
        const char *texts[] = {sources[i], one, other};
        units[i] = add(memory, languages, texts, 3);
    }
    for (size_t range = 0; range < 5; range++) {
        aln_lookup_options options = {.source = tags[range], .target = "en", .min = 1};
        AUTO(lookup) aln_lookup *lookup = open_lookup(memory, options);
        for (size_t i = 0; i < UNITS; i++) {
            bool covered = tag[i] == range || (range == 0 && tag[i] <= 2);
            const aln_match *matches;
            size_t n = find(lookup, sources[i], &matches);
            const aln_match *match = of_unit(matches, n, units[i]);
            assert_int_equal(match != NULL, covered);
            if (!match) continue;
            assert_string_equal(match->source_language, tags[tag[i]]);
            assert_string_equal(match->target_language, "en");
        }
    }
    for (size_t i = 0; i < UNITS; i++)
        free(sources[i]);
}

/* With room for all, penalties change scores by what they say, and nothing else. */
static void test_penalties_take_off_what_they_say(void **unused)
{
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    AUTO(str) str text = {0};
    const char *languages[] = {"fr", "en"};
    state = 2;
    for (int i = 0; i < UNITS; i++) {
        char target[16];
        if (i % 100 == 0) add_document(memory, i % 200 ? "odd" : "even", NULL);
        snprintf(target, sizeof target, "t%d", i);
        make_text(&text, 1);
        const char *texts[] = {str_text(&text), target};
        add(memory, languages, texts, 2);
    }
    const aln_penalty penalties[] = {
        {.kind = ALN_PENALTY_ALL, .points = 2},
        {.kind = ALN_PENALTY_DOCUMENT, .points = 5, .value = "odd"},
        {.kind = ALN_PENALTY_BEFORE, .points = 1, .value = "2999"},
        {.kind = ALN_PENALTY_BEFORE, .points = 40, .value = "1999"},
    };
    aln_lookup_options options = {.source = "fr", .target = "en", .min = 0.5};
    AUTO(lookup) aln_lookup *plain = open_lookup(memory, options);
    options.penalties = penalties;
    options.n_penalties = 4;
    AUTO(lookup) aln_lookup *strict = open_lookup(memory, options);
    for (int i = 0; i < 60; i++) {
        const aln_match *some, *others;
        make_text(&text, 1);
        size_t n = find(plain, str_text(&text), &some);
        size_t m = find(strict, str_text(&text), &others);
        assert_int_equal(n, m);
        for (size_t k = 0; k < n; k++) {
            const aln_match *other = of_unit(others, m, some[k].unit);
            assert_non_null(other);
            int off = 3 + (strcmp(some[k].document, "odd") == 0 ? 5 : 0);
            assert_int_equal(other->score, some[k].score - off);
            assert_true(other->base == some[k].base);
            if (k) assert_true(others[k].score <= others[k - 1].score);
        }
    }
}

/* In a document every unit with both neighbours is worth 102, at its ends 101. */
static void test_company_is_worth_a_point_each(void **unused)
{
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    char texts[UNITS][32];
    const char *languages[] = {"fr", "en"};
    state = 3;
    for (int i = 0; i < UNITS; i++) {
        if (i == 0 || i == UNITS / 2) add_document(memory, i ? "b" : "a", NULL);
        snprintf(texts[i], sizeof texts[i], "phrase %u numéro %d", below(9), i);
        const char *both[] = {texts[i], "target"};
        add(memory, languages, both, 2);
    }
    aln_lookup_options options = {.source = "fr", .target = "en", .limit = 5};
    AUTO(lookup) aln_lookup *lookup = open_lookup(memory, options);
    for (int i = 0; i < UNITS; i++) {
        bool first = i == 0 || i == UNITS / 2,
             last = i == UNITS - 1 || i + 1 == UNITS / 2;
        bool wrong = below(4) == 0;
        const aln_match *matches;
        aln_lookup_context(lookup,
                           wrong ? "other"
                           : i   ? texts[i - 1]
                                 : NULL,
                           i + 1 < UNITS ? texts[i + 1] : NULL);
        assert_true(find(lookup, texts[i], &matches) > 0);
        assert_int_equal(matches[0].score, 100 + (!first && !wrong) + !last);
    }
}

/* Numbers of a query go where the unit's stood. */
static void test_numbers_are_adapted(void **unused)
{
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    aln_lookup_options options = {.source = "fr", .target = "zh"};
    const char *languages[] = {"fr", "zh"};
    state = 4;
    for (unsigned i = 0; i < 100; i++) {
        char source[80], target[80], query[80], wanted[80];
        unsigned a = 100 + below(100), b = 300 + below(100), c = 500 + below(100),
                 d = 700 + below(100);
        snprintf(source, sizeof source, "mot%u le %u juin, %u ministres", i, a, b);
        snprintf(target, sizeof target, "%u位部长词%uz在6月%u日", b, i, a);
        snprintf(query, sizeof query, "mot%u le %u juin, %u ministres", i, c, d);
        snprintf(wanted, sizeof wanted, "%u位部长词%uz在6月%u日", d, i, c);
        const char *texts[] = {source, target};
        add(memory, languages, texts, 2);
        options.min = 0.5;
        AUTO(lookup) aln_lookup *lookup = open_lookup(memory, options);
        const aln_match *matches;
        assert_true(find(lookup, query, &matches) > 0);
        assert_int_equal(matches[0].score, 99);
        assert_string_equal(matches[0].adapted, wanted);
        assert_string_equal(matches[0].target, target);
    }
}

/* Where no unit has both languages, every text goes through the one in the middle. */
static void test_a_third_language_leads_on(void **unused)
{
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    aln_lookup_options options = {.source = "fr", .target = "zh", .limit = 5};
    const char *here[] = {"fr", "en"}, *there[] = {"en", "zh"};
    char french[32], english[32], chinese[32];
    for (int i = 0; i < 60; i++) {
        snprintf(french, sizeof french, "phrase%d entière ici", i);
        snprintf(english, sizeof english, "sentence%d of some length", i);
        snprintf(chinese, sizeof chinese, "第%d句", i);
        const char *one[] = {french, english}, *other[] = {english, chinese};
        add(memory, here, one, 2);
        if (i % 3) add(memory, there, other, 2);
    }
    AUTO(lookup) aln_lookup *lookup = open_lookup(memory, options);
    for (int i = 0; i < 60; i++) {
        const aln_match *matches;
        snprintf(french, sizeof french, "phrase%d entière ici", i);
        snprintf(chinese, sizeof chinese, "第%d句", i);
        size_t n = find(lookup, french, &matches);
        assert_int_equal(n, i % 3 ? 1 : 0);
        if (!n) continue;
        assert_int_equal(matches[0].score, 99);
        assert_string_equal(matches[0].pivot, "en");
        assert_string_equal(matches[0].target, chinese);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_ranges_find_their_regions),
        in_folder(test_penalties_take_off_what_they_say),
        in_folder(test_company_is_worth_a_point_each),
        in_folder(test_numbers_are_adapted),
        in_folder(test_a_third_language_leads_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
