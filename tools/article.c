/* article.c - the article in a file, with messages about it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

static void note_language(const aln_article *article)
{
    static const char *const HOW[] = {
        [ALN_LANGUAGE_NAMED] = "by its name",
        [ALN_LANGUAGE_DECLARED] = "as the page declares",
        [ALN_LANGUAGE_GUESSED] = "by its text",
    };
    if (article->origin != ALN_LANGUAGE_GIVEN)
        note("%s: taken for %s, %s", article->about.uri, article->about.language,
             HOW[article->origin]);
}

aln_article *read_article(const char *path, const char *language, bool lines)
{
    size_t size;
    AUTO(free) char *bytes = read_input(path, &size);
    if (!bytes) return NULL;

    aln_error error = {0};
    aln_article *article = NULL;
    const aln_article_options options = {
        .uri = input_name(path), .language = language, .lines = lines};
    if (aln_article_read(bytes, size, &options, &article, &error)) {
        complain(input_name(path), &error);
        return NULL;
    }
    note_language(article);
    return article;
}
