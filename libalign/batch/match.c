/* match.c - put loose files together by what they say.
 *
 * Threads read the files and turn them into sets of features; files are put on a shelf a
 * language, and every two shelves are matched.  The aligner is asked about each pair:
 * what it cannot align is none.  Then groups grow from the surest pair to the least sure
 * one, as long as no group gets two files of one shelf:
 *
 *     fr 1 = en 7   (31.0)      {fr 1, en 7}
 *     en 7 = zh 4   (22.5)      {fr 1, en 7, zh 4}
 *     fr 2 = zh 4   ( 4.1)      no: the group has a French file
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/pool.h"
#include "batch/pairing.h"
#include "batch/plan.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(article, aln_article *, aln_article_free)
AUTO_DEFINE(group, aln_group *, aln_group_free)

enum { MAX_FILE = 64 << 20, NO_SHELF = -1 };

/* Fewer sentences than this can be aligned with any others. */
enum { FEW_SENTENCES = 5 };

/* A sentence of a translation stands in a bead that is at least as likely right as
 * wrong: 0.7 or more in each of those of corpora/, mostly 0.3 to 0.5 in false pairs. */
static const double LEAST_MEAN_SCORE = 0.5;

/* A loose file that has been read. */
typedef struct loose_file {
    feature_set features;
    char language[ALN_LANGUAGE_SIZE];
    aln_error error; /* why it could not be read */
    int shelf;
    size_t next; /* in the ring of files of its group */
} loose_file;

/* The files of one language. */
typedef struct shelf {
    char language[ALN_LANGUAGE_SIZE]; /* a range: "zh" for zh-Hant too */
    vec(feature_set) sets;            /* the files' */
    vec(size_t) files;
} shelf;

/* Two files that say the same. */
typedef struct edge {
    size_t file, other;
    double odds;
} edge;

typedef struct matching {
    aln_plan *plan;
    const aln_pair_options *options;
    const aln_aligner *aligner;
    aln_segmenters *segmenters;
    const char *const *paths;
    size_t n;
    loose_file **files;
    vec(shelf) shelves; /* the pivot's first */
    vec(edge) edges;
    size_t n_sure; /* the first of them */
} matching;

static void file_free(void *made)
{
    loose_file *file = made;
    if (!file) return;
    vec_free(&file->features);
    free(file);
}

static aln_status read_article(const matching *m, size_t file, aln_article **article,
                               aln_error *error)
{
    AUTO(free) char *bytes = NULL;
    size_t size;
    const aln_article_options options = {
        .uri = m->paths[file], .lines = m->options->lines, .segmenters = m->segmenters};
    TRY(file_read(m->paths[file], MAX_FILE, &bytes, &size, error));
    return aln_article_read(bytes, size, &options, article, error);
}

static void *read_file(void *context, size_t index)
{
    const matching *m = context;
    loose_file *file = calloc(1, sizeof *file);
    if (!file) return NULL;
    AUTO(article) aln_article *article = NULL;
    if (read_article(m, index, &article, &file->error) ||
        features_of(m->aligner, article, &file->features, &file->error))
        return file;
    snprintf(file->language, sizeof file->language, "%s", article->about.language);
    return file;
}

static aln_status take_file(void *context, size_t index, void *made, aln_error *error)
{
    matching *m = context;
    m->files[index] = made;
    if (!made) return error_no_memory(error);
    if (m->files[index]->error.status == ALN_NO_MEMORY) return error_no_memory(error);
    m->files[index]->next = index;
    return ALN_OK;
}

/* ---- shelves ---- */

static aln_status add_shelf(matching *m, const char *language)
{
    shelf made = {.files = {0}};
    snprintf(made.language, sizeof made.language, "%s", language);
    return vec_push(&m->shelves, made);
}

static int shelf_of(const matching *m, const char *language)
{
    for (size_t i = 0; *language && i < m->shelves.n; i++)
        if (aln_language_covers(m->shelves.at[i].language, language)) return (int)i;
    return NO_SHELF;
}

/* One a language that is asked for, or one a language that is there, whatever its script
 * and country: they are guessed from the text, and not for sure. */
static aln_status make_shelves(matching *m)
{
    const char *const *asked = m->options->languages;
    for (size_t i = 0; asked && asked[i]; i++)
        TRY(add_shelf(m, asked[i]));
    for (size_t i = 0; !asked && i < m->n; i++) {
        char tag[ALN_LANGUAGE_SIZE];
        snprintf(tag, sizeof tag, "%.*s", (int)strcspn(m->files[i]->language, "-"),
                 m->files[i]->language);
        if (*tag && shelf_of(m, tag) == NO_SHELF) TRY(add_shelf(m, tag));
    }
    return ALN_OK;
}

/* The language of most files first. */
static int by_files(const void *a, const void *b)
{
    const shelf *x = a, *y = b;
    if (x->files.n != y->files.n) return x->files.n > y->files.n ? -1 : 1;
    return strcmp(x->language, y->language);
}

static aln_status fill_shelves(matching *m)
{
    for (size_t i = 0; i < m->n; i++) {
        int at = shelf_of(m, m->files[i]->language);
        if (at == NO_SHELF) continue;
        shelf *books = &m->shelves.at[at];
        if (vec_push(&books->sets, m->files[i]->features) || vec_push(&books->files, i))
            return ALN_NO_MEMORY;
    }
    if (!m->options->languages && m->shelves.n)
        qsort(m->shelves.at, m->shelves.n, sizeof *m->shelves.at, by_files);
    for (size_t i = 0; i < m->n; i++)
        m->files[i]->shelf = shelf_of(m, m->files[i]->language);
    return ALN_OK;
}

static aln_status match_shelves(matching *m, const shelf *a, const shelf *b,
                                aln_error *error)
{
    pairing_list found = {0};
    aln_status status = pairing_find(a->sets.at, (uint32_t)a->sets.n, b->sets.at,
                                     (uint32_t)b->sets.n, &found, error);
    for (size_t i = 0; i < found.n && !status; i++) {
        const pairing_pair *pair = &found.at[i];
        const edge made = {a->files.at[pair->source], b->files.at[pair->target],
                           pair->odds};
        if (vec_push(&m->edges, made)) status = error_no_memory(error);
    }
    vec_free(&found);
    return status;
}

/* ---- what the aligner says ---- */

/* The mean score of the beads, by how much they hold. */
static double mean_score(const aln_group *group)
{
    double sum = 0, size = 1;
    for (size_t i = 0; i < group->n_units; i++)
        for (size_t j = 0; j < group->units[i].n_variants; j++) {
            double part = (double)group->units[i].variants[j].size;
            size += part;
            if (group->units[i].n_variants > 1) sum += part * group->units[i].score;
        }
    return sum / size;
}

typedef struct verdict {
    bool refused;
    aln_error error;
} verdict;

/* A file that has gone or changed since it was read is left to the run itself. */
static void *judge(void *context, size_t index)
{
    const matching *m = context;
    const edge *between = &m->edges.at[index];
    verdict *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    AUTO(article) aln_article *a = NULL;
    AUTO(article) aln_article *b = NULL;
    AUTO(group) aln_group *group = NULL;
    if (read_article(m, between->file, &a, &made->error) ||
        read_article(m, between->other, &b, &made->error))
        return made;
    if (a->n < FEW_SENTENCES || b->n < FEW_SENTENCES) return made;
    aln_article *both[] = {a, b};
    if (!aln_group_align(m->aligner, both, 2, &group, &made->error))
        made->refused = mean_score(group) < LEAST_MEAN_SCORE;
    return made;
}

static aln_status take_verdict(void *context, size_t index, void *made,
                               aln_error *error)
{
    matching *m = context;
    AUTO(free) verdict *found = made;
    if (!found || found->error.status == ALN_NO_MEMORY) return error_no_memory(error);
    if (!found->refused) m->edges.at[m->n_sure++] = m->edges.at[index];
    return ALN_OK;
}

/* Keep the edges that the aligner confirms. */
static aln_status judge_edges(matching *m, unsigned jobs, aln_error *error)
{
    const pool_work work = {judge, take_verdict, free, m};
    TRY(pool_run(jobs, m->edges.n, &work, error));
    m->edges.n = m->n_sure;
    return ALN_OK;
}

/* ---- groups ---- */

static int by_odds(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->odds != y->odds) return x->odds > y->odds ? -1 : 1;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

/* Has the group of a file one on that shelf? */
static bool has_shelf(const matching *m, size_t file, int wanted)
{
    size_t at = file;
    do {
        if (m->files[at]->shelf == wanted) return true;
        at = m->files[at]->next;
    } while (at != file);
    return false;
}

/* Groups with a shelf in common are the same one, or stay apart. */
static bool may_join(const matching *m, const edge *between)
{
    size_t at = between->file;
    do {
        if (has_shelf(m, between->other, m->files[at]->shelf)) return false;
        at = m->files[at]->next;
    } while (at != between->file);
    return true;
}

static void join_groups(matching *m)
{
    if (m->edges.n) qsort(m->edges.at, m->edges.n, sizeof *m->edges.at, by_odds);
    for (size_t i = 0; i < m->edges.n; i++) {
        const edge *between = &m->edges.at[i];
        if (!may_join(m, between)) continue;
        loose_file *a = m->files[between->file], *b = m->files[between->other];
        size_t next = a->next; /* two rings become one */
        a->next = b->next;
        b->next = next;
    }
}

/* The file of a group that is on the first shelf. */
static size_t first_of_group(const matching *m, size_t file)
{
    size_t best = file;
    for (size_t at = m->files[file]->next; at != file; at = m->files[at]->next)
        if (m->files[at]->shelf < m->files[best]->shelf) best = at;
    return best;
}

static const char *why_alone(const loose_file *file)
{
    if (!file->language[0]) return file->error.message;
    if (file->shelf == NO_SHELF) return "its language is not asked for";
    return "says what no other file clearly says";
}

static aln_status fill_plan(matching *m, aln_error *error)
{
    for (size_t i = 0; i < m->n; i++) {
        const loose_file *file = m->files[i];
        if (file->next == i)
            TRY(plan_stray(m->plan, m->paths[i], why_alone(file), error));
        else
            TRY(aln_plan_add(m->plan, m->paths[first_of_group(m, i)], file->language,
                             m->paths[i], NULL, error));
    }
    return ALN_OK;
}

static aln_status run_matching(matching *m, aln_error *error)
{
    unsigned jobs = m->options->jobs ? m->options->jobs : pool_processors();
    const pool_work work = {read_file, take_file, file_free, m};
    TRY(pool_run(jobs, m->n, &work, error));
    if (make_shelves(m) || fill_shelves(m)) return error_no_memory(error);
    for (size_t i = 0; i < m->shelves.n; i++)
        for (size_t j = i + 1; j < m->shelves.n; j++)
            TRY(match_shelves(m, &m->shelves.at[i], &m->shelves.at[j], error));
    TRY(judge_edges(m, jobs, error));
    join_groups(m);
    return fill_plan(m, error);
}

static void matching_done(matching *m)
{
    for (size_t i = 0; i < m->shelves.n; i++) {
        vec_free(&m->shelves.at[i].sets);
        vec_free(&m->shelves.at[i].files);
    }
    vec_free(&m->shelves);
    vec_free(&m->edges);
    aln_segmenters_free(m->segmenters);
    for (size_t i = 0; m->files && i < m->n; i++)
        file_free(m->files[i]);
    free(m->files);
}

aln_status aln_plan_pair(aln_plan *plan, const aln_pair_options *options,
                         aln_error *error)
{
    static const aln_pair_options defaults;
    matching m = {.plan = plan, .options = options ? options : &defaults};
    m.paths = plan_loose(plan, &m.n);
    AUTO(aligner) aln_aligner *own = NULL;
    m.aligner = m.options->aligner;
    if (!m.aligner) {
        TRY(aln_aligner_new(NULL, &own, error));
        m.aligner = own;
    }
    TRY(aln_segmenters_new(&m.segmenters, error));
    m.files = calloc(m.n + 1, sizeof(loose_file *));
    aln_status status = m.files ? run_matching(&m, error) : error_no_memory(error);
    matching_done(&m);
    return status;
}
