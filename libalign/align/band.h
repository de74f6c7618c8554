/* band.h - which part of the lattice is looked at.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_BAND_H
#define ALIGN_BAND_H

#include "align/lattice.h"

/* All of it. */
aln_status band_full(lattice_band *band, uint32_t n, uint32_t m);

/* Around the points where rare words meet. */
aln_status band_of_anchors(lattice_band *band, const evidence *known,
                           const side_text *source, const side_text *target);

/* Around the cells of a summed lattice that paths pass with at least a probability. */
aln_status band_tightened(lattice_band *band, const lattice *l, double least,
                          uint32_t margin);

#endif
