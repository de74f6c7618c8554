/* bitext import - put the units of files into a memory.
 *
 * Each file is a document of the memory, known by its name and its bytes: importing it
 * again changes nothing, importing another version of it replaces its units.  A file goes
 * in whole or not at all; with --commit-every, in parts that are each there or not, and
 * an interrupted import goes on where it was when it is run again.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <sha256.h>
#include <string.h>

#include "units.h"

enum { STEP = 1000, MOST_DOCUMENTS = 32 };

typedef struct job {
    aln_memory *memory;
    aln_read_options options;
    int commit_every;
    bool no_index, approve;
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

/* What is being imported: one file, or texts that belong together. */
typedef struct import {
    aln_reader *reader;
    const char *path; /* for messages */
    aln_document documents[MOST_DOCUMENTS];
    char digits[MOST_DOCUMENTS][SHA256_DIGEST_STRING_LENGTH];
    size_t n_documents;
    size_t n; /* units read */
    bool at_end;
    progress bar;
} import;

static aln_status add_unit(const job *work, const aln_unit *unit, aln_error *error)
{
    aln_unit added = *unit;
    if (work->approve) added.flags |= ALN_FLAG_APPROVED;
    return aln_memory_add_unit(work->memory, &added, NULL, error);
}

/* Read up to `most` units (0: all) and add them, unless they are known. */
static int add_units(job *work, import *from, size_t most, bool known)
{
    aln_error error = {0};
    for (size_t n = 0; most == 0 || n < most; n++) {
        const aln_unit *unit;
        if (aln_reader_next(from->reader, &unit, &error) ||
            (unit && !known && add_unit(work, unit, &error)))
            return complain(input_name(from->path), &error);
        from->at_end = unit == NULL;
        if (!unit) break;
        work->n += !known;
        show_progress(&from->bar, from->reader, ++from->n);
    }
    return EXIT_FOUND;
}

static aln_status begin_part(job *work, import *from, bool *known, aln_error *error)
{
    size_t n;
    const aln_meta *header = aln_reader_header(from->reader, &n);
    TRY(aln_memory_begin(work->memory, error));
    TRY(aln_memory_add_documents(work->memory, from->documents, from->n_documents,
                                 known, error));
    if (*known) return ALN_OK;
    if (work->no_index) TRY(aln_index_drop(work->memory, error));
    return aln_memory_add_header(work->memory, header, n, error);
}

/* One transaction. */
static int add_part(job *work, import *from, size_t most)
{
    aln_error error = {0};
    bool known = false;
    if (begin_part(work, from, &known, &error)) {
        aln_memory_rollback(work->memory);
        return complain(input_name(from->path), &error);
    }
    from->at_end = known && most == 0;
    work->known += known;
    if (known && most == 0) note("%s: is in the memory already", from->path);
    if (!from->at_end && add_units(work, from, most, known)) {
        aln_memory_rollback(work->memory);
        return EXIT_TROUBLE;
    }
    if (aln_memory_commit(work->memory, &error))
        return complain(input_name(from->path), &error);
    return EXIT_FOUND;
}

/* With --commit-every each part is a document of its own, "m.tmx#50000" being the part
 * that begins after as many units: what is there already is passed over. */
static int add_parts(job *work, import *from)
{
    size_t most = (size_t)work->commit_every;
    const char *uri = from->documents[0].uri;
    int status = EXIT_FOUND;
    while (!status && !from->at_end) {
        AUTO(str) str part = {0};
        if (str_printf(&part, "%s#%zu", uri, from->n)) return trouble("out of memory");
        if (most) from->documents[0].uri = part.at;
        status = add_part(work, from, most);
        from->documents[0].uri = uri;
    }
    return status;
}

static int import_units(job *work, import *from, warnings *seen)
{
    aln_error error = {0};
    AUTO(str) str what = {0};
    size_t before = work->n;
    if (str_printf(&what, "import %s", input_name(from->path)))
        return trouble("out of memory");
    if (aln_memory_set_author(work->memory, user_name(), what.at, &error))
        return complain(input_name(from->path), &error);
    from->bar = progress_start("units", 0);
    int status = add_parts(work, from);
    progress_end(&from->bar);
    if (status) return status;
    warnings_end(seen);
    if (work->n > before || !work->known)
        note("%s: %zu units", input_name(from->path), work->n - before);
    return EXIT_FOUND;
}

static void add_document(import *from, const char *path, const char *language)
{
    size_t i = from->n_documents++;
    from->documents[i] = (aln_document){.uri = input_name(path),
                                        .sha256 = hash_of(path, from->digits[i]),
                                        .language = language};
}

static int import_file(job *work, const char *path)
{
    aln_error error = {0};
    warnings seen = {.path = path};
    AUTO(units_reader) aln_reader *reader = NULL;
    work->options.context = &seen;
    if (aln_reader_open(path, &work->options, &reader, &error)) {
        if (error.status != ALN_UNSUPPORTED) return complain(input_name(path), &error);
        return trouble("%s: %s; texts and pages are for \"bitext align\"",
                       input_name(path), error.message);
    }
import from = {.reader = reader, .path = path };
    add_document(&from, path, NULL);
    return import_units(work, &from, &seen);
}

/* Texts with a sentence a line are one import together, each a document of its own. */
static int import_lines(job *work, poptContext options, const char *beads)
{
    aln_error error = {0};
    const char **paths = poptGetArgs(options);
    const char *name = beads ? beads : paths ? paths[0] : NULL;
    warnings seen = {.path = name};
    AUTO(units_reader) aln_reader *reader = NULL;
    if (!paths || !paths[1]) return trouble("two texts at least are needed");
    work->options.context = &seen;
    if (aln_reader_open_lines(paths, beads, &work->options, &reader, &error))
        return complain(name, &error);
import from = {.reader = reader, .path = name };
    for (size_t i = 0; paths[i] && i < MOST_DOCUMENTS; i++)
        add_document(&from, paths[i], work->options.languages[i]);
    if (import_units(work, &from, &seen)) return EXIT_TROUBLE;
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
    int keep_going = 0, commit_every = 0, no_index = 0, approve = 0;
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &database, 0,
         "the memory; made where there is none", "DB"},
        {"format", 'f', POPT_ARG_STRING, &format, 0,
         "tmx, tsv, csv, jsonl, xliff, po or moses; else the content decides", "NAME"},
        {"langs", 'l', POPT_ARG_STRING, &langs, 0,
         "languages of the columns, where the file does not name them", "TAG,TAG"},
        {"beads", 'b', POPT_ARG_STRING, &beads, 0,
         "texts with a sentence a line, joined by a ladder or beads", "FILE"},
        {"commit-every", '\0', POPT_ARG_INT, &commit_every, 0,
         "keep what was read so far after every N units", "N"},
        {"no-index", '\0', POPT_ARG_NONE, &no_index, 0,
         "leave the index to \"bitext index --rebuild\"", NULL},
        {"approve", '\0', POPT_ARG_NONE, &approve, 0,
         "a person has read the units: they are right", NULL},
        {"keep-going", 'k', POPT_ARG_NONE, &keep_going, 0,
         "leave out what is broken and go on", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE...");
    if (!options) return EXIT_TROUBLE;
    const char *path = poptPeekArg(options);
    if (!database) return trouble("--memory is missing: where to put the units?");
    if (!path) return trouble("no file to import; \"-\" is standard input");

    if (commit_every < 0)
        return trouble("--commit-every %d: is no number", commit_every);
    job work = {.commit_every = commit_every,
                .no_index = no_index,
                .approve = approve,
                .options = {.warn = warnings_print, .keep_going = keep_going}};
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
