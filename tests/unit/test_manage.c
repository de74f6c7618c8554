/* What is changed can be undone, what is merged does not depend on order, and damage is
 * found.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

#include <sqlite3.h>

static const char *const NAMES[] = {"a.db", "b.db", "c.db"};

static void say_otherwise(aln_memory *memory, int64_t id, const char *text)
{
    aln_error error = {0};
    const aln_unit *unit = NULL;
    check_ok(aln_memory_unit(memory, id, &unit, &error), &error);
    aln_variant variants[8];
    memcpy(variants, unit->variants, unit->n_variants * sizeof *variants);
    variants[0].text = text;
    variants[0].size = strlen(text);
    aln_unit changed = *unit;
    changed.variants = variants;
    check_ok(aln_memory_edit(memory, &changed, &error), &error);
}

static void undo(aln_memory *memory)
{
    aln_error error = {0};
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
}

/* Every open is a batch of its own. */
static aln_memory *reopen(aln_memory *memory)
{
    aln_memory_close(memory);
    return open_memory(ALN_MEMORY_WRITE);
}

static void test_an_edited_unit_keeps_its_place(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", 0);
    int64_t id = add_pair(memory, "deux", "two", 0);
    add_pair(memory, "trois", "three", 0);
    say_otherwise(memory, id, "DEUX");
    check_texts(memory, NULL, "un|DEUX|trois");
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_what_is_not_there_is_not_found(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    assert_int_equal(aln_memory_delete(memory, 7, &error), ALN_NOT_FOUND);
    assert_int_equal(aln_memory_set_flags(memory, 7, 1, 0, &error), ALN_NOT_FOUND);
    assert_string_equal(error.message, "there is no unit 7");
    aln_memory_close(memory);
}

static void test_undo_brings_edited_and_deleted_units_back(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", 0);
    int64_t id = add_pair(memory, "deux", "two", 0);
    add_pair(memory, "trois", "three", 0);
    memory = reopen(memory);
    say_otherwise(memory, id, "DEUX");
    check_ok(aln_memory_delete(memory, id, &error), &error);
    check_texts(memory, NULL, "un|trois");
    memory = reopen(memory);
    undo(memory);
    check_texts(memory, NULL, "un|deux|trois");
    check_sound(memory);
    undo(memory);
    check_texts(memory, NULL, "");
    assert_int_equal(aln_memory_undo(memory, NULL, NULL, &error), ALN_NOT_FOUND);
    assert_false(add_document(memory, "a", SHA_A)); /* forgotten, not known */
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_undo_brings_a_replaced_document_back(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "a", SHA_A);
    add_pair(memory, "un", "one", ALN_FLAG_APPROVED);
    add_pair(memory, "deux", "two", 0);
    memory = reopen(memory);
    add_document(memory, "a", SHA_B);
    add_pair(memory, "trois", "three", 0);
    check_texts(memory, NULL, "un|trois");
    memory = reopen(memory);
    undo(memory);
    check_texts(memory, NULL, "un|deux");
    check_sound(memory);
    assert_true(add_document(memory, "a", SHA_A));
    aln_memory_close(memory);
}

static void test_undo_does_not_throw_newer_work_away(void **state)
{
    aln_error error = {0};
    aln_memory *first = open_memory(ALN_MEMORY_CREATE);
    int64_t id = add_pair(first, "un", "one", 0);
    aln_memory *second = open_memory(ALN_MEMORY_WRITE);
    say_otherwise(second, id, "UN");
    say_otherwise(first, id, "Un"); /* in the older batch, yet later */
    assert_int_equal(aln_memory_undo(second, NULL, NULL, &error), ALN_INVALID);
    check_texts(second, NULL, "Un");
    aln_memory_close(second);
    aln_memory_close(first);
}

static bool count_changes(void *context, const aln_change *change)
{
    char *out = context;
    static const char letters[] = "aed";
    sprintf(out + strlen(out), "%c%s%s ", letters[change->kind], change->who,
            change->before ? change->before->variants[0].text : "");
    return true;
}

static void test_history_tells_who_and_what_was_before(void **state)
{
    aln_error error = {0};
    char told[128] = "";
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_ok(aln_memory_set_author(memory, "maria", "test", &error), &error);
    check_ok(aln_memory_begin(memory, &error), &error);
    add_pair(memory, "un", "one", 0);
    int64_t id = add_pair(memory, "deux", "two", 0);
    check_ok(aln_memory_commit(memory, &error), &error);
    check_ok(aln_memory_set_author(memory, "jean", "test", &error), &error);
    say_otherwise(memory, id, "DEUX");
    check_ok(aln_memory_delete(memory, 1, &error), &error);
    check_ok(aln_memory_history(memory, id, count_changes, told, &error), &error);
    assert_string_equal(told, "amaria ejeandeux ");
    told[0] = '\0';
    check_ok(aln_memory_history(memory, 0, count_changes, told, &error), &error);
    assert_string_equal(told, "amaria ejeandeux djeanun ");
    aln_memory_close(memory);
}

static void dedupe(aln_memory *memory, aln_dedupe_options options, size_t expected)
{
    aln_error error = {0};
    size_t removed = 99;
    check_ok(aln_memory_dedupe(memory, NULL, &options, &removed, &error), &error);
    assert_int_equal(removed, expected);
}

static void add_dated(aln_memory *memory, const char *date, double score,
                      const char *name)
{
    aln_error error = {0};
    const aln_variant variants[] = {{.language = "fr", .text = "un", .size = 2},
                                    {.language = "en", .text = "one", .size = 3}};
    const aln_meta meta[] = {
        {.kind = ALN_META_ATTRIBUTE, .name = "changedate", .value = date},
        {.kind = ALN_META_PROPERTY, .name = "name", .value = name}};
    const aln_unit unit = {.score = score,
                           .variants = variants,
                           .n_variants = 2,
                           .meta = meta,
                           .n_meta = 2};
    check_ok(aln_memory_add_unit(memory, &unit, NULL, &error), &error);
}

static void check_left(aln_memory *memory, int64_t id)
{
    aln_error error = {0};
    const aln_unit *unit = NULL;
    check_ok(aln_memory_unit(memory, id, &unit, &error), &error);
    aln_summary *summary = NULL;
    check_ok(aln_memory_summary(memory, &summary, &error), &error);
    assert_int_equal(summary->units, 1);
    aln_summary_free(summary);
}

static void test_dedupe_keeps_what_the_policy_says(void **state)
{
    static const int64_t left[] = {
        [ALN_KEEP_FIRST] = 1, [ALN_KEEP_NEWEST] = 2, [ALN_KEEP_BEST] = 3};
    for (int keep = ALN_KEEP_FIRST; keep <= ALN_KEEP_BEST; keep++) {
        aln_memory *memory = open_named(NAMES[keep], ALN_MEMORY_CREATE);
        add_dated(memory, "20170609T000000Z", 0.5, "x");
        add_dated(memory, "20170611T000000Z", 0.4, "x");
        add_dated(memory, "20170610T000000Z", 0.9, "x");
        dedupe(memory, (aln_dedupe_options){.keep = (aln_keep)keep, .dry_run = true},
               2);
        dedupe(memory, (aln_dedupe_options){.keep = (aln_keep)keep}, 2);
        check_left(memory, left[keep]);
        check_sound(memory);
        aln_memory_close(memory);
    }
}

static void test_dedupe_can_merge_properties(void **state)
{
    aln_error error = {0};
    const aln_unit *unit = NULL;
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_dated(memory, "20170609T000000Z", 0.5, "x");
    add_dated(memory, "20170611T000000Z", 0.4, "y");
    add_dated(memory, "20170610T000000Z", 0.9, "z");
    dedupe(memory, (aln_dedupe_options){.merge_meta = true}, 2);
    check_ok(aln_memory_unit(memory, 1, &unit, &error), &error);
    assert_int_equal(unit->n_meta, 4); /* the latest changedate; x, y, z */
    assert_string_equal(unit->meta[0].value, "20170611T000000Z");
    assert_string_equal(unit->meta[3].value, "z");
    assert_true(unit->score == 0.5);
    aln_memory_close(memory);
}

static void test_dedupe_prefers_the_approved(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    add_pair(memory, "un", "a", ALN_FLAG_APPROVED);
    add_pair(memory, "un", "one", 0);
    dedupe(memory, (aln_dedupe_options){0}, 1);
    dedupe(memory, (aln_dedupe_options){.same_source = true}, 1);
    check_left(memory, 2);
    aln_memory_close(memory);
}

/* Memories with much in common, made from a seed. */
static void fill(const char *name, unsigned seed)
{
    static const char *const words[] = {"un", "deux", "trois", "quatre"};
    aln_memory *memory = open_named(name, ALN_MEMORY_CREATE);
    srand(seed);
    for (int set = 0; set < 3; set++) {
        char uri[8];
        snprintf(uri, sizeof uri, "d%d", rand() % 4);
        if (add_document(memory, uri, SHA_A)) continue;
        for (int i = 0; i < 4; i++) {
            int64_t id = add_pair(memory, words[i], rand() % 2 ? "x" : "y",
                                  rand() % 3 ? 0 : ALN_FLAG_NAME);
            if (rand() % 3 == 0) say_otherwise(memory, id, words[rand() % 4]);
        }
    }
    add_document(memory, "e", rand() % 2 ? SHA_A : SHA_B);
    add_dated(memory, "20170609T000000Z", 0.1 * (rand() % 10), rand() % 2 ? "x" : "y");
    aln_memory_close(memory);
}

static void merge(const char *out, const char *one, const char *other)
{
    aln_error error = {0};
    aln_memory *from[] = {open_named(one, ALN_MEMORY_READ),
                          open_named(other, ALN_MEMORY_READ)};
    unlink(out);
    aln_memory *into = open_named(out, ALN_MEMORY_CREATE);
    check_ok(aln_memory_merge(into, from, 2, &error), &error);
    check_sound(into);
    aln_memory_close(into);
    aln_memory_close(from[0]);
    aln_memory_close(from[1]);
}

static void check_same_bytes(const char *one, const char *other)
{
    char command[64];
    snprintf(command, sizeof command, "cmp %s %s", one, other);
    assert_int_equal(system(command), 0);
}

static void test_merging_does_not_depend_on_order(void **state)
{
    for (unsigned seed = 0; seed < 8; seed++) {
        for (unsigned i = 0; i < 3; i++) {
            unlink(NAMES[i]);
            fill(NAMES[i], seed * 3 + i + 1);
        }
        merge("ab.db", "a.db", "b.db");
        merge("ba.db", "b.db", "a.db");
        merge("bc.db", "b.db", "c.db");
        merge("ab_c.db", "ab.db", "c.db");
        merge("a_bc.db", "a.db", "bc.db");
        merge("ab_ab.db", "ab.db", "ba.db");
        check_same_bytes("ab.db", "ba.db");
        check_same_bytes("ab_c.db", "a_bc.db");
        check_same_bytes("ab.db", "ab_ab.db");
    }
}

static void test_merging_prefers_the_edited(void **state)
{
    fill("a.db", 0);
    aln_memory *a = open_named("b.db", ALN_MEMORY_CREATE);
    add_document(a, "a", SHA_A);
    add_pair(a, "un", "one", 0);
    aln_memory_close(a);
    assert_int_equal(system("cp b.db c.db"), 0);
    a = open_named("c.db", ALN_MEMORY_WRITE);
    say_otherwise(a, 1, "UN");
    aln_memory_close(a);
    merge("d.db", "b.db", "c.db");
    a = open_named("d.db", ALN_MEMORY_READ);
    check_texts(a, NULL, "UN");
    aln_memory_close(a);
}

static void note_difference(void *context, aln_difference kind, const aln_unit *unit)
{
    char *out = context;
    sprintf(out + strlen(out), "%c%s ", "-+~"[kind], unit -> variants[0].text);
}

static void test_diff_tells_what_is_not_shared(void **state)
{
    aln_error error = {0};
    aln_memory *a = open_named("a.db", ALN_MEMORY_CREATE);
    aln_memory *b = open_named("b.db", ALN_MEMORY_CREATE);
    add_pair(a, "un", "one", 0);
    add_pair(a, "deux", "two", 0);
    add_pair(a, "trois", "three", 0);
    add_pair(b, "trois", "three", ALN_FLAG_NAME);
    add_pair(b, "un", "one", 0);
    add_pair(b, "un", "one", 0);
    size_t n = 0;
    char told[64] = "";
    check_ok(aln_memory_diff(a, b, note_difference, told, &n, &error), &error);
    assert_string_equal(told, "-deux ~trois +un ");
    assert_int_equal(n, 3);
    check_ok(aln_memory_diff(a, a, NULL, NULL, &n, &error), &error);
    assert_int_equal(n, 0);
    aln_memory_close(a);
    aln_memory_close(b);
}

static void test_a_backup_is_the_same_memory(void **state)
{
    aln_error error = {0};
    size_t n = 1;
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    check_ok(aln_memory_backup(memory, "b.db", &error), &error);
    aln_memory *copy = open_named("b.db", ALN_MEMORY_READ);
    check_ok(aln_memory_diff(memory, copy, NULL, NULL, &n, &error), &error);
    assert_int_equal(n, 0);
    aln_memory_close(copy);
    assert_int_not_equal(aln_memory_backup(memory, "no/b.db", &error), ALN_OK);
    aln_memory_close(memory);
}

static void test_vacuum_forgets_old_batches(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    int64_t id = add_pair(memory, "un", "one", 0);
    memory = reopen(memory);
    say_otherwise(memory, id, "UN");
    check_ok(aln_memory_vacuum(memory, 1, &error), &error);
    undo(memory);
    check_texts(memory, NULL, "un");
    assert_int_equal(aln_memory_undo(memory, NULL, NULL, &error), ALN_NOT_FOUND);
    assert_int_not_equal(add_pair(memory, "deux", "two", 0), id);
    check_sound(memory);
    aln_memory_close(memory);
}

/* Damage a memory with SQL, behind its back. */
static void damage(const char *sql)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open("m.db", &handle), SQLITE_OK);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL))
        fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

static void test_check_finds_damage(void **state)
{
    static const char *const damages[] = {
        "DELETE FROM variant WHERE unit = 1",
        "PRAGMA foreign_keys = OFF; DELETE FROM unit WHERE id = 1",
        "UPDATE variant SET document = 5 WHERE id = 1",
        "UPDATE document_set SET size = 3",
        "UPDATE unit SET meta = x'ff' WHERE id = 1",
        "UPDATE variant SET language = 9 WHERE id = 1",
        "UPDATE variant SET text = CAST(x'4100' AS TEXT) WHERE id = 1",
        "DELETE FROM index_tail",
        "DROP INDEX variant_unit",
        "UPDATE change SET before = x'0102' WHERE kind = 1",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        unlink("m.db");
        aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
        add_document(memory, "a", SHA_A);
        int64_t id = add_pair(memory, "un", "one", 0);
        say_otherwise(memory, id, "UN");
        check_sound(memory);
        aln_memory_close(memory);

        damage(damages[i]);
        aln_error error = {0};
        size_t n = 0;
        memory = open_memory(ALN_MEMORY_READ);
        check_ok(aln_memory_check(memory, NULL, NULL, &n, &error), &error);
        if (!n) fail_msg("not found: %s", damages[i]);
        aln_memory_close(memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_an_edited_unit_keeps_its_place),
        in_folder(test_what_is_not_there_is_not_found),
        in_folder(test_undo_brings_edited_and_deleted_units_back),
        in_folder(test_undo_brings_a_replaced_document_back),
        in_folder(test_undo_does_not_throw_newer_work_away),
        in_folder(test_history_tells_who_and_what_was_before),
        in_folder(test_dedupe_keeps_what_the_policy_says),
        in_folder(test_dedupe_can_merge_properties),
        in_folder(test_dedupe_prefers_the_approved),
        in_folder(test_merging_does_not_depend_on_order),
        in_folder(test_merging_prefers_the_edited),
        in_folder(test_diff_tells_what_is_not_shared),
        in_folder(test_a_backup_is_the_same_memory),
        in_folder(test_vacuum_forgets_old_batches),
        in_folder(test_check_finds_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
