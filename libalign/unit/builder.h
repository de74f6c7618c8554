/* builder.h - put a unit together piece by piece, in the order a reader meets them.
 *
 *     unit_builder builder = {0};
 *     unit_builder_clear(&builder);
 *     if (unit_builder_meta(&builder, &note)) ...        of the unit
 *     if (unit_builder_variant(&builder, "fr")) ...
 *     if (unit_builder_meta(&builder, &date)) ...        of the variant
 *     if (unit_builder_text(&builder, "Bonjour", 7)) ...
 *     const aln_unit *unit = unit_builder_finish(&builder, "fr");
 *
 * Everything is copied into the builder and holds until it is cleared.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNIT_BUILDER_H
#define UNIT_BUILDER_H

#include <stdbool.h>

#include <align/unit.h>

#include "base/arena.h"
#include "base/vec.h"

typedef struct unit_builder {
    arena texts;
    vec(aln_variant) variants;
    vec(size_t) starts; /* of each variant's items in variant_meta */
    vec(aln_meta) unit_meta;
    vec(aln_meta) variant_meta;
    bool in_variant;
    aln_unit unit; /* score and flags may be set at any time */
} unit_builder;

/* Forget the unit, keep the room for the next one. */
void unit_builder_clear(unit_builder *builder);
void unit_builder_done(unit_builder *builder);

/* What follows belongs to a new variant. */
aln_status unit_builder_variant(unit_builder *builder, const char *language);

/* What follows belongs to the unit again. */
void unit_builder_end_variant(unit_builder *builder);

/* Of the variant that was begun last. */
aln_status unit_builder_text(unit_builder *builder, const char *text, size_t size);
aln_status unit_builder_markup(unit_builder *builder, const char *xml, size_t size);
aln_status unit_builder_document(unit_builder *builder, const char *uri);

/* Of the open variant, or of the unit where none is open.  The item is copied. */
aln_status unit_builder_meta(unit_builder *builder, const aln_meta *item);

/* The unit.  The first variant in the language `pivot` (NULL is allowed) becomes the
 * first; the others keep their order. */
const aln_unit *unit_builder_finish(unit_builder *builder, const char *pivot);

/* A copy of an item with its texts in the arena. */
aln_status meta_copy(arena *texts, const aln_meta *item, aln_meta *copy);

#endif
