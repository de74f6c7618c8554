/* learn.c - a memory's units teach an aligner.
 *
 * SPDX-License-Identifier: MIT
 */
#include "learn.h"

#include <string.h>

AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)
AUTO_DEFINE(learner, aln_learner *, aln_learner_free)

/* What is less sure teaches wrong words. */
static const double LEAST_SCORE = 0.8;

static bool teaches(const aln_unit *unit)
{
    if (unit->flags & ALN_FLAG_APPROVED) return true;
    bool doubtful = unit->flags & (ALN_FLAG_LENGTH | ALN_FLAG_UNTRANSLATED |
                                   ALN_FLAG_LANGUAGE | ALN_FLAG_DUPLICATE);
    bool scored = unit->score >= 0; /* imported units have none */
    return !doubtful && (!scored || unit->score >= LEAST_SCORE);
}

aln_status add_units(aln_learner *learner, aln_memory *memory, const char *source,
                     const char *target, size_t *n, aln_error *error)
{
    AUTO(cursor) aln_cursor *cursor = NULL;
    const char *const languages[] = {source, target, NULL};
    const aln_filter filter = {.languages = languages};
    TRY(aln_memory_units(memory, &filter, &cursor, error));
    for (;;) {
        const aln_unit *unit;
        TRY(aln_cursor_next(cursor, &unit, error));
        if (!unit) return ALN_OK;
        const aln_variant *left = aln_unit_variant(unit, source);
        const aln_variant *right = aln_unit_variant(unit, target);
        if (!left || !right || !teaches(unit)) continue;
        TRY(aln_learner_add(learner, left->text, left->size, right->text, right->size,
                            error));
        ++*n;
    }
}

typedef struct lesson {
    aln_aligner *aligner;
    const char *source, *target;
} lesson;

static aln_status teach(void *context, const aln_word_pair *pair, aln_error *error)
{
    const lesson *l = context;
    return aln_aligner_teach(l->aligner, l->source, pair->source, l->target,
                             pair->target, pair->strength, error);
}

static aln_status learn_pair(aln_aligner *aligner, aln_memory *memory,
                             const char *source, const char *target, aln_error *error)
{
    AUTO(learner) aln_learner *learner = NULL;
    lesson l = {aligner, source, target};
    size_t n = 0;
    TRY(aln_learner_new(source, target, &learner, error));
    TRY(add_units(learner, memory, source, target, &n, error));
    return n ? aln_learner_tell(learner, teach, &l, error) : ALN_OK;
}

aln_status learn_from_memory(aln_aligner *aligner, aln_memory *memory,
                             const char *const *languages, size_t n, aln_error *error)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            TRY(learn_pair(aligner, memory, languages[i], languages[j], error));
    return ALN_OK;
}
