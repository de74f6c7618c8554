/* report_json.c - the report of a batch as one JSON object.
 *
 * SPDX-License-Identifier: MIT
 */
#include <jansson.h>

#include "report.h"

AUTO_DEFINE(json, json_t *, json_decref)

enum { SCHEMA_VERSION = 1 };

static json_t *counts_json(const report *done)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "added",
                     (json_int_t)done->outcomes[ALN_OUTCOME_ADDED], "known",
                     (json_int_t)done->outcomes[ALN_OUTCOME_KNOWN], "duplicate",
                     (json_int_t)done->outcomes[ALN_OUTCOME_DUPLICATE], "failed",
                     (json_int_t)done->outcomes[ALN_OUTCOME_FAILED], "planned",
                     (json_int_t)done->outcomes[ALN_OUTCOME_PLANNED], "documents",
                     (json_int_t)done->documents, "beads", (json_int_t)done->beads,
                     "units", (json_int_t)done->units, "sentences",
                     (json_int_t)done->sentences, "covered", (json_int_t)done->covered);
}

static json_t *scores_json(const report *done)
{
    json_t *bins = json_array();
    for (int i = 0; i < REPORT_BINS; i++)
        json_array_append_new(bins, json_integer((json_int_t)done->scores[i]));
    return bins;
}

static json_t *flag_counts_json(const report *done)
{
    json_t *flags = json_object();
    for (int i = 0; i < REPORT_FLAGS; i++) {
        const char *name = aln_flag_name((aln_flag)(1 << i));
        if (name && done->flags[i])
            json_object_set_new(flags, name, json_integer((json_int_t)done->flags[i]));
    }
    return flags;
}

static json_t *groups_json(const report *done)
{
    json_t *groups = json_array();
    for (size_t i = 0; i < done->groups.n; i++) {
        const report_group *group = &done->groups.at[i];
        json_array_append_new(
            groups,
            json_pack("{s:s, s:s, s:s*, s:I, s:I, s:I, s:I, s:f}", "name", group->name,
                      "outcome", outcome_name(group->outcome), "twin", group->twin,
                      "beads", (json_int_t)group->beads, "units",
                      (json_int_t)group->units, "low", (json_int_t)group->low,
                      "flagged", (json_int_t)group->flagged, "mean", group->mean));
    }
    return groups;
}

static json_t *bead_json(const report_bead *bead)
{
    json_t *variants = json_array();
    for (size_t i = 0; i < bead->n_sides; i++)
        json_array_append_new(variants, json_pack("{s:s, s:s, s:s*}", "language",
                                                  bead->sides[i].language, "text",
                                                  bead->sides[i].text, "document",
                                                  bead->sides[i].uri));
    return json_pack("{s:f, s:o, s:s, s:o}", "score", bead->score, "flags",
                     flag_names(bead->flags), "group", bead->group, "variants",
                     variants);
}

static json_t *weakest_json(const report *done)
{
    json_t *beads = json_array();
    for (size_t i = 0; i < done->weakest.n; i++)
        json_array_append_new(beads, bead_json(&done->weakest.at[i]));
    return beads;
}

static json_t *problems_json(const report *done)
{
    json_t *problems = json_array();
    for (size_t i = 0; i < done->problems.n; i++)
        json_array_append_new(problems,
                              json_pack("{s:s, s:s}", "path", done->problems.at[i].path,
                                        "problem", done->problems.at[i].message));
    return problems;
}

static json_t *strays_json(const report *done)
{
    json_t *strays = json_array();
    for (size_t i = 0; i < done->n_strays; i++)
        json_array_append_new(strays,
                              json_pack("{s:s, s:s}", "path", done->strays[i].path,
                                        "reason", done->strays[i].reason));
    return strays;
}

static json_t *removed_json(const report *done)
{
    json_t *removed = json_array();
    for (size_t i = 0; i < done->removed.n; i++)
        json_array_append_new(removed, json_string(done->removed.at[i]));
    return removed;
}

aln_status print_report_json(FILE *stream, const report *done)
{
    AUTO(json)
    json_t *all =
        json_pack("{s:i, s:s, s:s, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                  "version", SCHEMA_VERSION, "memory", done->memory, "began",
                  done->began, "seconds", done->seconds, "counts", counts_json(done),
                  "scores", scores_json(done), "flags", flag_counts_json(done),
                  "groups", groups_json(done), "problems", problems_json(done), "alone",
                  strays_json(done), "removed", removed_json(done), "weakest",
                  weakest_json(done));
    if (!all) return ALN_NO_MEMORY;
    json_dumpf(all, stream, JSON_INDENT(1) | JSON_REAL_PRECISION(4));
    putc('\n', stream);
    return ALN_OK;
}
