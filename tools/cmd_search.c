/* bitext search - concordance: the units that hold some words.
 *
 *     fr    …à l'issue de la [visite] d'État du président…      unit 12  2017/visit.html
 *     en    The president's state visit …
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

enum { AROUND = 48 }; /* characters beside the words */

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(search, aln_search *, aln_search_free)
AUTO_DEFINE(json, json_t *, json_decref)

typedef struct arguments {
    char *memory, *language, *document, *source, *since, *until, *format;
    int exact, regex, limit, skip;
} arguments;

static void auto_arguments(arguments *a)
{
    free(a->memory);
    free(a->language);
    free(a->document);
    free(a->source);
    free(a->since);
    free(a->until);
    free(a->format);
}

/* -- key words in context -------------------------------------------------------------- */

static bool is_lead(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* The byte so many characters before (or after) one. */
static size_t characters_before(const char *text, size_t at, int n)
{
    while (at && n > 0)
        n -= is_lead(text[--at]);
    while (at && !is_lead(text[at]))
        at--;
    return at;
}

static size_t characters_after(const char *text, size_t size, size_t at, int n)
{
    while (at < size && n > 0)
        n -= ++at == size || is_lead(text[at]);
    return at;
}

static void print_span(const char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        bool control = (unsigned char)text[i] < ' ' || text[i] == 0x7f;
        putchar(control ? ' ' : text[i]);
    }
}

static void print_context(const aln_hit *hit, bool colour)
{
    size_t first = hit->found[0].start;
    size_t start = characters_before(hit->text, first, AROUND);
    size_t end = characters_after(hit->text, hit->size, hit->found[0].end, AROUND);
    printf("%-5s %s", hit->language, start ? "…" : "");
    size_t at = start;
    for (size_t i = 0; i < hit->n_found; i++) {
        const aln_found *found = &hit->found[i];
        if (found->start < at || found->end > end) continue;
        print_span(hit->text, at, found->start);
        fputs(colour ? "\033[1;31m" : "[", stdout);
        print_span(hit->text, found->start, found->end);
        fputs(colour ? "\033[0m" : "]", stdout);
        at = found->end;
    }
    print_span(hit->text, at, end);
    printf("%s", end < hit->size ? "…" : "");
}

/* A word at the edge that was cut off is printed up to the edge, as it is. */
static void print_hit(const aln_hit *hit, const aln_unit *unit, bool colour)
{
    const char *document = NULL;
    for (size_t i = 0; i < unit->n_variants && !document; i++)
        document = unit->variants[i].document;
    print_context(hit, colour);
    printf("  unit %lld%s%s\n", (long long)hit->unit, document ? "  " : "",
           document ? document : "");
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        if (strcmp(variant->language, hit->language) == 0) continue;
        printf("%-5s ", variant->language);
        print_span(variant->text, 0, variant->size);
        putchar('\n');
    }
    putchar('\n');
}

static int print_json(const aln_hit *hit, const aln_unit *unit)
{
    AUTO(json)
    json_t *object =
        json_pack("{s:I,s:s,s:s%,s:[],s:[]}", "unit", (json_int_t)hit->unit, "language",
                  hit->language, "text", hit->text, hit->size, "found", "variants");
    json_t *found = json_object_get(object, "found");
    json_t *variants = json_object_get(object, "variants");
    for (size_t i = 0; i < hit->n_found; i++)
        json_array_append_new(found, json_pack("[I,I]", (json_int_t)hit->found[i].start,
                                               (json_int_t)hit->found[i].end));
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        json_array_append_new(variants,
                              json_pack("{s:s,s:s%,s:s?}", "language",
                                        variant->language, "text", variant->text,
                                        variant->size, "document", variant->document));
    }
    if (!object || json_array_size(variants) != unit->n_variants)
        return trouble("unit %lld: text that is not UTF-8", (long long)hit->unit);
    json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    return EXIT_FOUND;
}

/* -- the command ----------------------------------------------------------------------- */

static int print_hits(const arguments *a, aln_memory *memory, aln_search *search)
{
    bool colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    bool json = a->format && strcmp(a->format, "jsonl") == 0;
    aln_error error = {0};
    const aln_hit *hit;
    const aln_unit *unit;
    size_t n = 0;
    for (;; n++) {
        if (aln_search_next(search, &hit, &error)) return complain(a->memory, &error);
        if (!hit) break;
        if (aln_memory_unit(memory, hit->unit, &unit, &error))
            return complain(a->memory, &error);
        if (!json)
            print_hit(hit, unit, colour);
        else if (print_json(hit, unit))
            return EXIT_TROUBLE;
    }
    if (fflush(stdout) || ferror(stdout)) return trouble("stdout: cannot write");
    if (n == (size_t)a->limit)
        note("%zu hits; --skip %zu shows the next", n, (size_t)a->skip + n);
    return n ? EXIT_FOUND : EXIT_NOTHING;
}

static int check_arguments(const arguments *a)
{
    aln_error error = {0};
    char tag[ALN_LANGUAGE_SIZE];
    if (!a->memory) return trouble("--memory: which memory?");
    if (a->language && aln_language_canonical(a->language, tag, &error))
        return complain("--lang", &error);
    if (a->limit < 1) return trouble("--limit: from 1 on");
    if (a->skip < 0) return trouble("--skip: from 0 on");
    if (a->format && strcmp(a->format, "text") != 0 && strcmp(a->format, "jsonl") != 0)
        return trouble("--format %s: text or jsonl", a->format);
    if (!is_date(a->since, "--since") || !is_date(a->until, "--until"))
        return EXIT_TROUBLE;
    return EXIT_FOUND;
}

static int run(const arguments *a, const char *query)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *memory = NULL;
    AUTO(search) aln_search *search = NULL;
    aln_search_options options = {
        .language = a->language,
        .document = a->document,
        .source = a->source,
        .since = a->since,
        .until = a->until,
        .exact = a->exact,
        .regex = a->regex,
        .limit = (size_t)a->limit,
        .skip = (size_t)a->skip,
    };
    if (aln_memory_open(a->memory, ALN_MEMORY_READ, &memory, &error))
        return complain(a->memory, &error);
    aln_status status = aln_search_new(memory, query, &options, &search, &error);
    if (status == ALN_SYNTAX || status == ALN_INVALID) return complain(query, &error);
    if (status) return complain(a->memory, &error);
    return print_hits(a, memory, search);
}

int cmd_search(int argc, const char **argv)
{
    AUTO(arguments) arguments a = {.limit = 20};
    const struct poptOption table[] = {
        {"memory", 'm', POPT_ARG_STRING, &a.memory, 0, "search this memory", "DB"},
        {"lang", 'l', POPT_ARG_STRING, &a.language, 0, "only texts of this language",
         "LANG"},
        {"document", '\0', POPT_ARG_STRING, &a.document, 0,
         "only units of this document", "URI"},
        {"source", '\0', POPT_ARG_STRING, &a.source, 0,
         "only units of documents of this source", "NAME"},
        {"since", '\0', POPT_ARG_STRING, &a.since, 0,
         "only documents from this date on", "DATE"},
        {"until", '\0', POPT_ARG_STRING, &a.until, 0, "only documents up to this date",
         "DATE"},
        {"exact", 'x', POPT_ARG_NONE, &a.exact, 0, "case and accents count", NULL},
        {"regex", 'e', POPT_ARG_NONE, &a.regex, 0, "TEXT is a regular expression",
         NULL},
        {"limit", 'n', POPT_ARG_INT, &a.limit, 0, "most hits (20)", "N"},
        {"skip", '\0', POPT_ARG_INT, &a.skip, 0, "leave out the first hits", "N"},
        {"format", '\0', POPT_ARG_STRING, &a.format, 0, "text or jsonl", "FORMAT"},
        COMMON_OPTIONS,
    };
    AUTO(options) poptContext context = parse_options(argc, argv, table, "TEXT");
    if (!context || check_arguments(&a)) return EXIT_TROUBLE;

    const char *query = poptGetArg(context);
    if (!query) return trouble("%s: which words?", argv[0]);
    AUTO(str) str all = {0}; /* words may be given one by one */
    for (; query; query = poptGetArg(context))
        if (str_printf(&all, "%s%s", all.size ? " " : "", query))
            return trouble("out of memory");
    return run(&a, str_text(&all));
}
