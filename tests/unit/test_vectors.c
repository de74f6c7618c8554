/* Vectors of sentences: by hand and from vecalign's files.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/vectors.h>

#include <math.h>
#include <unistd.h>

#include "check.h"

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void test_vectors_are_kept_at_unit_length(void **state)
{
    aln_error error = {0};
    aln_vectors *vectors;
    check_ok(aln_vectors_new(2, &vectors, &error), &error);
    check_ok(aln_vectors_add(vectors, "a", 1, (float[]){3, 4}, &error), &error);
    const float *found = aln_vectors_find(vectors, "a", 1);
    assert_true(fabsf(found[0] - 0.6f) < 1e-6f && fabsf(found[1] - 0.8f) < 1e-6f);
    assert_null(aln_vectors_find(vectors, "b", 1));
    aln_vectors_free(vectors);
}

static void test_reads_what_vecalign_reads(void **state)
{
    aln_error error = {0};
    aln_vectors *vectors = NULL;
    const float rows[] = {1, 0, 0, 2, 3, 0};
    write_file("overlaps", "One.\nOne. Two.\nBLANK_LINE\n", 26);
    write_file("floats", rows, sizeof rows);
    check_ok(aln_vectors_read("overlaps", "floats", &vectors, &error), &error);
    assert_int_equal(aln_vectors_dimension(vectors), 2);
    assert_true(aln_vectors_find(vectors, "One. Two.", 9)[1] == 1);
    assert_true(aln_vectors_find(vectors, "", 0)[0] == 1); /* the blank line's */
    aln_vectors_free(vectors);
    unlink("overlaps");
    unlink("floats");
}

static void test_sizes_that_do_not_fit_are_an_error(void **state)
{
    aln_error error = {0};
    aln_vectors *vectors = NULL;
    write_file("overlaps", "One.\nTwo.\n", 10);
    write_file("floats", "123456789", 9);
    assert_int_equal(aln_vectors_read("overlaps", "floats", &vectors, &error),
                     ALN_SYNTAX);
    assert_string_equal(error.message,
                        "9 bytes of floats do not make rows for 2 lines");
    assert_null(vectors);
    unlink("overlaps");
    unlink("floats");
}

static void test_what_is_no_number_is_refused(void **state)
{
    aln_error error = {0};
    aln_vectors *vectors;
    check_ok(aln_vectors_new(1, &vectors, &error), &error);
    assert_int_equal(aln_vectors_add(vectors, "a", 1, (float[]){NAN}, &error),
                     ALN_INVALID);
    assert_null(aln_vectors_find(vectors, "a", 1));
    assert_int_equal(aln_vectors_new(0, &vectors, &error), ALN_INVALID);
    aln_vectors_free(vectors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors_are_kept_at_unit_length),
        cmocka_unit_test(test_reads_what_vecalign_reads),
        cmocka_unit_test(test_sizes_that_do_not_fit_are_an_error),
        cmocka_unit_test(test_what_is_no_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
