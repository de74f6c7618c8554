/* taught.c - rows of terms, kept until a glossary is made.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/taught.h"

#include <string.h>

#include "base/auto.h"

static aln_status keep(taught *list, const char *language, const char *text,
                       size_t size, taught_term *term)
{
    size_t n = strcspn(language, "-_");
    if (n >= sizeof term->language) n = sizeof term->language - 1;
    memcpy(term->language, language, n);
    term->language[n] = '\0';
    term->text = arena_copy(&list->texts, text, size);
    term->size = size;
    return term->text ? ALN_OK : ALN_NO_MEMORY;
}

aln_status taught_add(taught *list, const char *source_language, const char *source,
                      size_t source_size, const char *target_language,
                      const char *target, size_t target_size, double strength)
{
    taught_row row = {.strength = (float)strength};
    TRY(keep(list, source_language, source, source_size, &row.source));
    TRY(keep(list, target_language, target, target_size, &row.target));
    return vec_push(&list->rows, row);
}

static aln_status fill(const taught_term *term, glossary *g, uint32_t meaning,
                       double strength)
{
    if (strcmp(term->language, g->language) != 0) return ALN_OK;
    return glossary_add(g, term->text, term->size, meaning, strength);
}

aln_status taught_fill(const taught *list, glossary *g, uint32_t first)
{
    for (size_t i = 0; i < list->rows.n; i++) {
        const taught_row *row = &list->rows.at[i];
        uint32_t meaning = first + (uint32_t)i;
        TRY(fill(&row->source, g, meaning, row->strength));
        TRY(fill(&row->target, g, meaning, row->strength));
    }
    return ALN_OK;
}

void taught_done(taught *list)
{
    vec_free(&list->rows);
    arena_done(&list->texts);
}
