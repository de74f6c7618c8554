/* phrase.c - parse a search; find its phrases in a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "store/index_format.h"
#include "text/fold.h"

/* -- parsing -------------------------------------------------------------------------- */

typedef vec(phrase_word) word_list;

static void auto_word_list(word_list *words)
{
    vec_free(words);
}

static aln_status add_word(phrase_list *list, word_list *words, const char *text,
                           const token *t, bool prefix, aln_error *error)
{
    AUTO(str) str folded = {0};
    const char *from = text + t->start;
    size_t size = t->end - t->start;
    phrase_word word = {.prefix = prefix};
    TRY(index_key(from, size, t->kind == TOKEN_HAN, &folded, &word.key, error));
    if (!list->exact) {
        TRY(text_fold(from, size, &folded, error));
        from = str_text(&folded);
        size = folded.size;
    }
    word.text = arena_copy(&list->texts, from, size);
    word.size = size;
    if (!word.text || vec_push(words, word)) return error_no_memory(error);
    return ALN_OK;
}

/* Tokens that stand together; a star right after a word stands for its rest. */
static aln_status add_phrase(phrase_list *list, const char *text, size_t size,
                             aln_error *error)
{
    AUTO(word_list) word_list words = {0};
    size_t at = 0;
    token t;
    while (token_next(text, size, &at, &t)) {
        bool word = t.kind == TOKEN_WORD || t.kind == TOKEN_NUMBER;
        bool prefix = word && t.end + 1 == size && text[t.end] == '*';
        TRY(add_word(list, &words, text, &t, prefix, error));
        if (prefix) break;
    }
    if (!words.n) return ALN_OK;
    phrase made = {arena_array(&list->texts, words.n, sizeof *made.words), words.n};
    if (!made.words) return error_no_memory(error);
    memcpy(made.words, words.at, words.n * sizeof *made.words);
    return vec_push(&list->all, made) ? error_no_memory(error) : ALN_OK;
}

aln_status phrases_parse(phrase_list *list, const char *query, bool exact,
                         aln_error *error)
{
    AUTO(str) str room = {0};
    size_t size = strlen(query);
    TRY(text_nfc(&query, &size, &room, error));
    list->exact = exact;
    const char *end = query + size;
    for (const char *at = query; at < end;) {
        at += strspn(at, " \t\n");
        bool quoted = *at == '"';
        at += quoted;
        size_t length = strcspn(at, quoted ? "\"" : " \t\n");
        TRY(add_phrase(list, at, length, error));
        at += length;
        at += quoted && *at == '"';
    }
    if (!list->all.n) return error_set(error, ALN_INVALID, "no word to search for");
    return ALN_OK;
}

void phrases_done(phrase_list *list)
{
    arena_done(&list->texts);
    vec_free(&list->all);
}

/* -- finding -------------------------------------------------------------------------- */

static aln_status read_tokens(phrase_text *text, const char *bytes, size_t size,
                              aln_error *error)
{
    vec_clear(&text->tokens);
    vec_clear(&text->keys);
    text->text = bytes;
    size_t at = 0;
    token t;
    while (token_next(bytes, size, &at, &t)) {
        uint32_t key;
        TRY(index_key(bytes + t.start, t.end - t.start, t.kind == TOKEN_HAN,
                      &text->folded, &key, error));
        if (vec_push(&text->tokens, t) || vec_push(&text->keys, key))
            return error_no_memory(error);
    }
    return ALN_OK;
}

static aln_status word_is(const phrase_list *list, const phrase_word *word,
                          phrase_text *text, size_t i, bool *same, aln_error *error)
{
    *same = false;
    if (!word->prefix && text->keys.at[i] != word->key) return ALN_OK;
    const token *t = &text->tokens.at[i];
    const char *from = text->text + t->start;
    size_t size = t->end - t->start;
    if (!list->exact) {
        TRY(text_fold(from, size, &text->folded, error));
        from = str_text(&text->folded);
        size = text->folded.size;
    }
    *same = (word->prefix ? size >= word->size : size == word->size) &&
            memcmp(from, word->text, word->size) == 0;
    return ALN_OK;
}

static aln_status phrase_is(const phrase_list *list, const phrase *wanted,
                            phrase_text *text, size_t i, bool *same, aln_error *error)
{
    *same = i + wanted->n <= text->tokens.n;
    for (size_t k = 0; k < wanted->n && *same; k++)
        TRY(word_is(list, &wanted->words[k], text, i + k, same, error));
    return ALN_OK;
}

static int by_start(const void *a, const void *b)
{
    const aln_found *x = a, *y = b;
    if (x->start != y->start) return x->start > y->start ? 1 : -1;
    return (x->end > y->end) - (x->end < y->end);
}

aln_status phrases_find(const phrase_list *list, phrase_text *text, const char *bytes,
                        size_t size, found_list *found, bool *all, aln_error *error)
{
    vec_clear(found);
    *all = true;
    TRY(text_nfc(&bytes, &size, &text->room, error));
    TRY(read_tokens(text, bytes, size, error));
    for (size_t p = 0; p < list->all.n && *all; p++) {
        const phrase *wanted = &list->all.at[p];
        size_t before = found->n;
        for (size_t i = 0; i + wanted->n <= text->tokens.n; i++) {
            bool same;
            TRY(phrase_is(list, wanted, text, i, &same, error));
            if (same &&
                vec_push(found, (aln_found){text->tokens.at[i].start,
                                            text->tokens.at[i + wanted->n - 1].end}))
                return error_no_memory(error);
        }
        *all = found->n > before;
    }
    if (*all) qsort(found->at, found->n, sizeof *found->at, by_start);
    return ALN_OK;
}

void phrase_text_done(phrase_text *text)
{
    vec_free(&text->tokens);
    vec_free(&text->keys);
    str_done(&text->room);
    str_done(&text->folded);
}
