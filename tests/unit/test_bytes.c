/* The bytes of files: gzip, joined gzip, archives with one file or several.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/bytes.h"

#include <stdlib.h>
#include <zip.h>
#include <zlib.h>

#include "base/auto.h"
#include "base/str.h"

#include "check.h"

AUTO_DEFINE(source, byte_source *, bytes_close)

typedef struct part {
    const char *name, *text;
    size_t size;
} part;

/* gzip of a text, added to `out`. */
static void gzip(const char *text, str *out)
{
    z_stream z = {0};
    char room[512];
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);
    z.next_in = (Bytef *)text;
    z.avail_in = (uInt)strlen(text);
    z.next_out = (Bytef *)room;
    z.avail_out = sizeof room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(str_add(out, room, sizeof room - z.avail_out), 0);
    deflateEnd(&z);
}

static void pack(const part *parts, size_t n, str *out)
{
    zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(all);
    zip_t *archive = zip_open_from_source(all, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *text =
            zip_source_buffer(archive, parts[i].text, parts[i].size, 0);
        assert_true(zip_file_add(archive, parts[i].name, text, 0) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
    zip_stat_t about;
    zip_stat_init(&about);
    assert_int_equal(zip_source_stat(all, &about), 0);
    assert_int_equal(str_reserve(out, about.size), 0);
    zip_source_open(all);
    out->size = (size_t)zip_source_read(all, out->at, about.size);
    zip_source_close(all);
    zip_source_free(all);
}

/* All that is read, files of an archive joined by "|". */
static aln_status read_all(const char *bytes, size_t size, str *out, aln_error *error)
{
    AUTO(source) byte_source *source = NULL;
    bool found = true;
    TRY(bytes_open_memory(bytes, size, &source, error));
    while (found) {
        char room[7];
        size_t n = 1;
        while (n) {
            TRY(bytes_read(source, room, sizeof room, &n, error));
            assert_int_equal(str_add(out, room, n), 0);
        }
        TRY(bytes_next(source, &found, error));
        if (found) assert_int_equal(str_putc(out, '|'), 0);
    }
    return ALN_OK;
}

static void check_read(const str *bytes, const char *expected)
{
    AUTO(str) str out = {0};
    aln_error error = {0};
    check_ok(read_all(bytes->at, bytes->size, &out, &error), &error);
    assert_string_equal(str_text(&out), expected);
}

static void test_plain_bytes_stay(void **state)
{
    AUTO(str) str bytes = {0};
    assert_int_equal(str_puts(&bytes, "PK is no archive"), 0);
    check_read(&bytes, "PK is no archive");
}

static void test_joined_gzip_is_one_text(void **state)
{
    AUTO(str) str bytes = {0};
    gzip("first ", &bytes);
    gzip("", &bytes);
    gzip("second", &bytes);
    check_read(&bytes, "first second");
}

static void test_cut_gzip_is_an_error(void **state)
{
    AUTO(str) str bytes = {0};
    AUTO(str) str out = {0};
    gzip("a text of some length", &bytes);
    for (size_t size = 5; size < bytes.size; size++) {
        aln_error error = {0};
        assert_int_equal(read_all(bytes.at, size, &out, &error), ALN_SYNTAX);
    }
}

static void test_all_files_of_units_in_an_archive_are_read(void **state)
{
    const part parts[] = {{"readme.txt", "no", 2},   {"a/", "", 0},
                          {"a/one.tmx", "1", 1},     {"__MACOSX/a/._one.tmx", "x", 1},
                          {"two.TSV", "2", 1},       {"notes", "no", 2},
                          {"three.xliff.gz", "3", 1}};
    AUTO(str) str bytes = {0};
    pack(parts, sizeof parts / sizeof *parts, &bytes);
    check_read(&bytes, "1|2|3");
}

static void test_gzip_in_an_archive_is_inflated(void **state)
{
    AUTO(str) str inner = {0};
    AUTO(str) str bytes = {0};
    gzip("inside", &inner);
    const part parts[] = {{"a.tmx.gz", inner.at, inner.size}, {"b.tmx", "plain", 5}};
    pack(parts, 2, &bytes);
    check_read(&bytes, "inside|plain");
}

static void test_without_a_known_name_the_first_file_is_read(void **state)
{
    const part parts[] = {{"x/", "", 0}, {"data", "one", 3}, {"more", "two", 3}};
    AUTO(str) str bytes = {0};
    pack(parts, 3, &bytes);
    check_read(&bytes, "one");
}

static void test_a_damaged_archive_is_an_error(void **state)
{
    const part parts[] = {{"a.tmx", "some text, stored or not", 24}};
    AUTO(str) str bytes = {0};
    AUTO(str) str out = {0};
    pack(parts, 1, &bytes);
    for (size_t size = 4; size < bytes.size; size++) {
        aln_error error = {0};
        assert_int_not_equal(read_all(bytes.at, size, &out, &error), ALN_OK);
        assert_int_not_equal(error.message[0], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_bytes_stay),
        cmocka_unit_test(test_joined_gzip_is_one_text),
        cmocka_unit_test(test_cut_gzip_is_an_error),
        cmocka_unit_test(test_all_files_of_units_in_an_archive_are_read),
        cmocka_unit_test(test_gzip_in_an_archive_is_inflated),
        cmocka_unit_test(test_without_a_known_name_the_first_file_is_read),
        cmocka_unit_test(test_a_damaged_archive_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
