/* unit.c - find things in a unit.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/unit.h>

#include <string.h>
#include <strings.h>

#include <align/text.h>

const aln_variant *aln_unit_variant(const aln_unit *unit, const char *range)
{
    const aln_variant *found = NULL;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        if (strcasecmp(range, variant->language) == 0) return variant;
        if (!found && aln_language_covers(range, variant->language)) found = variant;
    }
    return found;
}

const char *aln_meta_value(const aln_meta *meta, size_t n, aln_meta_kind kind,
                           const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (meta[i].kind == kind && meta[i].name && strcmp(meta[i].name, name) == 0)
            return meta[i].value;
    return NULL;
}
