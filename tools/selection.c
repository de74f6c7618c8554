/* selection.c - which units of a memory a command is about.
 *
 * SPDX-License-Identifier: MIT
 */
#include "selection.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

char *memory_path;

static struct {
    char *text, *document, *source, *since, *until, *languages, *flag;
    double min_score, below;
    int all;
} chosen;

struct poptOption selection_options[] = {
    {"text", '\0', POPT_ARG_STRING, &chosen.text, 0, "that hold this text", "TEXT"},
    {"langs", '\0', POPT_ARG_STRING, &chosen.languages, 0, "in all these languages",
     "TAGS"},
    {"document", '\0', POPT_ARG_STRING, &chosen.document, 0, "of this document",
     "NAME"},
    {"source", '\0', POPT_ARG_STRING, &chosen.source, 0,
     "whose documents are from here", "NAME"},
    {"since", '\0', POPT_ARG_STRING, &chosen.since, 0, "of documents of this date on",
     "DATE"},
    {"until", '\0', POPT_ARG_STRING, &chosen.until, 0, "of documents up to this date",
     "DATE"},
    {"min-score", '\0', POPT_ARG_DOUBLE, &chosen.min_score, 0,
     "with at least this score, or none", "SCORE"},
    {"below", '\0', POPT_ARG_DOUBLE, &chosen.below, 0, "with a lower score", "SCORE"},
    {"flag", '\0', POPT_ARG_STRING, &chosen.flag, 0, "with this flag", "NAME"},
    {"all", '\0', POPT_ARG_NONE, &chosen.all, 0, "every one", NULL},
    POPT_TABLEEND,
};

const char *user_name(void)
{
    const char *name = getenv("USER");
    if (name && *name) return name;
    const struct passwd *entry = getpwuid(getuid());
    return entry ? entry->pw_name : "";
}

/* Where text[0..size) ends if a character that was cut is left out. */
static size_t whole_characters(const char *text, size_t size)
{
    size_t end = size;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    bool cut = end > 0 && (unsigned char)text[end - 1] >= 0xC0;
    return cut ? end - 1 : size;
}

/* The command line as it was typed, without "bitext", cut where it gets long. */
static void join_arguments(const char **argv, char *out, size_t size)
{
    size_t n = 0;
    const char *word = strchr(argv[0], ' ');
    word = word ? word + 1 : argv[0];
    for (; word && n < size; word = *++argv)
        n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " " : "", word);
    if (n >= size) out[whole_characters(out, size - 1)] = '\0';
}

aln_memory *open_memory(const char *path, aln_memory_mode mode, const char **argv)
{
    if (!path) {
        trouble("which memory? Say --memory DB");
        return NULL;
    }
    aln_error error = {0};
    aln_memory *memory = NULL;
    char what[240];
    join_arguments(argv, what, sizeof what);
    aln_status status = aln_memory_open(path, mode, &memory, &error);
    if (!status) status = aln_memory_set_author(memory, user_name(), what, &error);
    if (!status) return memory;
    complain(path, &error);
    aln_memory_close(memory);
    return NULL;
}

static bool parse_flag(const char *name, unsigned *flags)
{
    const char *names[32];
    size_t n = 0;
    for (unsigned bit = 1; bit; bit <<= 1) {
        const char *known = aln_flag_name((aln_flag)bit);
        if (!known) continue;
        if (strcmp(known, name) == 0) {
            *flags = bit;
            return true;
        }
        names[n++] = known;
    }
    int near = nearest(name, names, n);
    if (near >= 0)
        trouble("--flag: no flag \"%s\"; did you mean %s?", name, names[near]);
    else
        trouble("--flag: no flag \"%s\"", name);
    return false;
}

bool selected_filter(aln_filter *filter)
{
    size_t n;
    *filter = (aln_filter){.text = chosen.text,
                           .document = chosen.document,
                           .source = chosen.source,
                           .since = chosen.since,
                           .until = chosen.until,
                           .min_score = chosen.min_score,
                           .below_score = chosen.below};
    if (chosen.flag && !parse_flag(chosen.flag, &filter->flags)) return false;
    if (!is_score(chosen.min_score, "--min-score") ||
        !is_score(chosen.below, "--below"))
        return false;
    if (!is_date(chosen.since, "--since") || !is_date(chosen.until, "--until"))
        return false;
    if (!chosen.languages) return true;
    filter->languages = (const char *const *)parse_languages(chosen.languages, &n);
    return filter->languages;
}

static bool is_narrow(const aln_filter *filter)
{
    return filter->text || filter->document || filter->source || filter->since ||
           filter->until || filter->flags || filter->languages ||
           filter->min_score > 0 || filter->below_score > 0;
}

static int parse_ids(aln_memory *memory, poptContext options, unit_ids *ids)
{
    const char *word;
    while ((word = poptGetArg(options))) {
        char *end;
        errno = 0;
        int64_t id = strtoll(word, &end, 10);
        if (*end || errno || id <= 0)
            return trouble("%s: is no number of a unit", word);
        aln_error error = {0};
        const aln_unit *unit;
        if (aln_memory_unit(memory, id, &unit, &error))
            return complain(memory_path ? memory_path : word, &error);
        if (vec_push(ids, id)) return trouble("out of memory");
    }
    return EXIT_FOUND;
}

static int find_ids(aln_memory *memory, const aln_filter *filter, unit_ids *ids)
{
    aln_error error = {0};
    AUTO(cursor) aln_cursor *cursor = NULL;
    const aln_unit *unit = NULL;
    if (aln_memory_units(memory, filter, &cursor, &error))
        return complain(memory_path, &error);
    while (true) {
        if (aln_cursor_next(cursor, &unit, &error))
            return complain(memory_path, &error);
        if (!unit) return ids->n ? EXIT_FOUND : EXIT_NOTHING;
        if (vec_push(ids, unit->id)) return trouble("out of memory");
    }
}

int select_units(aln_memory *memory, poptContext options, unit_ids *ids)
{
    aln_filter filter;
    if (!selected_filter(&filter)) return EXIT_TROUBLE;
    bool narrow = is_narrow(&filter);
    int status;
    if (poptPeekArg(options) && (narrow || chosen.all))
        status = trouble("say numbers of units or options that choose them, not both");
    else if (poptPeekArg(options))
        status = parse_ids(memory, options, ids);
    else if (narrow || chosen.all)
        status = find_ids(memory, &filter, ids);
    else
        status = trouble("which units? Say their numbers, options that choose them, "
                         "or --all");
    free((void *)filter.languages);
    return status;
}

int open_selected(int argc, const char **argv, const struct poptOption *table,
                  aln_memory **memory, unit_ids *ids)
{
    AUTO(options) poptContext options = parse_options(argc, argv, table, "[UNIT...]");
    if (!options) return EXIT_TROUBLE;
    *memory = open_memory(memory_path, ALN_MEMORY_WRITE, argv);
    return *memory ? select_units(*memory, options, ids) : EXIT_TROUBLE;
}

int act_on_units(aln_memory *memory, const unit_ids *ids, unit_action *act,
                 const void *context)
{
    aln_error error = {0};
    aln_status status = aln_memory_begin(memory, &error);
    for (size_t i = 0; i < ids->n && !status; i++)
        status = act(memory, ids->at[i], context, &error);
    if (!status) status = aln_memory_commit(memory, &error);
    return status ? complain(memory_path, &error) : EXIT_FOUND;
}

void print_unit(FILE *stream, const aln_unit *unit)
{
    fprintf(stream, "%" PRId64, unit->id);
    if (unit->score >= 0) fprintf(stream, "  %.3f", unit->score);
    for (unsigned bit = 1; bit; bit <<= 1)
        if (unit->flags & bit && aln_flag_name((aln_flag)bit))
            fprintf(stream, "  %s", aln_flag_name((aln_flag)bit));
    fputc('\n', stream);
    for (size_t i = 0; i < unit->n_variants; i++)
        fprintf(stream, "  %-5s %s\n", unit->variants[i].language,
                unit->variants[i].text);
}

static json_t *flags_json(unsigned flags)
{
    json_t *names = json_array();
    for (unsigned bit = 1; bit; bit <<= 1)
        if (flags & bit && aln_flag_name((aln_flag)bit))
            json_array_append_new(names, json_string(aln_flag_name((aln_flag)bit)));
    return names;
}

json_t *unit_json(const aln_unit *unit)
{
    json_t *variants = json_array();
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        json_t *one = json_pack("{s:s, s:s%}", "language", variant->language, "text",
                                variant->text, variant->size);
        if (one && variant->document)
            json_object_set_new(one, "document", json_string(variant->document));
        json_array_append_new(variants, one);
    }
    json_t *object = json_pack("{s:I, s:o, s:o}", "unit", (json_int_t)unit->id, "flags",
                               flags_json(unit->flags), "variants", variants);
    if (object && unit->score >= 0)
        json_object_set_new(object, "score", json_real(unit->score));
    return object;
}

bool print_json(json_t *line)
{
    bool printed =
        line && json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0;
    json_decref(line);
    if (printed)
        putchar('\n');
    else
        trouble("out of memory");
    return printed;
}

int text_or(const char *format, const char *other)
{
    if (!format || strcmp(format, "text") == 0) return 0;
    if (strcmp(format, other) == 0) return 1;
    trouble("--format: \"%s\" is neither text nor %s", format, other);
    return -1;
}
