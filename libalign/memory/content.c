/* content.c - what makes two units the same: their languages, texts and markup.
 *
 * The number is the same on every machine (base/hash.h), in any memory, whatever the
 * unit's id, score or metadata.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/hash.h"
#include "memory/memory.h"

static uint64_t mixed(uint64_t hash, const char *bytes, size_t size)
{
    return hash_mix(hash + 1) ^ hash_bytes(bytes, size);
}

uint64_t content_hash(const aln_unit *unit)
{
    uint64_t hash = unit->n_variants;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        hash = mixed(hash, variant->language, strlen(variant->language));
        hash = mixed(hash, variant->text, variant->size);
        if (variant->markup) hash = mixed(hash, variant->markup, variant->markup_size);
    }
    hash = hash_mix(hash);
    return hash ? hash : 1; /* 0 stands for "none" */
}
