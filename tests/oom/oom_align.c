/* Two texts and three are aligned when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(alignment, aln_alignment *, aln_alignment_free)

#define LINE(text)               \
    {                            \
        text "", sizeof text - 1 \
    }

static const aln_sentence french[] = {
    LINE("Le Kazakhstan exporte 12 500 tonnes de blé vers Shanghai en 2016."),
    LINE("Le président a ouvert la conférence à Astana."),
    LINE(""),
    LINE("Les ministres ont signé 24 accords."),
    LINE("Ils sont repartis."),
    LINE("La délégation de Berlin a visité le musée.")};
static const aln_sentence english[] = {
    LINE("The president opened the conference in Astana."), LINE(""),
    LINE("The ministers signed 24 agreements. They left again."),
    LINE("The delegation from Berlin visited the museum."),
    LINE("Kazakhstan exported 12,500 tonnes of wheat to Shanghai in 2016.")};
static const aln_sentence chinese[] = {LINE("总统在阿斯塔纳宣布会议开幕。"),
                                       LINE("部长们签署了24项协议。"),
                                       LINE("柏林代表团参观了博物馆。")};

static const aln_side sides[] = {
    {"fr", french, 6, NULL}, {"en", english, 5, NULL}, {"zh", chinese, 3, NULL}};

/* Its glossaries are ready: making them is another scenario. */
static aln_aligner *ready;

static aln_status align_two(aln_error *error)
{
    AUTO(alignment) aln_alignment *alignment = NULL;
    return aln_align(ready, sides, 2, &alignment, error);
}

static aln_status align_three(aln_error *error)
{
    AUTO(alignment) aln_alignment *alignment = NULL;
    return aln_align(ready, sides, 3, &alignment, error);
}

/* Without the large tables, which are read alike. */
static aln_status make_glossaries(aln_error *error)
{
    const aln_aligner_options options = {.without =
                                             ALN_WITHOUT_CONCEPTS | ALN_WITHOUT_NAMES};
    AUTO(aligner) aln_aligner *aligner = NULL;
    AUTO(alignment) aln_alignment *alignment = NULL;
    TRY(aln_aligner_new(&options, &aligner, error));
    return aln_align(aligner, sides, 2, &alignment, error);
}

static void test_align_two(void **state)
{
    assert_true(fail_each_allocation(align_two) > 100);
}

static void test_align_three(void **state)
{
    assert_true(fail_each_allocation(align_three) > 100);
}

static void test_make_glossaries(void **state)
{
    assert_true(fail_each_allocation(make_glossaries) > 100);
}

static int get_ready(void **state)
{
    aln_error error = {0};
    aln_alignment *alignment = NULL;
    check_ok(aln_aligner_new(NULL, &ready, &error), &error);
    check_ok(aln_align(ready, sides, 3, &alignment, &error), &error);
    aln_alignment_free(alignment);
    return 0;
}

static int clean_up(void **state)
{
    aln_aligner_free(ready);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_align_two),
        cmocka_unit_test(test_align_three),
        cmocka_unit_test(test_make_glossaries),
    };
    return cmocka_run_group_tests(tests, get_ready, clean_up);
}
