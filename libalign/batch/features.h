/* features.h - what a document says, in a form that no language owns.
 *
 *     feature_set said = {0};
 *     TRY(features_of(aligner, article, &said, error));
 *     vec_free(&said);
 *
 * A feature is a number that stands in the text, a meaning that the aligner's tables
 * give to one of its words, or a name as it is written.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_FEATURES_H
#define BATCH_FEATURES_H

#include <align/batch.h>

#include "base/vec.h"

typedef vec(uint64_t) feature_set; /* rising */

/* What a document says.  On failure the set is empty. */
aln_status features_of(const aln_aligner *aligner, const aln_article *article,
                       feature_set *found, aln_error *error);

/* Numbers and meanings are expected in the other language even where none of its texts
 * has them; names are often written otherwise there. */
static inline bool feature_is_common(uint64_t feature)
{
    return feature & 1;
}

#endif
