/* bitext import - put the units of files into a memory.
 *
 * Each file is a document of the memory, known by its name and its bytes: importing it
 * again changes nothing, importing another version of it replaces its units.  A file goes
 * in whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <sha256.h>
#include <string.h>

#include "units.h"

enum { STEP = 1000 };

typedef struct job {
    aln_memory *memory;
    aln_read_options options;
    size_t n; /* units of all files */
    size_t known;
} job;

static const char *hash_of(const char *path, char digits[SHA256_DIGEST_STRING_LENGTH])
{
    if (strcmp(path, "-") == 0) return NULL;
    return SHA256File(path, digits);
}

/* What is to come can be told from the share of the bytes that has been read. */
static void show_progress(progress *bar, const aln_reader *reader, size_t n)
{
    if (n % STEP) return;
    double share = aln_reader_progress(reader);
    bar->total = share > 0 ? (size_t)((double)n / share) : 0;
    progress_step(bar, n);
}

static int add_units(job *work, aln_reader *reader, const char *path, size_t *n)
{
    aln_error error = {0};
    progress bar = progress_start("units", 0);
    for (*n = 0;;) {
        const aln_unit *unit;
        if (aln_reader_next(reader, &unit, &error) ||
            (unit && aln_memory_add_unit(work->memory, unit, NULL, &error))) {
            progress_end(&bar);
            return complain(input_name(path), &error);
        }
        if (!unit) break;
        show_progress(&bar, reader, ++*n);
    }
    progress_end(&bar);
    return EXIT_FOUND;
}

/* Inside of a transaction. */
static int add_file(job *work, aln_reader *reader, const char *path)
{
    aln_error error = {0};
    char digits[SHA256_DIGEST_STRING_LENGTH];
    aln_document document = {.uri = input_name(path), .sha256 = hash_of(path, digits)};
    bool known;
    size_t n;
    if (aln_memory_add_documents(work->memory, &document, 1, &known, &error))
        return complain(input_name(path), &error);
    if (known) {
        note("%s: is in the memory already", path);
        work->known++;
        return EXIT_FOUND;
    }
    if (add_units(work, reader, path, &n)) return EXIT_TROUBLE;
    note("%s: %zu units", input_name(path), n);
    work->n += n;
    return EXIT_FOUND;
}

static int import_units(job *work, aln_reader *reader, const char *path, warnings *seen)
{
    aln_error error = {0};
    AUTO(str) str what = {0};
    if (str_printf(&what, "import %s", input_name(path)))
        return trouble("out of memory");
    if (aln_memory_set_author(work->memory, user_name(), what.at, &error) ||
        aln_memory_begin(work->memory, &error))
        return complain(input_name(path), &error);
    if (add_file(work, reader, path)) {
        aln_memory_rollback(work->memory);
        return EXIT_TROUBLE;
    }
    warnings_end(seen);
    if (aln_memory_commit(work->memory, &error))
        return complain(input_name(path), &error);
    return EXIT_FOUND;
}

static int import_file(job *work, const char *path)
{
    aln_error error = {0};
    warnings seen = {.path = path};
    AUTO(units_reader) aln_reader *reader = NULL;
    work->options.context = &seen;
    if (aln_reader_open(path, &work->options, &reader, &error))
        return complain(input_name(path), &error);
    return import_units(work, reader, path, &seen);
}

/* Texts with a sentence a line are one import together, under the name of the first. */
static int import_lines(job *work, poptContext options, const char *beads)
{
    aln_error error = {0};
    const char **paths = poptGetArgs(options);
    warnings seen = {.path = paths ? paths[0] : NULL};
    AUTO(units_reader) aln_reader *reader = NULL;
    if (!paths || !paths[1]) return trouble("two texts at least are needed");
    work->options.context = &seen;
    if (aln_reader_open_lines(paths, beads, &work->options, &reader, &error))
        return complain(beads ? beads : paths[0], &error);
    if (import_units(work, reader, paths[0], &seen)) return EXIT_TROUBLE;
    return work->n || work->known ? EXIT_FOUND : EXIT_NOTHING;
}

static int import_files(job *work, const char *path, poptContext options)
{
    for (; path; path = poptGetArg(options))
        if (import_file(work, path)) return EXIT_TROUBLE;
    return work->n || work->known ? EXIT_FOUND : EXIT_NOTHING;
}

int cmd_import(int argc, const char **argv)
{
    AUTO(free) char *database = NULL;
    AUTO(free) char *format = NULL;
    AUTO(free) char *langs = NULL;
    AUTO(free) char *beads = NULL;
    int keep_going = 0;
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &database, 0,
         "the memory; made where there is none", "DB"},
        {"format", 'f', POPT_ARG_STRING, &format, 0,
         "tmx, tsv, csv, jsonl, xliff, po or moses; else the content decides", "NAME"},
        {"langs", 'l', POPT_ARG_STRING, &langs, 0,
         "languages of the columns, where the file does not name them", "TAG,TAG"},
        {"beads", 'b', POPT_ARG_STRING, &beads, 0,
         "texts with a sentence a line, joined by a ladder or beads", "FILE"},
        {"keep-going", 'k', POPT_ARG_NONE, &keep_going, 0,
         "leave out what is broken and go on", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE...");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptPeekArg(options);
    if (!database) return trouble("--memory is missing: where to put the units?");
    if (!path) return trouble("no file to import; \"-\" is standard input");

    job work = {.options = {.warn = warnings_print, .keep_going = keep_going}};
    size_t n;
    AUTO(free) char **tags = langs ? parse_languages(langs, &n) : NULL;
    if (langs && !tags) return EXIT_TROUBLE;
    work.options.languages = as_languages(tags);
    if (!parse_format(format, &work.options.format)) return EXIT_TROUBLE;

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    if (aln_memory_open(database, ALN_MEMORY_CREATE, &memory, &error))
        return complain(database, &error);
    work.memory = memory;
    if (beads || work.options.format == ALN_FORMAT_LINES)
        return import_lines(&work, options, beads);
    return import_files(&work, poptGetArg(options), options);
}
