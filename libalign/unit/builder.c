/* builder.c - units from pieces, in an arena that is used again for the next one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "unit/builder.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

void unit_builder_clear(unit_builder *builder)
{
    arena_clear(&builder->texts);
    vec_clear(&builder->variants);
    vec_clear(&builder->starts);
    vec_clear(&builder->unit_meta);
    vec_clear(&builder->variant_meta);
    builder->unit = (aln_unit){.score = ALN_NO_SCORE};
    builder->in_variant = false;
}

void unit_builder_done(unit_builder *builder)
{
    arena_done(&builder->texts);
    vec_free(&builder->variants);
    vec_free(&builder->starts);
    vec_free(&builder->unit_meta);
    vec_free(&builder->variant_meta);
}

static aln_status copy_text(arena *texts, const char *text, const char **copy)
{
    *copy = text ? arena_copy(texts, text, strlen(text)) : NULL;
    return text && !*copy ? ALN_NO_MEMORY : ALN_OK;
}

aln_status meta_copy(arena *texts, const aln_meta *item, aln_meta *copy)
{
    copy->kind = item->kind;
    if (copy_text(texts, item->name, &copy->name)) return ALN_NO_MEMORY;
    if (copy_text(texts, item->value, &copy->value)) return ALN_NO_MEMORY;
    if (copy_text(texts, item->language, &copy->language)) return ALN_NO_MEMORY;
    return copy_text(texts, item->encoding, &copy->encoding);
}

aln_status unit_builder_variant(unit_builder *builder, const char *language)
{
    aln_variant variant = {.text = ""};
    if (copy_text(&builder->texts, language, &variant.language)) return ALN_NO_MEMORY;
    if (vec_push(&builder->starts, builder->variant_meta.n)) return ALN_NO_MEMORY;
    builder->in_variant = true;
    return vec_push(&builder->variants, variant);
}

void unit_builder_end_variant(unit_builder *builder)
{
    builder->in_variant = false;
}

static aln_variant *latest(unit_builder *builder)
{
    return &builder->variants.at[builder->variants.n - 1];
}

aln_status unit_builder_text(unit_builder *builder, const char *text, size_t size)
{
    aln_variant *variant = latest(builder);
    char *copy = arena_copy(&builder->texts, text, size);
    if (!copy) return ALN_NO_MEMORY;
    variant->text = copy;
    variant->size = size;
    return ALN_OK;
}

aln_status unit_builder_markup(unit_builder *builder, const char *xml, size_t size)
{
    aln_variant *variant = latest(builder);
    char *copy = arena_copy(&builder->texts, xml, size);
    if (!copy) return ALN_NO_MEMORY;
    variant->markup = copy;
    variant->markup_size = size;
    return ALN_OK;
}

aln_status unit_builder_document(unit_builder *builder, const char *uri)
{
    return copy_text(&builder->texts, uri, &latest(builder)->document);
}

aln_status unit_builder_meta(unit_builder *builder, const aln_meta *item)
{
    aln_meta copy;
    if (meta_copy(&builder->texts, item, &copy)) return ALN_NO_MEMORY;
    if (builder->in_variant) return vec_push(&builder->variant_meta, copy);
    return vec_push(&builder->unit_meta, copy);
}

/* The variants' items lie one after another: now that they move no more, point there. */
static void hand_out_meta(unit_builder *builder)
{
    for (size_t i = 0; i < builder->variants.n; i++) {
        size_t start = builder->starts.at[i];
        size_t end = i + 1 < builder->starts.n ? builder->starts.at[i + 1]
                                               : builder->variant_meta.n;
        builder->variants.at[i].meta =
            end > start ? builder->variant_meta.at + start : NULL;
        builder->variants.at[i].n_meta = end - start;
    }
}

static void move_first(unit_builder *builder, const char *pivot)
{
    size_t i = 0;
    while (i < builder->variants.n &&
           strcasecmp(builder->variants.at[i].language, pivot) != 0)
        i++;
    if (i == builder->variants.n || i == 0) return;

    aln_variant found = builder->variants.at[i];
    memmove(builder->variants.at + 1, builder->variants.at,
            i * sizeof *builder->variants.at);
    builder->variants.at[0] = found;
}

const aln_unit *unit_builder_finish(unit_builder *builder, const char *pivot)
{
    hand_out_meta(builder);
    if (pivot) move_first(builder, pivot);
    builder->unit.variants = builder->variants.at;
    builder->unit.n_variants = builder->variants.n;
    builder->unit.meta = builder->unit_meta.at;
    builder->unit.n_meta = builder->unit_meta.n;
    return &builder->unit;
}
