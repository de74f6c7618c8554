/* bitext stats - how good a memory is: scores, flags, approval, history.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>

#include "selection.h"

AUTO_DEFINE(summary, aln_summary *, aln_summary_free)

enum { BITS = 32 };

typedef struct tally {
    int64_t flags[BITS];
    int64_t bytes, longest;
} tally;

static int count(aln_memory *memory, const char *path, tally *all)
{
    aln_error error = {0};
    AUTO(cursor) aln_cursor *cursor = NULL;
    const aln_unit *unit = NULL;
    if (aln_memory_units(memory, NULL, &cursor, &error)) return complain(path, &error);
    while (true) {
        if (aln_cursor_next(cursor, &unit, &error)) return complain(path, &error);
        if (!unit) return EXIT_FOUND;
        for (unsigned i = 0; i < BITS; i++)
            all->flags[i] += unit->flags >> i & 1;
        for (size_t i = 0; i < unit->n_variants; i++) {
            int64_t size = (int64_t)unit->variants[i].size;
            all->bytes += size;
            if (size > all->longest) all->longest = size;
        }
    }
}

static void print_text(const aln_summary *summary, const tally *all)
{
    printf("%8" PRId64 "  units\n%8" PRId64 "  texts, %.1f MB, the longest %" PRId64
           " bytes\n%8" PRId64 "  approved\n%8" PRId64 "  edited\n%8" PRId64
           "  batches in the history\n",
           summary->units, summary->variants, (double)all->bytes / 1e6, all->longest,
           summary->approved, summary->edited, summary->batches);
    for (int i = 0; i < 10; i++)
        if (summary->tenths[i])
            printf("%8" PRId64 "  score %.1f-%.1f\n", summary->tenths[i], i * 0.1,
                   (i + 1) * 0.1);
    printf("%8" PRId64 "  without a score\n", summary->without_score);
    for (unsigned i = 0; i < BITS; i++)
        if (all->flags[i] && aln_flag_name((aln_flag)(1u << i)))
            printf("%8" PRId64 "  %s\n", all->flags[i],
                   aln_flag_name((aln_flag)(1u << i)));
}

static json_t *stats_json(const aln_summary *summary, const tally *all)
{
    json_t *flags = json_object(), *scores = json_array();
    for (unsigned i = 0; i < BITS; i++)
        if (all->flags[i] && aln_flag_name((aln_flag)(1u << i)))
            json_object_set_new(flags, aln_flag_name((aln_flag)(1u << i)),
                                json_integer(all->flags[i]));
    for (int i = 0; i < 10; i++)
        json_array_append_new(scores, json_integer(summary->tenths[i]));
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "units",
        (json_int_t)summary->units, "texts", (json_int_t)summary->variants, "bytes",
        (json_int_t)all->bytes, "longest", (json_int_t)all->longest, "approved",
        (json_int_t)summary->approved, "edited", (json_int_t)summary->edited, "batches",
        (json_int_t)summary->batches, "unscored", (json_int_t)summary->without_score,
        "scores", scores, "flags", flags);
}

int cmd_stats(int argc, const char **argv)
{
    AUTO(free) char *format = NULL;
    const struct poptOption table[] = {{"format", '\0', POPT_ARG_STRING, &format, 0,
                                        "text or json", "NAME"},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB");
    if (!options) return EXIT_TROUBLE;
    int as_json = text_or(format, "json");
    const char *path = poptGetArg(options);
    if (as_json < 0) return EXIT_TROUBLE;
    if (!path) return trouble("stats: which memory? try \"bitext stats --help\"");

    aln_error error = {0};
    tally all = {0};
    AUTO(memory) aln_memory *memory = open_memory(path, ALN_MEMORY_READ, argv);
    AUTO(summary) aln_summary *summary = NULL;
    if (!memory || count(memory, path, &all)) return EXIT_TROUBLE;
    if (aln_memory_summary(memory, &summary, &error)) return complain(path, &error);
    if (!as_json)
        print_text(summary, &all);
    else if (!print_json(stats_json(summary, &all)))
        return EXIT_TROUBLE;
    return EXIT_FOUND;
}
