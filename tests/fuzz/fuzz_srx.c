/* Any bytes as rules, and what can be read of them on a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>

#include <align/segment.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The second half of a text that rules are tried on is the input itself. */
static void cut(const aln_srx *srx, const char *text, size_t size)
{
    const aln_segment_options options = {.srx = srx};
    aln_segmenter *segmenter = NULL;
    if (aln_segmenter_new("en", &options, &segmenter, NULL)) return;

    const aln_span *spans = NULL;
    size_t count = 0, at = 0;
    if (!aln_segmenter_split(segmenter, text, size, &spans, &count, NULL))
        for (size_t i = 0; i < count; at = spans[i++].end)
            if (spans[i].start < at || spans[i].end <= spans[i].start ||
                spans[i].end > size)
                abort();
    aln_segmenter_free(segmenter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] =
        "Mr. A. went at 5 p.m. to U.S. \xe3\x80\x82\"Oui !\" M. X";
    aln_srx *srx = NULL;
    if (aln_srx_read((const char *)data, size, &srx, NULL) == ALN_OK) {
        cut(srx, text, sizeof text - 1);
        cut(srx, (const char *)data, size);
    }
    aln_srx_free(srx);
    return 0;
}
