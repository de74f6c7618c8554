/* Looking up, searching and making the index again when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/concordance.h>
#include <align/lookup.h>

#include <stdlib.h>
#include <unistd.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)
AUTO_DEFINE(search, aln_search *, aln_search_free)

static char path[64];

static void add(aln_memory *memory, const char *en, const char *fr)
{
    aln_error error = {0};
    aln_variant variants[2] = {{.language = "en", .text = en, .size = strlen(en)},
                               {.language = "fr", .text = fr, .size = strlen(fr)}};
    aln_unit unit = {.variants = variants, .n_variants = 2, .score = ALN_NO_SCORE};
    check_ok(aln_memory_add_unit(memory, &unit, NULL, &error), &error);
}

/* A run with lists and a tail. */
static void make_memory(void)
{
    enum { MANY = 2500 };
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    snprintf(path, sizeof path, "/tmp/oom_lookup.%ld.db", (long)getpid());
    unlink(path);
    check_ok(aln_memory_open(path, ALN_MEMORY_CREATE, &memory, &error), &error);
    check_ok(aln_memory_begin(memory, &error), &error);
    for (unsigned i = 0; i < MANY; i++) {
        char text[80], other[80];
        snprintf(text, sizeof text, "word %u of the %u th text, a%u b%u", i, i % 7,
                 i * 7919 % 1000, i * 104729 % 500);
        snprintf(other, sizeof other, "mot n° %u", i);
        add(memory, text, other);
    }
    check_ok(aln_memory_commit(memory, &error), &error);
    add(memory, "the tail", "la queue");
}

static aln_status look_up(aln_error *error)
{
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(lookup) aln_lookup *lookup = NULL;
    aln_penalty penalty = {.kind = ALN_PENALTY_DOCUMENT, .points = 3, .value = "x"};
    aln_lookup_options options = {.source = "en",
                                  .target = "fr",
                                  .explain = true,
                                  .penalties = &penalty,
                                  .n_penalties = 1};
    const aln_match *matches;
    const aln_fragment *fragments;
    size_t n;
    static const char text[] = "Word 12 of the 5 th te\u0301xt, a28 b248";
    TRY(aln_memory_open(path, ALN_MEMORY_READ, &memory, error));
    TRY(aln_lookup_new(memory, &options, &lookup, error));
    TRY(aln_lookup_find(lookup, text, sizeof text - 1, &matches, &n, error));
    assert_true(n > 0);
    return aln_lookup_fragments(lookup, text, sizeof text - 1, &fragments, &n, error);
}

static aln_status search(aln_error *error)
{
    static const char *const queries[] = {"b248 \"word 12\"", "the", "mo* 7"};
    AUTO(memory) aln_memory *memory = NULL;
    TRY(aln_memory_open(path, ALN_MEMORY_READ, &memory, error));
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        AUTO(search) aln_search *found = NULL;
        aln_search_options options = {.limit = 3};
        const aln_hit *hit;
        TRY(aln_search_new(memory, queries[i], &options, &found, error));
        TRY(aln_search_next(found, &hit, error));
        assert_non_null(hit);
        TRY(aln_search_next(found, &hit, error));
    }
    return ALN_OK;
}

static void test_lookup_reports_it(void **unused)
{
    assert_true(fail_each_allocation(look_up) > 20);
}

static void test_search_reports_it(void **unused)
{
    assert_true(fail_each_allocation(search) > 20);
}

static int remove_memory(void **unused)
{
    char name[80];
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    return 0;
}

static int set_up(void **unused)
{
    make_memory();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup_reports_it),
        cmocka_unit_test(test_search_reports_it),
    };
    return cmocka_run_group_tests(tests, set_up, remove_memory);
}
