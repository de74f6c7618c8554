/* What is learned from a memory a step at a time is what would be learned from all of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

#include <sqlite3.h>

/* A pupil that counts letters; order and repetition show in nothing else. */
typedef struct letters {
    int64_t counts[256];
    size_t taken; /* units */
    bool forgetful;
} letters;

static aln_status recall(void *context, const void *bytes, size_t size,
                         aln_error *error)
{
    letters *pupil = context;
    if (pupil->forgetful || size != sizeof pupil->counts) return ALN_UNSUPPORTED;
    memcpy(pupil->counts, bytes, size);
    return ALN_OK;
}

static aln_status take(void *context, const aln_unit *unit, aln_error *error)
{
    letters *pupil = context;
    pupil->taken++;
    for (size_t v = 0; v < unit->n_variants; v++)
        for (size_t i = 0; i < unit->variants[v].size; i++)
            pupil->counts[(unsigned char)unit->variants[v].text[i]]++;
    return ALN_OK;
}

static aln_status save(void *context, const void **bytes, size_t *size,
                       aln_error *error)
{
    letters *pupil = context;
    *bytes = pupil->counts;
    *size = sizeof pupil->counts;
    return ALN_OK;
}

static letters learn(aln_memory *memory, const char *name)
{
    aln_error error = {0};
    letters pupil = {.taken = 0};
    const aln_pupil as = {&pupil, recall, take, save};
    check_ok(aln_memory_learn(memory, name, &as, &error), &error);
    return pupil;
}

/* A name of its own is a pupil that has to learn everything. */
static void check_learned(aln_memory *memory, size_t taken)
{
    static int n;
    char fresh[32];
    snprintf(fresh, sizeof fresh, "fresh %d", n++);
    letters all = learn(memory, fresh);
    letters step = learn(memory, "step");
    assert_memory_equal(all.counts, step.counts, sizeof all.counts);
    assert_int_equal(step.taken, taken);
    check_sound(memory);
}

static void say_otherwise(aln_memory *memory, int64_t id, const char *text)
{
    aln_error error = {0};
    const aln_variant variants[] = {
        {.language = "fr", .text = text, .size = strlen(text)},
        {.language = "en", .text = "x", .size = 1},
    };
    const aln_unit unit = {
        .id = id, .score = 0.5, .variants = variants, .n_variants = 2};
    check_ok(aln_memory_edit(memory, &unit, &error), &error);
}

static void new_batch(aln_memory *memory)
{
    aln_error error = {0};
    check_ok(aln_memory_set_author(memory, "maria", "test", &error), &error);
}

static void undo(aln_memory *memory)
{
    aln_error error = {0};
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
}

static void test_only_what_is_new_is_taken(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_learned(memory, 0);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "deux", "two", 0);
    check_learned(memory, 2);
    check_learned(memory, 0);
    add_pair(memory, "trois", "three", 0);
    check_learned(memory, 1);
    aln_memory_close(memory);
}

static void test_what_was_known_otherwise_is_learned_anew(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    int64_t first = add_pair(memory, "un", "one", 0);
    int64_t second = add_pair(memory, "deux", "two", 0);
    add_pair(memory, "trois", "three", 0);
    check_learned(memory, 3);
    say_otherwise(memory, first, "uno");
    say_otherwise(memory, first, "unum");
    check_learned(memory, 3);
    check_ok(aln_memory_delete(memory, second, &error), &error);
    check_learned(memory, 2);
    aln_memory_close(memory);
}

static void test_one_in_a_hundred_may_be_known_as_it_was(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_ok(aln_memory_begin(memory, &error), &error);
    for (int i = 0; i < 200; i++)
        add_pair(memory, "un", "one", 0);
    check_ok(aln_memory_commit(memory, &error), &error);
    assert_int_equal(learn(memory, "step").taken, 200);
    for (int64_t id = 1; id <= 2; id++) {
        say_otherwise(memory, id, "z");
        letters pupil = learn(memory, "step");
        assert_int_equal(pupil.taken, 0);
        assert_int_equal(pupil.counts['z'], 0);
    }
    say_otherwise(memory, 3, "z");
    check_learned(memory, 200);
    aln_memory_close(memory);
}

static void test_what_came_and_went_is_not_taken(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_learned(memory, 1);
    int64_t id = add_pair(memory, "deux", "two", 0);
    say_otherwise(memory, id, "dos");
    check_ok(aln_memory_delete(memory, id, &error), &error);
    add_pair(memory, "trois", "three", 0);
    check_learned(memory, 1);
    aln_memory_close(memory);
}

static void test_a_replaced_document_is_learned_anew(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "deux", "two", ALN_FLAG_APPROVED);
    check_learned(memory, 2);
    add_document(memory, "a", SHA_B);
    add_pair(memory, "trois", "three", 0);
    check_learned(memory, 2);
    aln_memory_close(memory);
}

static void test_undoing_what_was_not_learned_drops_nothing(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    int64_t id = add_pair(memory, "un", "one", 0);
    check_learned(memory, 1);
    new_batch(memory);
    say_otherwise(memory, id, "uno");
    undo(memory);
    check_learned(memory, 0);
    aln_memory_close(memory);
}

static void test_undoing_what_was_learned_drops_it(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    int64_t id = add_pair(memory, "un", "one", 0);
    new_batch(memory);
    say_otherwise(memory, id, "uno");
    add_pair(memory, "deux", "two", 0);
    check_learned(memory, 2);
    undo(memory);
    add_pair(memory, "trois", "three", 0);
    check_learned(memory, 2);
    aln_memory_close(memory);
}

static void test_a_forgotten_history_drops_what_was_learned(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_learned(memory, 1);
    check_ok(aln_memory_vacuum(memory, 0, &error), &error);
    add_pair(memory, "deux", "two", 0);
    check_learned(memory, 2);
    aln_memory_close(memory);
}

static void test_a_reader_learns_but_keeps_nothing(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    letters before = learn(memory, "step");
    add_pair(memory, "deux", "two", 0);
    aln_memory_close(memory);
    memory = open_memory(ALN_MEMORY_READ);
    assert_int_equal(learn(memory, "step").taken, 1);
    assert_int_equal(learn(memory, "step").taken, 1);
    assert_int_equal(before.taken, 1);
    aln_memory_close(memory);
}

static void test_who_cannot_recall_learns_everything(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_learned(memory, 1);
    letters pupil = {.forgetful = true};
    const aln_pupil as = {&pupil, recall, take, save};
    check_ok(aln_memory_learn(memory, "step", &as, &error), &error);
    assert_int_equal(pupil.taken, 1);
    aln_memory_close(memory);
}

static void run_sql(const char *sql)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open("m.db", &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

static void check_found(const char *sql)
{
    aln_error error = {0};
    size_t n = 0;
    run_sql(sql);
    aln_memory *memory = open_memory(ALN_MEMORY_WRITE);
    check_ok(aln_memory_check(memory, NULL, NULL, &n, &error), &error);
    assert_int_equal(n, 1);
    aln_memory_close(memory);
}

static void test_damage_is_found_and_not_recalled(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    learn(memory, "step");
    aln_memory_close(memory);
    check_found("UPDATE learned SET change = 1000");
    check_found("UPDATE learned SET change = 1, bytes = zeroblob(length(bytes))");
    memory = open_memory(ALN_MEMORY_WRITE);
    assert_int_equal(learn(memory, "step").counts['n'], 2);
    check_sound(memory);
    aln_memory_close(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_only_what_is_new_is_taken),
        in_folder(test_what_was_known_otherwise_is_learned_anew),
        in_folder(test_one_in_a_hundred_may_be_known_as_it_was),
        in_folder(test_what_came_and_went_is_not_taken),
        in_folder(test_a_replaced_document_is_learned_anew),
        in_folder(test_undoing_what_was_not_learned_drops_nothing),
        in_folder(test_undoing_what_was_learned_drops_it),
        in_folder(test_a_forgotten_history_drops_what_was_learned),
        in_folder(test_a_reader_learns_but_keeps_nothing),
        in_folder(test_who_cannot_recall_learns_everything),
        in_folder(test_damage_is_found_and_not_recalled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
