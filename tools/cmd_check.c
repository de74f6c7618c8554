/* bitext check - what is wrong with a TMX file, or with a memory.
 *
 *     m.tmx:12: error: incomplete: <tuv> has no <seg>
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "selection.h"
#include "units.h"

typedef struct job {
    const char *path;
    bool jsonl;
    size_t files; /* of TMX */
    size_t warnings;
    size_t errors;
} job;

static const char *severity_name(aln_check_severity severity)
{
    return severity == ALN_CHECK_ERROR ? "error" : "warning";
}

static void print_finding(void *context, const aln_finding *finding)
{
    job *work = context;
    work->warnings += finding->severity == ALN_CHECK_WARNING;
    if (!work->jsonl) {
        printf("%s:%u: %s: %s: %s\n", input_name(work->path), finding->line,
               severity_name(finding->severity), finding->rule, finding->message);
        return;
    }
    json_t *line = json_pack("{s:s, s:I, s:s, s:s, s:s}", "file",
                             input_name(work->path), "line", (json_int_t)finding->line,
                             "severity", severity_name(finding->severity), "rule",
                             finding->rule, "message", finding->message);
    if (line) json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static void print_problem(void *context, const char *problem)
{
    const job *work = context;
    printf("%s: %s\n", work->path, problem);
}

static int check_memory(job *work, const char **argv)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = open_memory(work->path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    size_t n = 0;
    if (aln_memory_check(memory, print_problem, work, &n, &error))
        return complain(work->path, &error);
    if (n) return trouble("%s: %zu problems", work->path, n);
    note("%s: sound", work->path);
    return EXIT_FOUND;
}

static int check_file(job *work, const char **argv)
{
    aln_error error = {0};
    size_t errors = 0;
    if (is_memory_file(work->path)) return check_memory(work, argv);
    work->files++;
    if (aln_tmx_check(work->path, print_finding, work, &errors, &error))
        return complain(input_name(work->path), &error);
    work->errors += errors;
    return EXIT_FOUND;
}

int cmd_check(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    const struct poptOption table[] = {{"format", 'f', POPT_ARG_STRING, &format, 0,
                                        "text (the default) or jsonl", "NAME"},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE...");
    if (!options) return EXIT_TROUBLE;
    job work = {.jsonl = format && strcmp(format, "jsonl") == 0};
    if (format && !work.jsonl && strcmp(format, "text") != 0)
        return trouble("--format %s: unknown format; there are text and jsonl", format);
    work.path = poptGetArg(options);
    if (!work.path) return trouble("check: which files? try \"bitext check --help\"");

    int worst = EXIT_FOUND;
    for (; work.path; work.path = poptGetArg(options))
        if (check_file(&work, argv)) worst = EXIT_TROUBLE;
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    if (work.files && !worst)
        note("%zu errors, %zu warnings", work.errors, work.warnings);
    return worst ? worst : work.errors ? EXIT_NOTHING : EXIT_FOUND;
}
