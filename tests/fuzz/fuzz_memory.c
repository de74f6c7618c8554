/* fuzz_memory.c - a memory that somebody has been at: opened, checked, walked, looked
 * through, exported and written to, without a crash and within bounds.
 *
 *     pr OOOV OOOV ...     bytes V at places O (three bytes) of a good memory; read it
 *     pw OOOV ...          the same, written to
 *     sr SQL, sw SQL       a good memory after these statements
 *
 * Failures are welcome, if they say why.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/beads.h>
#include <align/concordance.h>
#include <align/exchange.h>
#include <align/lookup.h>
#include <align/manage.h>
#include <align/memory.h>

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DOCUMENTS = 2, UNITS = 12, MOST_STEPS = 20000, MOST_UNITS = 100000 };

static char folder[] = "/dev/shm/fuzz_memory.XXXXXX";
static char path[sizeof folder + 8];
static char *image; /* the good memory */
static size_t image_size;

static void must(aln_status status)
{
    if (status) abort();
}

/* A failure says why. */
static bool fails(aln_status status, aln_error *error)
{
    if (status && !*error->message) abort();
    *error = (aln_error){0};
    return status != ALN_OK;
}

/* ---- a good memory ---- */

static void add_unit(aln_memory *memory, int document, int i)
{
    aln_error error = {0};
    char french[80], english[80];
    snprintf(french, sizeof french, "La %d%s phrase du document %d.", i,
             i == 1 ? "re" : "e", document);
    snprintf(english, sizeof english, "Sentence %d of document %d.", i, document);
    const aln_meta note = {.kind = ALN_META_NOTE, .value = "seen"};
    const aln_variant variants[] = {
        {.language = "fr", .text = french, .size = strlen(french)},
        {.language = "en", .text = english, .size = strlen(english)},
        {.language = "zh",
         .text = "第一句。",
         .size = 12,
         .markup = "第<ph x=\"1\"/>一句。",
         .markup_size = 23,
         .meta = &note,
         .n_meta = 1}};
    const aln_unit unit = {.score = 0.9,
                           .variants = variants,
                           .n_variants = i % 4 ? 2 : 3,
                           .meta = &note,
                           .n_meta = i % 2};
    must(aln_memory_add_unit(memory, &unit, NULL, &error));
}

static aln_status recall(void *context, const void *bytes, size_t size,
                         aln_error *error)
{
    return size == 5 ? ALN_OK : ALN_CORRUPT;
}

static aln_status take(void *context, const aln_unit *unit, aln_error *error)
{
    return ALN_OK;
}

static aln_status save(void *context, const void **bytes, size_t *size,
                       aln_error *error)
{
    *bytes = "words";
    *size = 5;
    return ALN_OK;
}

static const aln_pupil pupil = {NULL, recall, take, save};

static void fill(aln_memory *memory)
{
    aln_error error = {0};
    static const aln_meta header = {
        .kind = ALN_META_PROPERTY, .name = "x-client", .value = "SCO"};
    for (int d = 0; d < DOCUMENTS; d++) {
        const aln_document document = {.uri = d ? "b.html" : "a.html",
                                       .sha256 = "0123456789abcdef0123456789abcdef"
                                                 "0123456789abcdef0123456789abcdef",
                                       .date = "2017-06-09"};
        bool known;
        must(aln_memory_begin(memory, &error));
        must(aln_memory_add_documents(memory, &document, 1, &known, &error));
        must(aln_memory_add_header(memory, &header, 1, &error));
        for (int i = 0; i < UNITS; i++)
            add_unit(memory, d, i);
        must(aln_memory_commit(memory, &error));
    }
    must(aln_memory_learn(memory, "words", &pupil, &error));
    must(aln_memory_delete(memory, 7, &error));
    must(aln_memory_set_flags(memory, 9, ALN_FLAG_APPROVED, 0, &error));
    must(aln_index_rebuild(memory, NULL, NULL, &error));
    add_unit(memory, 1, UNITS); /* in the index's tail */
}

static void remove_files(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[sizeof path + 8];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static void leave(void)
{
    remove_files();
    free(image);
    rmdir(folder);
}

static void make_image(void)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    char other[] = "/tmp/fuzz_memory.XXXXXX";
    if (!mkdtemp(folder) && !mkdtemp(strcpy(folder, other))) abort();
    snprintf(path, sizeof path, "%s/m.db", folder);
    must(aln_memory_open(path, ALN_MEMORY_CREATE, &memory, &error));
    fill(memory);
    aln_memory_close(memory);
    must(file_read(path, 1 << 24, &image, &image_size, &error));
    atexit(leave);
}

/* ---- somebody has been at it ---- */

static void patch(char *bytes, const uint8_t *data, size_t size)
{
    for (; size >= 4; data += 4, size -= 4) {
        size_t at = (size_t)data[0] << 16 | (size_t)data[1] << 8 | data[2];
        bytes[at % image_size] = (char)data[3];
    }
}

static void write_image(const uint8_t *data, size_t size)
{
    AUTO(free) char *bytes = malloc(image_size);
    FILE *stream = fopen(path, "wb");
    if (!bytes || !stream) abort();
    memcpy(bytes, image, image_size);
    patch(bytes, data, size);
    if (fwrite(bytes, 1, image_size, stream) != image_size || fclose(stream)) abort();
}

/* No other files: only this database is the fuzzer's to write. */
static int allow(void *context, int action, const char *a, const char *b, const char *c,
                 const char *d)
{
    if (action == SQLITE_ATTACH) return SQLITE_DENY;
    bool stays =
        action == SQLITE_PRAGMA && a && sqlite3_stricmp(a, "journal_mode") == 0;
    return stays ? SQLITE_DENY : SQLITE_OK;
}

static int stop(void *context)
{
    return 1;
}

static void run_sql(const uint8_t *data, size_t size)
{
    sqlite3 *handle = NULL;
    AUTO(free) char *sql = malloc(size + 1);
    if (!sql || sqlite3_open(path, &handle)) abort();
    memcpy(sql, data, size);
    sql[size] = '\0';
    sqlite3_set_authorizer(handle, allow, NULL);
    sqlite3_progress_handler(handle, MOST_STEPS, stop, NULL);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 1 << 20);
    sqlite3_exec(handle, sql, NULL, NULL, NULL);
    sqlite3_close(handle);
}

/* ---- use ---- */

static void use_units(aln_memory *memory)
{
    aln_error error = {0};
    aln_cursor *cursor = NULL;
    aln_writer *writer = NULL;
    const aln_unit *unit = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    aln_write_options options = {.format = ALN_FORMAT_TMX};
    fails(aln_memory_header(memory, NULL, &options.header, &options.n_header, &error),
          &error);
    if (!stream || aln_writer_open(stream, &options, &writer, &error)) abort();
    if (!fails(aln_memory_units(memory, NULL, &cursor, &error), &error))
        for (int i = 0; !fails(aln_cursor_next(cursor, &unit, &error), &error) && unit;
             i++) {
            if (i > MOST_UNITS) abort();
            fails(aln_writer_add(writer, unit, &error), &error);
        }
    fails(aln_writer_finish(writer, &error), &error);
    aln_writer_close(writer);
    aln_cursor_free(cursor);
    fclose(stream);
    free(text);
}

static void use_lookup(aln_memory *memory, const char *from, const char *to,
                       const char *text)
{
    aln_error error = {0};
    aln_lookup *lookup = NULL;
    const aln_lookup_options options = {
        .source = from, .target = to, .min = 0.5, .explain = true};
    if (fails(aln_lookup_new(memory, &options, &lookup, &error), &error)) return;
    const aln_match *matches;
    const aln_fragment *fragments;
    size_t n;
    if (!fails(aln_lookup_find(lookup, text, strlen(text), &matches, &n, &error),
               &error))
        for (size_t i = 0; i < n; i++)
            if (!matches[i].target || matches[i].score > 102) abort();
    fails(aln_lookup_fragments(lookup, text, strlen(text), &fragments, &n, &error),
          &error);
    aln_lookup_free(lookup);
}

static void use_search(aln_memory *memory, const char *query, bool regex)
{
    aln_error error = {0};
    aln_search *search = NULL;
    const aln_hit *hit = NULL;
    const aln_search_options options = {.regex = regex};
    if (fails(aln_search_new(memory, query, &options, &search, &error), &error)) return;
    while (!fails(aln_search_next(search, &hit, &error), &error) && hit)
        if (hit->n_found && hit->found[0].end > hit->size) abort();
    aln_search_free(search);
}

static bool hear(void *context, const aln_change *change)
{
    return true;
}

static void use_rest(aln_memory *memory)
{
    aln_error error = {0};
    aln_summary *summary = NULL;
    size_t n;
    const aln_dedupe_options dry = {.dry_run = true, .same_source = true};
    const aln_replacement words = {.from = "e", .to = "é", .dry_run = true};
    fails(aln_memory_check(memory, NULL, NULL, &n, &error), &error);
    fails(aln_memory_history(memory, 0, hear, NULL, &error), &error);
    fails(aln_memory_summary(memory, &summary, &error), &error);
    aln_summary_free(summary);
    fails(aln_memory_dedupe(memory, NULL, &dry, &n, &error), &error);
    fails(aln_memory_diff(memory, memory, NULL, NULL, &n, &error), &error);
    fails(aln_memory_replace(memory, NULL, &words, NULL, NULL, &n, &error), &error);
    fails(aln_memory_learn(memory, "words", &pupil, &error), &error);
}

static void change(aln_memory *memory)
{
    aln_error error = {0};
    const aln_variant variant = {.language = "fr", .text = "La phrase.", .size = 10};
    const aln_unit unit = {
        .id = 11, .score = ALN_NO_SCORE, .variants = &variant, .n_variants = 1};
    fails(aln_memory_edit(memory, &unit, &error), &error);
    fails(aln_memory_add_unit(memory, &unit, NULL, &error), &error);
    fails(aln_memory_delete(memory, 12, &error), &error);
    for (int i = 0; i < 4; i++)
        fails(aln_memory_undo(memory, NULL, NULL, &error), &error);
    fails(aln_index_rebuild(memory, NULL, NULL, &error), &error);
}

static void use(aln_memory_mode mode)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    if (fails(aln_memory_open(path, mode, &memory, &error), &error)) return;
    use_rest(memory);
    use_units(memory);
    use_lookup(memory, "fr", "en", "La 3e phrase du document 1.");
    use_lookup(memory, "zh", "fr", "第一句");
    use_search(memory, "phrase 3*", false);
    use_search(memory, "d.c", true);
    if (mode == ALN_MEMORY_WRITE) change(memory);
    aln_memory_close(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!image) make_image();
    if (size < 2) return 0;
    bool is_sql = data[0] == 's';
    remove_files();
    write_image(data + 2, is_sql ? 0 : size - 2);
    if (is_sql) run_sql(data + 2, size - 2);
    use(data[1] == 'w' ? ALN_MEMORY_WRITE : ALN_MEMORY_READ);
    return 0;
}
