/* content.c - what makes two units the same: their languages, texts and markup.
 *
 * The numbers are the same on every machine (base/hash.h) and in any memory, whatever
 * the unit's id.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "memory/memory.h"

static uint64_t mixed(uint64_t hash, const char *bytes, size_t size)
{
    return hash_mix(hash + 1) ^ (bytes ? hash_bytes(bytes, size) : 0);
}

static uint64_t with_text(uint64_t hash, const char *text)
{
    return mixed(hash, text, text ? strlen(text) : 0);
}

static uint64_t with_variant(uint64_t hash, const aln_variant *variant)
{
    hash = with_text(hash, variant->language);
    hash = mixed(hash, variant->text, variant->size);
    return mixed(hash, variant->markup, variant->markup_size);
}

static uint64_t with_meta(uint64_t hash, const aln_meta *meta, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = with_text(hash ^ meta[i].kind, meta[i].name);
        hash = with_text(hash, meta[i].value);
        hash = with_text(hash, meta[i].language);
        hash = with_text(hash, meta[i].encoding);
    }
    return hash_mix(hash ^ n);
}

/* 0 stands for "none". */
static uint64_t ended(uint64_t hash)
{
    hash = hash_mix(hash);
    return hash ? hash : 1;
}

uint64_t content_hash(const aln_unit *unit)
{
    uint64_t hash = unit->n_variants;
    for (size_t i = 0; i < unit->n_variants; i++)
        hash = with_variant(hash, &unit->variants[i]);
    return ended(hash);
}

uint64_t content_hash_source(const aln_unit *unit)
{
    return ended(unit->n_variants ? with_variant(0, &unit->variants[0]) : 0);
}

uint64_t content_hash_whole(const aln_unit *unit)
{
    uint64_t hash = content_hash(unit) ^ (uint64_t)unit->flags;
    hash = hash_mix(hash) + (uint64_t)llround(unit->score * SCORE_STEPS);
    hash = with_meta(hash, unit->meta, unit->n_meta);
    for (size_t i = 0; i < unit->n_variants; i++) {
        hash = with_meta(hash, unit->variants[i].meta, unit->variants[i].n_meta);
        hash = with_text(hash, unit->variants[i].document);
    }
    return ended(hash);
}

static bool same_bytes(const char *a, size_t a_size, const char *b, size_t b_size)
{
    if (!a || !b) return a == b;
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

static bool same_variant(const aln_variant *a, const aln_variant *b)
{
    return strcmp(a->language, b->language) == 0 &&
           same_bytes(a->text, a->size, b->text, b->size) &&
           same_bytes(a->markup, a->markup_size, b->markup, b->markup_size);
}

bool content_equal(const aln_unit *a, const aln_unit *b)
{
    if (a->n_variants != b->n_variants) return false;
    for (size_t i = 0; i < a->n_variants; i++)
        if (!same_variant(&a->variants[i], &b->variants[i])) return false;
    return true;
}
