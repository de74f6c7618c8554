/* group_formats.c - an aligned group as beads, JSON lines, tables, TMX, or as hunalign
 * prints it.
 *
 *     [0, 1]:[0]:0.873                                                  beads
 *     0<TAB>0<TAB>0.873                                                 ladder
 *     Un. ~~~ Deux.<TAB>One and two.<TAB>0.873                          text
 *     {"bead":[[0,1],[0]],"shape":"2-1","score":0.873,"flags":[],...}   jsonl
 *
 * SPDX-License-Identifier: MIT
 */
#include <jansson.h>
#include <string.h>

#include "tools.h"

AUTO_DEFINE(json, json_t *, json_decref)
AUTO_DEFINE(writer, aln_writer *, aln_writer_close)

static void print_range(FILE *stream, aln_range range)
{
    putc('[', stream);
    for (uint32_t i = range.start; i < range.end; i++)
        fprintf(stream, i == range.start ? "%u" : ", %u", i);
    putc(']', stream);
}

static aln_status print_beads(FILE *stream, const aln_group *group, double min_score,
                              aln_error *error)
{
    for (size_t i = 0; i < group->n_units; i++) {
        const aln_bead *bead = &group->alignment->beads[i];
        print_range(stream, bead->sides[0]);
        putc(':', stream);
        print_range(stream, bead->sides[1]);
        fprintf(stream, ":%.3f\n", bead->score);
    }
    return ALN_OK;
}

/* Rungs: a bead goes on to the next; the last stands behind both texts. */
static aln_status print_ladder(FILE *stream, const aln_group *group, double min_score,
                               aln_error *error)
{
    size_t at[2] = {0, 0};
    for (size_t i = 0; i < group->n_units; i++) {
        const aln_bead *bead = &group->alignment->beads[i];
        if (bead->flags & ALN_FLAG_CROSSING) {
            *error = (aln_error){.status = ALN_UNSUPPORTED,
                                 .message = "a ladder cannot say that sentences have "
                                            "changed places; use beads"};
            return ALN_UNSUPPORTED;
        }
        fprintf(stream, "%zu\t%zu\t%.3f\n", at[0], at[1], bead->score);
        for (int side = 0; side < 2; side++)
            if (bead->sides[side].end > bead->sides[side].start)
                at[side] = bead->sides[side].end;
    }
    fprintf(stream, "%zu\t%zu\t0.000\n", group->articles[0]->n, group->articles[1]->n);
    return ALN_OK;
}

/* What would end a cell or a row becomes a space, as hunalign's own sentences have none. */
static void print_joined(FILE *stream, const aln_article *article, aln_range range)
{
    for (uint32_t i = range.start; i < range.end; i++) {
        const aln_sentence *sentence = &article->sentences[i];
        if (i > range.start) fputs(" ~~~ ", stream);
        for (size_t j = 0; j < sentence->size; j++)
            putc(strchr("\t\r\n", sentence->text[j]) ? ' ' : sentence->text[j], stream);
    }
}

static aln_status print_text(FILE *stream, const aln_group *group, double min_score,
                             aln_error *error)
{
    for (size_t i = 0; i < group->n_units; i++) {
        const aln_bead *bead = &group->alignment->beads[i];
        print_joined(stream, group->articles[0], bead->sides[0]);
        putc('\t', stream);
        print_joined(stream, group->articles[1], bead->sides[1]);
        fprintf(stream, "\t%.3f\n", bead->score);
    }
    return ALN_OK;
}

static json_t *bead_json(const aln_group *group, const aln_bead *bead)
{
    json_t *sides = json_array();
    for (size_t i = 0; i < group->n_articles; i++) {
        json_t *side = json_array();
        for (uint32_t j = bead->sides[i].start; j < bead->sides[i].end; j++)
            json_array_append_new(side, json_integer(j));
        json_array_append_new(sides, side);
    }
    return sides;
}

static json_t *shape_json(const aln_group *group, const aln_bead *bead)
{
    AUTO(str) str shape = {0};
    for (size_t i = 0; i < group->n_articles; i++)
        if (str_printf(&shape, i ? "-%u" : "%u",
                       bead->sides[i].end - bead->sides[i].start))
            return NULL;
    return json_string(str_text(&shape));
}

json_t *flag_names(unsigned flags)
{
    json_t *names = json_array();
    for (unsigned flag = 1; flag && flag <= flags; flag <<= 1) {
        const char *name = flags & flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (name) json_array_append_new(names, json_string(name));
    }
    return names;
}

static json_t *variants_json(const aln_unit *unit)
{
    json_t *variants = json_array();
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        json_array_append_new(variants,
                              json_pack("{s:s, s:s%, s:s}", "language",
                                        variant->language, "text", variant->text,
                                        variant->size, "document", variant->document));
    }
    return variants;
}

aln_status print_group_line(FILE *stream, const aln_group *group, size_t unit,
                            struct json_t *id, double min_score, aln_error *error)
{
    const aln_bead *bead = &group->alignment->beads[unit];
    AUTO(json)
    json_t *line =
        json_pack("{s:O*, s:o, s:o, s:f, s:o, s:b, s:o}", "group", id, "bead",
                  bead_json(group, bead), "shape", shape_json(group, bead), "score",
                  bead->score, "flags", flag_names(bead->flags), "kept",
                  aln_group_keeps(group, unit, min_score), "variants",
                  variants_json(&group->units[unit]));
    if (!line) {
        *error = (aln_error){.status = ALN_NO_MEMORY, .message = "out of memory"};
        return ALN_NO_MEMORY;
    }
    json_dumpf(line, stream, JSON_COMPACT | JSON_REAL_PRECISION(4));
    putc('\n', stream);
    return ALN_OK;
}

static aln_status print_lines(FILE *stream, const aln_group *group, double min_score,
                              aln_error *error)
{
    for (size_t i = 0; i < group->n_units; i++)
        TRY(print_group_line(stream, group, i, NULL, min_score, error));
    return ALN_OK;
}

/* The languages, then columns of a table; NULL without memory. */
static const char **columns_of(const aln_group *group, aln_error *error)
{
    const char **columns = calloc(group->n_articles + 3, sizeof *columns);
    if (!columns)
        *error = (aln_error){.status = ALN_NO_MEMORY, .message = "out of memory"};
    for (size_t i = 0; columns && i < group->n_articles; i++)
        columns[i] = group->articles[i]->about.language;
    return columns;
}

static aln_status write_units(FILE *stream, const aln_group *group, aln_format format,
                              double min_score, aln_error *error)
{
    AUTO(writer) aln_writer *writer = NULL;
    AUTO(free) const char **languages = columns_of(group, error);
    const aln_write_options options = {.format = format, .languages = languages};
    if (!languages) return ALN_NO_MEMORY;
    TRY(aln_writer_open(stream, &options, &writer, error));
    TRY(aln_group_write(group, min_score, writer, error));
    return aln_writer_finish(writer, error);
}

/* For a spreadsheet: every bead, for a person puts right what is wrong.  Excel knows UTF-8
 * by its mark only. */
static aln_status print_csv(FILE *stream, const aln_group *group, double min_score,
                            aln_error *error)
{
    AUTO(writer) aln_writer *writer = NULL;
    AUTO(free) const char **columns = columns_of(group, error);
    const aln_write_options options = {.format = ALN_FORMAT_CSV, .languages = columns};
    if (!columns) return ALN_NO_MEMORY;
    columns[group->n_articles] = "score";
    columns[group->n_articles + 1] = "flags";
    fputs("\xEF\xBB\xBF", stream);
    TRY(aln_writer_open(stream, &options, &writer, error));
    for (size_t i = 0; i < group->n_units; i++)
        TRY(aln_writer_add(writer, &group->units[i], error));
    return aln_writer_finish(writer, error);
}

static aln_status print_tmx(FILE *stream, const aln_group *group, double min_score,
                            aln_error *error)
{
    return write_units(stream, group, ALN_FORMAT_TMX, min_score, error);
}

static aln_status print_tsv(FILE *stream, const aln_group *group, double min_score,
                            aln_error *error)
{
    return write_units(stream, group, ALN_FORMAT_TSV, min_score, error);
}

static const group_format formats[] = {
    {"tmx", print_tmx, 0},         {"tsv", print_tsv, 0},
    {"jsonl", print_lines, 0},     {"beads", print_beads, 2},
    {"html", print_group_page, 0}, {"csv", print_csv, 0},
    {"ladder", print_ladder, 2},   {"text", print_text, 2},
};

enum { FORMATS = sizeof formats / sizeof *formats };

const group_format *find_group_format(const char *name)
{
    const char *names[FORMATS];
    for (int i = 0; i < FORMATS; i++) {
        names[i] = formats[i].name;
        if (strcmp(names[i], name) == 0) return &formats[i];
    }
    int near = nearest(name, names, FORMATS);
    if (near >= 0)
        trouble("--format %s: unknown; did you mean %s?", name, names[near]);
    else
        trouble("--format %s: unknown; use tmx, tsv, csv, jsonl, html, "
                "beads, ladder or text",
                name);
    return NULL;
}
