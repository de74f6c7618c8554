/* report.h - what a batch did, gathered while it runs, then printed.
 *
 *     AUTO(report) report done = {0};
 *     report_add(&done, result)                 once a group
 *     print_report_page(stream, &done) ...
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_REPORT_H
#define TOOLS_REPORT_H

#include "base/arena.h"
#include "tools.h"

enum { REPORT_BINS = 20, REPORT_WEAKEST = 60, REPORT_FLAGS = 8 };

/* A group of the batch, without those that were known already. */
typedef struct report_group {
    const char *name, *twin;
    aln_outcome outcome;
    size_t beads, units, low, flagged;
    double mean; /* score of the units with two languages or more */
} report_group;

typedef struct report_side {
    const char *language, *text, *uri;
} report_side;

/* A bead that a person should look at. */
typedef struct report_bead {
    double score;
    unsigned flags;
    const char *group;
    const report_side *sides;
    size_t n_sides;
    size_t order; /* in the batch: decides between equal scores */
} report_bead;

typedef struct report {
    arena texts;
    const char *memory, *began; /* 2017-06-09T08:34:00Z */
    double seconds;
    size_t outcomes[5]; /* groups, by aln_outcome */
    size_t documents, beads, units;
    size_t sentences, covered; /* covered: in a bead of two languages or more */
    size_t scores[REPORT_BINS], flags[REPORT_FLAGS];
    vec(report_group) groups;
    vec(aln_problem) problems;
    vec(report_bead) weakest; /* a heap, the best score on top, until report_end */
    const aln_plan_stray *strays;
    size_t n_strays;
    vec(const char *) removed; /* documents of the memory that are no longer there */
} report;

aln_status report_add(report *done, const aln_batch_result *result);
aln_status report_add_problem(report *done, const char *path, const char *message);

/* Sort beads and groups, those first that need a look most. */
void report_end(report *done);
void report_done(report *done);

static inline void auto_report(report *done)
{
    report_done(done);
}

const char *outcome_name(aln_outcome outcome);
aln_status print_report_page(FILE *stream, const report *done);
aln_status print_report_json(FILE *stream, const report *done);

#endif
