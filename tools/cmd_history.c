/* bitext history - who changed what in a memory, and what was there before.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <inttypes.h>
#include <time.h>

#include "selection.h"

static const char *const kinds[] = {[ALN_CHANGE_ADDED] = "added",
                                    [ALN_CHANGE_EDITED] = "edited",
                                    [ALN_CHANGE_DELETED] = "deleted"};

typedef struct listing {
    bool as_json, failed;
    int64_t batch; /* whose line has been printed */
    size_t n;
} listing;

static void print_time(int64_t seconds, char out[32])
{
    time_t at = (time_t)seconds;
    struct tm utc = {0};
    gmtime_r(&at, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static void print_text(listing *list, const aln_change *change, const char *time)
{
    if (change->batch != list->batch)
        printf("batch %" PRId64 "  %s  %s  %s\n", change->batch, time, change->who,
               change->what);
    list->batch = change->batch;
    printf("  %s ", kinds[change->kind]);
    if (!change->before) {
        printf("%" PRId64, change->first);
        if (change->last > change->first) printf("..%" PRId64, change->last);
        putchar('\n');
        return;
    }
    print_unit(stdout, change->before);
}

static bool tell(void *context, const aln_change *change)
{
    listing *list = context;
    char time[32];
    print_time(change->time, time);
    list->n++;
    if (!list->as_json) {
        print_text(list, change, time);
        return true;
    }
    json_t *line =
        json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:I}", "batch",
                  (json_int_t)change->batch, "time", time, "who", change->who, "what",
                  change->what, "change", kinds[change->kind], "first",
                  (json_int_t)change->first, "last", (json_int_t)change->last);
    if (line && change->before)
        json_object_set_new(line, "before", unit_json(change->before));
    list->failed = !print_json(line);
    return !list->failed;
}

int cmd_history(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    const struct poptOption table[] = {{"format", '\0', POPT_ARG_STRING, &format, 0,
                                        "text or jsonl", "NAME"},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB [UNIT]");
    if (!options) return EXIT_TROUBLE;
    int as_json = text_or(format, "jsonl");
    const char *path = poptGetArg(options), *number = poptGetArg(options);
    if (as_json < 0) return EXIT_TROUBLE;
    if (!path) return trouble("history: which memory? try \"bitext history --help\"");
    char *end = NULL;
    errno = 0;
    int64_t unit = number ? strtoll(number, &end, 10) : 0;
    if (number && (*end || errno || unit <= 0))
        return trouble("%s: is no number of a unit", number);

    aln_error error = {0};
    listing list = {.as_json = as_json};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    if (aln_memory_history(memory, unit, tell, &list, &error))
        return complain(path, &error);
    if (list.failed) return EXIT_TROUBLE;
    return list.n ? EXIT_FOUND : EXIT_NOTHING;
}
