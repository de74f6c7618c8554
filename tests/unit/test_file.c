/* Files are read whole, and written whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "check.h"

static char folder[] = "/tmp/test_file.XXXXXX";

static int make_folder(void **state)
{
    return !mkdtemp(folder) || chdir(folder);
}

static int remove_folder(void **state)
{
    unlink("out");
    unlink("link");
    return chdir("/") || rmdir(folder); /* fails where something was left behind */
}

static void check_content(const char *path, const char *expected)
{
    aln_error error = {0};
    AUTO(free) char *bytes = NULL;
    size_t size;
    check_ok(file_read(path, 1000, &bytes, &size, &error), &error);
    assert_int_equal(size, strlen(expected));
    assert_string_equal(bytes, expected);
}

static void write_out(const char *text)
{
    aln_error error = {0};
    file_writer writer;
    check_ok(file_writer_open(&writer, "out", &error), &error);
    fputs(text, writer.stream);
    check_ok(file_writer_commit(&writer, &error), &error);
}

static size_t files_here(void)
{
    size_t n = 0;
    DIR *here = opendir(".");
    while (readdir(here))
        n++;
    closedir(here);
    return n - 2; /* . and .. */
}

static void test_reads_back_what_it_wrote(void **state)
{
    write_out("one");
    write_out("two");
    check_content("out", "two");
}

static void test_an_abandoned_write_changes_nothing(void **state)
{
    aln_error error = {0};
    file_writer writer;
    write_out("kept");
    size_t before = files_here();
    check_ok(file_writer_open(&writer, "out", &error), &error);
    fputs("lost", writer.stream);
    file_writer_abandon(&writer);
    check_content("out", "kept");
    assert_int_equal(files_here(), before);
}

static void test_writes_through_a_link(void **state)
{
    aln_error error = {0};
    file_writer writer;
    struct stat about;
    write_out("old");
    assert_int_equal(symlink("out", "link"), 0);
    check_ok(file_writer_open(&writer, "link", &error), &error);
    fputs("new", writer.stream);
    check_ok(file_writer_commit(&writer, &error), &error);
    check_content("out", "new");
    assert_int_equal(lstat("link", &about), 0);
    assert_true(S_ISLNK(about.st_mode));
}

static void test_a_full_disk_is_said(void **state)
{
    aln_error error = {0};
    file_writer writer;
    check_ok(file_writer_open(&writer, "/dev/full", &error), &error);
    for (int i = 0; i < 10000; i++)
        fputs("more than a buffer", writer.stream);
    assert_int_equal(file_writer_commit(&writer, &error), ALN_IO);
    assert_string_equal(error.message, "cannot write: No space left on device");
}

static void test_says_why_it_cannot(void **state)
{
    aln_error error = {0};
    file_writer writer;
    char *bytes;
    size_t size;
    assert_int_equal(file_read("missing", 10, &bytes, &size, &error), ALN_IO);
    assert_string_equal(error.message, "cannot open: No such file or directory");
    assert_int_equal(file_read("/tmp", 10, &bytes, &size, &error), ALN_IO);
    assert_string_equal(error.message, "is a directory");
    assert_int_equal(file_writer_open(&writer, "/tmp", &error), ALN_IO);
    assert_string_equal(error.message, "is a directory");
    assert_int_equal(file_writer_open(&writer, "no/such", &error), ALN_IO);
    assert_string_equal(error.message, "cannot create: No such file or directory");
}

static void test_a_file_over_the_bound_is_refused(void **state)
{
    aln_error error = {0};
    char *bytes;
    size_t size;
    write_out("0123456789");
    assert_int_equal(file_read("out", 9, &bytes, &size, &error), ALN_UNSUPPORTED);
    assert_string_equal(error.message, "larger than 9 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_back_what_it_wrote),
        cmocka_unit_test(test_an_abandoned_write_changes_nothing),
        cmocka_unit_test(test_writes_through_a_link),
        cmocka_unit_test(test_a_full_disk_is_said),
        cmocka_unit_test(test_says_why_it_cannot),
        cmocka_unit_test(test_a_file_over_the_bound_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
