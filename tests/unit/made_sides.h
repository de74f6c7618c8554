/* made_sides.h - two short English texts, read as the aligner reads them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNIT_MADE_SIDES_H
#define UNIT_MADE_SIDES_H

#include "align/evidence.h"
#include "align/knowledge.h"
#include "align/side.h"
#include "check.h"

enum { MADE_MOST = 40 };

typedef struct made_sides {
    aln_aligner *aligner;
    side_text source, target;
    evidence found;
} made_sides;

static inline void make_side(made_sides *m, side_text *side, const char *const *lines)
{
    aln_sentence sentences[MADE_MOST];
    aln_side text = {"en", sentences, 0, NULL};
    const glossary *terms = NULL;
    for (; lines[text.n]; text.n++)
        sentences[text.n] = (aln_sentence){lines[text.n], strlen(lines[text.n])};
    assert_int_equal(knowledge_glossary(m->aligner, "en", &terms), ALN_OK);
    assert_int_equal(side_init(side, &text, terms), ALN_OK);
}

/* Lines end with NULL.  No links are found yet. */
static inline void make_sides(made_sides *m, const char *const *source,
                              const char *const *target)
{
    aln_error error = {0};
    *m = (made_sides){0};
    check_ok(aln_aligner_new(NULL, &m->aligner, &error), &error);
    make_side(m, &m->source, source);
    make_side(m, &m->target, target);
}

static inline void free_sides(made_sides *m)
{
    evidence_done(&m->found);
    side_done(&m->source);
    side_done(&m->target);
    aln_aligner_free(m->aligner);
}

static inline uint32_t type_named(const side_text *side, const char *word)
{
    uint32_t type = intern_find(&side->names, word, strlen(word));
    assert_int_not_equal(type, INTERN_NONE);
    return type;
}

static inline void link_words(made_sides *m, const char *source, const char *target,
                              double strength)
{
    assert_int_equal(evidence_add(&m->found, type_named(&m->source, source),
                                  type_named(&m->target, target), strength),
                     ALN_OK);
}

static inline void weigh(made_sides *m)
{
    assert_int_equal(evidence_weigh(&m->found, &m->source, &m->target), ALN_OK);
}

#endif
