/* A memory is made, filled, changed and read when memory runs out: SQLite's own
 * allocations fail as well.  Whatever fails, nothing is lost and nothing is half-written.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>
#include <align/manage.h>
#include <align/memory.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)
AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

/* SQLite through the malloc that fails; it wants to know the size of a block.  It
 * allocates so often that one in SHARE of its calls is put to the test; as they come in
 * changing order, over the runs most places get their turn. */

enum { HEAD = 16, SHARE = 7 };

static void *allocate(int size)
{
    static unsigned turn;
    bool tested = ++turn % SHARE == 0;
    size_t room = ((size_t)size + HEAD + 15) & ~(size_t)15;
    char *block = tested ? malloc(room) : aligned_alloc(16, room);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    return block + HEAD;
}

static int size_of(void *at)
{
    int size = 0;
    if (at) memcpy(&size, (char *)at - HEAD, sizeof size);
    return size;
}

static void *reallocate(void *at, int size)
{
    int old = size_of(at);
    char *block = allocate(size);
    if (!block) return NULL;
    memcpy(block, at, (size_t)(old < size ? old : size));
    free((char *)at - HEAD);
    return block;
}

static void release(void *at)
{
    if (at) free((char *)at - HEAD);
}

static int rounded(int size)
{
    return (size + 7) & ~7;
}

static int start(void *context)
{
    return SQLITE_OK;
}

static void stop(void *context)
{
}

static void remove_files(void)
{
    unlink("m.db");
    unlink("m.db-wal");
    unlink("m.db-shm");
    unlink("n.db");
    unlink("n.db-wal");
    unlink("n.db-shm");
    unlink("made.db");
}

static const char SHA_A[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char SHA_B[] =
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

static const aln_meta META[] = {
    {.kind = ALN_META_ATTRIBUTE, .name = "tuid", .value = "7"},
    {.kind = ALN_META_NOTE, .value = "a note", .language = "en"}};
static const aln_variant VARIANTS[] = {
    {.language = "fr", .text = "Bonjour", .size = 7, .meta = META, .n_meta = 2},
    {.language = "en", .text = "Hello", .size = 5, .document = "x.html"}};

static aln_status fill(const char *path, const char *sha256, unsigned flags,
                       aln_error *error)
{
    const aln_document document = {.uri = "a", .sha256 = sha256};
    const aln_unit unit = {.score = 0.5,
                           .flags = flags,
                           .variants = VARIANTS,
                           .n_variants = 2,
                           .meta = META,
                           .n_meta = 1};
    AUTO(memory) aln_memory *memory = NULL;
    TRY(aln_memory_open(path, ALN_MEMORY_CREATE, &memory, error));
    TRY(aln_memory_set_author(memory, "maria", "test", error));
    TRY(aln_memory_begin(memory, error));
    TRY(aln_memory_add_documents(memory, &document, 1, NULL, error));
    TRY(aln_memory_add_unit(memory, &unit, NULL, error));
    TRY(aln_memory_add_unit(memory, &unit, NULL, error));
    return aln_memory_commit(memory, error);
}

static aln_status make(aln_error *error)
{
    remove_files();
    TRY(fill("m.db", SHA_A, ALN_FLAG_APPROVED, error));
    return fill("m.db", SHA_B, 0, error);
}

/* Back to what make() made; without malloc, which fails. */
static void restore(void)
{
    char bytes[4096];
    ssize_t n;
    unlink("m.db-wal");
    unlink("m.db-shm");
    int from = open("made.db", O_RDONLY), to = open("m.db", O_WRONLY | O_TRUNC);
    while ((n = read(from, bytes, sizeof bytes)) > 0)
        assert_int_equal(write(to, bytes, (size_t)n), n);
    close(from);
    close(to);
}

static aln_status change(aln_error *error)
{
    restore();
    AUTO(memory) aln_memory *memory = NULL;
    aln_unit unit = {.id = 3, .score = 0.5, .variants = VARIANTS, .n_variants = 1};
    size_t removed;
    TRY(aln_memory_open("m.db", ALN_MEMORY_WRITE, &memory, error));
    TRY(aln_memory_begin(memory, error));
    TRY(aln_memory_edit(memory, &unit, error));
    TRY(aln_memory_set_flags(memory, 3, 1, 0, error));
    TRY(aln_memory_dedupe(memory, NULL, NULL, &removed, error));
    TRY(aln_memory_delete(memory, 3, error));
    TRY(aln_memory_commit(memory, error));
    return aln_memory_undo(memory, NULL, NULL, error);
}

static bool hear(void *context, const aln_change *told)
{
    return true;
}

static aln_status look(aln_error *error)
{
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(cursor) aln_cursor *cursor = NULL;
    AUTO(summary) aln_summary *summary = NULL;
    static const char *const languages[] = {"fr", NULL};
    const aln_filter filter = {.languages = languages,
                               .document = "a",
                               .text = "o",
                               .since = NULL,
                               .min_score = 0.1};
    const aln_unit *unit;
    size_t n;
    TRY(aln_memory_open("m.db", ALN_MEMORY_READ, &memory, error));
    TRY(aln_memory_units(memory, &filter, &cursor, error));
    TRY(aln_cursor_next(cursor, &unit, error));
    TRY(aln_memory_summary(memory, &summary, error));
    TRY(aln_memory_history(memory, 0, hear, NULL, error));
    TRY(aln_memory_diff(memory, memory, NULL, NULL, &n, error));
    return aln_memory_check(memory, NULL, NULL, &n, error);
}

static aln_status merge(aln_error *error)
{
    unlink("n.db");
    AUTO(memory) aln_memory *from = NULL;
    AUTO(memory) aln_memory *into = NULL;
    TRY(aln_memory_open("m.db", ALN_MEMORY_READ, &from, error));
    TRY(aln_memory_open("n.db", ALN_MEMORY_CREATE, &into, error));
    return aln_memory_merge(into, &from, 1, error);
}

static void check_sound(void)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    size_t n = 1;
    check_ok(aln_memory_open("m.db", ALN_MEMORY_READ, &memory, &error), &error);
    check_ok(aln_memory_check(memory, NULL, NULL, &n, &error), &error);
    assert_int_equal(n, 0);
    aln_memory_close(memory);
}

static void test_making_reports_no_memory(void **state)
{
    assert_true(fail_each_allocation(make) > 100);
    check_sound();
}

static void test_changing_reports_no_memory(void **state)
{
    aln_error error = {0};
    check_ok(make(&error), &error);
    assert_int_equal(system("cp m.db made.db"), 0);
    assert_true(fail_each_allocation(change) > 100);
    check_sound();
}

static void test_looking_reports_no_memory(void **state)
{
    aln_error error = {0};
    check_ok(make(&error), &error);
    assert_true(fail_each_allocation(look) > 100);
}

static void test_merging_reports_no_memory(void **state)
{
    aln_error error = {0};
    check_ok(make(&error), &error);
    assert_true(fail_each_allocation(merge) > 100);
    check_sound();
}

static int clean(void **state)
{
    remove_files();
    return 0;
}

int main(void)
{
    sqlite3_mem_methods methods = {allocate, release, reallocate, size_of,
                                   rounded,  start,   stop,       NULL};
    char folder[] = "/dev/shm/oom.XXXXXX", other[] = "/tmp/oom.XXXXXX";
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods)) return 1;
    if ((!mkdtemp(folder) && !mkdtemp(strcpy(folder, other))) || chdir(folder))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_making_reports_no_memory, clean),
        cmocka_unit_test_teardown(test_changing_reports_no_memory, clean),
        cmocka_unit_test_teardown(test_looking_reports_no_memory, clean),
        cmocka_unit_test_teardown(test_merging_reports_no_memory, clean),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return chdir("/") || rmdir(folder) ? 1 : failed;
}
