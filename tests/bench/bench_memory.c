/* bench_memory - how long a memory takes to fill, and to take one more unit for good.
 *
 *     bench_memory FOLDER [UNITS [DB]]
 *
 * Adds are single transactions, each on the disk when it returns; the time depends on
 * the disk's flush, so that is measured beside it.  With DB, an existing memory is used
 * (and gets a few hundred units more) instead of a new one.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/memory.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DEFAULT_UNITS = 100000, ADDS = 200, WORDS = 5000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void must(aln_status status, const aln_error *error)
{
    if (!status) return;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

/* Words with frequencies as in a language: the k-th is as frequent as 1/k. */
static size_t sentence(char *out, size_t size, unsigned *seed)
{
    size_t n = 0;
    int words = 4 + rand_r(seed) % 20;
    for (int i = 0; i < words; i++) {
        int k = rand_r(seed) % WORDS;
        k = rand_r(seed) % (k + 1);
        n += (size_t)snprintf(out + n, size - n, "%sword%d", i ? " " : "", k);
    }
    return n;
}

static void add(aln_memory *memory, unsigned *seed)
{
    char source[400], target[400];
    const aln_variant variants[] = {{.language = "en",
                                     .text = source,
                                     .size = sentence(source, sizeof source, seed)},
                                    {.language = "fr",
                                     .text = target,
                                     .size = sentence(target, sizeof target, seed)}};
    const aln_unit unit = {
        .score = ALN_NO_SCORE, .variants = variants, .n_variants = 2};
    aln_error error = {0};
    must(aln_memory_add_unit(memory, &unit, NULL, &error), &error);
}

static void fill(const char *path, int units)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    unsigned seed = 1;
    double began = now();
    must(aln_memory_open(path, ALN_MEMORY_CREATE, &memory, &error), &error);
    must(aln_memory_begin(memory, &error), &error);
    for (int i = 0; i < units; i++)
        add(memory, &seed);
    must(aln_memory_commit(memory, &error), &error);
    aln_memory_close(memory);
    printf("fill: %d units in %.1f s\n", units, (now() - began) / 1e3);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, double *times)
{
    qsort(times, ADDS, sizeof *times, compare);
    printf("%s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms\n", what, times[ADDS / 2],
           times[ADDS * 9 / 10], times[ADDS * 99 / 100]);
}

static void time_adds(const char *path)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    unsigned seed = 2;
    double times[ADDS];
    must(aln_memory_open(path, ALN_MEMORY_WRITE, &memory, &error), &error);
    for (int i = 0; i < ADDS; i++) {
        double began = now();
        add(memory, &seed);
        times[i] = now() - began;
    }
    aln_memory_close(memory);
    print_times("one durable add", times);
}

/* What the disk takes for the least it can be asked. */
static void time_flushes(const char *path)
{
    char page[4096] = "";
    double times[ADDS];
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < ADDS; i++) {
        double began = now();
        if (file < 0 || write(file, page, sizeof page) < 0 || fdatasync(file)) return;
        times[i] = now() - began;
    }
    close(file);
    unlink(path);
    print_times("one flush of the disk", times);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/bench.XXXXXX";
    if (!mkdtemp(folder) || chdir(folder)) return 1;
    int units = argc > 2 ? atoi(argv[2]) : DEFAULT_UNITS;
    const char *path = argc > 3 ? argv[3] : "m.db";
    if (argc <= 3) fill(path, units);
    time_adds(path);
    time_flushes("flush");
    unlink("m.db");
    return chdir("/") || rmdir(folder);
}
