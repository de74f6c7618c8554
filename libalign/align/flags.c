/* flags.c - reasons to look at a bead again.
 *
 * Numbers and names have their own files, numerals.c and mentions.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/flags.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <align/text.h>

#include "base/auto.h"

/* A ratio this many standard deviations off stands in one pair in a hundred. */
static const double ODD = 2.6;

/* Less text than this tells nothing of its language, or of being left untranslated. */
enum { GUESS_LEAST = 80, WORDS_LEAST = 4 };

static bool same_words(const view *a, const view *b)
{
    uint32_t words = 0, same = 0;
    for (uint32_t k = a->start; k < a->end; k++) {
        uint32_t type = a->side->tokens[k];
        if (a->side->types.at[type].kind == TOKEN_MARK) continue;
        size_t size;
        const char *text = intern_text(&a->side->names, type, &size);
        uint32_t there = intern_find(&b->side->names, text, size);
        words++;
        same += there != INTERN_NONE && view_has(b, there);
    }
    return words >= WORDS_LEAST && same * 10 >= words * 9;
}

static bool speaks_alike(const char *a, const char *b)
{
    size_t n = strcspn(a, "-_"), m = strcspn(b, "-_");
    return n == m && strncasecmp(a, b, n) == 0;
}

static bool is_foreign(const aln_side *side, aln_range range)
{
    char guess[ALN_LANGUAGE_SIZE];
    if (speaks_alike(side->language, "und")) return false;
    for (uint32_t i = range.start; i < range.end; i++) {
        const aln_sentence *sentence = &side->sentences[i];
        if (sentence->size < GUESS_LEAST) continue;
        aln_language_guess(sentence->text, sentence->size, guess);
        if (!speaks_alike(guess, "und") && !speaks_alike(guess, side->language))
            return true;
    }
    return false;
}

static bool odd_length(const pair *p, aln_range from, aln_range to)
{
    double source = 0, target = 0;
    for (uint32_t i = from.start; i < from.end; i++)
        source += p->source.lengths[i];
    for (uint32_t j = to.start; j < to.end; j++)
        target += p->target.lengths[j];
    return fabs(length_oddity(&p->lattice.length, source, target)) > ODD;
}

aln_status flagger_init(flagger *f, const pair *p)
{
    *f = (flagger){.p = p};
    TRY(ties_init(f->ties, &p->known, &p->source, &p->target, &p->path));
    for (int k = 0; k < 2; k++)
        f->habits[k] = names_habit(&f->ties[k]);
    return ALN_OK;
}

unsigned flagger_ask(const flagger *f, const aln_side *source, aln_range from,
                     const aln_side *target, aln_range to)
{
    unsigned flags = 0;
    const pair *p = f->p;
    const ties *forth = &f->ties[0], *back = &f->ties[1];
    if (from.start == from.end || to.start == to.end) return 0;
    view a = view_of(&p->source, from), b = view_of(&p->target, to);
    bool languages_differ = !speaks_alike(source->language, target->language);
    if (numerals_missing(forth, &a, &b) || numerals_missing(back, &b, &a))
        flags |= ALN_FLAG_NUMBERS;
    if (names_missing(forth, f->habits[0], from, &b) ||
        names_missing(back, f->habits[1], to, &a))
        flags |= ALN_FLAG_NAME;
    if (odd_length(p, from, to)) flags |= ALN_FLAG_LENGTH;
    if (languages_differ && same_words(&a, &b) && same_words(&b, &a))
        flags |= ALN_FLAG_UNTRANSLATED;
    else if (is_foreign(source, from) || is_foreign(target, to))
        flags |= ALN_FLAG_LANGUAGE;
    return flags;
}

void flagger_done(flagger *f)
{
    ties_done(f->ties);
}
