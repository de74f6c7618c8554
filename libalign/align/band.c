/* band.c - which part of the lattice is looked at.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "align/lattice.h"

aln_status band_full(lattice_band *band, uint32_t n, uint32_t m)
{
    *band = (lattice_band){0};
    band->low = calloc((size_t)n + 1, sizeof *band->low);
    band->high = calloc((size_t)n + 1, sizeof *band->high);
    band->offsets = calloc((size_t)n + 2, sizeof *band->offsets);
    if (!band->low || !band->high || !band->offsets) return ALN_NO_MEMORY;
    for (uint32_t i = 0; i <= n; i++) {
        band->high[i] = m;
        band->offsets[i + 1] = band->offsets[i] + m + 1;
    }
    return ALN_OK;
}

void band_done(lattice_band *band)
{
    free(band->low);
    free(band->high);
    free(band->offsets);
    *band = (lattice_band){0};
}
