/* bench_exchange - units a second: read, import without and with the index, export.
 *
 *     bench_exchange ROOT [UNITS [FOLDER]]
 *
 * The file is TMX grown from the pairs of corpora/communiques: the lines of both sides of
 * a communiqué in their order, each with two words of the set put in at random, so that no
 * two units are alike.  Each unit has two attributes and a property.  CPU time of one
 * thread; the memory's file and the TMX lie in FOLDER (/tmp), peak memory is the
 * process's.
 *
 * SPDX-License-Identifier: MIT
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <align/exchange.h>
#include <align/lookup.h>
#include <align/memory.h>

#include "base/str.h"
#include "base/vec.h"

enum { DEFAULT_UNITS = 100000, SEED = 1, MOST_LINE = 4096 };

typedef struct side {
    vec(char *) lines;
    vec(char *) words;
} side;

static void must(aln_status status, const aln_error *error)
{
    if (!status) return;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static void need(int failed)
{
    if (!failed) return;
    fprintf(stderr, "out of memory\n");
    exit(1);
}

/* ---- the file ------------------------------------------------------------------------------ */

static void read_lines(const char *path, side *into)
{
    char line[MOST_LINE];
    FILE *stream = fopen(path, "r");
    while (stream && fgets(line, sizeof line, stream)) {
        line[strcspn(line, "\n")] = '\0';
        need(vec_push(&into->lines, strdup(line)));
        for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
            need(vec_push(&into->words, strdup(word)));
    }
    if (stream) fclose(stream);
}

/* Lines of fr and en side by side: where one has more, its rest is left out. */
static void read_corpus(const char *root, side sides[2])
{
    static const char *const names[] = {"fr", "en"};
    char pattern[MOST_LINE];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/corpora/communiques/*/fr.lines", root);
    if (glob(pattern, 0, NULL, &found))
        must(ALN_IO, &(aln_error){.message = "no corpora"});
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t least = SIZE_MAX;
        for (int s = 0; s < 2; s++) {
            memcpy(strrchr(found.gl_pathv[i], '/') + 1, names[s], 2);
            read_lines(found.gl_pathv[i], &sides[s]);
            if (sides[s].lines.n < least) least = sides[s].lines.n;
        }
        sides[0].lines.n = sides[1].lines.n = least;
    }
    globfree(&found);
    if (!sides[0].lines.n || !sides[1].lines.n)
        must(ALN_IO, &(aln_error){.message = "empty corpora"});
}

static void grow(const side *from, size_t line, unsigned *seed, str *out)
{
    const char *text = from->lines.at[line];
    size_t half = strlen(text) / 2;
    while (text[half] && text[half] != ' ')
        half++;
    str_clear(out);
    need(str_printf(out, "%.*s %s%s %s", (int)half, text,
                    from->words.at[(size_t)rand_r(seed) % from->words.n], text + half,
                    from->words.at[(size_t)rand_r(seed) % from->words.n]));
}

static void write_file(const side sides[2], const char *path, size_t units)
{
    unsigned seed = SEED;
    aln_error error = {0};
    aln_writer *writer;
    str texts[2] = {{0}, {0}};
    static const aln_meta meta[] = {
        {.kind = ALN_META_ATTRIBUTE,
         .name = "creationdate",
         .value = "20200102T030405Z"},
        {.kind = ALN_META_ATTRIBUTE, .name = "changeid", .value = "bench"},
        {.kind = ALN_META_PROPERTY, .name = "x-project", .value = "bench"},
    };
    FILE *stream = fopen(path, "w");
    if (!stream) must(ALN_IO, &(aln_error){.message = "cannot write"});
    must(aln_writer_open(stream, NULL, &writer, &error), &error);
    for (size_t i = 0; i < units; i++) {
        aln_variant variants[2] = {{.language = "fr"}, {.language = "en"}};
        for (int s = 0; s < 2; s++) {
            grow(&sides[s], i % sides[s].lines.n, &seed, &texts[s]);
            variants[s].text = texts[s].at;
            variants[s].size = texts[s].size;
        }
        const aln_unit unit = {.score = ALN_NO_SCORE,
                               .variants = variants,
                               .n_variants = 2,
                               .meta = meta,
                               .n_meta = 3};
        must(aln_writer_add(writer, &unit, &error), &error);
    }
    must(aln_writer_finish(writer, &error), &error);
    aln_writer_close(writer);
    fclose(stream);
    str_done(&texts[0]);
    str_done(&texts[1]);
}

/* ---- what is measured ---------------------------------------------------------------------- */

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void show(const char *what, size_t units, double began)
{
    struct rusage usage;
    double seconds = cpu() - began;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-24s %9.0f units/s %8.2f s  peak %ld MB\n", what, (double)units / seconds,
           seconds, usage.ru_maxrss / 1024);
    fflush(stdout);
}

static void read_file(const char *path, size_t units)
{
    aln_error error = {0};
    aln_reader *reader;
    const aln_unit *unit = NULL;
    double began = cpu();
    must(aln_reader_open(path, NULL, &reader, &error), &error);
    do
        must(aln_reader_next(reader, &unit, &error), &error);
    while (unit);
    aln_reader_close(reader);
    show("read", units, began);
}

static void import(const char *path, const char *database, bool index, size_t units)
{
    aln_error error = {0};
    aln_reader *reader;
    aln_memory *memory;
    const aln_unit *unit = NULL;
    const aln_document document = {.uri = path};
    bool known;
    double began = cpu();
    must(aln_reader_open(path, NULL, &reader, &error), &error);
    must(aln_memory_open(database, ALN_MEMORY_CREATE, &memory, &error), &error);
    must(aln_memory_begin(memory, &error), &error);
    if (!index) must(aln_index_drop(memory, &error), &error);
    must(aln_memory_add_documents(memory, &document, 1, &known, &error), &error);
    do {
        must(aln_reader_next(reader, &unit, &error), &error);
        if (unit) must(aln_memory_add_unit(memory, unit, NULL, &error), &error);
    } while (unit);
    must(aln_memory_commit(memory, &error), &error);
    show(index ? "import, with the index" : "import, without", units, began);
    if (!index) {
        began = cpu();
        must(aln_index_rebuild(memory, NULL, NULL, &error), &error);
        show("the index, afterwards", units, began);
    }
    aln_memory_close(memory);
    aln_reader_close(reader);
}

static void export(const char *database, size_t units)
{
    aln_error error = {0};
    aln_memory *memory;
    aln_cursor *cursor;
    aln_writer *writer;
    const aln_unit *unit = NULL;
    FILE *stream = fopen("/dev/null", "w");
    double began = cpu();
    must(aln_memory_open(database, ALN_MEMORY_READ, &memory, &error), &error);
    must(aln_memory_units(memory, NULL, &cursor, &error), &error);
    must(aln_writer_open(stream, NULL, &writer, &error), &error);
    do {
        must(aln_cursor_next(cursor, &unit, &error), &error);
        if (unit) must(aln_writer_add(writer, unit, &error), &error);
    } while (unit);
    must(aln_writer_finish(writer, &error), &error);
    aln_writer_close(writer);
    aln_cursor_free(cursor);
    aln_memory_close(memory);
    fclose(stream);
    show("export as TMX", units, began);
}

int main(int argc, char **argv)
{
    const char *root = argc > 1 ? argv[1] : ".", *folder = argc > 3 ? argv[3] : "/tmp";
    size_t units = argc > 2 ? strtoul(argv[2], NULL, 10) : DEFAULT_UNITS;
    char path[MOST_LINE], plain[MOST_LINE], indexed[MOST_LINE];
    side sides[2] = {0};
    snprintf(path, sizeof path, "%s/bench-exchange-%d.tmx", folder, (int)getpid());
    snprintf(plain, sizeof plain, "%s/bench-exchange-%d-0.db", folder, (int)getpid());
    snprintf(indexed, sizeof indexed, "%s/bench-exchange-%d-1.db", folder,
             (int)getpid());
    read_corpus(root, sides);
    write_file(sides, path, units);
    read_file(path, units);
    import(path, plain, false, units);
    import(path, indexed, true, units);
    export(indexed, units);
    unlink(path);
    unlink(plain);
    unlink(indexed);
    return 0;
}
