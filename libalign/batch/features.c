/* features.c - from the tokens of a document to numbers that can be compared.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/features.h"

#include <stdlib.h>

#include "align/knowledge.h"
#include "align/side.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/hash.h"

enum feature_kind { FEATURE_NUMBER, FEATURE_MEANING, FEATURE_NAME };

static aln_status add_feature(feature_set *found, enum feature_kind kind, uint64_t hash)
{
    uint64_t feature = hash_mix(hash + (uint64_t)kind) & ~(uint64_t)1;
    return vec_push(found, feature | (kind != FEATURE_NAME));
}

static aln_status add_type(feature_set *found, const side_text *side,
                           const glossary *terms, uint32_t number)
{
    const token_type *type = &side->types.at[number];
    size_t size;
    const char *text = intern_text(&side->names, number, &size);
    if (type->kind == TOKEN_NUMBER)
        return add_feature(found, FEATURE_NUMBER, hash_bytes(text, size));
    if (type->kind == TOKEN_WORD && type->capital && !type->small)
        TRY(add_feature(found, FEATURE_NAME, hash_bytes(text, size)));
    if (type->key == INTERN_NONE) return ALN_OK;
    size_t n;
    const glossary_sense *senses = glossary_senses(terms, type->key, &n);
    for (size_t i = 0; i < n; i++)
        TRY(add_feature(found, FEATURE_MEANING, hash_mix(senses[i].meaning)));
    return ALN_OK;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort_set(feature_set *found)
{
    if (!found->n) return;
    qsort(found->at, found->n, sizeof *found->at, by_value);
    size_t kept = 1;
    for (size_t i = 1; i < found->n; i++)
        if (found->at[i] != found->at[kept - 1]) found->at[kept++] = found->at[i];
    found->n = kept;
}

aln_status features_of(const aln_aligner *aligner, const aln_article *article,
                       feature_set *found, aln_error *error)
{
    const aln_side text = {.language = article->about.language,
                           .sentences = article->sentences,
                           .n = article->n,
                           .paragraphs = article->paragraphs};
    const glossary *terms;
    if (knowledge_glossary(aligner, text.language, &terms))
        return error_no_memory(error);

    side_text side = {.n = 0};
    aln_status status = side_init(&side, &text, terms);
    for (uint32_t i = 0; i < side.types.n && !status; i++)
        status = add_type(found, &side, terms, i);
    side_done(&side);
    sort_set(found);
    if (!status) return ALN_OK;
    vec_free(found);
    return error_no_memory(error);
}
