/* report.c - gather what a batch did.
 *
 * Of the beads only the weakest are kept, in a heap, so that the report of a large
 * batch is no larger than that of a small one but for a line a group.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include <string.h>

/* Units that score less are counted as low. */
static const double LOW = 0.5;

const char *outcome_name(aln_outcome outcome)
{
    static const char *const NAMES[] = {"added", "known", "duplicate", "failed",
                                        "planned"};
    return NAMES[outcome];
}

static const char *keep(report *done, const char *text)
{
    return text ? arena_copy(&done->texts, text, strlen(text)) : NULL;
}

/* Is a better than b, that is, less in need of a look? */
static bool is_better(const report_bead *a, const report_bead *b)
{
    if (a->score != b->score) return a->score > b->score;
    return a->order > b->order;
}

static void sift_down(report_bead *heap, size_t n, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && is_better(&heap[child + 1], &heap[child])) child++;
        if (!is_better(&heap[child], &heap[i])) return;
        report_bead spare = heap[i];
        heap[i] = heap[child];
        heap[child] = spare;
    }
}

static aln_status fill_sides(report *done, const aln_unit *unit, report_bead *bead)
{
    report_side *sides = arena_array(&done->texts, unit->n_variants, sizeof *sides);
    if (!sides) return ALN_NO_MEMORY;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        sides[i] = (report_side){.language = keep(done, variant->language),
                                 .text = arena_copy(&done->texts, variant->text,
                                                    variant->size),
                                 .uri = keep(done, variant->document)};
        if (!sides[i].language || !sides[i].text) return ALN_NO_MEMORY;
    }
    bead->sides = sides;
    bead->n_sides = unit->n_variants;
    return ALN_OK;
}

static aln_status consider(report *done, const char *group, const aln_unit *unit)
{
    report_bead bead = {.score = unit->score,
                        .flags = unit->flags,
                        .group = group,
                        .order = done->beads};
    bool full = done->weakest.n == REPORT_WEAKEST;
    if (full && !is_better(&done->weakest.at[0], &bead)) return ALN_OK;
    TRY(fill_sides(done, unit, &bead));
    if (full) {
        done->weakest.at[0] = bead;
        sift_down(done->weakest.at, done->weakest.n, 0);
        return ALN_OK;
    }
    if (vec_push(&done->weakest, bead)) return ALN_NO_MEMORY;
    for (size_t i = done->weakest.n / 2; i-- > 0;)
        sift_down(done->weakest.at, done->weakest.n, i);
    return ALN_OK;
}

static void count_sentences(report *done, const aln_group *aligned, size_t unit)
{
    const aln_bead *bead = &aligned->alignment->beads[unit];
    size_t n = 0;
    for (size_t i = 0; i < aligned->n_articles; i++)
        n += bead->sides[i].end - bead->sides[i].start;
    done->sentences += n;
    if (aligned->units[unit].n_variants > 1) done->covered += n;
}

static aln_status add_unit(report *done, report_group *group, const aln_group *aligned,
                           size_t index)
{
    const aln_unit *unit = &aligned->units[index];
    count_sentences(done, aligned, index);
    done->beads++;
    group->beads++;
    group->flagged += unit->flags != 0;
    for (unsigned i = 0; i < REPORT_FLAGS; i++)
        done->flags[i] += unit->flags >> i & 1;
    if (unit->n_variants < 2) return ALN_OK;

    int bin = (int)(unit->score * REPORT_BINS);
    done->scores[bin < REPORT_BINS ? bin : REPORT_BINS - 1]++;
    group->low += unit->score < LOW;
    group->mean += unit->score;
    return consider(done, group->name, unit);
}

static aln_status add_aligned(report *done, report_group *group,
                              const aln_group *aligned)
{
    size_t pairs = 0;
    for (size_t i = 0; i < aligned->n_units; i++) {
        TRY(add_unit(done, group, aligned, i));
        pairs += aligned->units[i].n_variants > 1;
    }
    if (pairs) group->mean /= (double)pairs;
    return ALN_OK;
}

aln_status report_add_problem(report *done, const char *path, const char *message)
{
    const aln_problem problem = {keep(done, path), keep(done, message)};
    if (!problem.path || !problem.message || vec_push(&done->problems, problem))
        return ALN_NO_MEMORY;
    return ALN_OK;
}

aln_status report_add(report *done, const aln_batch_result *result)
{
    done->outcomes[result->outcome]++;
    done->units += result->units;
    for (size_t i = 0; i < result->n_problems; i++)
        TRY(report_add_problem(done, result->problems[i].path,
                               result->problems[i].message));
    if (result->outcome == ALN_OUTCOME_KNOWN) return ALN_OK;

    done->documents += result->aligned ? result->aligned->n_articles : 0;
    report_group group = {.name = keep(done, result->group->name),
                          .twin = keep(done, result->twin),
                          .outcome = result->outcome,
                          .units = result->units};
    if (!group.name) return ALN_NO_MEMORY;
    if (result->outcome == ALN_OUTCOME_ADDED)
        TRY(add_aligned(done, &group, result->aligned));
    return vec_push(&done->groups, group);
}

static int worst_first(const void *a, const void *b)
{
    return is_better(a, b) ? 1 : -1;
}

/* Failed, then added with the lowest scores first, then what repeats others. */
static double ease(const report_group *group)
{
    if (group->outcome == ALN_OUTCOME_FAILED) return -1;
    return group->outcome == ALN_OUTCOME_ADDED ? group->mean : 2;
}

static int by_ease(const void *a, const void *b)
{
    const report_group *left = a, *right = b;
    double difference = ease(left) - ease(right);
    if (difference != 0) return difference < 0 ? -1 : 1;
    return strcmp(left->name, right->name);
}

void report_end(report *done)
{
    if (done->weakest.n)
        qsort(done->weakest.at, done->weakest.n, sizeof *done->weakest.at, worst_first);
    if (done->groups.n)
        qsort(done->groups.at, done->groups.n, sizeof *done->groups.at, by_ease);
}

void report_done(report *done)
{
    arena_done(&done->texts);
    vec_free(&done->groups);
    vec_free(&done->problems);
    vec_free(&done->weakest);
    vec_free(&done->removed);
}
