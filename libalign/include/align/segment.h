/* align/segment.h - cut text into sentences.
 *
 * A segmenter is made once for a language and then used for any number of texts:
 *
 *     aln_segmenter *segmenter;
 *     if (aln_segmenter_new("fr", NULL, &segmenter, &error)) ...
 *     if (aln_segmenter_split(segmenter, text, size, &spans, &count, &error)) ...
 *     aln_segmenter_free(segmenter);
 *
 * Text is UTF-8 and is never copied: sentences are byte spans of the caller's text.
 * A segmenter serves one thread at a time; different segmenters are independent.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_SEGMENT_H
#define ALIGN_SEGMENT_H

#include <stddef.h>

#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_srx aln_srx;
typedef struct aln_segmenter aln_segmenter;

/* Bytes [start, end) of a text. */
typedef struct aln_span {
    size_t start;
    size_t end;
} aln_span;

/* How to cut.  All zero means the defaults. */
typedef struct aln_segment_options {
    const aln_srx
        *srx; /* rules instead of the library's own; must outlive the segmenter */
} aln_segment_options;

/* Read rules in SRX 2.0.  Fails with ALN_SYNTAX and error->line. */
ALN_API ALN_CHECKED aln_status aln_srx_read(const char *xml, size_t size, aln_srx **srx,
                                            aln_error *error);

/* NULL is allowed. */
ALN_API void aln_srx_free(aln_srx *srx);

/* The library's own rules as an SRX 2.0 document, and its size. */
ALN_API const char *aln_srx_builtin(size_t *size);

/* Make a segmenter for a BCP 47 language tag.
 *
 * options may be NULL.  Fails with ALN_UNSUPPORTED when the tag is malformed; a
 * language without rules of its own gets the default ones. */
ALN_API ALN_CHECKED aln_status aln_segmenter_new(const char *language,
                                                 const aln_segment_options *options,
                                                 aln_segmenter **segmenter,
                                                 aln_error *error);

/* Cut text[0..size), one paragraph, into sentences without the white space around them.
 * A line feed ends a sentence.
 *
 * *spans belongs to the segmenter and holds until its next use.  The spans are in
 * order and do not overlap; a text of white space alone has none. */
ALN_API ALN_CHECKED aln_status aln_segmenter_split(aln_segmenter *segmenter,
                                                   const char *text, size_t size,
                                                   const aln_span **spans,
                                                   size_t *count, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_segmenter_free(aln_segmenter *segmenter);

#ifdef __cplusplus
}
#endif

#endif
