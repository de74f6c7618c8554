/* stream.c - bitext align --stream: groups of documents in, units out, nothing kept.
 *
 *     {"group": "astana", "documents": [{"language": "fr", "uri": "...", "text": "..."},
 *                                       {"language": "en", "path": "en.html"}]}
 *
 * A line a group; what comes out are the lines of --format jsonl with "group" in front.
 * A group that cannot be aligned gives one line with "error", and the rest goes on: so
 * any engine that can pipe lines through a program can run it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "tools.h"

AUTO_DEFINE(group, aln_group *, aln_group_free)
AUTO_DEFINE(json, json_t *, json_decref)

enum { MOST_DOCUMENTS = 64, MOST_BYTES = 64 << 20 };

typedef struct articles {
    aln_article *at[MOST_DOCUMENTS];
    size_t n;
} articles;

static void auto_articles(articles *list)
{
    for (size_t i = 0; i < list->n; i++)
        aln_article_free(list->at[i]);
}

static aln_status fail(aln_error *error, const char *message)
{
    *error = (aln_error){.status = ALN_SYNTAX};
    snprintf(error->message, sizeof error->message, "%s", message);
    return ALN_SYNTAX;
}

static const char *member(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* Which document of the group it is that cannot be used. */
static aln_status fail_for(const char *uri, aln_error *error)
{
    AUTO(free) char *why = strdup(error->message);
    if (why) snprintf(error->message, sizeof error->message, "%.120s: %s", uri, why);
    return error->status;
}

/* The text that the document holds, or that of its file. */
static aln_status read_document(const json_t *document, const stream_options *how,
                                aln_article **article, aln_error *error)
{
    const char *path = member(document, "path"), *uri = member(document, "uri");
    const json_t *text = json_object_get(document, "text");
    const aln_article_options options = {.uri = uri ? uri : path,
                                         .language = member(document, "language"),
                                         .lines = how->lines,
                                         .segmenters = how->segmenters};
    if (!options.uri) return fail(error, "a document has neither uri nor path");
    if (!json_is_string(text) && !path)
        return fail(error, "a document has neither text nor path");

    AUTO(free) char *bytes = NULL;
    const char *at = json_string_value(text);
    size_t size = json_string_length(text);
    if (!at && file_read(path, MOST_BYTES, &bytes, &size, error))
        return fail_for(options.uri, error);
    if (aln_article_read(at ? at : bytes, size, &options, article, error))
        return fail_for(options.uri, error);
    return ALN_OK;
}

static aln_status align_object(const json_t *object, const stream_options *how,
                               FILE *out, aln_error *error)
{
    AUTO(articles) articles list = {.n = 0};
    const json_t *documents = json_object_get(object, "documents");
    if (!json_is_object(object)) return fail(error, "is no JSON object");
    if (!json_is_array(documents)) return fail(error, "has no list of documents");
    if (json_array_size(documents) > MOST_DOCUMENTS)
        return fail(error, "has more than 64 documents");
    for (size_t i = 0; i < json_array_size(documents); i++) {
        TRY(read_document(json_array_get(documents, i), how, &list.at[list.n], error));
        list.n++;
    }
    AUTO(group) aln_group *aligned = NULL;
    TRY(aln_group_align(how->aligner, list.at, list.n, &aligned, error));
    for (size_t i = 0; i < aligned->n_units; i++)
        TRY(print_group_line(out, aligned, i, json_object_get(object, "group"),
                             how->min_score, error));
    return ALN_OK;
}

/* *error says what the line of output says. */
static aln_status align_line(const char *line, size_t size, const stream_options *how,
                             FILE *out, aln_error *error)
{
    json_error_t why;
    AUTO(json) json_t *object = json_loadb(line, size, JSON_DECODE_ANY, &why);
    aln_status status =
        object ? align_object(object, how, out, error) : fail(error, why.text);
    if (!status) return ALN_OK;

    AUTO(json)
    json_t *answer = json_pack("{s:O*, s:s}", "group", json_object_get(object, "group"),
                               "error", error->message);
    if (answer) json_dumpf(answer, out, JSON_COMPACT);
    putc('\n', out);
    return status;
}

static bool is_blank(const char *line, size_t size)
{
    return strspn(line, " \t\r\n") == size;
}

int align_stream(FILE *in, const stream_options *how, FILE *out)
{
    AUTO(free) char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t size;
    int exit_status = EXIT_FOUND;
    while ((size = getline(&line, &cap, in)) > 0) {
        number++;
        aln_error error = {0};
        if (is_blank(line, (size_t)size)) continue;
        if (align_line(line, (size_t)size, how, out, &error))
            exit_status = trouble("stdin:%zu: %s", number, error.message);
        if (fflush(out)) return trouble("stdout: cannot write: %s", strerror(errno));
    }
    if (ferror(in)) return trouble("stdin: cannot read: %s", strerror(errno));
    return exit_status;
}
