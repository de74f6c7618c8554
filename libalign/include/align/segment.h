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

#include <stdbool.h>
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
    /* Rules instead of the library's own; they must outlive the segmenter. */
    const aln_srx *srx;
} aln_segment_options;

/* What an SRX document's header says.  The last three tell which side of a boundary an
 * inline code belongs to that stands right at it: true, the sentence before it. */
typedef struct aln_srx_header {
    bool segment_subflows;
    bool cascade;       /* every language map that matches counts, not the first */
    bool include_start; /* <formathandle type="start" include="yes"/> */
    bool include_end;   /* true where the document does not say */
    bool include_isolated;
} aln_srx_header;

/* Read rules in SRX 2.0.  Fails with ALN_SYNTAX or ALN_UNSUPPORTED, and error->line.
 * The regular expressions are ICU's; "^" and "$" are the ends of a paragraph. */
ALN_API ALN_CHECKED aln_status aln_srx_read(const char *xml, size_t size, aln_srx **srx,
                                            aln_error *error);

/* NULL is allowed. */
ALN_API void aln_srx_free(aln_srx *srx);

/* The document's header; it lives as long as the document. */
ALN_API const aln_srx_header *aln_srx_header_of(const aln_srx *srx);

/* The library's own rules as an SRX 2.0 document, and its size. */
ALN_API const char *aln_srx_builtin(size_t *size);

/* Make a segmenter for a BCP 47 language tag.
 *
 * options may be NULL.  Fails with ALN_UNSUPPORTED when the tag is malformed; a
 * language without rules of its own gets the default ones.  Foreign rules that say
 * nothing of a language leave every line whole, as SRX asks. */
ALN_API ALN_CHECKED aln_status aln_segmenter_new(const char *language,
                                                 const aln_segment_options *options,
                                                 aln_segmenter **segmenter,
                                                 aln_error *error);

/* Cut text[0..size), one paragraph, into sentences without the white space around them.
 * A line feed ends a sentence.  Bytes that are no UTF-8 count as U+FFFD.
 *
 * *spans belongs to the segmenter and holds until its next use.  The spans are in
 * order and do not overlap; a text of white space alone has none.  Fails with
 * ALN_SYNTAX and the line of the SRX document in error->line when a foreign rule
 * takes too long on the text. */
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
