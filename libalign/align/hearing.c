/* hearing.c - see hearing.h.  A run of characters that has been heard once is not compared
 * again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/hearing.h"

#include <string.h>

#include "align/han.h"
#include "align/letters.h"
#include "base/auto.h"

/* Of 1,200 names of countries and provinces in iso-codes and their Chinese names, two
 * thirds are at least so alike, and of wrong pairs one in five hundred: see
 * docs/align.md. */
static const double LEAST_ALIKE = 0.6;

/* Two names in letters have more sounds in common by chance. */
static const double LEAST_ALIKE_SPELT = 0.75;

/* How often a name that is exactly heard should stand in the translation: by principle,
 * a little less than one that is spelt alike. */
static const double HEARD = 0.8;

/* Names with less to be heard are found everywhere: "Lee", "Bush". */
static const double LEAST_MASS = 2.2;

enum {
    NAME_LEAST = 4,
    NAME_MOST = 30, /* letters */
    RUN_LEAST = 2,
    RUN_MOST = 12,              /* Han characters */
    SYLLABLES_MOST = 4,         /* of a name in pinyin */
    COMPARISONS_MOST = 4000000, /* two seconds */
};

typedef struct name {
    uint32_t type;  /* of the text in letters */
    uint32_t token; /* the type that it has in the other text, or INTERN_NONE */
    double alike;   /* at best */
    sounds_heard heard;
    const char *syllables[SYLLABLES_MOST]; /* where it is pinyin */
    int n_syllables;
} name;

typedef vec(name) name_list;

/* A name, by its place in the list, is heard in a sentence or in a run. */
typedef struct hearing {
    uint32_t in, name;
    double alike;
} hearing;

typedef struct search {
    const sounds *s;
    name_list names;
    vec(uint32_t) pinyin; /* those of the names that are */
    intern runs;
    vec(hearing) by_run; /* those of run r are starts[r] .. starts[r + 1] */
    vec(uint32_t) starts;
    vec(hearing) by_sentence;
    long compared;
} search;

static inline void auto_search(search *of)
{
    vec_free(&of->names);
    vec_free(&of->pinyin);
    intern_done(&of->runs);
    vec_free(&of->by_run);
    vec_free(&of->starts);
    vec_free(&of->by_sentence);
}

/* ---- the names of a text in letters ---- */

static bool is_name(const side_text *side, uint32_t type, size_t size)
{
    const token_type *token = &side->types.at[type];
    return token->kind == TOKEN_WORD && token->capital && !token->small &&
           !token->acronym && token->key == INTERN_NONE && size >= NAME_LEAST &&
           size <= NAME_MOST;
}

/* The syllables of a name that is all pinyin: at least two.  The longest first, so that
 * "jinping" is jin-ping. */
static bool read_pinyin(const sounds *s, name *n, const char *text, size_t size)
{
    if (!size) return n->n_syllables > 1;
    if (n->n_syllables == SYLLABLES_MOST) return false;
    for (size_t k = size < 6 ? size : 6; k > 0; k--) {
        const char *found = sounds_syllable(s, text, k);
        if (!found) continue;
        n->syllables[n->n_syllables++] = found;
        if (read_pinyin(s, n, text + k, size - k)) return true;
        n->n_syllables--;
    }
    return false;
}

static aln_status list_names(search *of, const side_text *side, bool pinyin)
{
    for (uint32_t t = 0; t < side->types.n; t++) {
        size_t size;
        const char *text = intern_text(&side->names, t, &size);
        if (!is_name(side, t, size)) continue;
        name made = {.type = t, .token = INTERN_NONE};
        sounds_spell(of->s, SOUNDS_LATIN, text, size, &made.heard);
        if (made.heard.mass < LEAST_MASS) continue;
        if (pinyin && !read_pinyin(of->s, &made, text, size)) made.n_syllables = 0;
        if (made.n_syllables) TRY(vec_push(&of->pinyin, (uint32_t)of->names.n));
        TRY(vec_push(&of->names, made));
    }
    return ALN_OK;
}

/* ---- Han text ---- */

/* Compare a run with all names; what is nearly as alike as the best is kept. */
static aln_status hear_run(search *of, uint32_t run, const sounds_heard *said)
{
    double best = LEAST_ALIKE;
    size_t start = of->by_run.n;
    for (uint32_t k = 0; k < of->names.n; k++) {
        if (of->compared++ > COMPARISONS_MOST) break;
        double alike = sounds_find(of->s, &of->names.at[k].heard, said);
        if (alike < LEAST_ALIKE) continue;
        if (alike > best) best = alike;
        TRY(vec_push(&of->by_run, (hearing){run, k, alike}));
    }
    size_t kept = start;
    for (size_t k = start; k < of->by_run.n; k++)
        if (of->by_run.at[k].alike > best - 0.1)
            of->by_run.at[kept++] = of->by_run.at[k];
    of->by_run.n = kept;
    return ALN_OK;
}

/* Characters of a sentence that may write a name. */
typedef struct han_run {
    char text[RUN_MOST * 4];
    size_t size;
    int n;
    sounds_heard said;
} han_run;

static aln_status end_run(search *of, uint32_t sentence, han_run *run)
{
    uint32_t id;
    if (run->n >= RUN_LEAST) {
        TRY(intern_add(&of->runs, run->text, run->size, &id));
        if (id + 1 == of->starts.n) {
            TRY(hear_run(of, id, &run->said));
            TRY(vec_push(&of->starts, (uint32_t)of->by_run.n));
        }
        for (uint32_t k = of->starts.at[id]; k < of->starts.at[id + 1]; k++) {
            hearing heard = of->by_run.at[k];
            heard.in = sentence;
            TRY(vec_push(&of->by_sentence, heard));
        }
    }
    *run = (han_run){.n = 0};
    return ALN_OK;
}

static void add_to_run(const sounds *s, han_run *run, int32_t c)
{
    const char *reading = han_reading(c);
    run->size += letter_put(run->text + run->size, c);
    run->n++;
    sounds_spell(s, SOUNDS_PINYIN, reading, strlen(reading), &run->said);
}

/* Names in pinyin whose last syllables are the latest characters. */
static aln_status hear_pinyin(search *of, uint32_t sentence, const char *const *latest,
                              int n)
{
    for (size_t k = 0; k < of->pinyin.n; k++) {
        const name *one = &of->names.at[of->pinyin.at[k]];
        bool all = one->n_syllables <= n;
        for (int i = 0; all && i < one->n_syllables; i++)
            all = latest[i] == one->syllables[one->n_syllables - 1 - i];
        if (all)
            TRY(vec_push(&of->by_sentence, (hearing){sentence, of->pinyin.at[k], 1}));
    }
    return ALN_OK;
}

static aln_status hear_sentence(search *of, uint32_t sentence, const aln_sentence *text)
{
    han_run run = {.n = 0};
    const char *latest[SYLLABLES_MOST + 1] = {NULL};
    int n = 0;
    for (size_t at = 0; at < text->size;) {
        int32_t c = han_simplify(letter_next(text->text, text->size, &at));
        const char *reading = han_reading(c);
        if (!sounds_writes_names(of->s, c) || run.n == RUN_MOST)
            TRY(end_run(of, sentence, &run));
        if (sounds_writes_names(of->s, c)) add_to_run(of->s, &run, c);

        n = *reading ? (n < SYLLABLES_MOST ? n + 1 : SYLLABLES_MOST) : 0;
        memmove(latest + 1, latest, SYLLABLES_MOST * sizeof *latest);
        latest[0] = reading;
        if (n > 1) TRY(hear_pinyin(of, sentence, latest, n));
    }
    return end_run(of, sentence, &run);
}

/* Give the sentences the names that were heard in them. */
static aln_status add_tokens(search *of, const side_text *letters, side_text *han)
{
    AUTO(side_additions) side_additions added = {0};
    for (size_t k = 0; k < of->by_sentence.n; k++) {
        const hearing *heard = &of->by_sentence.at[k];
        name *one = &of->names.at[heard->name];
        if (heard->alike > one->alike) one->alike = heard->alike;
        if (one->token == INTERN_NONE)
            TRY(side_add_name(han, intern_text(&letters->names, one->type, NULL),
                              &one->token));
        TRY(vec_push(&added, (side_addition){heard->in, one->token}));
    }
    return side_add_tokens(han, &added);
}

static aln_status find_in_han(evidence *found, const sounds *s, hearing_text letters,
                              hearing_text han, bool letters_first)
{
    AUTO(search) search of = {.s = s};
    TRY(list_names(&of, letters.side, true));
    if (!of.names.n) return ALN_OK;
    TRY(vec_push(&of.starts, 0));
    for (uint32_t i = 0; i < han.side->n; i++)
        TRY(hear_sentence(&of, i, &han.text->sentences[i]));
    TRY(add_tokens(&of, letters.side, han.side));
    for (size_t k = 0; k < of.names.n; k++) {
        const name *one = &of.names.at[k];
        double strength = HEARD * one->alike * one->alike;
        if (one->token == INTERN_NONE) continue;
        TRY(letters_first ? evidence_add(found, one->type, one->token, strength)
                          : evidence_add(found, one->token, one->type, strength));
    }
    return ALN_OK;
}

/* ---- two texts in letters ---- */

/* Names that the other text spells alike need not be heard. */
static void leave_out_known(name_list *names, const side_text *side,
                            const side_text *other)
{
    size_t n = 0;
    for (size_t k = 0; k < names->n; k++) {
        size_t size;
        const char *text = intern_text(&side->names, names->at[k].type, &size);
        if (intern_find(&other->names, text, size) == INTERN_NONE)
            names->at[n++] = names->at[k];
    }
    names->n = n;
}

static aln_status find_in_letters(evidence *found, const sounds *s,
                                  const side_text *source, const side_text *target)
{
    AUTO(search) search left = {.s = s};
    AUTO(search) search right = {.s = s};
    TRY(list_names(&left, source, false));
    TRY(list_names(&right, target, false));
    leave_out_known(&left.names, source, target);
    leave_out_known(&right.names, target, source);
    if ((uint64_t)left.names.n * right.names.n > COMPARISONS_MOST) return ALN_OK;
    for (size_t a = 0; a < left.names.n; a++)
        for (size_t b = 0; b < right.names.n; b++) {
            const name *one = &left.names.at[a], *other = &right.names.at[b];
            double alike = sounds_compare(s, &one->heard, &other->heard);
            if (alike < LEAST_ALIKE_SPELT) continue;
            TRY(evidence_add(found, one->type, other->type, HEARD * alike * alike));
        }
    return ALN_OK;
}

static bool is_han(const side_text *side)
{
    size_t han = 0, words = 0;
    for (uint32_t t = 0; t < side->types.n; t++) {
        han += side->types.at[t].kind == TOKEN_HAN;
        words += side->types.at[t].kind == TOKEN_WORD;
    }
    return han > words;
}

aln_status hearing_find(evidence *found, const sounds *s, hearing_text source,
                        hearing_text target)
{
    bool from_han = is_han(source.side), to_han = is_han(target.side);
    if (from_han && to_han) return ALN_OK;
    if (to_han) return find_in_han(found, s, source, target, true);
    if (from_han) return find_in_han(found, s, target, source, false);
    return find_in_letters(found, s, source.side, target.side);
}
