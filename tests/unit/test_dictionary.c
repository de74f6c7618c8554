/* Dictionaries in the formats that people have.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include <unistd.h>

#include "base/auto.h"
#include "check.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(alignment, aln_alignment *, aln_alignment_free)

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
}

/* Six sentences of equal length in two languages nobody knows; the third and fourth of
 * the source are missing, so that only the dictionary tells which ones. */
static const char *const source[] = {"bako rumi.", "tulo seda.", "miso fano.",
                                     "gelu poda.", "niva koru.", "wuda lepi."};
static const char *const target[] = {"hrynt ulms.", "sprok vands.", "zylch dorms.",
                                     "quext brims."};
enum { N = 6, M = 4 };

static void check_learns(const char *path)
{
    aln_error error = {0};
    AUTO(aligner) aln_aligner *aligner = NULL;
    AUTO(alignment) aln_alignment *alignment = NULL;
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    check_ok(aln_aligner_read_dictionary(aligner, path, "qaa", "qab", &error), &error);

    aln_sentence left[N], right[M];
    for (int i = 0; i < N; i++)
        left[i] = (aln_sentence){source[i], strlen(source[i])};
    for (int j = 0; j < M; j++)
        right[j] = (aln_sentence){target[j], strlen(target[j])};
    const aln_side sides[2] = {{"qaa", left, N, NULL}, {"qab", right, M, NULL}};
    check_ok(aln_align(aligner, sides, 2, &alignment, &error), &error);

    static const bool missing[N] = {false, false, true, true, false, false};
    for (size_t b = 0; b < alignment->n_beads; b++) {
        const aln_range *of = alignment->beads[b].sides;
        for (uint32_t i = of[0].start; i < of[0].end; i++)
            assert_int_equal(of[1].start == of[1].end, missing[i]);
    }
    unlink(path);
}

static void test_reads_hunaligns_format(void **state)
{
    write_file("d.dic", "hrynt @ bako\nulms @ rumi\nsprok @ tulo\nvands @ seda\n"
                        "zylch @ niva\ndorms @ koru\nquext @ wuda\nbrims @ lepi\n");
    check_learns("d.dic");
}

static void test_reads_two_columns(void **state)
{
    write_file("d.tsv", "# words\nbako\thrynt\nrumi\tulms\ntulo\tsprok\nseda\tvands\n\n"
                        "niva\tzylch\nkoru\tdorms\tnoun\nwuda\tquext\nlepi\tbrims");
    check_learns("d.tsv");
}

static void test_reads_dictds_format(void **state)
{
    /* Offsets and sizes in base 64: A is 0, B is 1. */
    write_file("d.dict", "00 about\n"
                         "bako /b/\n1. hrynt, xxx\n"
                         "tulo\n1. yyy (of old)\n2. sprok; zzz\n"
                         "niva <n>\nzylch [rare]\n   niva bata\n"
                         "wuda\nquext\n");
    write_file("d.index", "00database\tA\tJ\nbako\tJ\tX\ntulo\tg\tj\n"
                          "niva\tBD\tj\nwuda\tBm\tL\n");
    check_learns("d.index");
    unlink("d.dict");
}

static void test_a_line_of_another_kind_is_an_error(void **state)
{
    aln_error error = {0};
    AUTO(aligner) aln_aligner *aligner = NULL;
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    write_file("d.dic", "dog @ chien\njust words\n");
    assert_int_equal(aln_aligner_read_dictionary(aligner, "d.dic", "fr", "en", &error),
                     ALN_SYNTAX);
    assert_int_equal(error.line, 2);
    assert_int_equal(
        aln_aligner_read_dictionary(aligner, "missing", "fr", "en", &error), ALN_IO);
    assert_int_equal(aln_aligner_read_dictionary(aligner, "/tmp", "fr", "en", &error),
                     ALN_IO);
    unlink("d.dic");
}

static void test_an_index_that_lies_is_an_error(void **state)
{
    aln_error error = {0};
    AUTO(aligner) aln_aligner *aligner = NULL;
    check_ok(aln_aligner_new(NULL, &aligner, &error), &error);
    write_file("d.dict", "chien\ndog\n");
    write_file("d.index", "chien\tA\tBA\n");
    assert_int_equal(aln_aligner_read_dictionary(aligner, "d.index", "fr", "en",
                                                 &error),
                     ALN_SYNTAX);
    assert_int_equal(error.line, 1);
    unlink("d.dict");
    unlink("d.index");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_hunaligns_format),
        cmocka_unit_test(test_reads_two_columns),
        cmocka_unit_test(test_reads_dictds_format),
        cmocka_unit_test(test_a_line_of_another_kind_is_an_error),
        cmocka_unit_test(test_an_index_that_lies_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
