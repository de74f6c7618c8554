/* What is expensive to compute is kept in the memory's file.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/manage.h>
#include <align/memory.h>

#include <unistd.h>

#include "base/auto.h"
#include "check.h"

static const char path[] = "test_cache.db";

static aln_memory *open_memory(aln_memory_mode mode)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    check_ok(aln_memory_open(path, mode, &memory, &error), &error);
    return memory;
}

static void check_cached(aln_memory *memory, const char *name, const char *text,
                         const char *expected)
{
    aln_error error = {0};
    AUTO(free) void *bytes = NULL;
    size_t n = 0;
    check_ok(aln_memory_cache_get(memory, name, text, strlen(text), &bytes, &n, &error),
             &error);
    if (!expected) {
        assert_null(bytes);
        return;
    }
    assert_int_equal(n, strlen(expected));
    assert_memory_equal(bytes, expected, n);
}

static void put(aln_memory *memory, const char *name, const char *text,
                const char *value)
{
    aln_error error = {0};
    check_ok(aln_memory_cache_put(memory, name, text, strlen(text), value,
                                  strlen(value), &error),
             &error);
}

static void test_gives_back_what_was_put(void **state)
{
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_cached(memory, "model", "Bonjour.", NULL);
    put(memory, "model", "Bonjour.", "vector");
    put(memory, "other", "Bonjour.", "another");
    check_cached(memory, "model", "Bonjour.", "vector");
    check_cached(memory, "other", "Bonjour.", "another");
    check_cached(memory, "model", "Bonsoir.", NULL);
    put(memory, "model", "Bonjour.", "newer");
    aln_memory_close(memory);

    memory = open_memory(ALN_MEMORY_READ);
    check_cached(memory, "model", "Bonjour.", "newer");
    aln_memory_close(memory);
}

static void test_what_is_rolled_back_is_not_there(void **state)
{
    aln_error error = {0};
    aln_memory *memory = open_memory(ALN_MEMORY_CREATE);
    check_ok(aln_memory_begin(memory, &error), &error);
    put(memory, "model", "Adieu.", "lost");
    aln_memory_rollback(memory);
    check_cached(memory, "model", "Adieu.", NULL);
    aln_memory_close(memory);
}

static int remove_memory(void **state)
{
    unlink(path);
    unlink("test_cache.db-wal");
    unlink("test_cache.db-shm");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_gives_back_what_was_put, remove_memory),
        cmocka_unit_test_teardown(test_what_is_rolled_back_is_not_there, remove_memory),
    };
    return cmocka_run_group_tests(tests, remove_memory, remove_memory);
}
