/* segmenters.h - segmenters that are kept for the next article.
 *
 *     TRY(segmenters_take(set, "fr", &segmenter, error));
 *     ...
 *     segmenters_give(set, "fr", segmenter);
 *
 * To compile the rules of a language takes longer than to cut most articles.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_SEGMENTERS_H
#define BATCH_SEGMENTERS_H

#include <align/batch.h>
#include <align/segment.h>

/* One for the language that nobody else has; set may be NULL. */
aln_status segmenters_take(aln_segmenters *set, const char *language,
                           aln_segmenter **segmenter, aln_error *error);

/* Back for the next; both may be NULL. */
void segmenters_give(aln_segmenters *set, const char *language,
                     aln_segmenter *segmenter);

#endif
