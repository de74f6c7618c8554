/* Kill the program, or fail the disk, at any step of a write: what was acknowledged is
 * there, what was not is there wholly or not at all, and the memory is sound.
 *
 *     crash [RUNS [SEED]]      runs of each scenario and kind of trouble
 *
 * Every run is a child process, so that the real SIGKILL can be used.  It tells through
 * shared memory how much it has been told is safe.  Which step is hit is drawn from a
 * seeded generator; a failure prints scenario, trouble and step, which repeat it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/lookup.h>
#include <align/manage.h>
#include <align/memory.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/hash.h"
#include "shim.h"

enum { SETS = 8, UNITS = 6, DEFAULT_RUNS = 12 };

/* What a child reports. */
static struct shared {
    long steps; /* of a run without trouble */
    int acknowledged;
} * shared;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    abort();
}

/* ---- the memories ---- */

static const char *text_of(int set, int unit, int edition)
{
    static char text[80];
    snprintf(text, sizeof text, "sentence %d of document %d, edition %d, 第%d句", unit,
             set, edition, unit);
    return text;
}

static aln_status add_set(aln_memory *memory, int set, int edition, aln_error *error)
{
    char uri[16], sha256[65];
    snprintf(uri, sizeof uri, "d%d", set);
    snprintf(sha256, sizeof sha256, "%064d", edition);
    const aln_document document = {.uri = uri, .sha256 = sha256};
    bool known;
    TRY(aln_memory_begin(memory, error));
    TRY(aln_memory_add_documents(memory, &document, 1, &known, error));
    for (int i = 0; i < UNITS && !known; i++) {
        char text[80];
        strcpy(text, text_of(set, i, edition));
        const aln_variant variants[] = {
            {.language = "fr", .text = text, .size = strlen(text)},
            {.language = "en", .text = text, .size = strlen(text)}};
        const aln_unit unit = {.score = 0.5, .variants = variants, .n_variants = 2};
        TRY(aln_memory_add_unit(memory, &unit, NULL, error));
    }
    return aln_memory_commit(memory, error);
}

static aln_status add_sets(const char *path, int from, int to, int edition,
                           aln_error *error)
{
    aln_memory *memory;
    TRY(aln_memory_open(path, ALN_MEMORY_CREATE, &memory, error));
    aln_status status = ALN_OK;
    for (int set = from; set < to && !status; set++) {
        status = add_set(memory, set, edition, error);
        if (!status) shared->acknowledged = set - from + 1;
    }
    aln_memory_close(memory);
    return status;
}

static void must(aln_status status, const char *what, const aln_error *error)
{
    if (status) fail(what, error->message);
}

/* The edition of a set that is there whole; -1 where there is nothing of it. */
static int edition_of(aln_memory *memory, int set)
{
    aln_error error = {0};
    char uri[16];
    snprintf(uri, sizeof uri, "d%d", set);
    const aln_filter filter = {.document = uri};
    aln_cursor *cursor = NULL;
    const aln_unit *unit = NULL;
    int edition = -1, n = 0;
    must(aln_memory_units(memory, &filter, &cursor, &error), "units", &error);
    for (;; n++) {
        must(aln_cursor_next(cursor, &unit, &error), "next", &error);
        if (!unit) break;
        if (n == 0) edition = strcmp(unit->variants[0].text, text_of(set, 0, 1)) == 0;
        if (strcmp(unit->variants[0].text, text_of(set, n, edition)) != 0)
            fail(uri, "units of two editions, or in another order");
    }
    aln_cursor_free(cursor);
    if (n != 0 && n != UNITS) fail(uri, "half a document");
    return edition;
}

static void say_problem(void *context, const char *problem)
{
    fprintf(stderr, "%s: %s\n", (const char *)context, problem);
}

static void check_sound(aln_memory *memory, const char *path)
{
    aln_error error = {0};
    size_t n = 0;
    must(aln_memory_check(memory, say_problem, (void *)path, &n, &error), path, &error);
    if (n) fail(path, "is not sound");
}

/* Sets [from, from + done) hold `now`, the one after it `now` or `before`, the others
 * `before`. */
static void check_sets(const char *path, int from, int to, int done, int before,
                       int now)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    aln_status status = aln_memory_open(path, ALN_MEMORY_READ, &memory, &error);
    if (status && done == 0 && before < 0) return; /* it was still being made */
    must(status, path, &error);
    check_sound(memory, path);
    for (int set = from; set < to; set++) {
        int edition = edition_of(memory, set), k = set - from;
        if (k < done && edition != now) fail(path, "an acknowledged document is lost");
        if (k > done && edition != before) fail(path, "a document out of turn");
        if (k == done && edition != before && edition != now) fail(path, "neither");
    }
    aln_memory_close(memory);
}

/* ---- the scenarios ---- */

static void nothing(void)
{
}

static aln_status import(aln_error *error)
{
    return add_sets("m.db", 0, SETS, 0, error);
}

static void check_import(void)
{
    check_sets("m.db", 0, SETS, shared->acknowledged, -1, 0);
}

static void prepare_align(void)
{
    aln_error error = {0};
    must(add_sets("m.db", 0, SETS, 0, &error), "prepare", &error);
}

/* The pages come again with other bytes: their units are replaced. */
static aln_status align(aln_error *error)
{
    return add_sets("m.db", 0, SETS, 1, error);
}

static void check_align(void)
{
    check_sets("m.db", 0, SETS, shared->acknowledged, 0, 1);
}

static void prepare_merge(void)
{
    aln_error error = {0};
    must(add_sets("a.db", 0, SETS, 0, &error), "prepare", &error);
    must(add_sets("b.db", SETS / 2, SETS * 2, 0, &error), "prepare", &error);
}

static aln_status merge(aln_error *error)
{
    aln_memory *from[2] = {NULL}, *into = NULL;
    aln_status status = aln_memory_open("a.db", ALN_MEMORY_READ, &from[0], error);
    if (!status) status = aln_memory_open("b.db", ALN_MEMORY_READ, &from[1], error);
    if (!status) status = aln_memory_open("m.db", ALN_MEMORY_CREATE, &into, error);
    if (!status) status = aln_memory_merge(into, from, 2, error);
    if (!status) shared->acknowledged = 2 * SETS;
    aln_memory_close(into);
    aln_memory_close(from[0]);
    aln_memory_close(from[1]);
    return status;
}

/* All or nothing, and the merged ones as they were. */
static void check_merge(void)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    check_sets("a.db", 0, SETS, SETS, -1, 0);
    check_sets("b.db", SETS / 2, SETS * 2, SETS * 2, -1, 0);
    aln_status status = aln_memory_open("m.db", ALN_MEMORY_READ, &memory, &error);
    if (status && !shared->acknowledged) return;
    must(status, "merged", &error);
    int n = 0;
    for (int set = 0; set < 2 * SETS; set++)
        n += edition_of(memory, set) == 0;
    check_sound(memory, "m.db");
    aln_memory_close(memory);
    if (n != 2 * SETS && (n || shared->acknowledged)) fail("m.db", "half merged");
    unlink("m.db"); /* so that it can be merged again */
}

static aln_status rebuild_index(aln_error *error)
{
    aln_memory *memory;
    TRY(aln_memory_open("m.db", ALN_MEMORY_WRITE, &memory, error));
    aln_status status = aln_index_rebuild(memory, NULL, NULL, error);
    aln_memory_close(memory);
    return status;
}

static void check_old(void)
{
    check_sets("m.db", 0, SETS, SETS, -1, 0);
}

static void load(const char *fixture)
{
    aln_error error = {0};
    char *sql = NULL;
    size_t size;
    sqlite3 *handle = NULL;
    must(file_read(fixture, 1 << 20, &sql, &size, &error), "fixture", &error);
    if (sqlite3_open("m.db", &handle) || sqlite3_exec(handle, sql, NULL, NULL, NULL))
        fail("fixture", sqlite3_errmsg(handle));
    sqlite3_close(handle);
    free(sql);
}

static void prepare_upgrade_1(void)
{
    load(FIXTURES "/memory-1.sql");
}

static void prepare_upgrade_2(void)
{
    load(FIXTURES "/memory-2.sql");
}

static aln_status upgrade(aln_error *error)
{
    aln_memory *memory;
    TRY(aln_memory_open("m.db", ALN_MEMORY_WRITE, &memory, error));
    aln_memory_close(memory);
    return ALN_OK;
}

static void check_upgrade(void)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    aln_summary *summary = NULL;
    must(aln_memory_open("m.db", ALN_MEMORY_READ, &memory, &error), "m.db", &error);
    check_sound(memory, "m.db");
    must(aln_memory_summary(memory, &summary, &error), "m.db", &error);
    if (summary->units != 3) fail("m.db", "lost a unit");
    aln_summary_free(summary);
    aln_memory_close(memory);
}

static const struct scenario {
    const char *name;
    void (*prepare)(void);
    aln_status (*run)(aln_error *error);
    void (*check)(void);
} scenarios[] = {
    {"import", nothing, import, check_import},
    {"align", prepare_align, align, check_align},
    {"merge", prepare_merge, merge, check_merge},
    {"index", prepare_align, rebuild_index, check_old},
    {"upgrade from 1", prepare_upgrade_1, upgrade, check_upgrade},
    {"upgrade from 2", prepare_upgrade_2, upgrade, check_upgrade},
};

/* ---- the troubles ---- */

static const struct trouble {
    const char *name;
    enum shim_what what;
    bool forever;
} troubles[] = {
    {"kill", SHIM_KILL, false},         {"torn write", SHIM_TEAR, false},
    {"write error", SHIM_ERROR, false}, {"dead disk", SHIM_ERROR, true},
    {"full disk", SHIM_FULL, true},
};

static void run_child(const struct scenario *scenario, const struct trouble *trouble,
                      long at)
{
    aln_error error = {0};
    shim_install();
    if (trouble)
        disk =
            (struct shim){.what = trouble->what, .at = at, .forever = trouble->forever};
    aln_status status = scenario->run(&error);
    if (!trouble) shared->steps = disk.count;
    if (!trouble) must(status, scenario->name, &error);
    if (status && !*error.message) fail(scenario->name, "fails without a word");
    _exit(0);
}

static void run(const struct scenario *scenario, const struct trouble *trouble, long at)
{
    pid_t child = fork();
    if (child == 0) run_child(scenario, trouble, at);
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) fail("fork", "failed");
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        fail(scenario->name, strsignal(WTERMSIG(status)));
    if (WIFEXITED(status) && WEXITSTATUS(status)) fail(scenario->name, "complains");
}

static void clear_folder(void)
{
    if (system("rm -f *.db*")) fail("rm", "failed");
}

static void run_once(const struct scenario *scenario, const struct trouble *trouble,
                     long at)
{
    clear_folder();
    scenario->prepare();
    shared->acknowledged = 0;
    run(scenario, trouble, at);
    scenario->check();
    bool alive = trouble->what == SHIM_ERROR || trouble->what == SHIM_FULL;
    if (alive && system("ls *.tmp* > /dev/null 2>&1") == 0)
        fail(scenario->name, "left a file behind");
    shared->acknowledged = 0; /* what is there must be no obstacle */
    run(scenario, NULL, 0);
    scenario->check();
}

static void torment(const struct scenario *scenario, int runs, uint64_t seed)
{
    clear_folder();
    scenario->prepare();
    shared->acknowledged = 0;
    run(scenario, NULL, 0);
    scenario->check();
    long steps = shared->steps;
    for (size_t t = 0; t < sizeof troubles / sizeof *troubles; t++) {
        for (int i = 0; i < runs; i++) {
            seed = hash_mix(seed + 1);
            long at = 1 + (long)(seed % (uint64_t)steps);
            fprintf(stderr, "%s, %s at step %ld of %ld\n", scenario->name,
                    troubles[t].name, at, steps);
            run_once(scenario, &troubles[t], at);
        }
        printf("ok - %s, %s: %d runs, %ld steps\n", scenario->name, troubles[t].name,
               runs, steps);
    }
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : DEFAULT_RUNS;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    /* In memory where that is possible: SIGKILL does not lose what was written. */
    char folder[] = "/dev/shm/crash.XXXXXX", other[] = "/tmp/crash.XXXXXX";
    if ((!mkdtemp(folder) && !mkdtemp(strcpy(folder, other))) || chdir(folder))
        fail(folder, "cannot be used");
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) fail("mmap", "failed");

    size_t n = sizeof scenarios / sizeof *scenarios;
    for (size_t s = 0; s < n; s++)
        torment(&scenarios[s], runs, hash_mix(seed * n + s));
    printf("1..%zu\n", n * (sizeof troubles / sizeof *troubles));
    clear_folder();
    return chdir("/") || rmdir(folder);
}
