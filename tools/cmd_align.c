/* bitext align - which sentences of one text say what those of another say.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "tools.h"

AUTO_DEFINE(alignment, aln_alignment *, aln_alignment_free)

typedef struct lines {
    char *bytes;
    vec(aln_sentence) at;
} lines;

static inline void auto_lines(lines *text)
{
    free(text->bytes);
    vec_free(&text->at);
}

/* Every line is a sentence, an empty one too. */
static int read_lines(const char *path, lines *text)
{
    size_t size;
    text->bytes = read_input(path, &size);
    if (!text->bytes) return EXIT_TROUBLE;
    for (size_t start = 0; start < size;) {
        const char *end = memchr(text->bytes + start, '\n', size - start);
        size_t stop = end ? (size_t)(end - text->bytes) : size;
        aln_sentence line = {text->bytes + start, stop - start};
        if (vec_push(&text->at, line)) return trouble("out of memory");
        start = stop + 1;
    }
    return EXIT_FOUND;
}

static void print_range(aln_range range)
{
    putchar('[');
    for (uint32_t i = range.start; i < range.end; i++)
        printf("%s%u", i > range.start ? ", " : "", i);
    putchar(']');
}

static void print_beads(const aln_alignment *alignment)
{
    for (size_t b = 0; b < alignment->n_beads; b++) {
        const aln_bead *bead = &alignment->beads[b];
        print_range(bead->sides[0]);
        putchar(':');
        print_range(bead->sides[1]);
        printf(":%.3f\n", bead->score);
    }
}

int cmd_align(int argc, const char **argv)
{
    int as_lines = 0;
    AUTO(free) char *languages = NULL;
    AUTO(free) char *format = NULL;
    const struct poptOption table[] = {
        {"lines", '\0', POPT_ARG_NONE, &as_lines, 0, "a line is a sentence", NULL},
        {"langs", '\0', POPT_ARG_STRING, &languages, 0, "languages", "TAG,TAG"},
        {"format", '\0', POPT_ARG_STRING, &format, 0, "beads", "NAME"},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "FILE FILE");
    if (!options) return EXIT_TROUBLE;

    size_t n;
    AUTO(free) char **tags = parse_languages(languages ? languages : "und,und", &n);
    AUTO(lines) lines source = {0};
    AUTO(lines) lines target = {0};
    if (!tags || n != 2) return trouble("--langs: two languages are needed");
    if (read_lines(poptGetArg(options), &source) ||
        read_lines(poptGetArg(options), &target))
        return EXIT_TROUBLE;

    aln_error error = {0};
    AUTO(alignment) aln_alignment *alignment = NULL;
    aln_side sides[2] = {{tags[0], source.at.at, source.at.n, NULL},
                         {tags[1], target.at.at, target.at.n, NULL}};
    if (aln_align(NULL, sides, 2, &alignment, &error)) return complain("align", &error);
    print_beads(alignment);
    return alignment->n_beads ? EXIT_FOUND : EXIT_NOTHING;
}
