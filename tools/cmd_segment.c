/* bitext segment - print the sentences of a text, one a line.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <jansson.h>

#include "tools.h"

AUTO_DEFINE(segmenter, aln_segmenter *, aln_segmenter_free)
AUTO_DEFINE(srx, aln_srx *, aln_srx_free)

typedef struct job {
    const char *language; /* NULL: each file's own */
    const char *srx_path;
    aln_srx *srx; /* NULL: the library's */
    bool jsonl;
    int found;
} job;

static aln_srx *read_srx(const char *path)
{
    size_t size;
    AUTO(free) char *xml = read_input(path, &size);
    if (!xml) return NULL;

    aln_error error = {0};
    aln_srx *srx = NULL;
    if (aln_srx_read(xml, size, &srx, &error)) complain(input_name(path), &error);
    return srx;
}

/* The language of a file: as told, by its name, by its text. */
static void find_language(const job *work, const char *path, const char *text,
                          size_t size, char out[ALN_LANGUAGE_SIZE])
{
    if (work->language) {
        snprintf(out, ALN_LANGUAGE_SIZE, "%s", work->language);
        return;
    }
    if (path && aln_language_of_path(path, out)) {
        note("%s: language %s, by its name", input_name(path), out);
        return;
    }
    aln_language_guess(text, size, out);
    note("%s: language %s, by its text", input_name(path), out);
}

/* How many bytes the character at the start of text has; 0 where it is no UTF-8. */
static size_t character_size(const char *text, size_t size)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t n = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    if (n == 0 || n > size || *at > 0xf4) return 0;
    for (size_t i = 1; i < n; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    if (*at == 0xe0 && at[1] < 0xa0) return 0; /* longer than need be */
    if (*at == 0xed && at[1] > 0x9f) return 0; /* surrogates */
    if (*at == 0xf0 && at[1] < 0x90) return 0;
    if (*at == 0xf4 && at[1] > 0x8f) return 0; /* beyond U+10FFFF */
    return n;
}

/* JSON holds no bytes that are no UTF-8: each becomes U+FFFD. */
static json_t *json_text(const char *text, size_t size)
{
    json_t *whole = json_stringn(text, size);
    if (whole) return whole;

    AUTO(str) str repaired = {0};
    for (size_t i = 0, n; i < size; i += n ? n : 1) {
        n = character_size(text + i, size - i);
        if (n ? str_add(&repaired, text + i, n) : str_puts(&repaired, "\xef\xbf\xbd"))
            return NULL;
    }
    return json_stringn(repaired.at, repaired.size);
}

static int print_jsonl(const char *path, const char *text, aln_span span,
                       size_t paragraph)
{
    json_t *line = json_pack("{s:o, s:I, s:I, s:I}", "text",
                             json_text(text + span.start, span.end - span.start),
                             "start", (json_int_t)span.start, "end",
                             (json_int_t)span.end, "paragraph", (json_int_t)paragraph);
    json_t *file = path ? json_text(path, strlen(path)) : NULL;
    if (line && file) json_object_set_new(line, "file", file);
    int failed = !line || json_dumpf(line, stdout, JSON_COMPACT) || putchar('\n') < 0;
    json_decref(line);
    return failed ? trouble("%s: a sentence cannot be written", input_name(path))
                  : EXIT_FOUND;
}

static int print_sentences(job *work, const char *path, const char *text,
                           const aln_span *spans, size_t count)
{
    size_t paragraph = 0, seen = 0;
    for (size_t i = 0; i < count; i++) {
        aln_span span = spans[i];
        bool new_line = i == 0 || memchr(text + seen, '\n', span.start - seen);
        paragraph += new_line;
        seen = span.start;
        work->found = EXIT_FOUND;
        if (work->jsonl && print_jsonl(path, text, span, paragraph))
            return EXIT_TROUBLE;
        if (work->jsonl) continue;
        fwrite(text + span.start, 1, span.end - span.start, stdout);
        putchar('\n');
    }
    return EXIT_FOUND;
}

/* A mistake with a line is one in the rules: the text has none. */
static int complain_about(const job *work, const char *path, const aln_error *error)
{
    return complain(error->line && work->srx_path ? work->srx_path : input_name(path),
                    error);
}

static int segment_file(job *work, const char *path)
{
    size_t size;
    AUTO(free) char *bytes = read_input(path, &size);
    if (!bytes) return EXIT_TROUBLE;

    char language[ALN_LANGUAGE_SIZE];
    find_language(work, path, bytes, size, language);

    aln_error error = {0};
    const aln_segment_options options = {.srx = work->srx};
    AUTO(segmenter) aln_segmenter *segmenter = NULL;
    if (aln_segmenter_new(language, &options, &segmenter, &error))
        return complain_about(work, path, &error);
    const aln_span *spans;
    size_t count;
    if (aln_segmenter_split(segmenter, bytes, size, &spans, &count, &error))
        return complain_about(work, path, &error);
    return print_sentences(work, path, bytes, spans, count);
}

static int segment_files(job *work, poptContext options)
{
    const char *path = poptGetArg(options);
    do {
        if (segment_file(work, path)) return EXIT_TROUBLE;
    } while (path && (path = poptGetArg(options)));
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    return work->found;
}

static int print_builtin(void)
{
    size_t size;
    const char *xml = aln_srx_builtin(&size);
    return fwrite(xml, 1, size, stdout) == size && fflush(stdout) == 0
               ? EXIT_FOUND
               : trouble("stdout: cannot write");
}

int cmd_segment(int argc, const char **argv)
{
    AUTO(free) char *language = NULL;
    AUTO(free) char *srx_path = NULL;
    AUTO(free) char *format = NULL;
    int print_srx = 0;
    const struct poptOption table[] = {
        {"lang", 'l', POPT_ARG_STRING, &language, 0, "language of the text", "TAG"},
        {"srx", '\0', POPT_ARG_STRING, &srx_path, 0, "rules to use, in SRX 2.0",
         "FILE"},
        {"print-srx", '\0', POPT_ARG_NONE, &print_srx, 0, "print our own rules", NULL},
        {"format", 'f', POPT_ARG_STRING, &format, 0, "text (the default) or jsonl",
         "NAME"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "[FILE...]");
    if (!options) return EXIT_TROUBLE;
    if (print_srx) return print_builtin();

    job work = {.language = language, .srx_path = srx_path, .found = EXIT_NOTHING};
    work.jsonl = format && strcmp(format, "jsonl") == 0;
    if (format && !work.jsonl && strcmp(format, "text") != 0)
        return trouble("--format %s: unknown format; there are text and jsonl", format);

    AUTO(srx) aln_srx *srx = srx_path ? read_srx(srx_path) : NULL;
    if (srx_path && !srx) return EXIT_TROUBLE;
    work.srx = srx;
    return segment_files(&work, options);
}
