/* bitext lookup - prior translations of a sentence.
 *
 * Every memory answers for itself, best first; what they found is merged.
 *
 * SPDX-License-Identifier: MIT
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(lookup, aln_lookup *, aln_lookup_free)
AUTO_DEFINE(json, json_t *, json_decref)

enum { MAX_MEMORIES = 16, MAX_PENALTIES = 32 };

/* A memory that answers, with the penalty that all of its matches get. */
typedef struct answerer {
    const char *path;
    aln_memory *memory;
    aln_lookup *lookup;
    const aln_match *matches;
    const aln_fragment *fragments;
    size_t n, at; /* of those; at: the next one to be merged */
} answerer;

typedef struct session {
    answerer answerers[MAX_MEMORIES];
    size_t n_answerers;
    aln_lookup_options options;
    aln_penalty penalties[MAX_PENALTIES];
    match_style style;
    bool jsonl, context, fragments;
    size_t limit;
} session;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* -- results -------------------------------------------------------------------------- */

/* The best of what is left in any memory; NULL at the end. */
static answerer *next_best(session *s)
{
    answerer *best = NULL;
    for (size_t i = 0; i < s->n_answerers; i++) {
        answerer *from = &s->answerers[i];
        if (from->at == from->n) continue;
        const aln_match *match = &from->matches[from->at];
        const aln_match *other = best ? &best->matches[best->at] : NULL;
        if (!other || match->score > other->score ||
            (match->score == other->score && match->base > other->base))
            best = from;
    }
    return best;
}

/* The memory's name, where there are several. */
static const char *name_of(const session *s, const answerer *from)
{
    return s->n_answerers > 1 ? from->path : NULL;
}

/* The next place in the query, and of those that begin there the longest. */
static answerer *next_fragment(session *s)
{
    answerer *best = NULL;
    for (size_t i = 0; i < s->n_answerers; i++) {
        answerer *from = &s->answerers[i];
        if (from->at == from->n) continue;
        const aln_fragment *fragment = &from->fragments[from->at];
        const aln_fragment *other = best ? &best->fragments[best->at] : NULL;
        if (!other || fragment->start < other->start ||
            (fragment->start == other->start && fragment->end > other->end))
            best = from;
    }
    return best;
}

static int find_fragments(session *s, const char *text)
{
    aln_error error = {0};
    for (size_t i = 0; i < s->n_answerers; i++) {
        answerer *a = &s->answerers[i];
        a->at = 0;
        if (aln_lookup_fragments(a->lookup, text, strlen(text), &a->fragments, &a->n,
                                 &error))
            return complain(a->path, &error);
    }
    return EXIT_FOUND;
}

/* Where nothing was found: the phrases that the memories hold.  What lies within one that
 * was shown is left out. */
static int add_fragments(session *s, const char *text, json_t *line)
{
    answerer *from;
    size_t shown = 0;
    json_t *list = json_array();
    json_object_set_new(line, "fragments", list);
    if (find_fragments(s, text)) return EXIT_TROUBLE;
    while ((from = next_fragment(s))) {
        const aln_fragment *fragment = &from->fragments[from->at++];
        if (fragment->end <= shown) continue;
        shown = fragment->end;
        if (s->jsonl)
            json_array_append_new(list, fragment_json(name_of(s, from), fragment));
        else
            fragment_print(name_of(s, from), fragment);
    }
    return EXIT_FOUND;
}

static int print_results(session *s, const char *text, double ms)
{
    AUTO(json)
    json_t *line = json_pack("{s:o,s:f,s:[]}", "query", text_json(text, strlen(text)),
                             "ms", ms, "matches");
    json_t *matches = json_object_get(line, "matches");
    answerer *from;
    size_t n = 0;
    for (; n < s->limit && (from = next_best(s)); n++) {
        const aln_match *match = &from->matches[from->at++];
        if (s->jsonl)
            json_array_append_new(matches,
                                  match_json(&s->style, name_of(s, from), match));
        else
            match_print(&s->style, name_of(s, from), match);
    }
    if (!n && s->fragments && add_fragments(s, text, line)) return EXIT_TROUBLE;
    if (s->jsonl) {
        if (!line || json_array_size(matches) != n) return trouble("out of memory");
        json_dumpf(line, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
        putchar('\n');
    }
    return n ? EXIT_FOUND : EXIT_NOTHING;
}

/* -- queries -------------------------------------------------------------------------- */

static int look_up(session *s, const char *previous, const char *text, const char *next)
{
    aln_error error = {0};
    double began = now_ms();
    for (size_t i = 0; i < s->n_answerers; i++) {
        answerer *a = &s->answerers[i];
        if (s->context) aln_lookup_context(a->lookup, previous, next);
        if (aln_lookup_find(a->lookup, text, strlen(text), &a->matches, &a->n, &error))
            return complain(a->path, &error);
        a->at = 0;
    }
    return print_results(s, text, now_ms() - began);
}

/* A line, without its end; NULL at the end of the input.  A byte order mark before the
 * first line and NULs are no text. */
static char *read_line(FILE *stream)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t size = getline(&line, &cap, stream);
    if (size < 0) {
        free(line);
        return NULL;
    }
    while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        line[--size] = '\0';
    return line;
}

static int look_up_lines(session *s)
{
    AUTO(free) char *previous = NULL;
    AUTO(free) char *line = read_line(stdin);
    int result = EXIT_NOTHING;
    for (bool first = true; line; first = false) {
        AUTO(free) char *next = s->context ? read_line(stdin) : NULL;
        if (!s->jsonl && !first) putchar('\n');
        int found = look_up(s, previous, line, next);
        if (found == EXIT_TROUBLE) return found;
        if (found == EXIT_FOUND) result = found;
        if (!s->context) next = read_line(stdin);
        free(previous);
        previous = STEAL(line);
        line = STEAL(next);
    }
    if (ferror(stdin)) return trouble("stdin: cannot read");
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    return result;
}

/* -- options -------------------------------------------------------------------------- */

static const struct {
    const char *name;
    aln_penalty_kind kind;
    bool value; /* takes one after `=` */
} penalty_names[] = {
    {"all", ALN_PENALTY_ALL, false},         {"document", ALN_PENALTY_DOCUMENT, true},
    {"source", ALN_PENALTY_SOURCE, true},    {"before", ALN_PENALTY_BEFORE, true},
    {"score", ALN_PENALTY_SCORE, true},      {"memory", ALN_PENALTY_ALL, true},
    {"machine", ALN_PENALTY_MACHINE, false},
};

/* "source=Xinhua:3": cut in place.  *name and *value tell what was found. */
static int parse_penalty(char *text, const char **name, aln_penalty *penalty)
{
    char *colon = strrchr(text, ':'), *end = NULL, *equals = strchr(text, '=');
    long points = colon ? strtol(colon + 1, &end, 10) : -1;
    if (!colon || end == colon + 1 || *end || points < 0 || points > 100)
        return trouble("--penalty %s: say WHAT:POINTS or WHAT=VALUE:POINTS", text);
    *colon = '\0';
    if (equals && equals < colon)
        *equals++ = '\0';
    else
        equals = NULL;

    for (size_t i = 0; i < sizeof penalty_names / sizeof *penalty_names; i++) {
        if (strcmp(text, penalty_names[i].name) != 0) continue;
        if (penalty_names[i].value != (equals != NULL))
            return trouble("--penalty %s: %s", text,
                           equals ? "takes no value" : "needs a value");
        *name = penalty_names[i].name;
        *penalty = (aln_penalty){penalty_names[i].kind, (int)points, equals, 0};
        if (penalty->kind == ALN_PENALTY_SCORE) {
            penalty->below = strtod(equals, &end);
            if (end == equals || *end) penalty->below = -1;
            if (!is_score(penalty->below, "--penalty score")) return EXIT_TROUBLE;
        }
        if (penalty->kind == ALN_PENALTY_BEFORE && !is_date(equals, "--penalty before"))
            return EXIT_TROUBLE;
        return EXIT_FOUND;
    }
    return trouble("--penalty %s: no such penalty", text);
}

static int open_answerer(session *s, const char *path, const aln_penalty *own,
                         size_t n_own)
{
    aln_error error = {0};
    answerer *a = &s->answerers[s->n_answerers++];
    aln_lookup_options options = s->options;
    aln_penalty penalties[2 * MAX_PENALTIES];
    memcpy(penalties, s->penalties, options.n_penalties * sizeof *penalties);
    for (size_t i = 0; i < n_own; i++)
        if (strcmp(own[i].value, path) == 0) penalties[options.n_penalties++] = own[i];
    options.penalties = penalties;
    a->path = path;
    if (aln_memory_open(path, ALN_MEMORY_READ, &a->memory, &error) ||
        aln_lookup_new(a->memory, &options, &a->lookup, &error))
        return complain(path, &error);
    return EXIT_FOUND;
}

static int open_all(session *s, char **paths, char **penalties)
{
    aln_penalty own[MAX_PENALTIES]; /* of single memories */
    size_t n_own = 0;
    for (char **each = penalties; each && *each; each++) {
        const char *name = NULL;
        aln_penalty penalty = {0};
        if (s->options.n_penalties + n_own == MAX_PENALTIES)
            return trouble("--penalty: more than %d", MAX_PENALTIES);
        if (parse_penalty(*each, &name, &penalty)) return EXIT_TROUBLE;
        if (strcmp(name, "memory") == 0)
            own[n_own++] = penalty;
        else
            s->penalties[s->options.n_penalties++] = penalty;
    }
    for (char **path = paths; path && *path; path++) {
        if (s->n_answerers == MAX_MEMORIES)
            return trouble("--memory: more than %d", MAX_MEMORIES);
        if (open_answerer(s, *path, own, n_own)) return EXIT_TROUBLE;
    }
    return EXIT_FOUND;
}

static void auto_session(session *s)
{
    for (size_t i = 0; i < s->n_answerers; i++) {
        aln_lookup_free(s->answerers[i].lookup);
        aln_memory_close(s->answerers[i].memory);
    }
}

static void auto_strings(char ***list)
{
    for (char **each = *list; each && *each; each++)
        free(*each);
    free(*list);
}

/* The arguments of a command line, each with what must be so. */
typedef struct arguments {
    char **memories, **penalties;
    char *from, *to, *format;
    double min;
    int limit, explain, context, fragments;
} arguments;

static void auto_arguments(arguments *a)
{
    auto_strings(&a->memories);
    auto_strings(&a->penalties);
    free(a->from);
    free(a->to);
    free(a->format);
}

static int check_arguments(const arguments *a)
{
    aln_error error = {0};
    char tag[ALN_LANGUAGE_SIZE];
    if (!a->memories) return trouble("--memory: which memory?");
    if (!a->from) return trouble("--from: from which language?");
    if (!a->to) return trouble("--to: into which language?");
    if (aln_language_canonical(a->from, tag, &error)) return complain("--from", &error);
    if (aln_language_canonical(a->to, tag, &error)) return complain("--to", &error);
    if (!(a->min >= 1 && a->min <= 100)) return trouble("--min: from 1 to 100");
    if (a->limit < 1 || a->limit > 1000) return trouble("--limit: from 1 to 1000");
    if (a->format && strcmp(a->format, "text") != 0 && strcmp(a->format, "jsonl") != 0)
        return trouble("--format %s: text or jsonl", a->format);
    return EXIT_FOUND;
}

static int run(const arguments *a, const char *text)
{
    bool terminal = isatty(STDOUT_FILENO), jsonl = a->format && *a->format == 'j';
    AUTO(session)
    session s = {
        .options = {.source = a->from,
                    .target = a->to,
                    .min = a->min / 100,
                    .limit = (size_t)a->limit,
                    .explain = a->explain || (terminal && !jsonl)},
        .jsonl = jsonl,
        .style = {.explain = a->explain,
                  .colour = terminal && !jsonl && !getenv("NO_COLOR")},
        .context = a->context,
        .fragments = a->fragments,
        .limit = (size_t)a->limit,
    };
    if (open_all(&s, a->memories, a->penalties)) return EXIT_TROUBLE;
    if (strcmp(text, "-") == 0) return look_up_lines(&s);
    int found = look_up(&s, NULL, text, NULL);
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    return found;
}

int cmd_lookup(int argc, const char **argv)
{
    AUTO(arguments) arguments a = {.min = 70, .limit = 5};
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_ARGV, &a.memories, 0,
         "look in this memory; repeatable", "DB"},
        {"from", 'f', POPT_ARG_STRING, &a.from, 0, "language of TEXT", "LANG"},
        {"to", 't', POPT_ARG_STRING, &a.to, 0, "language of the translations", "LANG"},
        {"min", '\0', POPT_ARG_DOUBLE, &a.min, 0, "least base, 1 to 100 (70)", "N"},
        {"limit", 'n', POPT_ARG_INT, &a.limit, 0, "most matches (5)", "N"},
        {"format", '\0', POPT_ARG_STRING, &a.format, 0, "text or jsonl", "FORMAT"},
        {"explain", '\0', POPT_ARG_NONE, &a.explain, 0, "say how scores came about",
         NULL},
        {"context", '\0', POPT_ARG_NONE, &a.context, 0,
         "with -: the lines are neighbours in a document", NULL},
        {"fragments", '\0', POPT_ARG_NONE, &a.fragments, 0,
         "where nothing is found: the phrases that are held", NULL},
        {"penalty", '\0', POPT_ARG_ARGV, &a.penalties, 0,
         "points off: document=URI:N, source=NAME:N, before=DATE:N, score=X:N, "
         "machine:N, memory=DB:N; repeatable",
         "WHAT:N"},
        COMMON_OPTIONS,
    };
    AUTO(options) poptContext context = parse_options(argc, argv, table, "TEXT|-");
    if (!context || check_arguments(&a)) return EXIT_TROUBLE;

    const char *text = poptGetArg(context);
    if (!text || poptPeekArg(context))
        return trouble("%s: one text, please, in quotes, or -", argv[0]);
    return run(&a, text);
}
