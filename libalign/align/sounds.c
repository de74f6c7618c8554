/* sounds.c - rules of sounds.tsv, and Levenshtein's distance with their costs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/sounds.h"

#include <stdlib.h>
#include <string.h>

#include "align/han.h"
#include "align/letters.h"
#include "base/auto.h"

enum { LONGEST = 4, HAN_SPAN = HAN_LAST - HAN_FIRST + 1 };

static const float LOST = 0.8F; /* where the table says nothing */

typedef struct cells {
    const char *at[4];
    size_t sizes[4];
} cells;

static void split(const char *line, cells *row)
{
    for (int k = 0; k < 4; k++) {
        row->at[k] = line;
        row->sizes[k] = strcspn(line, "\t\n");
        line += row->sizes[k];
        line += *line == '\t';
    }
}

static bool is_kind(const cells *row, const char *kind)
{
    return strlen(kind) == row->sizes[0] && !memcmp(row->at[0], kind, row->sizes[0]);
}

static aln_status add_spelling(sounds *s, sounds_spelling how, const cells *row)
{
    uint32_t id;
    const char *said = arena_copy(&s->texts, row->at[2], row->sizes[2]);
    if (!said) return ALN_NO_MEMORY;
    TRY(intern_add(&s->spellings[how], row->at[1], row->sizes[1], &id));
    if (id == s->said[how].n) return vec_push(&s->said[how], said);
    s->said[how].at[id] = said;
    return ALN_OK;
}

static int sound_at(const char *text)
{
    return (unsigned char)*text % SOUNDS;
}

static void add_characters(sounds *s, const cells *row)
{
    for (size_t at = 0; at < row->sizes[1];) {
        int32_t c = letter_next(row->at[1], row->sizes[1], &at);
        if (c >= HAN_FIRST && c <= HAN_LAST) s->writes_names[c - HAN_FIRST] = 1;
    }
}

static aln_status read_row(sounds *s, const char *line)
{
    cells row;
    split(line, &row);
    int a = sound_at(row.at[1]), b = sound_at(row.at[2]);
    if (is_kind(&row, "latin")) return add_spelling(s, SOUNDS_LATIN, &row);
    if (is_kind(&row, "pinyin")) return add_spelling(s, SOUNDS_PINYIN, &row);
    if (is_kind(&row, "near")) s->near[a][b] = s->near[b][a] = strtof(row.at[3], NULL);
    if (is_kind(&row, "lost")) s->lost[a] = strtof(row.at[2], NULL);
    if (is_kind(&row, "han")) add_characters(s, &row);
    return ALN_OK;
}

aln_status sounds_init(sounds *s, const char *table)
{
    *s = (sounds){.writes_names = calloc(HAN_SPAN, 1)};
    if (!s->writes_names) return ALN_NO_MEMORY;
    for (int a = 0; a < SOUNDS; a++) {
        s->lost[a] = LOST;
        for (int b = 0; b < SOUNDS; b++)
            s->near[a][b] = a == b ? 0 : 1;
    }
    for (size_t k = 0; k < han_n_syllables; k++) {
        uint32_t id;
        TRY(intern_add(&s->syllables, han_syllables[k], strlen(han_syllables[k]), &id));
    }
    for (const char *line = table; *line; line += *line == '\n') {
        if (*line != '#') TRY(read_row(s, line));
        line += strcspn(line, "\n");
    }
    return ALN_OK;
}

/* A sound that is held is one sound. */
static void add_sound(const sounds *s, uint8_t sound, sounds_heard *heard)
{
    bool again = heard->n && heard->at[heard->n - 1] == sound;
    if (again || heard->n == SOUNDS_MOST) return;
    heard->at[heard->n++] = sound;
    heard->boundary[heard->n] = false;
    heard->mass += s->lost[sound];
}

/* What the longest spelling at a place says; *size is what it takes. */
static const char *longest_spelling(const sounds *s, sounds_spelling how,
                                    const char *text, size_t *size)
{
    for (size_t n = *size < LONGEST ? *size : LONGEST; n > 0; n--) {
        uint32_t id = intern_find(&s->spellings[how], text, n);
        if (id == INTERN_NONE) continue;
        *size = n;
        return s->said[how].at[id];
    }
    return NULL;
}

void sounds_spell(const sounds *s, sounds_spelling how, const char *text, size_t size,
                  sounds_heard *heard)
{
    heard->boundary[heard->n] = true;
    for (size_t at = 0; at < size;) {
        size_t used = size - at;
        const char *said = longest_spelling(s, how, text + at, &used);
        if (!said) {
            unsigned char letter = (unsigned char)text[at++];
            if (letter < SOUNDS) add_sound(s, letter, heard);
            continue;
        }
        for (; *said; said++)
            add_sound(s, (uint8_t)sound_at(said), heard);
        at += used;
    }
    heard->boundary[heard->n] = true;
}

static float least(float a, float b, float c)
{
    float ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* row[j]: the cost of hearing the sounds of the name so far in what is said up to j. */
static void hear_sound(const sounds *s, uint8_t sound, const sounds_heard *said,
                       float *row)
{
    float diagonal = row[0];
    row[0] += s->lost[sound];
    for (int j = 1; j <= said->n; j++) {
        uint8_t other = said->at[j - 1];
        float best = least(diagonal + s->near[sound][other], row[j] + s->lost[sound],
                           row[j - 1] + s->lost[other]);
        diagonal = row[j];
        row[j] = best;
    }
}

double sounds_compare(const sounds *s, const sounds_heard *name,
                      const sounds_heard *said)
{
    float row[SOUNDS_MOST + 1] = {0};
    for (int j = 1; j <= said->n; j++)
        row[j] = row[j - 1] + s->lost[said->at[j - 1]];
    for (int i = 0; i < name->n; i++)
        hear_sound(s, name->at[i], said, row);
    float mass = name->mass > said->mass ? name->mass : said->mass;
    return mass > 0 ? 1 - row[said->n] / mass : 0;
}

double sounds_find(const sounds *s, const sounds_heard *name, const sounds_heard *said)
{
    float row[SOUNDS_MOST + 1] = {0}; /* a start costs nothing at a boundary */
    for (int j = 1; j <= said->n; j++)
        row[j] = said->boundary[j] ? 0 : row[j - 1] + s->lost[said->at[j - 1]];
    for (int i = 0; i < name->n; i++)
        hear_sound(s, name->at[i], said, row);
    float best = row[0];
    for (int j = 1; j <= said->n; j++)
        if (said->boundary[j] && row[j] < best) best = row[j];
    return name->mass > 0 ? 1 - best / name->mass : 0;
}

const char *sounds_syllable(const sounds *s, const char *text, size_t size)
{
    uint32_t id = intern_find(&s->syllables, text, size);
    return id == INTERN_NONE ? NULL : han_syllables[id];
}

bool sounds_writes_names(const sounds *s, int32_t c)
{
    return c >= HAN_FIRST && c <= HAN_LAST && s->writes_names[c - HAN_FIRST];
}

void sounds_done(sounds *s)
{
    intern_done(&s->syllables);
    for (int how = 0; how < 2; how++) {
        intern_done(&s->spellings[how]);
        vec_free(&s->said[how]);
    }
    arena_done(&s->texts);
    free(s->writes_names);
    *s = (sounds){.writes_names = NULL};
}
