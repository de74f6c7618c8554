/* Any bytes as a text, cut by our own rules: the first byte chooses the language.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>

#include <align/segment.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LANGUAGES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[LANGUAGES] = {"fr", "en", "zh", "und"};
    static aln_segmenter *segmenters[LANGUAGES];
    if (!size) return 0;
    int which = *data % LANGUAGES;
    if (!segmenters[which] &&
        aln_segmenter_new(names[which], NULL, &segmenters[which], NULL))
        abort();

    const aln_span *spans = NULL;
    size_t count = 0, at = 0;
    if (aln_segmenter_split(segmenters[which], (const char *)data + 1, size - 1, &spans,
                            &count, NULL))
        abort();
    for (size_t i = 0; i < count; at = spans[i++].end)
        if (spans[i].start < at || spans[i].end <= spans[i].start ||
            spans[i].end >= size)
            abort();
    return 0;
}
