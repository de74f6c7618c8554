/* article.c - a file becomes sentences in a known language.
 *
 *     bytes -> page -> title, paragraphs -> sentences with their paragraph's number
 *
 * The title is paragraph 0 and one sentence, whatever stops it holds.  In a file of
 * lines each line is a sentence, the empty ones too: other files count by them.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include <string.h>

#include <sha256.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"
#include "batch/segmenters.h"

AUTO_DEFINE(article, aln_article *, aln_article_free)

/* What an article owns behind its public face. */
typedef struct article_parts {
    aln_article face; /* first: a pointer to it is a pointer to all */
    aln_page *page;   /* or text, when the file holds lines */
    char *text;
    arena strings;
    vec(aln_sentence) sentences;
    vec(uint32_t) paragraphs;
    char language[ALN_LANGUAGE_SIZE];
    char sha256[SHA256_DIGEST_STRING_LENGTH];
} article_parts;

void aln_article_free(aln_article *article)
{
    article_parts *parts = (article_parts *)article;
    if (!parts) return;
    aln_page_free(parts->page);
    free(parts->text);
    arena_done(&parts->strings);
    vec_free(&parts->sentences);
    vec_free(&parts->paragraphs);
    free(parts);
}

static aln_status add_sentence(article_parts *parts, const char *text, size_t size,
                               uint32_t paragraph, aln_error *error)
{
    if (vec_push(&parts->sentences, (aln_sentence){.text = text, .size = size}) ||
        vec_push(&parts->paragraphs, paragraph))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status split_lines(article_parts *parts, size_t size, aln_error *error)
{
    const char *at = parts->text, *end = parts->text + size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        size_t length = (size_t)(stop - at);
        if (length && at[length - 1] == '\r') length--;
        TRY(add_sentence(parts, at, length, 0, error));
        at = stop + 1;
    }
    return ALN_OK;
}

static aln_status split_paragraphs(article_parts *parts, aln_segmenter *segmenter,
                                   aln_error *error)
{
    const aln_page *page = parts->page;
    for (size_t i = 0; i < page->n_paragraphs; i++) {
        const aln_paragraph *paragraph = &page->paragraphs[i];
        const aln_span *spans;
        size_t n;
        TRY(aln_segmenter_split(segmenter, paragraph->text, paragraph->size, &spans, &n,
                                error));
        for (size_t j = 0; j < n; j++)
            TRY(add_sentence(parts, paragraph->text + spans[j].start,
                             spans[j].end - spans[j].start, (uint32_t)(i + 1), error));
    }
    return ALN_OK;
}

static aln_status split_page(article_parts *parts, aln_segmenters *segmenters,
                             aln_error *error)
{
    const char *title = parts->page->title;
    aln_segmenter *segmenter;
    if (title) TRY(add_sentence(parts, title, strlen(title), 0, error));
    TRY(segmenters_take(segmenters, parts->language, &segmenter, error));
    aln_status status = split_paragraphs(parts, segmenter, error);
    segmenters_give(segmenters, parts->language, segmenter);
    return status;
}

/* Given, then the name, then the page's own word; false where none of them tells. */
static bool is_told(article_parts *parts, const aln_article_options *options)
{
    if (options->language) {
        parts->face.origin = ALN_LANGUAGE_GIVEN;
        return !aln_language_canonical(options->language, parts->language, NULL);
    }
    parts->face.origin = ALN_LANGUAGE_NAMED;
    return aln_language_of_path(options->uri, parts->language);
}

static aln_status fail_for_language(aln_error *error)
{
    return error_set(error, ALN_UNSUPPORTED,
                     "cannot tell the language; name it with --langs");
}

static aln_status read_lines(article_parts *parts, const char *bytes, size_t size,
                             const aln_article_options *options, aln_error *error)
{
    size_t text_size;
    TRY(aln_text_decode(bytes, size, NULL, &parts->text, &text_size, NULL, error));
    if (memchr(parts->text, '\0', text_size))
        return error_set(error, ALN_UNSUPPORTED, "is no text: it holds NUL bytes");
    if (!is_told(parts, options)) {
        parts->face.origin = ALN_LANGUAGE_GUESSED;
        aln_language_guess(parts->text, text_size, parts->language);
        if (strcmp(parts->language, "und") == 0) return fail_for_language(error);
    }
    return split_lines(parts, text_size, error);
}

static aln_status read_page(article_parts *parts, const char *bytes, size_t size,
                            const aln_article_options *options, aln_error *error)
{
    bool told = is_told(parts, options);
    const aln_page_options how = {.language = told ? parts->language : NULL};
    TRY(aln_page_read(bytes, size, &how, &parts->page, error));

    const aln_page *page = parts->page;
    if (!page->n_paragraphs && !page->title)
        return error_set(error, ALN_SYNTAX, "has no text to align");
    if (!told) {
        parts->face.origin =
            page->language_guessed ? ALN_LANGUAGE_GUESSED : ALN_LANGUAGE_DECLARED;
        if (!page->language ||
            aln_language_canonical(page->language, parts->language, NULL))
            return fail_for_language(error);
    }
    return split_page(parts, options->segmenters, error);
}

static const char *kept(article_parts *parts, const char *text)
{
    return text ? arena_copy(&parts->strings, text, strlen(text)) : NULL;
}

static aln_status describe(article_parts *parts, const char *uri, aln_error *error)
{
    aln_article *article = &parts->face;
    const aln_page *page = parts->page;
    article->about = (aln_document){
        .uri = kept(parts, uri), .sha256 = parts->sha256, .language = parts->language};
    if (!article->about.uri) return error_no_memory(error);
    if (page) {
        article->about.title = page->title;
        article->about.date = page->date;
        article->about.source = page->source;
    }
    article->sentences = parts->sentences.at;
    article->paragraphs = page ? parts->paragraphs.at : NULL;
    article->n = parts->sentences.n;
    return ALN_OK;
}

aln_status aln_article_read(const char *bytes, size_t size,
                            const aln_article_options *options, aln_article **article,
                            aln_error *error)
{
    if (!options || !options->uri)
        return error_set(error, ALN_INVALID, "an article needs a name");
    if (size == 0) return error_set(error, ALN_SYNTAX, "is empty");

    AUTO(article) aln_article *made = calloc(1, sizeof(article_parts));
    article_parts *parts = (article_parts *)made;
    if (!parts) return error_no_memory(error);
    SHA256Data((const uint8_t *)bytes, size, parts->sha256);
    TRY((options->lines ? read_lines : read_page)(parts, bytes, size, options, error));
    TRY(describe(parts, options->uri, error));
    *article = STEAL(made);
    return ALN_OK;
}
