/* edits.h - what was changed between two sequences of tokens.
 *
 *     edit_script script = {0};
 *     TRY(edits_find(&script, &source, &query, most, &distance, error));
 *     for (size_t i = 0; i < script.steps.n; i++) ...
 *
 * The textbook table, but only the band around its diagonal that `most` edits can reach
 * (Ukkonen 1985), so that near texts cost little.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOOKUP_EDITS_H
#define LOOKUP_EDITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/lookup.h>

#include "base/str.h"
#include "base/vec.h"
#include "text/tokens.h"

/* A text with its tokens, as scores need them. */
typedef struct scored_text {
    const char *text; /* NFC: the caller's, or in room */
    size_t size;
    vec(token) tokens;
    vec(uint64_t) hashes;
    str room;
} scored_text;

aln_status scored_text_set(scored_text *to, const char *text, size_t size,
                           aln_error *error);
void scored_text_done(scored_text *text);

typedef struct edit_step {
    aln_edit_kind kind;
    size_t source, query; /* tokens; of the side that has none, the next one */
} edit_step;

typedef struct edit_script {
    vec(edit_step) steps;
    unsigned char *moves; /* the band, a row a token of the source */
    size_t moves_size;
    uint32_t *costs; /* two rows */
    size_t n_costs;
} edit_script;

/* *distance becomes most + 1, and the script empty, where it is more than most.  The
 * script is empty too where texts of more than 10,000 tokens are so far apart that the
 * band would take more than 64 MB. */
aln_status edits_find(edit_script *script, const scored_text *source,
                      const scored_text *query, size_t most, size_t *distance,
                      aln_error *error);

void edit_script_done(edit_script *script);

#endif
