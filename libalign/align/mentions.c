/* mentions.c - is a name of one side missing in the other?
 *
 * A name is missed where its counterpart is known: the other text has it, in the beads
 * that hold the name, more often than not.  How often names have their counterpart
 * beside them is a habit of the two texts, too: French and English write "Kavanaugh"
 * alike, Chinese may add the Latin letters once and then never again.
 *
 *     (met + 2 habit) / (n + 2)     n other beads have the name, met its counterpart too
 *
 * Countries have a name in every language, whether the other text uses it or not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/flags.h"

#include "align/knowledge.h"

/* A counterpart is known when a link of this strength says so. */
static const double STRONG = 0.7;

/* How regularly a name must come with its counterpart to be missed. */
static const double LEAST_REGULAR = 0.8;

/* The habit of texts that have shown none. */
static const double FIRST_HABIT = 0.75, HABIT_WEIGHT = 2;

/* Of a name that is everywhere, the first beads tell enough. */
enum { MEETINGS_MOST = 50 };

static const double COUNTRY_HABIT = 0.9;

static bool is_name(const token_type *type)
{
    return type->kind == TOKEN_WORD && type->capital && !type->small;
}

/* Only as names: Han has no capitals to tell a country from its adjective, and the stem
 * of "indiquer" is that of "Inde". */
static bool is_country(const side_text *side, uint32_t type)
{
    const token_type *token = &side->types.at[type];
    return is_name(token) && token->key != INTERN_NONE &&
           knowledge_is_country(side->terms, token->key);
}

static bool has_strong_link(const ties *t, uint32_t type)
{
    size_t n;
    const evidence_link *links = ties_of(t, type, &n);
    for (size_t k = 0; k < n; k++)
        if (links[k].strength >= STRONG) return true;
    return false;
}

typedef struct meetings {
    double n, met; /* beads with the name; of them, those with its counterpart */
} meetings;

/* In all beads but those of the sentences left out. */
static meetings count_meetings(const ties *t, uint32_t type, aln_range left_out)
{
    meetings seen = {0};
    for (uint32_t k = t->from->lists[type]; k < t->from->lists[type + 1]; k++) {
        uint32_t sentence = t->from->sentences[k];
        aln_range partner = t->partners[sentence];
        if (sentence >= left_out.start && sentence < left_out.end) continue;
        if (partner.start == partner.end) continue;
        if (seen.n >= MEETINGS_MOST) break;
        view there = view_of(t->to, partner);
        seen.n++;
        seen.met += ties_into(t, type, &there);
    }
    return seen;
}

double names_habit(const ties *t)
{
    meetings all = {HABIT_WEIGHT, HABIT_WEIGHT * FIRST_HABIT};
    for (uint32_t type = 0; type < t->from->types.n; type++) {
        if (!is_name(&t->from->types.at[type]) || !has_strong_link(t, type)) continue;
        meetings seen = count_meetings(t, type, (aln_range){0, 0});
        all.n += seen.n;
        all.met += seen.met;
    }
    return all.met / all.n;
}

/* Is a name that is not there one that should be? */
static bool is_missed(const ties *t, uint32_t type, double habit, aln_range here)
{
    if (is_country(t->from, type))
        habit = COUNTRY_HABIT;
    else if (!is_name(&t->from->types.at[type]) || !has_strong_link(t, type))
        return false;
    meetings seen = count_meetings(t, type, here);
    return (seen.met + HABIT_WEIGHT * habit) / (seen.n + HABIT_WEIGHT) >= LEAST_REGULAR;
}

bool names_missing(const ties *t, double habit, aln_range here, const view *there)
{
    view own = view_of(t->from, here);
    for (uint32_t k = own.start; k < own.end; k++) {
        uint32_t type = own.side->tokens[k];
        if (!ties_into(t, type, there) && is_missed(t, type, habit, here)) return true;
    }
    return false;
}
