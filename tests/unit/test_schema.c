/* Only memories are opened, old ones are brought up to date, and hostile ones refused.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memories.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/auto.h"
#include "base/file.h"

static void run_sql(const char *sql)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open("m.db", &handle), SQLITE_OK);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL))
        fail_msg("%s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

static void write_bytes(const char *bytes, size_t size)
{
    FILE *stream = fopen("m.db", "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    fclose(stream);
}

static void check_refused_named(const char *name, aln_memory_mode mode,
                                aln_status status, const char *message)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    assert_int_equal(aln_memory_open(name, mode, &memory, &error), status);
    assert_string_equal(error.message, message);
    assert_null(memory);
}

static void check_refused(aln_memory_mode mode, aln_status status, const char *message)
{
    check_refused_named("m.db", mode, status, message);
}

static void make_memory(void)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    aln_memory_close(memory);
}

static void test_a_missing_file_is_refused(void **state)
{
    check_refused(ALN_MEMORY_READ, ALN_IO, "cannot open: No such file or directory");
    check_refused(ALN_MEMORY_WRITE, ALN_IO, "cannot open: No such file or directory");
    mkdir("m.db", 0777);
    check_refused(ALN_MEMORY_CREATE, ALN_IO, "cannot open: is a directory");
}

static void test_what_is_no_database_is_refused(void **state)
{
    static const char text[4096] = "fr\ten\nBonjour\tHello\n";
    write_bytes(text, sizeof text);
    check_refused(ALN_MEMORY_READ, ALN_CORRUPT, "is not a database");
    check_refused(ALN_MEMORY_CREATE, ALN_CORRUPT, "is not a database");
    write_bytes("", 0);
    check_refused(ALN_MEMORY_READ, ALN_CORRUPT, "is empty, not a memory");
}

static void test_a_foreign_database_is_refused(void **state)
{
    run_sql("CREATE TABLE recipe (name TEXT)");
    check_refused(ALN_MEMORY_CREATE, ALN_CORRUPT, "is a database of another program");
    run_sql("PRAGMA application_id = 7");
    check_refused(ALN_MEMORY_WRITE, ALN_CORRUPT, "is a database of another program");
}

static void test_a_newer_memory_is_refused(void **state)
{
    make_memory();
    run_sql("PRAGMA user_version = 99");
    check_refused(ALN_MEMORY_READ, ALN_UNSUPPORTED,
                  "was written by a newer version (schema 99, this program knows up to "
                  "3)");
}

static void test_a_memory_with_code_in_it_is_refused(void **state)
{
    make_memory();
    run_sql("CREATE TRIGGER t AFTER INSERT ON unit BEGIN DELETE FROM unit; END");
    check_refused(ALN_MEMORY_WRITE, ALN_CORRUPT,
                  "holds triggers, views or virtual tables, as no memory does");
    run_sql("DROP TRIGGER t; CREATE VIEW v AS SELECT load_extension('x.so')");
    check_refused(ALN_MEMORY_READ, ALN_CORRUPT,
                  "holds triggers, views or virtual tables, as no memory does");
}

static void test_other_tables_of_the_same_names_are_an_error(void **state)
{
    aln_error error = {0};
    make_memory();
    run_sql("PRAGMA foreign_keys = OFF; DROP TABLE unit; CREATE TABLE unit (x)");
    aln_memory *memory = open_memory(ALN_MEMORY_READ);
    const aln_unit *unit;
    assert_int_equal(aln_memory_unit(memory, 1, &unit, &error), ALN_CORRUPT);
    aln_memory_close(memory);
}

static void test_damaged_pages_are_an_error(void **state)
{
    make_memory();
    FILE *stream = fopen("m.db", "r+b");
    assert_non_null(stream);
    fseek(stream, 0, SEEK_END);
    long size = ftell(stream);
    for (long at = 4096; at < size; at += 512) {
        fseek(stream, at, SEEK_SET);
        fputs("garbage garbage garbage", stream);
    }
    fclose(stream);

    aln_error error = {0};
    size_t n = 0;
    aln_memory *memory = NULL;
    aln_status status = aln_memory_open("m.db", ALN_MEMORY_READ, &memory, &error);
    if (!status) {
        status = aln_memory_check(memory, NULL, NULL, &n, &error);
        assert_true(status == ALN_CORRUPT || n > 0);
    }
    aln_memory_close(memory);
}

static void flip_bytes(unsigned *seed)
{
    FILE *stream = fopen("m.db", "r+b");
    assert_non_null(stream);
    fseek(stream, 0, SEEK_END);
    long size = ftell(stream);
    for (int i = 1 + rand_r(seed) % 8; i > 0; i--) {
        fseek(stream, rand_r(seed) % size, SEEK_SET);
        fputc(rand_r(seed) % 256, stream);
    }
    fclose(stream);
}

/* Failures are welcome here, crashes and endless loops are not. */
static void use(aln_memory *memory)
{
    aln_error error = {0};
    aln_cursor *cursor = NULL;
    const aln_unit *unit = NULL;
    size_t n = 0;
    if (aln_memory_units(memory, NULL, &cursor, &error) == ALN_OK)
        while (!aln_cursor_next(cursor, &unit, &error) && unit)
            n++;
    aln_cursor_free(cursor);
    bool failed = aln_memory_check(memory, NULL, NULL, &n, &error) != ALN_OK;
    failed = aln_memory_delete(memory, 1, &error) != ALN_OK || failed;
    failed = aln_memory_undo(memory, NULL, NULL, &error) != ALN_OK || failed;
    if (failed) assert_string_not_equal(error.message, "");
}

static void test_flipped_bytes_are_no_crash(void **state)
{
    for (unsigned i = 1; i <= 150; i++) {
        unsigned seed = i;
        unlink("m.db");
        make_memory();
        flip_bytes(&seed);
        aln_error error = {0};
        aln_memory *memory = NULL;
        if (aln_memory_open("m.db", ALN_MEMORY_WRITE, &memory, &error))
            assert_string_not_equal(error.message, "");
        else
            use(memory);
        aln_memory_close(memory);
        unlink("m.db-wal");
        unlink("m.db-shm");
    }
}

static void load_fixture(const char *name)
{
    AUTO(free) char *sql = NULL;
    size_t size;
    aln_error error = {0};
    check_ok(file_read(name, 1 << 20, &sql, &size, &error), &error);
    run_sql(sql);
}

static int version(aln_memory *memory)
{
    aln_error error = {0};
    aln_summary *summary = NULL;
    check_ok(aln_memory_summary(memory, &summary, &error), &error);
    int found = summary->version;
    aln_summary_free(summary);
    return found;
}

static void check_no_header(aln_memory *memory)
{
    aln_error error = {0};
    const aln_meta *items;
    size_t n = 1;
    check_ok(aln_memory_header(memory, NULL, &items, &n, &error), &error);
    assert_int_equal(n, 0);
}

static void test_an_old_memory_is_read_as_it_is(void **state)
{
    load_fixture(FIXTURES "/memory-1.sql");
    aln_memory *memory = open_memory(ALN_MEMORY_READ);
    check_texts(memory, NULL, "Bonjour le monde.|Merci.|Au revoir");
    assert_int_equal(version(memory), 1);
    check_no_header(memory);
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_an_old_memory_is_brought_up_to_date_by_a_writer(void **state)
{
    aln_error error = {0};
    load_fixture(FIXTURES "/memory-1.sql");
    aln_memory *memory = open_memory(ALN_MEMORY_WRITE);
    assert_int_equal(version(memory), 3);
    check_texts(memory, NULL, "Bonjour le monde.|Merci.|Au revoir");
    check_sound(memory);
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
    check_texts(memory, NULL,
                "Bonjour le monde.|Le 9 juin 2017, il est parti.|Merci.|Au revoir");
    assert_int_equal(add_pair(memory, "un", "one", 0), 5);
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_a_set_removed_before_the_upgrade_comes_back(void **state)
{
    aln_error error = {0};
    load_fixture(FIXTURES "/memory-2.sql");
    aln_memory *memory = open_memory(ALN_MEMORY_WRITE);
    assert_int_equal(version(memory), 3);
    check_no_header(memory);
    check_texts(memory, NULL, "Au revoir|Bonjour, monde !|Merci.");
    check_sound(memory);
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
    check_ok(aln_memory_undo(memory, NULL, NULL, &error), &error);
    check_texts(memory, NULL,
                "Bonjour le monde.|Le 9 juin 2017, il est parti.|Merci.|Au revoir");
    const aln_filter whole = {.document = "greetings.tsv"};
    check_texts(memory, &whole,
                "Bonjour le monde.|Le 9 juin 2017, il est parti.|Merci.");
    check_sound(memory);
    aln_memory_close(memory);
}

static void make_named(const char *name)
{
    aln_memory *memory = open_named(name, ALN_MEMORY_CREATE);
    add_pair(memory, "un", "one", 0);
    aln_memory_close(memory);
}

static void test_an_empty_file_becomes_a_memory_where_it_is(void **state)
{
    struct stat before, after;
    write_bytes("", 0);
    assert_int_equal(stat("m.db", &before), 0);
    make_named("m.db");
    assert_int_equal(stat("m.db", &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    aln_memory *memory = open_memory(ALN_MEMORY_READ);
    check_texts(memory, NULL, "un");
    check_sound(memory);
    aln_memory_close(memory);
}

static void test_a_memory_that_holds_nothing_goes_again(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    add_document(memory, "empty.tmx", SHA_A);
    aln_memory_close(memory);
    assert_int_not_equal(access("m.db", F_OK), 0);
    memory = open_memory(ALN_MEMORY_CREATE);
    check_ok(aln_memory_cache_put(memory, "model", "un", 2, "x", 1, &error), &error);
    aln_memory_close(memory);
    assert_int_equal(access("m.db", F_OK), 0);
}

/* Root writes everywhere, so it becomes somebody else for a while. */
static void test_a_memory_in_a_closed_folder_can_be_read(void **state)
{
    enum { NOBODY = 65534 };
    aln_error error = {0};
    bool is_root = geteuid() == 0;
    if (is_root && (chown(".", NOBODY, NOBODY) || seteuid(NOBODY))) fail();
    make_memory();
    chmod(".", 0555);
    check_refused(ALN_MEMORY_WRITE, ALN_IO,
                  "cannot write: the file or its folder is read-only");
    check_refused_named("new.db", ALN_MEMORY_CREATE, ALN_IO,
                        "cannot create: Permission denied");
    aln_memory *memory = open_memory(ALN_MEMORY_READ);
    check_texts(memory, NULL, "un");
    assert_int_equal(aln_memory_backup(memory, "copy.db", &error), ALN_IO);
    assert_string_equal(error.message, "cannot create: Permission denied");
    aln_memory_close(memory);
    chmod(".", 0755);
    if (is_root && seteuid(0)) fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(test_a_missing_file_is_refused),
        in_folder(test_what_is_no_database_is_refused),
        in_folder(test_a_foreign_database_is_refused),
        in_folder(test_a_newer_memory_is_refused),
        in_folder(test_a_memory_with_code_in_it_is_refused),
        in_folder(test_other_tables_of_the_same_names_are_an_error),
        in_folder(test_damaged_pages_are_an_error),
        in_folder(test_flipped_bytes_are_no_crash),
        in_folder(test_an_old_memory_is_read_as_it_is),
        in_folder(test_an_old_memory_is_brought_up_to_date_by_a_writer),
        in_folder(test_a_set_removed_before_the_upgrade_comes_back),
        in_folder(test_an_empty_file_becomes_a_memory_where_it_is),
        in_folder(test_a_memory_that_holds_nothing_goes_again),
        in_folder(test_a_memory_in_a_closed_folder_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
