/* bitext replace - put other words in the place of some, in all units at once.
 *
 * Shows what would change; --apply changes it.  A text with inline tags is changed in
 * its markup as well, outside of the tags; where the words stand across a tag the unit
 * is left alone and named.
 *
 * SPDX-License-Identifier: MIT
 */
#include <inttypes.h>
#include <string.h>

#include "selection.h"

typedef struct words {
    const char *from, *to;
    str markup_from, markup_to; /* the same as XML */
    char *language;             /* NULL: any */
} words;

typedef vec(aln_variant) variants;

typedef struct replacing {
    words what;
    bool apply;
    size_t changed, left;
    variants list;
    vec(char *) owned; /* the new texts of the current unit */
} replacing;

static void replacing_done(replacing *work)
{
    for (size_t i = 0; i < work->owned.n; i++)
        free(work->owned.at[i]);
    vec_free(&work->owned);
    vec_free(&work->list);
    str_done(&work->what.markup_from);
    str_done(&work->what.markup_to);
}

static bool escape(const char *text, str *out)
{
    for (; *text; text++) {
        const char *entity = *text == '&'   ? "&amp;"
                             : *text == '<' ? "&lt;"
                             : *text == '>' ? "&gt;"
                                            : NULL;
        if (entity ? str_puts(out, entity) : str_putc(out, *text)) return false;
    }
    return true;
}

/* Replace in a text; in markup only outside of tags.  *n counts. */
static bool replace(const char *text, const char *from, const char *to, bool is_markup,
                    str *out, size_t *n)
{
    size_t size = strlen(from);
    bool in_tag = false;
    *n = 0;
    for (const char *at = text; *at;) {
        if (!in_tag && strncmp(at, from, size) == 0) {
            if (str_puts(out, to)) return false;
            at += size;
            ++*n;
            continue;
        }
        if (is_markup && (*at == '<' || *at == '>')) in_tag = *at == '<';
        if (str_putc(out, *at++)) return false;
    }
    return true;
}

static bool keep(replacing *work, str *text, const char **out, size_t *size)
{
    *size = text->size;
    char *bytes = str_steal(text);
    if (!bytes) return false;
    *out = bytes;
    if (!vec_push(&work->owned, bytes)) return true;
    free(bytes);
    return false;
}

/* Returns how often; -1 when memory is out, -2 when the words stand across a tag. */
static int change_variant(replacing *work, aln_variant *variant)
{
    const words *what = &work->what;
    AUTO(str) str text = {0};
    AUTO(str) str markup = {0};
    size_t n, in_markup;
    if (what->language && !aln_language_covers(what->language, variant->language))
        return 0;
    if (!replace(variant->text, what->from, what->to, false, &text, &n)) return -1;
    if (!n) return 0;
    if (variant->markup) {
        if (!replace(variant->markup, str_text(&what->markup_from),
                     str_text(&what->markup_to), true, &markup, &in_markup))
            return -1;
        if (in_markup != n) return -2;
        if (!keep(work, &markup, &variant->markup, &variant->markup_size)) return -1;
    }
    return keep(work, &text, &variant->text, &variant->size) ? (int)n : -1;
}

static void show(const aln_unit *unit, const aln_variant *before,
                 const aln_variant *after)
{
    printf("%" PRId64 "  %s\n  - %s\n  + %s\n", unit->id, before->language,
           before->text, after->text);
}

static int change_unit(replacing *work, aln_memory *memory, const aln_unit *unit)
{
    bool any = false;
    vec_clear(&work->list);
    for (size_t i = 0; i < unit->n_variants; i++) {
        aln_variant one = unit->variants[i];
        int n = change_variant(work, &one);
        if (n == -1 || vec_push(&work->list, one)) return trouble("out of memory");
        if (n == -2) {
            work->left++;
            note("unit %" PRId64 ": the words stand across an inline tag; left alone",
                 unit->id);
            return EXIT_FOUND;
        }
        if (n) show(unit, &unit->variants[i], &one);
        any = any || n;
    }
    if (!any) return EXIT_FOUND;
    work->changed++;
    if (!work->apply) return EXIT_FOUND;

    aln_error error = {0};
    aln_unit changed = *unit;
    changed.variants = work->list.at;
    return aln_memory_edit(memory, &changed, &error) ? complain(memory_path, &error)
                                                     : EXIT_FOUND;
}

static int change_units(replacing *work, aln_memory *memory, const unit_ids *ids)
{
    aln_error error = {0};
    const aln_unit *unit;
    if (work->apply && aln_memory_begin(memory, &error))
        return complain(memory_path, &error);
    for (size_t i = 0; i < ids->n; i++) {
        if (aln_memory_unit(memory, ids->at[i], &unit, &error))
            return complain(memory_path, &error);
        if (change_unit(work, memory, unit)) return EXIT_TROUBLE;
        for (size_t j = 0; j < work->owned.n; j++)
            free(work->owned.at[j]);
        vec_clear(&work->owned);
    }
    if (work->apply && aln_memory_commit(memory, &error))
        return complain(memory_path, &error);
    return EXIT_FOUND;
}

static int find_units(aln_memory *memory, const char *text, unit_ids *ids)
{
    aln_filter filter;
    if (!selected_filter(&filter)) return EXIT_TROUBLE;
    if (filter.text) return trouble("--text: the words to be replaced say which units");
    filter.text = text;
    aln_error error = {0};
    AUTO(cursor) aln_cursor *cursor = NULL;
    aln_status status = aln_memory_units(memory, &filter, &cursor, &error);
    const aln_unit *unit = NULL;
    while (!status && !(status = aln_cursor_next(cursor, &unit, &error)) && unit)
        if (vec_push(ids, unit->id)) return trouble("out of memory");
    free((void *)filter.languages);
    return status ? complain(memory_path, &error) : EXIT_FOUND;
}

static int run(aln_memory *memory, replacing *work)
{
    AUTO(ids) unit_ids ids = {0};
    if (!escape(work->what.from, &work->what.markup_from) ||
        !escape(work->what.to, &work->what.markup_to))
        return trouble("out of memory");
    if (find_units(memory, work->what.from, &ids) || change_units(work, memory, &ids))
        return EXIT_TROUBLE;
    if (work->changed && !work->apply)
        note("%zu units would change; --apply changes them", work->changed);
    if (work->changed && work->apply) note("%zu units changed", work->changed);
    return work->changed ? EXIT_FOUND : EXIT_NOTHING;
}

int cmd_replace(int argc, const char **argv)
{
    AUTO(free) char *language = NULL;
    int apply = 0;
    const struct poptOption table[] = {MEMORY_OPTION,
                                       {"lang", 'l', POPT_ARG_STRING, &language, 0,
                                        "only in texts of this language", "TAG"},
                                       {"apply", '\0', POPT_ARG_NONE, &apply, 0,
                                        "change, not only show", NULL},
                                       SELECTION_OPTIONS,
                                       COMMON_OPTIONS};
    AUTO(options)
    poptContext options = parse_options(argc, argv, table, "WORDS OTHERS");
    if (!options) return EXIT_TROUBLE;
    const char *from = poptGetArg(options), *to = poptGetArg(options);
    if (!from || !*from || !to || poptPeekArg(options))
        return trouble("replace: the words and what to put in their place are needed");
    char canonical[ALN_LANGUAGE_SIZE];
    aln_error error = {0};
    if (language && aln_language_canonical(language, canonical, &error))
        return complain("--lang", &error);

    AUTO(memory)
    aln_memory *memory =
        open_memory(memory_path, apply ? ALN_MEMORY_WRITE : ALN_MEMORY_READ, argv);
    if (!memory) return EXIT_TROUBLE;
    replacing work = {.what = {.from = from, .to = to}, .apply = apply};
    work.what.language = language ? canonical : NULL;
    int status = run(memory, &work);
    replacing_done(&work);
    return status;
}
