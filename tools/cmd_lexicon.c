/* bitext lexicon - learn word pairs from the units of a memory.
 *
 * What it prints, "source TAB target TAB strength" a line, is what `align --dictionary`
 * and the user's data folder take.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "tools.h"

AUTO_DEFINE(lesson, aln_lesson *, aln_lesson_free)
AUTO_DEFINE(memory, aln_memory *, aln_memory_close)

static aln_status print_pair(void *context, const aln_word_pair *pair, aln_error *error)
{
    fprintf(context, "%s\t%s\t%.3f\n", pair->source, pair->target, pair->strength);
    return ALN_OK;
}

static int print(aln_lesson *lesson, const char *source, const char *target,
                 const char *path)
{
    aln_error error = {0};
    output out;
    if (output_open(&out, path)) return EXIT_TROUBLE;
    if (aln_lesson_tell(lesson, source, target, print_pair, out.stream, &error)) {
        output_abandon(&out);
        return complain("lexicon", &error);
    }
    return output_commit(&out);
}

static int learn_and_print(const char *path, const char *source, const char *target,
                           const char *out)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(lesson) aln_lesson *lesson = NULL;
    if (aln_memory_open(path, ALN_MEMORY_READ, &memory, &error) ||
        aln_lesson_new(&lesson, &error) ||
        aln_lesson_read(lesson, memory, source, target, &error))
        return complain(path, &error);
    size_t n = aln_lesson_size(lesson, source, target);
    if (!n) {
        note("%s: no units in both %s and %s", path, source, target);
        return EXIT_NOTHING;
    }
    note("%s: learning from %zu units", path, n);
    return print(lesson, source, target, out);
}

int cmd_lexicon(int argc, const char **argv)
{
    AUTO(free) char *path = NULL;
    AUTO(free) char *source = NULL;
    AUTO(free) char *target = NULL;
    AUTO(free) char *out = NULL;
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &path, 0, "the memory to learn from", "DB"},
        {"from", '\0', POPT_ARG_STRING, &source, 0, "language of the first column",
         "TAG"},
        {"to", '\0', POPT_ARG_STRING, &target, 0, "language of the second column",
         "TAG"},
        {"output", 'o', POPT_ARG_STRING, &out, 0, "write here, not to stdout", "FILE"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "");
    if (!options) return EXIT_TROUBLE;
    if (!path || !source || !target)
        return trouble("lexicon needs --memory, --from and --to");
    size_t n;
    AUTO(free) char **from = parse_languages(source, &n);
    AUTO(free) char **to = from && n == 1 ? parse_languages(target, &n) : NULL;
    if (!from || (!to && n == 1)) return EXIT_TROUBLE;
    if (n != 1) return trouble("lexicon: one language each for --from and --to");
    return learn_and_print(path, from[0], to[0], out);
}
