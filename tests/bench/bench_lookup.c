/* bench_lookup - brute force, SQLite's FTS5 and the index, side by side in one process.
 *
 *     bench_lookup [ROOT [FILE.tsv [UNITS [QUERIES]]]]
 *
 * Without a file the sentences are made up: words by Zipf's law, and of every ten
 * sentences nine are others with 10 to 60 % of their words changed, as in the memory of
 * an organisation that writes alike.  Queries are sentences of the memory with a few
 * words changed.  Brute force compares all codes bit-parallel, lengths filtered; FTS5
 * takes the best 50 units by bm25 that hold any word of the query, and compares those.
 * Recall is the share of queries whose greatest base is found.
 *
 * After the table: two threads with a handle each over the same file against one; what a
 * lookup takes from opening the file on, one unit more on the disk, and the first page
 * of searches.  The file is in the cache of the system.
 *
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <align/concordance.h>
#include <align/lookup.h>
#include <sqlite3.h>

#include "base/vec.h"
#include "lookup/distance.h"
#include "store/index_format.h"

#include "sentences.h"

enum { LIMIT = 5, FTS_CANDIDATES = 50, THREADS = 2, TIMES = 50, PAGE = 20 };
static const double LEAST = 0.7;

typedef struct coded {
    char *text;
    unsigned char *codes;
    size_t n;
} coded;

static vec(coded) units;
static vec(coded) queries;
static double *truth;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* -- sentences ------------------------------------------------------------------------ */

static coded encode(const char *text)
{
    static index_text tokens;
    coded made = {.text = strdup(text)};
    if (index_text_read(&tokens, text, strlen(text), NULL)) die("out of memory");
    made.n = tokens.n;
    made.codes = malloc(2 * tokens.n + 1);
    if (!made.text || !made.codes) die("out of memory");
    for (size_t i = 0; i < tokens.n; i++)
        index_put(made.codes + 2 * i, index_code(tokens.hashes[i]), 2);
    return made;
}

static void keep(const char *text)
{
    if (vec_push(&units, encode(text))) die("out of memory");
}

static void make_units(size_t n)
{
    str text = {0};
    for (size_t i = 0; i < n; i++) {
        if (i % 10 == 0)
            make_sentence(&text);
        else
            disturb(units.at[below((uint32_t)i)].text, 10 + below(50), &text);
        keep(str_text(&text));
    }
    str_done(&text);
}

static void read_units(const char *path, size_t n)
{
    FILE *stream = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!stream) die("cannot open the file");
    while (units.n < n && getline(&line, &cap, stream) > 0) {
        line[strcspn(line, "\t\r\n")] = '\0';
        keep(line);
    }
    free(line);
    fclose(stream);
}

static void make_queries(size_t n)
{
    str text = {0};
    for (size_t i = 0; i < n; i++) {
        disturb(units.at[below((uint32_t)units.n)].text, below(40), &text);
        if (vec_push(&queries, encode(str_text(&text)))) die("out of memory");
    }
    str_done(&text);
}

/* -- measuring ------------------------------------------------------------------------ */

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double base_of(pattern *p, const coded *query, const coded *unit, double least)
{
    size_t longer = query->n > unit->n ? query->n : unit->n;
    size_t most = (size_t)((1 - least) * (double)longer + 1e-9);
    size_t d = pattern_distance(p, unit->codes, unit->n, most);
    return d > most || !longer ? 0 : 1 - (double)d / (double)longer;
}

static void set_pattern(pattern *p, const coded *query)
{
    static uint16_t codes[4096];
    size_t n = query->n < 4096 ? query->n : 4096;
    for (size_t i = 0; i < n; i++)
        codes[i] = index_get16(query->codes + 2 * i);
    if (pattern_set(p, codes, n, NULL)) die("out of memory");
}

static double brute(pattern *p, const coded *query)
{
    double best = 0;
    set_pattern(p, query);
    for (size_t i = 0; i < units.n; i++) {
        const coded *unit = &units.at[i];
        size_t longer = query->n > unit->n ? query->n : unit->n;
        size_t apart = query->n > unit->n ? query->n - unit->n : unit->n - query->n;
        double least = best > LEAST ? best : LEAST;
        if (1 - (double)apart / (double)longer < least - 1e-9) continue;
        double base = base_of(p, query, unit, least);
        if (base > best) best = base;
    }
    return best;
}

typedef struct method {
    const char *name;
    double (*best)(void *context, const coded *query); /* the greatest base found */
    void *context;
    double build; /* seconds */
    long long size;
} method;

static void measure(const method *m)
{
    double *times = calloc(queries.n, sizeof *times);
    size_t wanted = 0, found = 0;
    if (!times) die("out of memory");
    for (size_t i = 0; i < queries.n; i++) {
        double began = now(), best = m->best(m->context, &queries.at[i]);
        times[i] = (now() - began) * 1e3;
        if (truth[i] < LEAST - 1e-9) continue;
        wanted++;
        found += best > truth[i] - 1e-9;
    }
    qsort(times, queries.n, sizeof *times, by_time);
    printf("%-12s %8.4f %9.3f %9.3f %9.3f %9.1f %9.1f\n", m->name,
           wanted ? (double)found / (double)wanted : 1, times[queries.n / 2],
           times[queries.n * 9 / 10], times[queries.n * 99 / 100], m->build,
           (double)m->size / 1e6);
    fflush(stdout);
    free(times);
}

static double best_by_brute_force(void *context, const coded *query)
{
    return brute(context, query);
}

/* -- FTS5 ----------------------------------------------------------------------------- */

typedef struct fts {
    sqlite3 *db;
    sqlite3_stmt *query;
    pattern pattern;
} fts;

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL)) die(sqlite3_errmsg(db));
}

static void fts_build(fts *f, const char *path)
{
    sqlite3_stmt *insert;
    if (sqlite3_open(path, &f->db)) die("cannot make a database");
    run(f->db, "PRAGMA journal_mode = WAL; BEGIN;"
               "CREATE VIRTUAL TABLE f USING fts5(text, content='', "
               "tokenize='unicode61 remove_diacritics 0')");
    if (sqlite3_prepare_v2(f->db, "INSERT INTO f (rowid, text) VALUES (?1, ?2)", -1,
                           &insert, NULL))
        die(sqlite3_errmsg(f->db));
    for (size_t i = 0; i < units.n; i++) {
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(insert, 2, units.at[i].text, -1, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(f->db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    if (sqlite3_prepare_v2(
            f->db, "SELECT rowid FROM f WHERE f MATCH ?1 ORDER BY rank LIMIT ?2", -1,
            &f->query, NULL))
        die(sqlite3_errmsg(f->db));
}

static void fts_words(const coded *query, str *out)
{
    bool inside = false;
    str_clear(out);
    for (const char *at = query->text; *at; at++) {
        bool word = (unsigned char)*at >= 0x80 || isalnum((unsigned char)*at);
        if (word && !inside && str_puts(out, out->size ? " OR \"" : "\""))
            die("out of memory");
        if (!word && inside && str_putc(out, '"')) die("out of memory");
        if (word && str_putc(out, *at)) die("out of memory");
        inside = word;
    }
    if (inside && str_putc(out, '"')) die("out of memory");
}

static double best_by_fts(void *context, const coded *query)
{
    fts *f = context;
    str words = {0};
    double best = 0;
    set_pattern(&f->pattern, query);
    fts_words(query, &words);
    sqlite3_bind_text(f->query, 1, str_text(&words), -1, SQLITE_STATIC);
    sqlite3_bind_int(f->query, 2, FTS_CANDIDATES);
    while (sqlite3_step(f->query) == SQLITE_ROW) {
        size_t i = (size_t)sqlite3_column_int64(f->query, 0) - 1;
        double base = base_of(&f->pattern, query, &units.at[i], LEAST);
        if (base > best) best = base;
    }
    sqlite3_reset(f->query);
    str_done(&words);
    return best;
}

/* -- the index ------------------------------------------------------------------------ */

static aln_memory *memory_build(const char *path)
{
    aln_error error = {0};
    aln_memory *memory;
    if (aln_memory_open(path, ALN_MEMORY_CREATE, &memory, &error) ||
        aln_memory_begin(memory, &error))
        die(error.message);
    for (size_t i = 0; i < units.n; i++) {
        aln_variant variants[2] = {{.language = "en",
                                    .text = units.at[i].text,
                                    .size = strlen(units.at[i].text)},
                                   {.language = "fr", .text = "-", .size = 1}};
        aln_unit unit = {.variants = variants, .n_variants = 2, .score = ALN_NO_SCORE};
        if (aln_memory_add_unit(memory, &unit, NULL, &error)) die(error.message);
    }
    if (aln_memory_commit(memory, &error)) die(error.message);
    return memory;
}

static double best_by_index(void *context, const coded *query)
{
    aln_error error = {0};
    const aln_match *matches;
    size_t n;
    double best = 0;
    if (aln_lookup_find(context, query->text, strlen(query->text), &matches, &n,
                        &error))
        die(error.message);
    for (size_t i = 0; i < n; i++)
        if (matches[i].base > best) best = matches[i].base;
    return best;
}

static long long file_size(const char *path)
{
    struct stat about;
    return stat(path, &about) ? 0 : (long long)about.st_size;
}

/* -- beyond the table ----------------------------------------------------------------- */

typedef struct handle {
    aln_memory *memory;
    aln_lookup *lookup;
} handle;

static handle open_handle(void)
{
    handle opened;
    aln_error error = {0};
    aln_lookup_options options = {.source = "en", .target = "fr", .limit = LIMIT};
    if (aln_memory_open("memory.db", ALN_MEMORY_READ, &opened.memory, &error) ||
        aln_lookup_new(opened.memory, &options, &opened.lookup, &error))
        die(error.message);
    return opened;
}

static void close_handle(handle *opened)
{
    aln_lookup_free(opened->lookup);
    aln_memory_close(opened->memory);
}

static void look_up_all(const handle *opened)
{
    for (size_t i = 0; i < queries.n; i++)
        best_by_index(opened->lookup, &queries.at[i]);
}

/* Long enough that starting a thread does not count. */
static void *look_up_for_long(void *opened)
{
    for (int round = 0; round < 100; round++)
        look_up_all(opened);
    return NULL;
}

/* The seconds that so many threads take, each for all queries. */
static double time_threads(handle *handles, int n)
{
    pthread_t threads[THREADS];
    double began = now();
    for (int i = 0; i < n; i++)
        if (pthread_create(&threads[i], NULL, look_up_for_long, &handles[i]))
            die("cannot make a thread");
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    return now() - began;
}

static void compare_threads(void)
{
    handle handles[THREADS];
    for (int i = 0; i < THREADS; i++) {
        handles[i] = open_handle();
        look_up_all(&handles[i]); /* loads the blocks */
    }
    double one = time_threads(handles, 1), all = time_threads(handles, THREADS);
    printf("%d threads do %.2f times the work of one\n", THREADS, THREADS * one / all);
    for (int i = 0; i < THREADS; i++)
        close_handle(&handles[i]);
}

static double look_up_cold(size_t i)
{
    double began = now();
    handle opened = open_handle();
    best_by_index(opened.lookup, &queries.at[i % queries.n]);
    double took = now() - began;
    close_handle(&opened);
    return took;
}

static aln_memory *written;

static double add_one(size_t i)
{
    aln_error error = {0};
    const char *text = queries.at[i % queries.n].text;
    aln_variant variants[2] = {{.language = "en", .text = text, .size = strlen(text)},
                               {.language = "fr", .text = "-", .size = 1}};
    aln_unit unit = {.variants = variants, .n_variants = 2, .score = ALN_NO_SCORE};
    double began = now();
    if (aln_memory_add_unit(written, &unit, NULL, &error)) die(error.message);
    return now() - began;
}

static double search_for(const char *words, bool regex)
{
    aln_error error = {0};
    aln_search *search;
    const aln_hit *hit;
    aln_search_options options = {.language = "en", .limit = PAGE, .regex = regex};
    handle opened = open_handle();
    double began = now();
    if (aln_search_new(opened.memory, words, &options, &search, &error))
        die(error.message);
    do
        if (aln_search_next(search, &hit, &error)) die(error.message);
    while (hit);
    double took = now() - began;
    aln_search_free(search);
    close_handle(&opened);
    return took;
}

/* A word of a unit, from anywhere in its text: the frequent ones come often. */
static const char *word_of(size_t i)
{
    static char word[64];
    const char *at = units.at[(i * 7919) % units.n].text;
    at += strcspn(at, " ") + strspn(at + strcspn(at, " "), " ");
    snprintf(word, sizeof word - 1, "%.*s", (int)strcspn(at, " "), at);
    return isalnum((unsigned char)*word) ? word : "a";
}

static double search_word(size_t i)
{
    return search_for(word_of(i), false);
}

static double search_prefix(size_t i)
{
    char prefix[8];
    snprintf(prefix, 4, "%s", word_of(i));
    size_t size = strspn(prefix, "abcdefghijklmnopqrstuvwxyz0123456789");
    snprintf(prefix + size, 2, "*");
    return search_for(size ? prefix : "a*", false);
}

static double search_expression(size_t i)
{
    (void)i;
    return search_for("[a-z]+[0-9]", true);
}

static void time_each(const char *what, double (*once)(size_t i))
{
    double times[TIMES];
    for (size_t i = 0; i < TIMES; i++)
        times[i] = 1e3 * once(i);
    qsort(times, TIMES, sizeof *times, by_time);
    printf("%-32s p50 %8.3f ms, p90 %8.3f ms\n", what, times[TIMES / 2],
           times[TIMES * 9 / 10]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/bench_lookup.XXXXXX";
    size_t n = argc > 3 ? (size_t)atol(argv[3]) : 100000;
    size_t n_queries = argc > 4 ? (size_t)atol(argv[4]) : 200;
    if (!mkdtemp(folder) || chdir(folder)) die("cannot make a folder");
    if (argc > 2)
        read_units(argv[2], n);
    else
        make_units(n);
    if (!units.n) die("no units");
    make_queries(n_queries);
    truth = calloc(queries.n, sizeof *truth);
    if (!truth) die("out of memory");

    pattern p = {0};
    for (size_t i = 0; i < queries.n; i++)
        truth[i] = brute(&p, &queries.at[i]);
    printf("%zu units, %zu queries, base >= %.2f\n", units.n, queries.n, LEAST);
    printf("%-12s %8s %9s %9s %9s %9s %9s\n", "method", "recall", "p50 ms", "p90 ms",
           "p99 ms", "build s", "MB");
    measure(&(method){"brute force", best_by_brute_force, &p, 0, 0});

    fts f = {0};
    double began = now();
    fts_build(&f, "fts.db");
    measure(&(method){"FTS5", best_by_fts, &f, now() - began, file_size("fts.db")});

    aln_error error = {0};
    began = now();
    aln_memory *memory = memory_build("memory.db");
    double built = now() - began;
    aln_lookup *lookup;
    aln_lookup_options options = {.source = "en", .target = "fr", .limit = LIMIT};
    if (aln_lookup_new(memory, &options, &lookup, &error)) die(error.message);
    measure(&(method){"index", best_by_index, lookup, built, file_size("memory.db")});
    aln_lookup_free(lookup);
    compare_threads();
    time_each("opening and one lookup", look_up_cold);
    written = memory;
    time_each("one unit more, on the disk", add_one);
    time_each("first page of a word", search_word);
    time_each("first page of a beginning", search_prefix);
    time_each("first page of an expression", search_expression);
    aln_memory_close(memory);
    sqlite3_finalize(f.query);
    sqlite3_close(f.db);
    unlink("fts.db");
    unlink("memory.db");
    return rmdir(folder) != 0;
}
