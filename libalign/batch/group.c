/* group.c - the articles of one communiqué become beads, and these units.
 *
 *     fr  [La Chine ...] [M. Xi ...] [Il ...]       unit 0: fr "La Chine ..." en "China
 * ..." en  [China ...]    [Xi ...           ]        unit 1: fr "M. Xi ... Il ..." en
 * "Xi ..."
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include <string.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"

AUTO_DEFINE(group, aln_group *, aln_group_free)

/* What a group owns behind its public face. */
typedef struct group_parts {
    aln_group face; /* first: a pointer to it is a pointer to all */
    aln_alignment *alignment;
    arena texts;
    aln_meta meta[1]; /* of every unit: when the articles appeared */
    size_t n_meta;
} group_parts;

/* Scripts that put no space between sentences. */
static const char *const UNSPACED[] = {"zh",  "ja",  "yue", "wuu",
                                       "lzh", "gan", "hak", "nan"};

void aln_group_free(aln_group *group)
{
    group_parts *parts = (group_parts *)group;
    if (!parts) return;
    aln_alignment_free(parts->alignment);
    arena_done(&parts->texts);
    free(parts);
}

static bool is_unspaced(const char *language)
{
    for (size_t i = 0; i < sizeof UNSPACED / sizeof *UNSPACED; i++)
        if (aln_language_covers(UNSPACED[i], language)) return true;
    return false;
}

static aln_status join(const aln_article *article, aln_range range, str *text,
                       aln_error *error)
{
    bool spaced = !is_unspaced(article->about.language);
    str_clear(text);
    for (uint32_t i = range.start; i < range.end; i++) {
        const aln_sentence *sentence = &article->sentences[i];
        if (spaced && text->size && sentence->size && str_putc(text, ' '))
            return error_no_memory(error);
        if (str_add(text, sentence->text, sentence->size))
            return error_no_memory(error);
    }
    return ALN_OK;
}

static aln_status fill_variant(group_parts *parts, const aln_article *article,
                               aln_range range, str *room, aln_variant *variant,
                               aln_error *error)
{
    TRY(join(article, range, room, error));
    const char *text = arena_copy(&parts->texts, str_text(room), room->size);
    if (!text) return error_no_memory(error);
    *variant = (aln_variant){.language = article->about.language,
                             .text = text,
                             .size = room->size,
                             .document = article->about.uri};
    return ALN_OK;
}

static aln_status fill_unit(group_parts *parts, const aln_bead *bead, str *room,
                            aln_unit *unit, aln_error *error)
{
    const aln_group *group = &parts->face;
    aln_variant *variants =
        arena_array(&parts->texts, group->n_articles, sizeof *variants);
    if (!variants) return error_no_memory(error);

    size_t n = 0;
    for (size_t i = 0; i < group->n_articles; i++) {
        if (bead->sides[i].start == bead->sides[i].end) continue;
        TRY(fill_variant(parts, group->articles[i], bead->sides[i], room, &variants[n],
                         error));
        n += variants[n].size > 0; /* empty lines say nothing */
    }
    unit->score = bead->score;
    unit->flags = bead->flags;
    unit->variants = variants;
    unit->n_variants = n;
    unit->meta = parts->meta;
    unit->n_meta = parts->n_meta;
    return ALN_OK;
}

/* The date of the pivot, else of the first article that has one. */
static void set_date(group_parts *parts)
{
    for (size_t i = 0; i < parts->face.n_articles && !parts->n_meta; i++) {
        const char *date = parts->face.articles[i]->about.date;
        if (date)
            parts->meta[parts->n_meta++] =
                (aln_meta){.kind = ALN_META_PROPERTY, .name = "x-date", .value = date};
    }
}

static aln_status make_units(group_parts *parts, aln_error *error)
{
    const aln_alignment *alignment = parts->alignment;
    aln_unit *units = arena_array(&parts->texts, alignment->n_beads, sizeof *units);
    if (!units && alignment->n_beads) return error_no_memory(error);

    AUTO(str) str room = {0};
    for (size_t i = 0; i < alignment->n_beads; i++)
        TRY(fill_unit(parts, &alignment->beads[i], &room, &units[i], error));
    parts->face.units = units;
    parts->face.n_units = alignment->n_beads;
    return ALN_OK;
}

/* Two texts of one language cannot be told apart in a unit. */
static aln_status check_languages(aln_article *const *articles, size_t n,
                                  aln_error *error)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(articles[i]->about.language, articles[j]->about.language) == 0)
                return error_set(
                    error, ALN_INVALID,
                    "%.90s is in \"%s\" like %.90s; the languages must differ",
                    articles[i]->about.uri, articles[i]->about.language,
                    articles[j]->about.uri);
    return ALN_OK;
}

static aln_status align_articles(group_parts *parts, const aln_aligner *aligner,
                                 aln_error *error)
{
    const aln_group *group = &parts->face;
    aln_side *sides = arena_array(&parts->texts, group->n_articles, sizeof *sides);
    if (!sides) return error_no_memory(error);
    for (size_t i = 0; i < group->n_articles; i++) {
        const aln_article *article = group->articles[i];
        sides[i] = (aln_side){.language = article->about.language,
                              .sentences = article->sentences,
                              .n = article->n,
                              .paragraphs = article->paragraphs};
    }
    return aln_align(aligner, sides, group->n_articles, &parts->alignment, error);
}

aln_status aln_group_align(const aln_aligner *aligner, aln_article *const *articles,
                           size_t n, aln_group **group, aln_error *error)
{
    if (n < 2) return error_set(error, ALN_INVALID, "a group needs two texts or more");
    TRY(check_languages(articles, n, error));

    AUTO(group) aln_group *made = calloc(1, sizeof(group_parts));
    group_parts *parts = (group_parts *)made;
    if (!parts) return error_no_memory(error);
    const aln_article **members = arena_array(&parts->texts, n, sizeof *members);
    if (!members) return error_no_memory(error);
    for (size_t i = 0; i < n; i++)
        members[i] = articles[i];
    made->articles = members;
    made->n_articles = n;
    TRY(align_articles(parts, aligner, error));
    made->alignment = parts->alignment;
    set_date(parts);
    TRY(make_units(parts, error));
    *group = STEAL(made);
    return ALN_OK;
}

bool aln_group_keeps(const aln_group *group, size_t unit, double min_score)
{
    return group->units[unit].n_variants > 1 && group->units[unit].score >= min_score;
}

aln_status aln_group_write(const aln_group *group, double min_score, aln_writer *writer,
                           aln_error *error)
{
    for (size_t i = 0; i < group->n_units; i++)
        if (aln_group_keeps(group, i, min_score))
            TRY(aln_writer_add(writer, &group->units[i], error));
    return ALN_OK;
}

static aln_status store_units(const aln_group *group, double min_score,
                              aln_memory *memory, size_t *added, aln_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < group->n_units; i++) {
        if (!aln_group_keeps(group, i, min_score)) continue;
        TRY(aln_memory_add_unit(memory, &group->units[i], NULL, error));
        n++;
    }
    if (added) *added = n;
    return ALN_OK;
}

aln_status aln_group_store(const aln_group *group, double min_score, aln_memory *memory,
                           bool *known, size_t *added, aln_error *error)
{
    AUTO(free) aln_document *documents = calloc(group->n_articles, sizeof *documents);
    if (!documents) return error_no_memory(error);
    for (size_t i = 0; i < group->n_articles; i++)
        documents[i] = group->articles[i]->about;

    bool there = false;
    TRY(aln_memory_add_documents(memory, documents, group->n_articles, &there, error));
    if (!there) TRY(store_units(group, min_score, memory, added, error));
    if (there && added) *added = 0;
    if (known) *known = there;
    return ALN_OK;
}
