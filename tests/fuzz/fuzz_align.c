/* Any bytes as texts, a sentence a line, parted by form feeds: the first byte chooses
 * the languages.  Every sentence must end up in exactly one bead.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <align/beads.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIDES = 3, LINES_MOST = 60, LANGUAGES = 5 };

static size_t read_side(const char **at, const char *end, aln_sentence *lines)
{
    size_t n = 0;
    while (*at < end && n < LINES_MOST) {
        size_t rest = (size_t)(end - *at), length = 0;
        while (length < rest && (*at)[length] != '\n' && (*at)[length] != '\f')
            length++;
        lines[n++] = (aln_sentence){*at, length};
        *at += length;
        bool last = *at < end && **at == '\f';
        *at += *at < end;
        if (last) break;
    }
    return n;
}

/* Every sentence of a side is in one bead, and flags and scores make sense. */
static void check_side(const aln_alignment *found, size_t side, size_t n)
{
    char seen[LINES_MOST] = {0};
    size_t covered = 0;
    for (size_t b = 0; b < found->n_beads; b++) {
        const aln_bead *bead = &found->beads[b];
        if (!(bead->score >= 0 && bead->score <= 1)) abort();
        for (uint32_t i = bead->sides[side].start; i < bead->sides[side].end; i++) {
            if (i >= n || seen[i]++) abort();
            covered++;
        }
    }
    if (covered != n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[LANGUAGES] = {"fr", "en", "zh", "ru", "und"};
    static aln_aligner *aligner;
    static aln_sentence lines[SIDES][LINES_MOST];
    aln_side sides[SIDES];
    aln_alignment *found = NULL;
    if (!aligner && aln_aligner_new(NULL, &aligner, NULL)) abort();
    if (!size) return 0;
    size_t n_sides = data[0] & 1 ? 3 : 2;
    const char *at = (const char *)data + 1, *end = (const char *)data + size;
    for (size_t k = 0; k < n_sides; k++) {
        size_t n = read_side(&at, end, lines[k]);
        const char *language = languages[(data[0] / 2 + k) % LANGUAGES];
        sides[k] = (aln_side){language, lines[k], n, NULL};
    }
    if (aln_align(aligner, sides, n_sides, &found, NULL)) abort();
    for (size_t k = 0; k < n_sides; k++)
        check_side(found, k, sides[k].n);
    aln_alignment_free(found);
    return 0;
}
