/* reader.c - open a file of units in any format.
 *
 * The format is found by content: XML by its first element, JSON by its brace, PO by
 * its "msgid"; tables have no mark of their own and are known by the file's name or by
 * the tabs in their first line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <string.h>
#include <strings.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"

AUTO_DEFINE(reader, aln_reader *, aln_reader_close)

static const struct {
    const char *name;
    aln_format format;
} names[] = {
    {"tmx", ALN_FORMAT_TMX},        {"tsv", ALN_FORMAT_TSV},
    {"tab", ALN_FORMAT_TSV},        {"csv", ALN_FORMAT_CSV},
    {"jsonl", ALN_FORMAT_JSONL},    {"ndjson", ALN_FORMAT_JSONL},
    {"xliff", ALN_FORMAT_XLIFF},    {"xlf", ALN_FORMAT_XLIFF},
    {"sdlxliff", ALN_FORMAT_XLIFF}, {"mqxliff", ALN_FORMAT_XLIFF},
    {"mxliff", ALN_FORMAT_XLIFF},   {"xliff2", ALN_FORMAT_XLIFF2},
    {"po", ALN_FORMAT_PO},          {"pot", ALN_FORMAT_PO},
    {"tbx", ALN_FORMAT_TBX},        {"moses", ALN_FORMAT_LINES},
};

enum { NAMES = sizeof names / sizeof *names };

static aln_format format_of(const char *name, size_t size)
{
    for (size_t i = 0; i < NAMES; i++)
        if (strlen(names[i].name) == size &&
            strncasecmp(names[i].name, name, size) == 0)
            return names[i].format;
    return ALN_FORMAT_AUTO;
}

aln_format aln_format_named(const char *name)
{
    return format_of(name, strlen(name));
}

aln_format aln_format_of_path(const char *path)
{
    size_t end = strlen(path);
    if (end > 3 && strcasecmp(path + end - 3, ".gz") == 0) end -= 3;
    if (end > 4 && strcasecmp(path + end - 4, ".zip") == 0) end -= 4;
    size_t start = end;
    while (start && path[start - 1] != '.' && path[start - 1] != '/')
        start--;
    if (start == 0 || path[start - 1] != '.') return ALN_FORMAT_AUTO;
    return format_of(path + start, end - start);
}

/* ---- what the content tells ------------------------------------------------------- */

/* The name of the first element: what follows "<" but is no "<?" or "<!". */
static const char *first_element(const char *text, size_t size, size_t *length)
{
    const char *end = text + size;
    while ((text = memchr(text, '<', (size_t)(end - text)))) {
        text++;
        const char *close = NULL;
        if (end - text > 3 && memcmp(text, "!--", 3) == 0)
            close = memmem(text, (size_t)(end - text), "-->", 3);
        if (close) {
            text = close;
            continue;
        }
        if (text == end || *text == '?' || *text == '!') continue;
        const char *name = text;
        while (text < end && !strchr(" \t\r\n/>", *text))
            text++;
        const char *colon = memchr(name, ':', (size_t)(text - name));
        if (colon) name = colon + 1;
        *length = (size_t)(text - name);
        return name;
    }
    return NULL;
}

static aln_format by_content(const char *text, size_t size, const char *path)
{
    size_t i = 0;
    while (i < size && strchr(" \t\r\n", text[i]))
        i++;
    if (i == size) return aln_format_of_path(path);
    if (text[i] == '{') return ALN_FORMAT_JSONL;
    size_t length = 0;
    const char *element = text[i] == '<' ? first_element(text, size, &length) : NULL;
    if (element && length == 3 && memcmp(element, "tmx", 3) == 0) return ALN_FORMAT_TMX;
    if (element && length == 5 && memcmp(element, "xliff", 5) == 0)
        return ALN_FORMAT_XLIFF;

    aln_format by_name = aln_format_of_path(path);
    if (by_name) return by_name;
    if (memmem(text, size, "\nmsgid \"", 8) || strncmp(text, "msgid \"", 7) == 0)
        return ALN_FORMAT_PO;
    const char *line_end = memchr(text, '\n', size);
    size_t line = line_end ? (size_t)(line_end - text) : size;
    return memchr(text, '\t', line) ? ALN_FORMAT_TSV : ALN_FORMAT_AUTO;
}

static const read_format *format_reader(aln_format format)
{
    static const read_format *const formats[] = {
        [ALN_FORMAT_TMX] = &read_tmx,     [ALN_FORMAT_TSV] = &read_tsv,
        [ALN_FORMAT_JSONL] = &read_jsonl, [ALN_FORMAT_CSV] = &read_csv,
        [ALN_FORMAT_XLIFF] = &read_xliff, [ALN_FORMAT_XLIFF2] = &read_xliff,
        [ALN_FORMAT_PO] = &read_po,
    };
    size_t i = (size_t)format;
    return i < sizeof formats / sizeof *formats ? formats[i] : NULL;
}

static aln_status choose_format(aln_reader *reader, const char *path, aln_error *error)
{
    const char *text;
    size_t size;
    TRY(decoder_peek(reader->input, &text, &size, error));
    if (size == 0) return error_set(error, ALN_SYNTAX, "the file is empty");

    aln_format format = reader->options.format;
    if (!format) {
        bool inside = strcmp(decoder_name(reader->input), path) != 0; /* of a zip */
        format = by_content(text, size, inside ? decoder_name(reader->input) : path);
    }
    if (!format)
        return error_set(error, ALN_UNSUPPORTED,
                         memchr(text, '\0', size) ? "this is no text file"
                                                  : "the format is not known; name it");
    reader->format = format_reader(format);
    if (reader->format) return ALN_OK;
    return error_set(error, ALN_UNSUPPORTED, "this format can be written but not read");
}

/* ---- the reader --------------------------------------------------------------------- */

void aln_reader_close(aln_reader *reader)
{
    if (!reader) return;
    if (reader->format) reader->format->close(reader);
    decoder_close(reader->input);
    unit_builder_done(&reader->unit);
    arena_done(&reader->texts);
    intern_done(&reader->tags);
    vec_free(&reader->canonical);
    vec_free(&reader->header);
    free(reader);
}

/* The source is the reader's, also after a failure. */
static aln_status open_source(byte_source *source, const char *path,
                              const aln_read_options *options, aln_reader **reader,
                              aln_error *error)
{
    AUTO(reader) aln_reader *opened = calloc(1, sizeof *opened);
    if (!opened) {
        bytes_close(source);
        return error_no_memory(error);
    }
    if (options) opened->options = *options;
    opened->warn = (warner){opened->options.warn, opened->options.context};
    TRY(decoder_open(source, opened->warn, &opened->input, error));
    TRY(choose_format(opened, path, error));
    TRY(opened->format->open(opened, error));
    *reader = STEAL(opened);
    return ALN_OK;
}

aln_status aln_reader_open(const char *path, const aln_read_options *options,
                           aln_reader **reader, aln_error *error)
{
    byte_source *source;
    TRY(bytes_open(path, &source, error));
    return open_source(source, path, options, reader, error);
}

aln_status aln_reader_open_bytes(const char *bytes, size_t size,
                                 const aln_read_options *options, aln_reader **reader,
                                 aln_error *error)
{
    byte_source *source;
    TRY(bytes_open_memory(bytes, size, &source, error));
    return open_source(source, "", options, reader, error);
}

/* Go on with the next file of an archive. */
static aln_status open_next(aln_reader *reader, bool *found, aln_error *error)
{
    *found = false;
    if (!reader->input) return ALN_OK;
    TRY(decoder_next(reader->input, found, error));
    if (!*found) return ALN_OK;
    const read_format *before = reader->format;
    before->close(reader);
    reader->state = NULL;
    reader->format = NULL; /* what there is to close until the next one is chosen */
    aln_status status = choose_format(reader, decoder_name(reader->input), error);
    if (!reader->format) reader->format = before;
    return status ? status : reader->format->open(reader, error);
}

static aln_status next_unit(aln_reader *reader, const aln_unit **unit, aln_error *error)
{
    bool more = true;
    *unit = NULL;
    while (more) {
        TRY(reader->format->next(reader, unit, error));
        if (*unit) return ALN_OK;
        TRY(open_next(reader, &more, error));
    }
    return ALN_OK;
}

aln_status aln_reader_next(aln_reader *reader, const aln_unit **unit, aln_error *error)
{
    if (reader->failed) {
        if (error) *error = reader->failure;
        return reader->failed;
    }
    aln_status status = next_unit(reader, unit, &reader->failure);
    if (status == ALN_OK) return ALN_OK;
    reader->failed = status;
    if (error) *error = reader->failure;
    return status;
}

const aln_meta *aln_reader_header(const aln_reader *reader, size_t *n)
{
    *n = reader->header.n;
    return reader->header.at;
}

aln_format aln_reader_format(const aln_reader *reader)
{
    return reader->format->format;
}

unsigned aln_reader_line(const aln_reader *reader)
{
    return reader->state ? reader->format->line(reader) : 0; /* between two members */
}

double aln_reader_progress(const aln_reader *reader)
{
    return reader->input ? decoder_progress(reader->input) : 0;
}

/* ---- for the formats ------------------------------------------------------------------ */

/* The European Union's memories write "BG-01" for languages without a variety: no tag of
 * BCP 47, but clear. */
static bool is_numbered(const char *tag, char language[4])
{
    size_t n = strcspn(tag, "-_");
    snprintf(language, 4, "%.*s", n < 4 ? (int)n : 0, tag);
    return n >= 2 && tag[n] && strspn(tag + n + 1, "0123456789") == 2 && !tag[n + 3];
}

static aln_status learn_language(aln_reader *reader, const char *tag, unsigned line,
                                 aln_error *error)
{
    char out[ALN_LANGUAGE_SIZE], language[4];
    const char *best = tag;
    if (aln_language_canonical(tag, out, NULL) == ALN_OK)
        best = out;
    else if (is_numbered(tag, language) &&
             aln_language_canonical(language, out, NULL) == ALN_OK)
        warn_at(&reader->warn, line, "\"%.60s\" is no language tag; taken for \"%s\"",
                tag, best = out);
    else
        warn_at(&reader->warn, line, "\"%.60s\" is no language tag", tag);
    const char *copy = arena_copy(&reader->texts, best, strlen(best));
    if (!copy || vec_push(&reader->canonical, copy)) return error_no_memory(error);
    return ALN_OK;
}

aln_status reader_language(aln_reader *reader, const char *tag, unsigned line,
                           const char **canonical, aln_error *error)
{
    uint32_t id;
    if (intern_add(&reader->tags, tag, strlen(tag), &id)) return error_no_memory(error);
    if (id == reader->canonical.n) TRY(learn_language(reader, tag, line, error));
    *canonical = reader->canonical.at[id];
    return ALN_OK;
}

aln_status reader_add_header(aln_reader *reader, const aln_meta *item)
{
    aln_meta copy;
    if (meta_copy(&reader->texts, item, &copy)) return ALN_NO_MEMORY;
    return vec_push(&reader->header, copy);
}
