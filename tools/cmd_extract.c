/* bitext extract - print the main text of a page.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <string.h>

#include <jansson.h>

AUTO_DEFINE(page, aln_page *, aln_page_free)
AUTO_DEFINE(json, json_t *, json_decref)

static void print_text(const aln_page *page)
{
    const char *gap = "";
    if (page->title) {
        printf("%s\n", page->title);
        gap = "\n";
    }
    for (size_t i = 0; i < page->n_paragraphs; i++) {
        printf("%s%s\n", gap, page->paragraphs[i].text);
        gap = "\n";
    }
}

static int print_json(const aln_page *page)
{
    AUTO(json)
    json_t *object =
        json_pack("{s:s?,s:s?,s:s?,s:s?,s:s?,s:s?,s:[]}", "title", page->title, "date",
                  page->date, "source", page->source, "editor", page->editor, "lang",
                  page->language, "charset", page->charset, "paragraphs");
    json_t *paragraphs = json_object_get(object, "paragraphs");
    for (size_t i = 0; i < page->n_paragraphs; i++)
        json_array_append_new(paragraphs, json_stringn(page->paragraphs[i].text,
                                                       page->paragraphs[i].size));
    if (!object || json_array_size(paragraphs) != page->n_paragraphs)
        return trouble("out of memory");
    json_dumpf(object, stdout, JSON_PRESERVE_ORDER);
    putchar('\n');
    return EXIT_FOUND;
}

/* On stderr, so that the text itself can go on to the next program. */
static void explain_dropped(const aln_page *page)
{
    for (size_t i = 0; i < page->n_dropped; i++)
        fprintf(stderr, "bitext: dropped: %s: %s\n", page->dropped[i].reason,
                page->dropped[i].text);
}

/* No more of a file than the library would read. */
static aln_status read_bytes(const char *path, char **bytes, size_t *size,
                             aln_error *error)
{
    if (strcmp(path, "-") == 0)
        return file_read_stream(stdin, ALN_PAGE_MAX, bytes, size, error);
    return file_read(path, ALN_PAGE_MAX, bytes, size, error);
}

/* The language: the one given, then the one in the file's name, then the page's. */
static aln_page *read_page(const char *path, const aln_page_options *options)
{
    size_t size;
    aln_error error = {0};
    aln_page *page = NULL;
    aln_page_options how = *options;
    char language[ALN_LANGUAGE_SIZE];
    AUTO(free) char *bytes = NULL;
    if (read_bytes(path, &bytes, &size, &error)) {
        complain(input_name(path), &error);
        return NULL;
    }
    if (size == 0) {
        trouble("%s: is empty", input_name(path));
        return NULL;
    }
    if (!how.language && aln_language_of_path(path, language)) how.language = language;
    if (aln_page_read(bytes, size, &how, &page, &error))
        complain(input_name(path), &error);
    return page;
}

static int extract(const char *path, const aln_page_options *options, bool json)
{
    AUTO(page) aln_page *page = read_page(path, options);
    if (!page) return EXIT_TROUBLE;

    if (page->language_guessed)
        note("%s: the language looks like %s", input_name(path), page->language);
    if (options->explain) explain_dropped(page);
    if (page->n_paragraphs == 0) {
        note("%s: no main text found", input_name(path));
        return EXIT_NOTHING;
    }
    int status = EXIT_FOUND;
    if (json)
        status = print_json(page);
    else
        print_text(page);
    output out = {.stream = stdout};
    return status ? status : output_commit(&out);
}

int cmd_extract(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    AUTO(free) char *language = NULL;
    AUTO(free) char *charset = NULL;
    int explain = 0;
    const struct poptOption table[] = {{"format", 'f', POPT_ARG_STRING, &format, 0,
                                        "text (default) or json", "FORMAT"},
                                       {"lang", 'l', POPT_ARG_STRING, &language, 0,
                                        "the language of the page", "TAG"},
                                       {"charset", 'c', POPT_ARG_STRING, &charset, 0,
                                        "the encoding its sender names", "NAME"},
                                       {"explain", 'e', POPT_ARG_NONE, &explain, 0,
                                        "say on stderr what was dropped", NULL},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE");
    if (!options) return EXIT_TROUBLE;

    const char *path = poptGetArg(options);
    if (!path) return trouble("no file to read; \"-\" is stdin");
    if (poptPeekArg(options))
        return trouble("%s: one file at a time", poptPeekArg(options));
    bool json = format && strcmp(format, "json") == 0;
    if (format && !json && strcmp(format, "text") != 0)
        return trouble("--format %s: must be text or json", format);
    char tag[ALN_LANGUAGE_SIZE];
    aln_error error = {0};
    if (language && aln_language_canonical(language, tag, &error))
        return complain("--lang", &error);

    aln_page_options how = {
        .charset = charset, .language = language ? tag : NULL, .explain = explain};
    return extract(path, &how, json);
}
