/* Rules and sentences when memory runs out.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/segment.h>

#include "../unit/check.h"
#include "base/auto.h"
#include "fail.h"

AUTO_DEFINE(segmenter, aln_segmenter *, aln_segmenter_free)
AUTO_DEFINE(srx, aln_srx *, aln_srx_free)

static aln_status split(aln_error *error)
{
    static const char text[] =
        "Le 9 juin, M. Xi est arrivé. Il repart demain ? « Oui. »";
    AUTO(segmenter) aln_segmenter *segmenter = NULL;
    TRY(aln_segmenter_new("fr", NULL, &segmenter, error));
    const aln_span *spans;
    size_t count;
    return aln_segmenter_split(segmenter, text, sizeof text - 1, &spans, &count, error);
}

static aln_status read_rules(aln_error *error)
{
    static const char xml[] =
        "<srx xmlns='http://www.lisa.org/srx20' version='2.0'><header "
        "segmentsubflows='yes'"
        " cascade='no'/><body><languagerules><languagerule languagerulename='fr'>"
        "<rule "
        "break='no'><beforebreak>\\bM\\.</beforebreak><afterbreak>\\s</afterbreak>"
        "</rule><rule break='yes'><beforebreak>\\.</beforebreak><afterbreak>\\s"
        "</afterbreak></rule></languagerule></languagerules><maprules>"
        "<languagemap languagepattern='fr.*' "
        "languagerulename='fr'/></maprules></body></srx>";
    AUTO(srx) aln_srx *srx = NULL;
    TRY(aln_srx_read(xml, sizeof xml - 1, &srx, error));
    AUTO(segmenter) aln_segmenter *segmenter = NULL;
    const aln_segment_options options = {.srx = srx};
    return aln_segmenter_new("fr", &options, &segmenter, error);
}

static void test_split(void **state)
{
    assert_true(fail_each_allocation(split) > 0);
}

static void test_read_rules(void **state)
{
    assert_true(fail_each_allocation(read_rules) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_read_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
