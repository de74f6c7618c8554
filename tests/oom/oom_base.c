/* Tables, strings and files when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../unit/check.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/str.h"
#include "fail.h"

static aln_status intern_words(aln_error *error)
{
    intern words = {0};
    aln_status status = ALN_OK;
    char text[16];
    for (int i = 0; !status && i < 5000; i++) {
        uint32_t id;
        int n = snprintf(text, sizeof text, "%d", i);
        if (intern_add(&words, text, (size_t)n, &id)) status = error_no_memory(error);
    }
    intern_done(&words);
    return status;
}

static aln_status grow_string(aln_error *error)
{
    AUTO(str) str s = {0};
    for (int i = 0; i < 1000; i++)
        if (str_printf(&s, "%d ", i)) return error_no_memory(error);
    return ALN_OK;
}

static aln_status write_and_read(aln_error *error)
{
    file_writer writer;
    TRY(file_writer_open(&writer, "oom_base.out", error));
    fputs("kept", writer.stream);
    TRY(file_writer_commit(&writer, error));

    AUTO(free) char *bytes = NULL;
    size_t size;
    TRY(file_read("oom_base.out", 100, &bytes, &size, error));
    return remove("oom_base.out") ? error_set(error, ALN_IO, "not written") : ALN_OK;
}

static void test_intern(void **state)
{
    assert_true(fail_each_allocation(intern_words) > 10);
}

static void test_str(void **state)
{
    assert_true(fail_each_allocation(grow_string) > 5);
}

static void test_file(void **state)
{
    assert_true(fail_each_allocation(write_and_read) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intern),
        cmocka_unit_test(test_str),
        cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
