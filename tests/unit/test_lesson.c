/* Which units teach words, and that a memory keeps what it has taught.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/lesson.h>

#include "base/auto.h"
#include "base/str.h"
#include "memories.h"

AUTO_DEFINE(lesson, aln_lesson *, aln_lesson_free)
AUTO_DEFINE(memory, aln_memory *, aln_memory_close)

static aln_lesson *new_lesson(void)
{
    aln_error error = {0};
    aln_lesson *lesson = NULL;
    check_ok(aln_lesson_new(&lesson, &error), &error);
    return lesson;
}

static aln_unit unit_of(const aln_variant *variants, double score, unsigned flags)
{
    return (aln_unit){
        .score = score, .flags = flags, .variants = variants, .n_variants = 2};
}

static void test_doubtful_units_do_not_teach(void **state)
{
    aln_error error = {0};
    AUTO(lesson) aln_lesson *lesson = new_lesson();
    const aln_variant variants[] = {{.language = "fr", .text = "chat", .size = 4},
                                    {.language = "en", .text = "cat", .size = 3}};
    const aln_unit units[] = {
        unit_of(variants, 0.95, 0),
        unit_of(variants, -1, 0), /* no score: imported */
        unit_of(variants, 0.3, ALN_FLAG_APPROVED),
        unit_of(variants, 0.3, 0),
        unit_of(variants, 0.95, ALN_FLAG_LANGUAGE),
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        check_ok(aln_lesson_take(lesson, &units[i], &error), &error);
    assert_int_equal(aln_lesson_size(lesson, "fr", "en"), 3);
    assert_int_equal(aln_lesson_size(lesson, "en", "fr"), 0);
}

static aln_status note_pair(void *context, const aln_word_pair *pair, aln_error *error)
{
    (void)error;
    return str_printf(context, "%s=%s\n", pair->source, pair->target);
}

/* What a memory's units teach, and how many of them have. */
static size_t learn(aln_memory *memory, str *told)
{
    aln_error error = {0};
    AUTO(lesson) aln_lesson *lesson = new_lesson();
    check_ok(aln_lesson_read(lesson, memory, "fr", "en", &error), &error);
    check_ok(aln_lesson_tell(lesson, "fr", "en", note_pair, told, &error), &error);
    return aln_lesson_size(lesson, "fr", "en");
}

static void add_some(aln_memory *memory)
{
    for (int i = 0; i < 3; i++) {
        add_pair(memory, "le chat dort", "the cat sleeps", 0);
        add_pair(memory, "un chien", "a dog", 0);
        add_pair(memory, "rien", "nothing", 0);
    }
}

static void test_a_memory_keeps_what_it_has_taught(void **state)
{
    AUTO(memory) aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    AUTO(str) str first = {0};
    AUTO(str) str kept = {0};
    AUTO(str) str more = {0};
    add_some(memory);
    assert_int_equal(learn(memory, &first), 9);
    assert_non_null(strstr(str_text(&first), "chien=dog\n"));
    assert_int_equal(learn(memory, &kept), 9);
    assert_string_equal(str_text(&kept), str_text(&first));
    add_some(memory);
    assert_int_equal(learn(memory, &more), 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doubtful_units_do_not_teach),
        in_folder(test_a_memory_keeps_what_it_has_taught),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
