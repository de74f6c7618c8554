/* classes.c - what the class and id of an HTML element say about it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/classes.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

extern const char text_classes[];
extern const size_t text_classes_size;

enum { LONGEST_NAME = 256, MOST_WORDS = 32, SHORTEST_PREFIX = 3 };

static aln_status add_word(classes *lists, const char *word, size_t size,
                           unsigned char meaning)
{
    uint32_t id;
    if (intern_add(&lists->words, word, size, &id)) return ALN_NO_MEMORY;
    if (id < lists->meanings.n) {
        lists->meanings.at[id] |= meaning;
        return ALN_OK;
    }
    return vec_push(&lists->meanings, meaning);
}

static unsigned char section(char initial)
{
    if (initial == 'k') return CLASS_KEEP;
    return initial == 'f' ? CLASS_FURNITURE : CLASS_TEXT;
}

aln_status classes_load(classes *lists)
{
    unsigned char meaning = 0;
    const char *end = text_classes + text_classes_size;
    for (const char *line = text_classes; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        if (*line == '[')
            meaning = section(line[1]);
        else if (stop > line && *line != '#' && meaning &&
                 add_word(lists, line, (size_t)(stop - line), meaning))
            return ALN_NO_MEMORY;
        line = stop + 1;
    }
    return ALN_OK;
}

void classes_done(classes *lists)
{
    intern_done(&lists->words);
    intern_done(&lists->names);
    vec_free(&lists->meanings);
    vec_free(&lists->verdicts);
}

struct words {
    char text[2 * LONGEST_NAME]; /* lower case, '-' between words */
    unsigned short starts[MOST_WORDS + 1];
    int n;
};

/* "relatedPosts_2" -> related-posts-2 */
static void cut(const char *name, size_t size, struct words *out)
{
    size_t at = 0;
    bool in_word = false;
    out->n = 0;
    for (size_t i = 0; i < size && out->n < MOST_WORDS; i++) {
        unsigned char c = (unsigned char)name[i];
        bool letter = isalnum(c);
        bool capital = isupper(c) && i && islower((unsigned char)name[i - 1]);
        if (in_word && (!letter || capital)) {
            out->text[at++] = '-';
            in_word = false;
        }
        if (!letter) continue;
        if (!in_word) out->starts[out->n++] = (unsigned short)at;
        in_word = true;
        out->text[at++] = (char)tolower(c);
    }
    if (in_word) out->text[at++] = '-';
    out->starts[out->n] = (unsigned short)at;
}

static unsigned meaning_of(const classes *lists, const char *word, size_t size)
{
    uint32_t id = intern_find(&lists->words, word, size);
    return id == INTERN_NONE ? 0 : lists->meanings.at[id];
}

static unsigned meaning_of_prefixes(const classes *lists, const char *word, size_t size)
{
    char prefix[LONGEST_NAME + 1];
    unsigned found = 0;
    for (size_t n = SHORTEST_PREFIX; n <= size && n < LONGEST_NAME && n <= 16; n++) {
        memcpy(prefix, word, n);
        prefix[n] = '*';
        found |= meaning_of(lists, prefix, n + 1);
    }
    return found;
}

static unsigned judge_name(const classes *lists, const char *name, size_t size)
{
    enum { LONGEST_PHRASE = 3 };
    struct words words;
    unsigned found = 0;
    if (size > LONGEST_NAME) return 0;
    cut(name, size, &words);
    for (int i = 0; i < words.n; i++) {
        const char *start = words.text + words.starts[i];
        for (int n = 1; n <= LONGEST_PHRASE && i + n <= words.n; n++) {
            size_t length = (size_t)(words.starts[i + n] - words.starts[i]) - 1;
            found |= meaning_of(lists, start, length);
            if (n <= 2) found |= meaning_of_prefixes(lists, start, length);
        }
    }
    return found;
}

static aln_status judge_once(classes *lists, const char *name, size_t size,
                             unsigned *verdict)
{
    uint32_t id;
    if (intern_add(&lists->names, name, size, &id)) return ALN_NO_MEMORY;
    if (id == lists->verdicts.n &&
        vec_push(&lists->verdicts, (unsigned char)judge_name(lists, name, size)))
        return ALN_NO_MEMORY;
    *verdict |= lists->verdicts.at[id];
    if (*verdict & CLASS_KEEP) *verdict &= ~(unsigned)CLASS_FURNITURE;
    return ALN_OK;
}

aln_status classes_judge(classes *lists, const char *names, size_t size,
                         unsigned *verdict)
{
    *verdict = 0;
    for (size_t i = 0; i < size;) {
        size_t start = i;
        while (i < size && (unsigned char)names[i] > ' ')
            i++;
        if (i > start && judge_once(lists, names + start, i - start, verdict))
            return ALN_NO_MEMORY;
        while (i < size && (unsigned char)names[i] <= ' ')
            i++;
    }
    return ALN_OK;
}
