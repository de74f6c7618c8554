/* bitext export - write the units of a memory into a file.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "units.h"

enum { STEP = 1000 };

typedef struct job {
    aln_memory *memory;
    aln_filter filter;
    aln_write_options options;
    const char *path; /* NULL: stdout */
    size_t split;     /* bytes a file, or 0 */
    size_t files;
    size_t n;
    output out; /* of the file that is being written */
    aln_writer *writer;
} job;

/* ---- which languages: asked for, or those that the units have -------------------------- */

typedef struct tag_list {
    vec(const char *) tags; /* ends with NULL once complete */
} tag_list;

static void tag_list_done(tag_list *list)
{
    for (size_t i = 0; i < list->tags.n; i++)
        free((char *)list->tags.at[i]);
    vec_free(&list->tags);
}

static void auto_tag_list(tag_list *list)
{
    tag_list_done(list);
}

static bool has_tag(const tag_list *list, const char *tag)
{
    for (size_t i = 0; i < list->tags.n; i++)
        if (strcasecmp(list->tags.at[i], tag) == 0) return true;
    return false;
}

static aln_status add_tag(tag_list *list, const char *tag)
{
    if (tag && has_tag(list, tag)) return ALN_OK;
    char *copy = tag ? strdup(tag) : NULL;
    if (tag && !copy) return ALN_NO_MEMORY;
    if (vec_push(&list->tags, copy) == ALN_OK) return ALN_OK;
    free(copy);
    return ALN_NO_MEMORY;
}

/* Tables need to know their columns before the first row. */
static int collect_tags(job *work, const char *database, tag_list *list)
{
    aln_error error = {0};
    AUTO(cursor) aln_cursor *cursor = NULL;
    if (aln_memory_units(work->memory, &work->filter, &cursor, &error))
        return complain(database, &error);
    for (;;) {
        const aln_unit *unit;
        if (aln_cursor_next(cursor, &unit, &error)) return complain(database, &error);
        if (!unit) break;
        for (size_t i = 0; i < unit->n_variants; i++)
            if (add_tag(list, unit->variants[i].language))
                return trouble("out of memory");
    }
    return add_tag(list, NULL) ? trouble("out of memory") : EXIT_FOUND;
}

/* ---- files ------------------------------------------------------------------------------- */

/* "m.tmx.gz" -> "m-2.tmx.gz" for the second part. */
static aln_status part_name(const job *work, str *name)
{
    const char *slash = strrchr(work->path, '/');
    const char *dot = strchr(slash ? slash : work->path, '.');
    size_t stem = dot ? (size_t)(dot - work->path) : strlen(work->path);
    return str_printf(name, "%.*s-%zu%s", (int)stem, work->path, work->files,
                      work->path + stem);
}

static int open_file(job *work)
{
    aln_error error = {0};
    AUTO(str) str name = {0};
    work->files++;
    if (work->split && part_name(work, &name)) return trouble("out of memory");
    if (output_open(&work->out, work->split ? name.at : work->path))
        return EXIT_TROUBLE;
    if (aln_writer_open(work->out.stream, &work->options, &work->writer, &error))
        return complain(work->out.name, &error);
    return EXIT_FOUND;
}

static int close_file(job *work)
{
    aln_error error = {0};
    if (!work->writer) return EXIT_FOUND;
    if (aln_writer_finish(work->writer, &error)) return complain("export", &error);
    aln_writer_close(STEAL(work->writer));
    return output_commit(&work->out);
}

static int write_unit(job *work, const aln_unit *unit)
{
    aln_error error = {0};
    bool full =
        work->writer && work->split && aln_writer_size(work->writer) >= work->split;
    if (full && close_file(work)) return EXIT_TROUBLE;
    if (!work->writer && open_file(work)) return EXIT_TROUBLE;
    if (aln_writer_add(work->writer, unit, &error))
        return complain(work->path ? work->path : "stdout", &error);
    work->n++;
    return EXIT_FOUND;
}

static int write_units(job *work, const char *database)
{
    aln_error error = {0};
    AUTO(cursor) aln_cursor *cursor = NULL;
    if (aln_memory_units(work->memory, &work->filter, &cursor, &error))
        return complain(database, &error);
    progress bar = progress_start("units", 0);
    int status = EXIT_FOUND;
    while (status == EXIT_FOUND) {
        const aln_unit *unit;
        if (aln_cursor_next(cursor, &unit, &error)) status = complain(database, &error);
        if (status || !unit) break;
        status = write_unit(work, unit);
        if (work->n % STEP == 0) progress_step(&bar, work->n);
    }
    progress_end(&bar);
    return status;
}

static int export_units(job *work, const char *database)
{
    AUTO(tag_list) tag_list list = {0};
    bool is_table = work->options.format == ALN_FORMAT_TSV ||
                    work->options.format == ALN_FORMAT_CSV;
    if (is_table && !work->options.languages) {
        if (collect_tags(work, database, &list)) return EXIT_TROUBLE;
        work->options.languages = list.tags.at;
        if (list.tags.n == 1) return EXIT_NOTHING;
    }
    int status = write_units(work, database);
    if (!status && !work->writer) status = open_file(work); /* nothing to write */
    if (!status) status = close_file(work);
    aln_writer_close(work->writer);
    output_abandon(&work->out);
    if (status) return status;
    if (work->path) note("%s: %zu units", work->path, work->n);
    return work->n ? EXIT_FOUND : EXIT_NOTHING;
}

/* ---- options ------------------------------------------------------------------------------- */

/* "500k", "20M", "1G". */
static bool parse_size(const char *text, size_t *size)
{
    char *end;
    double number = strtod(text, &end);
    static const char units[] = "kmg";
    double scale = 1;
    const char *unit = *end ? strchr(units, *end | 0x20) : NULL;
    if (unit) {
        for (const char *at = units; at <= unit; at++)
            scale *= 1024;
        end++;
    }
    if (end == text || *end || !(number > 0) || number * scale > 1e18) return false;
    *size = (size_t)(number * scale);
    return true;
}

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n > m && strcasecmp(path + n - m, end) == 0;
}

typedef struct arguments {
    char *database, *format, *langs, *path, *document, *source, *since, *until,
        *encoding, *split, *date;
    double min_score;
    int level;
} arguments;

static void auto_arguments(arguments *given)
{
    char *const all[] = {given->database, given->format, given->langs, given->path,
                         given->document, given->source, given->since, given->until,
                         given->encoding, given->split,  given->date};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static bool is_header_date(const char *date)
{
    int end = 0;
    if (date) sscanf(date, "%*8[0-9]T%*6[0-9]Z%n", &end);
    if (!date || (end == 16 && !date[end])) return true;
    trouble("--date %s: is not written as 20170609T083400Z", date);
    return false;
}

static int set_output(job *work, const arguments *given)
{
    aln_format format;
    if (!parse_format(given->format, &format)) return EXIT_TROUBLE;
    bool to_file = given->path && strcmp(given->path, "-") != 0;
    if (!format && to_file) format = aln_format_of_path(given->path);
    work->path = to_file ? given->path : NULL;
    work->options.format = format ? format : ALN_FORMAT_TMX;
    work->options.gzip = to_file && ends_in(given->path, ".gz");
    const char *encoding = given->encoding ? given->encoding : "utf-8";
    work->options.utf16 = strcasecmp(encoding, "utf-16") == 0;
    if (!work->options.utf16 && strcasecmp(encoding, "utf-8") != 0)
        return trouble("--encoding %s: there are utf-8 and utf-16", encoding);
    if (given->split && !parse_size(given->split, &work->split))
        return trouble("--split %s: is no size such as 500k or 20M", given->split);
    if (work->split && !to_file) return trouble("--split needs -o FILE");
    if (given->level < 0 || given->level > 2)
        return trouble("--level %d: there are 1 (without tags) and 2", given->level);
    if (!is_score(given->min_score, "--min-score") || !is_header_date(given->date) ||
        !is_date(given->since, "--since") || !is_date(given->until, "--until"))
        return EXIT_TROUBLE;
    work->options.level = given->level;
    work->options.date = given->date;
    return EXIT_FOUND;
}

static bool are_different(char *const *tags)
{
    for (size_t i = 0; tags && tags[i]; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(tags[i], tags[k]) == 0) {
                trouble("--langs: %s stands there twice", tags[i]);
                return false;
            }
    return true;
}

static int run(const arguments *given)
{
    job work = {.filter = {.document = given->document,
                           .source = given->source,
                           .since = given->since,
                           .until = given->until,
                           .min_score = given->min_score}};
    if (!given->database) return trouble("--memory is missing: what to export?");
    if (set_output(&work, given)) return EXIT_TROUBLE;
    size_t n;
    AUTO(free) char **tags = given->langs ? parse_languages(given->langs, &n) : NULL;
    if ((given->langs && !tags) || !are_different(tags)) return EXIT_TROUBLE;
    work.filter.languages = work.options.languages = as_languages(tags);

    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    if (aln_memory_open(given->database, ALN_MEMORY_READ, &memory, &error))
        return complain(given->database, &error);
    work.memory = memory;
    if (aln_memory_header(memory, &work.filter, &work.options.header,
                          &work.options.n_header, &error))
        return complain(given->database, &error);
    return export_units(&work, given->database);
}

int cmd_export(int argc, const char **argv)
{
    __attribute__((cleanup(auto_arguments))) arguments given = {0};
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &given.database, 0, "the memory", "DB"},
        {"output", 'o', POPT_ARG_STRING, &given.path, 0,
         "where to write; .gz at its end compresses", "FILE"},
        {"format", 'f', POPT_ARG_STRING, &given.format, 0,
         "tmx, tsv, csv, jsonl, xliff, xliff2 or tbx; else by FILE", "NAME"},
        {"langs", 'l', POPT_ARG_STRING, &given.langs, 0,
         "units that have all of these languages, the source first", "TAG,TAG"},
        {"level", '\0', POPT_ARG_INT, &given.level, 0, "TMX: 1 leaves out inline tags",
         "1|2"},
        {"document", '\0', POPT_ARG_STRING, &given.document, 0,
         "units of this document", "URI"},
        {"source", '\0', POPT_ARG_STRING, &given.source, 0,
         "units of documents from this source", "NAME"},
        {"since", '\0', POPT_ARG_STRING, &given.since, 0,
         "units of documents of this date or later", "DATE"},
        {"until", '\0', POPT_ARG_STRING, &given.until, 0,
         "units of documents of this date or earlier", "DATE"},
        {"min-score", '\0', POPT_ARG_DOUBLE, &given.min_score, 0,
         "units whose alignment scores at least this, 0 to 1", "X"},
        {"encoding", '\0', POPT_ARG_STRING, &given.encoding, 0,
         "utf-8 (the default) or utf-16", "NAME"},
        {"split", '\0', POPT_ARG_STRING, &given.split, 0,
         "begin another file after this many bytes: FILE-1, FILE-2 ...", "SIZE"},
        {"date", '\0', POPT_ARG_STRING, &given.date, 0,
         "creationdate of the TMX header, YYYYMMDDThhmmssZ", "DATE"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "");
    if (!options) return EXIT_TROUBLE;
    const char *named = given.database ? NULL : poptGetArg(options);
    if (named) given.database = strdup(named);
    if (poptPeekArg(options))
        return trouble("%s: one memory at a time, named by --memory",
                       poptPeekArg(options));
    return run(&given);
}
