/* segmenter.c - sentences as byte spans of a text.
 *
 * The rules decide where a line is cut (ruleset.h); here the pieces lose the white
 * space around them, and empty ones are dropped:
 *
 *     "  One.  Two.\nThree"   ->   [2,6) "One."   [8,12) "Two."   [13,18) "Three"
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/segment.h>

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"
#include "segment/ruleset.h"

struct aln_segmenter {
    aln_srx *own; /* the built-in rules, unless the caller has brought others */
    ruleset *rules;
    vec(aln_span) spans; /* of the latest split */
};

AUTO_DEFINE(segmenter, aln_segmenter *, aln_segmenter_free)

/* White space, and the byte order mark and zero-width spaces that scrapers leave. */
static bool is_blank(UChar32 c)
{
    return c >= 0 && (u_isUWhiteSpace(c) || c == 0xfeff || c == 0x200b);
}

static aln_span trim(const char *text, aln_span span)
{
    const uint8_t *bytes = (const uint8_t *)text;
    int32_t start = (int32_t)span.start, end = (int32_t)span.end;
    UChar32 c;
    for (int32_t i = start; i < end; start = i) {
        U8_NEXT(bytes, i, end, c);
        if (!is_blank(c)) break;
    }
    for (int32_t i = end; i > start; end = i) {
        U8_PREV(bytes, start, i, c);
        if (!is_blank(c)) break;
    }
    return (aln_span){(size_t)start, (size_t)end};
}

static aln_status split_line(aln_segmenter *segmenter, const char *text, size_t offset,
                             size_t size, aln_error *error)
{
    const char *line = text + offset;
    for (size_t start = 0, end; start < size; start = end) {
        TRY(ruleset_next(segmenter->rules, line, size, start, &end, error));
        aln_span span = trim(line, (aln_span){start, end});
        span.start += offset;
        span.end += offset;
        if (span.start < span.end && vec_push(&segmenter->spans, span))
            return error_no_memory(error);
    }
    return ALN_OK;
}

aln_status aln_segmenter_new(const char *language, const aln_segment_options *options,
                             aln_segmenter **out, aln_error *error)
{
    if (!language || !out) return error_set(error, ALN_INVALID, "no language given");
    char tag[ALN_LANGUAGE_SIZE];
    if (aln_language_canonical(language, tag, error))
        return error_set(error, ALN_UNSUPPORTED, "\"%.40s\" is no language tag",
                         language);

    AUTO(segmenter) aln_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (!segmenter) return error_no_memory(error);

    const aln_srx *srx = options ? options->srx : NULL;
    if (!srx) {
        TRY(srx_builtin(&segmenter->own, error));
        srx = segmenter->own;
    }
    TRY(ruleset_new(srx, tag, &segmenter->rules, error));
    *out = STEAL(segmenter);
    return ALN_OK;
}

aln_status aln_segmenter_split(aln_segmenter *segmenter, const char *text, size_t size,
                               const aln_span **spans, size_t *count, aln_error *error)
{
    if (!segmenter || (!text && size))
        return error_set(error, ALN_INVALID, "no text to cut");
    if (size > INT32_MAX) /* ICU counts in int32_t */
        return error_set(error, ALN_UNSUPPORTED, "a text of %zu bytes is too long",
                         size);

    vec_clear(&segmenter->spans);
    for (size_t start = 0; start < size;) {
        const char *feed = memchr(text + start, '\n', size - start);
        size_t end = feed ? (size_t)(feed - text) : size;
        TRY(split_line(segmenter, text, start, end - start, error));
        start = end + 1;
    }
    *spans = segmenter->spans.at;
    *count = segmenter->spans.n;
    return ALN_OK;
}

void aln_segmenter_free(aln_segmenter *segmenter)
{
    if (!segmenter) return;

    ruleset_free(segmenter->rules);
    aln_srx_free(segmenter->own);
    vec_free(&segmenter->spans);
    free(segmenter);
}
