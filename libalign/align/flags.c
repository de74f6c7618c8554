/* flags.c - reasons to look at a bead again.
 *
 * Numbers: every number in digits must stand in the other side too, as digits, as a
 * word ("seven", 七), as a Roman numeral, or as the sum or product of two words
 * ("twenty-five").  Names: a word with capitals whose counterpart the other text has,
 * but not here.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/flags.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <align/text.h>

#include "align/knowledge.h"

/* A ratio this many standard deviations off stands in one pair in a thousand. */
static const double ODD = 3.3;

/* A name's counterpart is known when a link of this strength says so. */
static const double NAME_STRENGTH = 0.7;

/* Less text than this tells nothing of its language, or of being left untranslated. */
enum { GUESS_LEAST = 80, WORDS_LEAST = 4, NUMBERS_MOST = 64 };

/* One side of a bead, and the other. */
typedef struct view {
    const side_text *side;
    uint32_t start, end; /* of its tokens */
} view;

static view view_of(const side_text *side, aln_range range)
{
    return (view){side, side->starts[range.start], side->starts[range.end]};
}

static bool view_has(const view *v, uint32_t type)
{
    for (uint32_t k = v->start; k < v->end; k++)
        if (v->side->tokens[k] == type) return true;
    return false;
}

/* The first link of a source type: links are sorted. */
static size_t first_link(const evidence *known, uint32_t source)
{
    size_t low = 0, high = known->links.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (known->links.at[middle].source < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool linked(const evidence *known, uint32_t source, uint32_t target)
{
    for (size_t k = first_link(known, source);
         k < known->links.n && known->links.at[k].source == source; k++)
        if (known->links.at[k].target == target) return true;
    return false;
}

/* Does a type of one view have a link into the other?  forth: the type is the
 * source's. */
static bool has_partner(const pair *p, uint32_t type, const view *other, bool forth)
{
    for (uint32_t k = other->start; k < other->end; k++) {
        uint32_t there = other->side->tokens[k];
        if (forth ? linked(&p->known, type, there) : linked(&p->known, there, type))
            return true;
    }
    return false;
}

static double roman_value(const char *text)
{
    static const char letters[] = "ivxlcdm";
    static const double values[] = {1, 5, 10, 50, 100, 500, 1000};
    double sum = 0, before = 0;
    for (size_t n = strlen(text); n-- > 0;) {
        const char *found = strchr(letters, text[n]);
        if (!found) return 0;
        double value = values[found - letters];
        sum += value < before ? -value : value;
        before = value;
    }
    return sum;
}

/* The value of a token that is a number in any way, 0 where it is none. */
static double token_value(const side_text *side, uint32_t type)
{
    const token_type *token = &side->types.at[type];
    const char *text = intern_text(&side->names, type, NULL);
    if (token->kind == TOKEN_NUMBER) return strtod(text, NULL);
    double value =
        token->key == INTERN_NONE ? 0 : knowledge_value(side->terms, token->key);
    return value > 0 || !token->acronym ? value : roman_value(text);
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fabs(a);
}

/* Can the number be said by one or two of the view's number words? */
static bool says_value(const view *v, double value)
{
    double values[NUMBERS_MOST];
    size_t n = 0;
    for (uint32_t k = v->start; k < v->end && n < NUMBERS_MOST; k++) {
        double said = token_value(v->side, v->side->tokens[k]);
        if (said > 0) values[n++] = said;
    }
    for (size_t a = 0; a < n; a++) {
        if (close_to(value, values[a])) return true;
        for (size_t b = 0; b < n; b++)
            if (close_to(value, values[a] + values[b]) ||
                close_to(value, values[a] * values[b]))
                return true;
    }
    return false;
}

static bool misses_number(const pair *p, const view *a, const view *b, bool forth)
{
    for (uint32_t k = a->start; k < a->end; k++) {
        uint32_t type = a->side->tokens[k];
        if (a->side->types.at[type].kind != TOKEN_NUMBER) continue;
        double value = token_value(a->side, type);
        if (value > 0 && !has_partner(p, type, b, forth) && !says_value(b, value))
            return true;
    }
    return false;
}

static bool is_name(const token_type *type)
{
    return type->kind == TOKEN_WORD && type->capital && !type->small;
}

/* A source name whose strong counterparts stand elsewhere in the target, not here. */
static bool misses_name(const pair *p, const view *a, const view *b)
{
    for (uint32_t k = a->start; k < a->end; k++) {
        uint32_t type = a->side->tokens[k];
        bool known = false, here = false;
        if (!is_name(&a->side->types.at[type])) continue;
        for (size_t l = first_link(&p->known, type);
             l < p->known.links.n && p->known.links.at[l].source == type; l++) {
            known |= p->known.links.at[l].strength >= NAME_STRENGTH;
            here |= view_has(b, p->known.links.at[l].target);
        }
        if (known && !here) return true;
    }
    return false;
}

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

unsigned flags_of(const pair *p, const aln_side *source, aln_range from,
                  const aln_side *target, aln_range to)
{
    unsigned flags = 0;
    if (from.start == from.end || to.start == to.end) return 0;
    view a = view_of(&p->source, from), b = view_of(&p->target, to);
    bool languages_differ = !speaks_alike(source->language, target->language);
    if (misses_number(p, &a, &b, true) || misses_number(p, &b, &a, false))
        flags |= ALN_FLAG_NUMBERS;
    if (misses_name(p, &a, &b)) flags |= ALN_FLAG_NAME;
    if (odd_length(p, from, to)) flags |= ALN_FLAG_LENGTH;
    if (languages_differ && same_words(&a, &b) && same_words(&b, &a))
        flags |= ALN_FLAG_UNTRANSLATED;
    else if (is_foreign(source, from) || is_foreign(target, to))
        flags |= ALN_FLAG_LANGUAGE;
    return flags;
}
