/* options.c - command lines, and messages about them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

int quiet;
const char *command_summary = "";

struct poptOption common_options[] = {
    {"quiet", 'q', POPT_ARG_NONE, &quiet, 0, "no messages but those about trouble",
     NULL},
    {"help", 'h', POPT_ARG_NONE, NULL, 'h', "show this help and end", NULL},
    POPT_TABLEEND,
};

int complain(const char *what, const aln_error *error)
{
    if (error->line) return trouble("%s:%u: %s", what, error->line, error->message);
    return trouble("%s: %s", what, error->message);
}

/* One line, whatever the names in it are made of. */
__attribute__((format(printf, 1, 0))) static void say(const char *format, va_list args)
{
    char line[8192];
    vsnprintf(line, sizeof line, format, args);
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f) *at = '?';
    progress_hide();
    fprintf(stderr, "bitext: %s\n", line);
}

int trouble(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fflush(stdout);
    say(format, args);
    va_end(args);
    return EXIT_TROUBLE;
}

void note(const char *format, ...)
{
    if (quiet) return;

    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

/* Edit distance with swaps of neighbours (Damerau's, restricted), cut at 64 letters. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    size_t n = strlen(a), m = strlen(b), rows[3][MOST + 1];
    if (n > MOST || m > MOST) return MOST;

    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        above[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            bool swapped =
                i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < best) best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m];
}

int nearest(const char *typed, const char *const *names, size_t n)
{
    size_t best = strlen(typed) / 2 + 1;
    int found = -1;
    for (size_t i = 0; i < n; i++) {
        size_t d =
            strncmp(names[i], typed, strlen(typed)) ? distance(typed, names[i]) : 0;
        if (d < best) {
            best = d;
            found = (int)i;
        }
    }
    return found;
}

static size_t add_names(const struct poptOption *table, const char **names, size_t max)
{
    size_t n = 0;
    for (; table->longName || table->shortName || table->arg; table++) {
        bool included = (table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE;
        if (included)
            n += add_names(table->arg, names + n, max - n);
        else if (table->longName && n < max)
            names[n++] = table->longName;
    }
    return n;
}

static void complain_about_option(const char *program, const struct poptOption *table,
                                  poptContext context, int result)
{
    enum { MOST = 64 };
    const char *names[MOST];
    const char *bad = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    size_t n = add_names(table, names, MOST);
    int near = result == POPT_ERROR_BADOPT && strncmp(bad, "--", 2) == 0
                   ? nearest(bad + 2, names, n)
                   : -1;
    if (near >= 0)
        trouble("%s: %s; did you mean --%s? Try \"%s --help\"", bad,
                poptStrerror(result), names[near], program);
    else
        trouble("%s: %s; try \"%s --help\"", bad, poptStrerror(result), program);
}

/* The option that word names, "--min" or the last letter of "-qn", if it takes a value.
 */
static bool takes_value(const struct poptOption *table, const char *word, size_t size)
{
    bool is_long = strncmp(word, "--", 2) == 0;
    for (; table->longName || table->shortName || table->arg; table++) {
        int kind = table->argInfo & POPT_ARG_MASK;
        if (kind == POPT_ARG_INCLUDE_TABLE) {
            if (takes_value(table->arg, word, size)) return true;
        } else if (kind != POPT_ARG_NONE) {
            if (!is_long && table->shortName == word[size - 1]) return true;
            if (is_long && table->longName && strlen(table->longName) == size - 2 &&
                strncmp(table->longName, word + 2, size - 2) == 0)
                return true;
        }
    }
    return false;
}

/* An empty value is a variable that a script forgot to set.  popt would read it as the
 * number 0, and a filter as "everything". */
static bool values_given(int argc, const char **argv, const struct poptOption *table)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t size = strlen(argv[i]);
        if (argv[i][0] != '-' || size < 2) continue;
        bool empty = i + 1 < argc && !*argv[i + 1];
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][size - 1] == '=') {
            empty = true;
            size--;
        }
        if (!empty || !takes_value(table, argv[i], size)) continue;
        trouble("%.*s: its value is empty; try \"%s --help\"", (int)size, argv[i],
                argv[0]);
        return false;
    }
    return true;
}

/* Commands about one memory take it as their first argument; whoever is used to --memory
 * from the others may say that.  Returns the new argc. */
static int move_memory_first(int argc, const char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        bool joined = strncmp(argv[i], "--memory=", 9) == 0;
        bool apart = !strcmp(argv[i], "--memory") || !strcmp(argv[i], "-m");
        if (!joined && !(apart && i + 1 < argc)) continue;
        const char *path = joined ? argv[i] + 9 : argv[i + 1];
        int after = joined ? i + 1 : i + 2;
        memmove(&argv[2], &argv[1], (size_t)(i - 1) * sizeof *argv);
        argv[1] = path;
        memmove(&argv[i + 1], &argv[after], (size_t)(argc - after + 1) * sizeof *argv);
        return argc - (after - i - 1);
    }
    return argc;
}

poptContext parse_options(int argc, const char **argv, const struct poptOption *table,
                          const char *arguments)
{
    if (strncmp(arguments, "DB", 2) == 0) argc = move_memory_first(argc, argv);
    if (!values_given(argc, argv, table)) return NULL;
    AUTO(options) poptContext context = poptGetContext(argv[0], argc, argv, table, 0);
    char usage[128];
    snprintf(usage, sizeof usage, "[OPTION...] %s", arguments);
    poptSetOtherOptionHelp(context, usage);

    int result = poptGetNextOpt(context);
    if (result == 'h') {
        printf("%s - %s\n\n", argv[0], command_summary);
        poptPrintHelp(context, stdout, 0);
        printf("\nExamples: man bitext-%s\n", strchr(argv[0], ' ') + 1);
        exit(output_end(EXIT_FOUND));
    }
    if (result == -1) return STEAL(context);
    complain_about_option(argv[0], table, context, result);
    return NULL;
}

bool is_score(double score, const char *option)
{
    if (score >= 0 && score <= 1) return true;
    trouble("%s: a score lies between 0 and 1", option);
    return false;
}

bool is_date(const char *date, const char *option)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    int year, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    if (!date) return true;
    size_t size = strlen(date), i = 0;
    while (i < size && form[i] &&
           (form[i] == '0' ? isdigit((unsigned char)date[i]) : date[i] == form[i]))
        i++;
    /* it may end after the year, month, day, minute, second, or Z */
    bool whole = i == size && (size == 4 || size == 7 || size == 10 || size == 16 ||
                               size == 19 || size == 20);
    if (whole &&
        sscanf(date, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute,
               &second) &&
        month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 &&
        minute <= 59 && second <= 60)
        return true;
    trouble("%s: \"%s\" is no date such as 2017-06-09", option, date);
    return false;
}

char **parse_languages(const char *list, size_t *n)
{
    size_t most = 1, count = 0;
    for (const char *at = list; *at; at++)
        most += *at == ',';
    AUTO(free)
    char **tags = calloc(1, (most + 1) * sizeof *tags + most * ALN_LANGUAGE_SIZE);
    AUTO(free) char *copy = strdup(list);
    if (!tags || !copy) {
        trouble("out of memory");
        return NULL;
    }

    char *room = (char *)(tags + most + 1), *rest = copy, *tag;
    while ((tag = strsep(&rest, ","))) {
        aln_error error = {0};
        tags[count] = room + count * ALN_LANGUAGE_SIZE;
        if (aln_language_canonical(tag, tags[count++], &error)) {
            complain(list, &error);
            return NULL;
        }
    }
    *n = count;
    return STEAL(tags);
}
