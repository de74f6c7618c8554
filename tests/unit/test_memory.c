/* A memory keeps what it was given, once, and nothing that was not committed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

static void test_keeps_units_in_order(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "deux", "two", 0);
    aln_memory_close(memory);

    memory = open_memory(ALN_MEMORY_READ);
    check_texts(memory, NULL, "un|deux");
    aln_memory_close(memory);
}

static void test_keeps_everything_of_a_unit(void **state)
{
    const aln_meta meta[] = {
        {.kind = ALN_META_ATTRIBUTE, .name = "tuid", .value = "7"},
        {.kind = ALN_META_NOTE, .value = "", .language = "fr"},
        {.kind = ALN_META_PROPERTY, .name = "x", .value = "é", .encoding = "utf-8"},
    };
    const aln_variant variants[] = {
        {.language = "fr",
         .text = "a",
         .size = 1,
         .markup = "<ph/>a",
         .markup_size = 6},
        {.language = "fr-CA",
         .text = "",
         .size = 0,
         .meta = meta,
         .n_meta = 3,
         .document = "x.html"},
    };
    const aln_unit unit = {.score = 0.8731,
                           .flags = ALN_FLAG_NAME | ALN_FLAG_APPROVED,
                           .variants = variants,
                           .n_variants = 2,
                           .meta = meta,
                           .n_meta = 2};
    aln_error error = {0};
    int64_t id = 0;
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "x", SHA_A);
    check_ok(aln_memory_add_unit(memory, &unit, &id, &error), &error);

    const aln_unit *back = NULL;
    check_ok(aln_memory_unit(memory, id, &back, &error), &error);
    assert_int_equal(back->id, id);
    assert_true(back->score == 0.8731);
    assert_int_equal(back->flags, unit.flags);
    assert_int_equal(back->n_variants, 2);
    assert_int_equal(back->n_meta, 2);
    assert_string_equal(back->meta[0].name, "tuid");
    assert_int_equal(back->meta[1].kind, ALN_META_NOTE);
    assert_null(back->meta[1].name);
    assert_string_equal(back->variants[0].markup, "<ph/>a");
    assert_null(back->variants[0].document);
    assert_string_equal(back->variants[1].language, "fr-CA");
    assert_string_equal(back->variants[1].text, "");
    assert_null(back->variants[1].markup);
    assert_string_equal(back->variants[1].document, "x.html");
    assert_string_equal(back->variants[1].meta[1].language, "fr");
    assert_string_equal(back->variants[1].meta[2].encoding, "utf-8");
    aln_memory_close(memory);
}

static void test_what_is_not_committed_has_not_happened(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_ok(aln_memory_begin(memory, &error), &error);
    add_pair(memory, "deux", "two", 0);
    aln_memory_close(memory);

    memory = open_memory(ALN_MEMORY_READ);
    check_texts(memory, NULL, "un");
    aln_memory_close(memory);
}

static void test_a_failed_call_spoils_the_transaction(void **state)
{
    aln_error error = {0};
    const aln_unit nothing = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_ok(aln_memory_begin(memory, &error), &error);
    add_pair(memory, "un", "one", 0);
    assert_int_equal(aln_memory_add_unit(memory, &nothing, NULL, &error), ALN_INVALID);
    assert_int_equal(aln_memory_commit(memory, &error), ALN_INVALID);
    check_texts(memory, NULL, "");
    aln_memory_close(memory);
}

static void test_the_same_documents_are_known(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    assert_false(add_document(memory, "a", SHA_A));
    add_pair(memory, "un", "one", 0);
    assert_true(add_document(memory, "a", SHA_A));
    assert_false(add_document(memory, "b", SHA_A));
    check_texts(memory, NULL, "un");
    aln_memory_close(memory);
}

static void test_changed_bytes_replace_all_but_approved_units(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "deux", "two", ALN_FLAG_APPROVED);
    add_pair(memory, "trois", "three", ALN_FLAG_APPROVED);
    check_ok(aln_memory_begin(memory, &error), &error);
    assert_false(add_document(memory, "a", SHA_B));
    add_pair(memory, "zéro", "zero", 0);
    add_pair(memory, "deux", "two", 0);
    add_pair(memory, "quatre", "four", 0);
    check_ok(aln_memory_commit(memory, &error), &error);
    check_texts(memory, NULL, "zéro|deux|quatre|trois");
    check_texts(memory, &(aln_filter){.flags = ALN_FLAG_APPROVED}, "deux|trois");
    aln_memory_close(memory);
}

static void test_a_larger_set_replaces_the_smaller(void **state)
{
    aln_error error = {0};
    const aln_document documents[] = {{.uri = "a", .sha256 = SHA_A},
                                      {.uri = "b", .sha256 = SHA_B}};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", 0);
    bool known = true;
    check_ok(aln_memory_add_documents(memory, documents, 2, &known, &error), &error);
    assert_false(known);
    add_pair(memory, "deux", "two", 0);
    check_texts(memory, NULL, "deux");
    assert_true(add_document(memory, "a", SHA_A)); /* as part of the larger set */
    aln_memory_close(memory);
}

static void test_filters_let_through_what_they_say(void **state)
{
    aln_error error = {0};
    static const char *const english[] = {"en", NULL}, *const chinese[] = {"zh", NULL};
    const aln_document document = {
        .uri = "a", .sha256 = SHA_A, .date = "2017-06-09", .source = "Xinhua"};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_ok(aln_memory_add_documents(memory, &document, 1, NULL, &error), &error);
    add_pair(memory, "deux", "two", ALN_FLAG_NUMBERS);
    check_texts(memory, &(aln_filter){.languages = english}, "one|two");
    check_texts(memory, &(aln_filter){.languages = chinese}, "");
    check_texts(memory, &(aln_filter){.document = "a"}, "deux");
    check_texts(memory, &(aln_filter){.source = "Xinhua"}, "deux");
    check_texts(memory, &(aln_filter){.since = "2017", .until = "2017-06"}, "deux");
    check_texts(memory, &(aln_filter){.until = "2016"}, "");
    check_texts(memory, &(aln_filter){.min_score = 0.91}, "");
    check_texts(memory, &(aln_filter){.min_score = 0.9}, "un|deux");
    check_texts(memory, &(aln_filter){.below_score = 0.9}, "");
    check_texts(memory, &(aln_filter){.flags = ALN_FLAG_NUMBERS}, "deux");
    check_texts(memory, &(aln_filter){.without_flags = ALN_FLAG_NUMBERS}, "un");
    check_texts(memory, &(aln_filter){.text = "wo"}, "deux");
    aln_memory_close(memory);
}

static void test_a_memory_made_for_nothing_goes_again(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    aln_memory_close(memory);
    assert_int_not_equal(access("m.db", F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_keeps_units_in_order),
        in_folder(test_keeps_everything_of_a_unit),
        in_folder(test_what_is_not_committed_has_not_happened),
        in_folder(test_a_failed_call_spoils_the_transaction),
        in_folder(test_the_same_documents_are_known),
        in_folder(test_changed_bytes_replace_all_but_approved_units),
        in_folder(test_a_larger_set_replaces_the_smaller),
        in_folder(test_filters_let_through_what_they_say),
        in_folder(test_a_memory_made_for_nothing_goes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
