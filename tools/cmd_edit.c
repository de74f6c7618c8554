/* bitext edit - say one text of a unit otherwise.
 *
 * A text that a person has written is taken for approved, so that it outlives the next
 * alignment of its page; --draft leaves that open.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "selection.h"

typedef vec(aln_variant) variants;
typedef vec(aln_meta) metas;

static inline void auto_variants(variants *list)
{
    vec_free(list);
}

static inline void auto_metas(metas *list)
{
    vec_free(list);
}

/* The unit's variants, the one in this language with another text; without a language
 * the last one. */
static int change_text(const aln_unit *unit, const char *language, const char *text,
                       variants *list)
{
    const aln_variant *changed = language ? aln_unit_variant(unit, language)
                                          : &unit->variants[unit->n_variants - 1];
    for (size_t i = 0; i < unit->n_variants; i++) {
        aln_variant one = unit->variants[i];
        if (&unit->variants[i] == changed) {
            one.text = text;
            one.size = strlen(text);
            one.markup = NULL;
            one.markup_size = 0;
        }
        if (vec_push(list, one)) return trouble("out of memory");
    }
    if (changed) return EXIT_FOUND;
    aln_variant added = {.language = language, .text = text, .size = strlen(text)};
    return vec_push(list, added) ? trouble("out of memory") : EXIT_FOUND;
}

/* TMX's changedate says when. */
static int change_date(const aln_unit *unit, char date[32], metas *list)
{
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc)) return trouble("the clock makes no sense");
    strftime(date, 32, "%Y%m%dT%H%M%SZ", &utc);
    for (size_t i = 0; i < unit->n_meta; i++) {
        const aln_meta *item = &unit->meta[i];
        bool outdated = item->kind == ALN_META_ATTRIBUTE && item->name &&
                        strcmp(item->name, "changedate") == 0;
        if (!outdated && vec_push(list, *item)) return trouble("out of memory");
    }
    aln_meta changed = {
        .kind = ALN_META_ATTRIBUTE, .name = "changedate", .value = date};
    return vec_push(list, changed) ? trouble("out of memory") : EXIT_FOUND;
}

static int edit(aln_memory *memory, const aln_unit *unit, const char *language,
                const char *text, bool draft)
{
    char date[32];
    AUTO(variants) variants list = {0};
    AUTO(metas) metas meta = {0};
    if (change_text(unit, language, text, &list) || change_date(unit, date, &meta))
        return EXIT_TROUBLE;
    aln_unit changed = *unit;
    changed.variants = list.at;
    changed.n_variants = list.n;
    changed.meta = meta.at;
    changed.n_meta = meta.n;
    if (!draft) changed.flags |= ALN_FLAG_APPROVED;
    aln_error error = {0};
    if (aln_memory_edit(memory, &changed, &error)) return complain(memory_path, &error);
    return EXIT_FOUND;
}

int cmd_edit(int argc, const char **argv)
{
    AUTO(free) char *language = NULL;
    int draft = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"lang", 'l', POPT_ARG_STRING, &language, 0,
                                        "the language of the text", "TAG"},
                                       {"draft", '\0', POPT_ARG_NONE, &draft, 0,
                                        "do not mark the unit as approved", NULL},
                                       COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "UNIT TEXT");
    if (!options) return EXIT_TROUBLE;
    const char *number = poptGetArg(options), *text = poptGetArg(options);
    if (!number || !text || poptPeekArg(options))
        return trouble("edit: the number of a unit and a text are needed");
    if (!*text) return trouble("edit: the text is empty; \"bitext delete\" deletes");
    char canonical[ALN_LANGUAGE_SIZE], *end;
    aln_error error = {0};
    if (language && aln_language_canonical(language, canonical, &error))
        return complain("--lang", &error);
    errno = 0;
    int64_t id = strtoll(number, &end, 10);
    if (*end || errno || id <= 0) return trouble("%s: is no number of a unit", number);

    AUTO(memory) aln_memory *memory = open_memory(memory_path, ALN_MEMORY_WRITE, argv);
    if (!memory) return EXIT_TROUBLE;
    const aln_unit *unit;
    if (aln_memory_unit(memory, id, &unit, &error))
        return complain(memory_path, &error);
    return edit(memory, unit, language ? canonical : NULL, text, draft);
}
