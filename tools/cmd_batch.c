/* bitext batch - align folders of pages: find the groups, align what is new.
 *
 * Made to run unattended: a page that cannot be read is one line and one line of the
 * report; what was committed stays when the process is killed, and the next run does
 * the rest.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <align/manage.h>

#include "aligner.h"
#include "batch_list.h"
#include "report.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(plan, aln_plan *, aln_plan_free)
AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

typedef struct job {
    char *memory, *languages, *list, *shard, *pair_by; /* popt's: freed with the job */
    char **reports;
    int jobs, lines, dry_run;
    double min_score;
    unsigned shard_number, shards;
    const char **paths;
    report done;
    progress bar;
    lock taken;
    char began[32];
} job;

static void auto_job(job *work)
{
    for (size_t i = 0; work->reports && work->reports[i]; i++)
        free(work->reports[i]);
    free(work->reports);
    free(work->memory);
    free(work->languages);
    free(work->list);
    free(work->shard);
    free(work->pair_by);
    report_done(&work->done);
    lock_release(&work->taken);
}

static int parse_shard(job *work)
{
    char rest;
    if (!work->shard) return EXIT_FOUND;
    if (sscanf(work->shard, "%u/%u%c", &work->shard_number, &work->shards, &rest) ==
            2 &&
        work->shard_number >= 1 && work->shard_number <= work->shards)
        return EXIT_FOUND;
    return trouble("--shard %s: must be like 3/16", work->shard);
}

static bool by_content(const job *work)
{
    return work->pair_by && strcmp(work->pair_by, "content") == 0;
}

static int check(job *work)
{
    if (work->pair_by && !by_content(work) && strcmp(work->pair_by, "name"))
        return trouble("--pair-by %s: must be name or content", work->pair_by);
    if (!work->memory)
        return trouble("--memory is missing; try \"bitext batch --help\"");
    if (!work->paths && !work->list)
        return trouble("no files given; try \"bitext batch --help\"");
    if (work->jobs < 0) return trouble("--jobs %d: must not be negative", work->jobs);
    if (!(work->min_score >= 0 && work->min_score <= 1))
        return trouble("--min-score %g: must be from 0 to 1", work->min_score);
    return parse_shard(work);
}

static int make_plan(const job *work, const aln_aligner *aligner, aln_plan **plan)
{
    aln_error error = {0};
    size_t n;
    AUTO(free) char **languages = NULL;
    if (work->languages && !(languages = parse_languages(work->languages, &n)))
        return EXIT_TROUBLE;
    if (aln_plan_new(plan, &error)) return complain("batch", &error);
    if (work->list && read_batch_list(*plan, work->list)) return EXIT_TROUBLE;
    for (size_t i = 0; work->paths && work->paths[i]; i++)
        if ((by_content(work) ? aln_plan_scan_loose
                              : aln_plan_scan)(*plan, work->paths[i], &error))
            return complain(work->paths[i], &error);
    const aln_pair_options how = {.languages = (const char *const *)languages,
                                  .lines = work->lines != 0,
                                  .jobs = (unsigned)work->jobs,
                                  .aligner = aligner};
    if (by_content(work) && aln_plan_pair(*plan, &how, &error))
        return complain("batch", &error);
    if (aln_plan_form(*plan, (const char *const *)languages, &error))
        return complain("batch", &error);
    return EXIT_FOUND;
}

static void print_planned(const aln_batch_result *result)
{
    progress_hide();
    printf("%s\t%s", result->outcome == ALN_OUTCOME_KNOWN ? "known" : "new",
           result->group->name);
    for (size_t i = 0; i < result->group->n; i++)
        printf("\t%s", result->group->members[i].path);
    putchar('\n');
}

static aln_status tell(void *context, const aln_batch_result *result, size_t done,
                       size_t total, aln_error *error)
{
    job *work = context;
    for (size_t i = 0; i < result->n_problems; i++)
        trouble("%s: %s", result->problems[i].path, result->problems[i].message);
    if (work->dry_run) print_planned(result);
    work->bar.total = total;
    work->bar.also[0].n += result->group->n;
    work->bar.also[1].n += result->units;
    work->bar.name = result->group->name;
    progress_step(&work->bar, done);
    aln_status status = report_add(&work->done, result);
    if (status && error) *error = (aln_error){status, 0, 0, "out of memory"};
    return status;
}

/* Is the document one that the paths of this run should hold? */
static bool is_below(const job *work, const char *uri)
{
    for (size_t i = 0; work->paths && work->paths[i]; i++) {
        size_t n = strlen(work->paths[i]);
        while (n > 1 && work->paths[i][n - 1] == '/')
            n--;
        if (strncmp(uri, work->paths[i], n) == 0 && (uri[n] == '/' || uri[n] == '\0'))
            return true;
    }
    return false;
}

/* Documents of the memory whose files are gone are told, not removed. */
static int find_removed(job *work, aln_memory *memory)
{
    aln_error error = {0};
    AUTO(summary) aln_summary *summary = NULL;
    if (aln_memory_summary(memory, &summary, &error))
        return complain(work->memory, &error);
    for (size_t i = 0; i < summary->n_documents; i++) {
        const char *uri = summary->documents[i].document.uri;
        if (!is_below(work, uri) || access(uri, F_OK) == 0) continue;
        const char *kept = arena_copy(&work->done.texts, uri, strlen(uri));
        if (!kept || vec_push(&work->done.removed, kept))
            return trouble("out of memory");
    }
    return EXIT_FOUND;
}

static int write_report(const job *work, const char *path)
{
    output out;
    if (output_open(&out, path)) return EXIT_TROUBLE;
    aln_status status =
        (str_ends_with(path, ".json") ? print_report_json
                                      : print_report_page)(out.stream, &work->done);
    if (!status) return output_commit(&out);
    output_abandon(&out);
    return trouble("%s: out of memory", path);
}

static void sum_up(const job *work, size_t groups)
{
    const report *done = &work->done;
    if (work->dry_run)
        note("%zu groups would be aligned, %zu are known; %zu files alone",
             done->outcomes[ALN_OUTCOME_PLANNED], done->outcomes[ALN_OUTCOME_KNOWN],
             done->n_strays);
    else
        note("%zu groups added with %zu units; %zu known, %zu duplicates, %zu failed; "
             "%zu files alone",
             done->outcomes[ALN_OUTCOME_ADDED], done->units,
             done->outcomes[ALN_OUTCOME_KNOWN], done->outcomes[ALN_OUTCOME_DUPLICATE],
             done->outcomes[ALN_OUTCOME_FAILED], done->n_strays);
    if (done->n_strays && !by_content(work) && !work->list && !groups)
        note("the names tell no groups; --pair-by content looks at what the files say");
    for (size_t i = 0; i < done->n_strays; i++)
        note("%s: %s", done->strays[i].path, done->strays[i].reason);
    for (size_t i = 0; i < done->removed.n; i++)
        note("%s: is in the memory, but its file is gone", done->removed.at[i]);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int carry_out(job *work, const aln_plan *plan, aln_aligner *aligner,
                     aln_memory *memory)
{
    const aln_batch_options options = {.jobs = (unsigned)work->jobs,
                                       .min_score = work->min_score,
                                       .lines = work->lines != 0,
                                       .dry_run = work->dry_run != 0,
                                       .shard = work->shard_number,
                                       .shards = work->shards,
                                       .aligner = aligner,
                                       .learn = aligner_learns(),
                                       .tell = tell,
                                       .context = work};
    aln_error error = {0};
    double began = now();
    work->bar = progress_start("groups", 0);
    work->bar.also[0].what = "documents";
    work->bar.also[1].what = "units";
    aln_status status = aln_batch_run(plan, memory, &options, &error);
    progress_end(&work->bar);
    work->done.seconds = now() - began;
    return status ? complain(work->memory, &error) : EXIT_FOUND;
}

/* A plan for a memory that is not there yet needs none. */
static int open_memory(const job *work, aln_memory **memory)
{
    aln_error error = {0};
    if (work->dry_run && access(work->memory, F_OK)) return EXIT_FOUND;
    if (aln_memory_open(work->memory,
                        work->dry_run ? ALN_MEMORY_READ : ALN_MEMORY_CREATE, memory,
                        &error) ||
        (!work->dry_run &&
         aln_memory_set_author(*memory, user_name(), "batch", &error)))
        return complain(work->memory, &error);
    return EXIT_FOUND;
}

static int finish(job *work, aln_memory *memory, const aln_plan *plan)
{
    report *done = &work->done;
    done->memory = work->memory;
    done->began = work->began;
    done->strays = aln_plan_strays(plan, &done->n_strays);
    report_end(done);
    if (memory && !work->shards && find_removed(work, memory)) return EXIT_TROUBLE;
    for (size_t i = 0; work->reports && work->reports[i]; i++)
        if (write_report(work, work->reports[i])) return EXIT_TROUBLE;
    size_t n;
    aln_plan_groups(plan, &n);
    sum_up(work, n);
    if (done->problems.n) return EXIT_TROUBLE;
    return n ? EXIT_FOUND : EXIT_NOTHING;
}

static void note_time(job *work)
{
    time_t seconds = time(NULL);
    struct tm utc;
    strftime(work->began, sizeof work->began, "%Y-%m-%dT%H:%M:%SZ",
             gmtime_r(&seconds, &utc));
}

static int run(job *work)
{
    AUTO(plan) aln_plan *plan = NULL;
    AUTO(known_aligner) known_aligner known = {0};
    note_time(work);
    if (check(work) || known_aligner_open(&known, NULL, 0, work->memory) ||
        make_plan(work, known.aligner, &plan))
        return EXIT_TROUBLE;
    if (!work->dry_run && lock_take(&work->taken, work->memory)) return EXIT_TROUBLE;

    AUTO(memory) aln_memory *memory = NULL;
    if (open_memory(work, &memory) || carry_out(work, plan, known.aligner, memory))
        return EXIT_TROUBLE;
    return finish(work, memory, plan);
}

int cmd_batch(int argc, const char **argv)
{
    AUTO(job) job work = {0};
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &work.memory, 0,
         "the memory that grows, made where it is missing", "DB"},
        {"langs", 'l', POPT_ARG_STRING, &work.languages, 0,
         "only these languages, the pivot first", "fr,en,zh"},
        {"list", '\0', POPT_ARG_STRING, &work.list, 0,
         "documents with their group and language, TSV or JSON lines", "FILE"},
        {"pair-by", '\0', POPT_ARG_STRING, &work.pair_by, 0,
         "find the groups by name (default) or content", "WHAT"},
        {"lines", 'L', POPT_ARG_NONE, &work.lines, 0,
         "the files hold one sentence a line", NULL},
        {"jobs", 'j', POPT_ARG_INT, &work.jobs, 0, "threads (default: all processors)",
         "N"},
        {"shard", '\0', POPT_ARG_STRING, &work.shard, 0,
         "only the groups of one shard of several", "I/N"},
        {"min-score", '\0', POPT_ARG_DOUBLE, &work.min_score, 0,
         "leave out what scores less", "X"},
        {"report", '\0', POPT_ARG_ARGV, &work.reports, 0,
         "say what was done in a page, or in JSON if so named", "FILE"},
        {"dry-run", 'n', POPT_ARG_NONE, &work.dry_run, 0,
         "print the plan, change nothing", NULL},
        KNOWLEDGE_OPTIONS,
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "PATH...");
    if (!options) return EXIT_TROUBLE;
    work.paths = poptGetArgs(options);
    return run(&work);
}
