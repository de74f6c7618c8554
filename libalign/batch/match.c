/* match.c - put loose files together by what they say.
 *
 * Threads read the files and turn them into sets of features; then the files of every
 * language are matched with those of the pivot's.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/pool.h"
#include "batch/pairing.h"
#include "batch/plan.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)
AUTO_DEFINE(article, aln_article *, aln_article_free)

enum { MAX_FILE = 64 << 20 };

/* A loose file that has been read. */
typedef struct loose_file {
    feature_set features;
    char language[ALN_LANGUAGE_SIZE];
    aln_error error; /* why it could not be read */
} loose_file;

typedef struct matching {
    aln_plan *plan;
    const aln_pair_options *options;
    const aln_aligner *aligner;
    aln_segmenters *segmenters;
    const char *const *paths;
    size_t n;
    loose_file **files;
    bool *taken; /* files that are in a group */
} matching;

static void file_free(void *made)
{
    loose_file *file = made;
    if (!file) return;
    vec_free(&file->features);
    free(file);
}

static void *read_file(void *context, size_t index)
{
    const matching *m = context;
    loose_file *file = calloc(1, sizeof *file);
    if (!file) return NULL;
    AUTO(free) char *bytes = NULL;
    AUTO(article) aln_article *article = NULL;
    size_t size;
    const aln_article_options options = {.uri = m->paths[index],
                                         .lines = m->options->lines,
                                         .segmenters = m->segmenters};
    if (file_read(m->paths[index], MAX_FILE, &bytes, &size, &file->error) ||
        aln_article_read(bytes, size, &options, &article, &file->error) ||
        features_of(m->aligner, article, &file->features, &file->error))
        return file;
    memcpy(file->language, article->about.language,
           strlen(article->about.language) + 1);
    return file;
}

static aln_status take_file(void *context, size_t index, void *made, aln_error *error)
{
    matching *m = context;
    m->files[index] = made;
    if (!made) return error_no_memory(error);
    return ALN_OK;
}

/* The files of a language: their features, and which files they are. */
typedef struct shelf {
    vec(feature_set) sets;
    vec(size_t) files;
} shelf;

static void shelf_done(shelf *books)
{
    vec_free(&books->sets);
    vec_free(&books->files);
}

static aln_status fill_shelf(const matching *m, const char *language, shelf *books)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->files[i]->language, language)) continue;
        if (vec_push(&books->sets, m->files[i]->features) || vec_push(&books->files, i))
            return ALN_NO_MEMORY;
    }
    return ALN_OK;
}

static aln_status add_to_plan(matching *m, const char *group, size_t file,
                              aln_error *error)
{
    if (m->taken[file]) return ALN_OK;
    m->taken[file] = true;
    return aln_plan_add(m->plan, group, m->files[file]->language, m->paths[file], NULL,
                        error);
}

static aln_status match_shelves(matching *m, const shelf *pivots, const shelf *others,
                                aln_error *error)
{
    AUTO(free) uint32_t *matches = calloc(pivots->sets.n + 1, sizeof *matches);
    if (!matches) return error_no_memory(error);
    TRY(pairing_match(pivots->sets.at, (uint32_t)pivots->sets.n, others->sets.at,
                      (uint32_t)others->sets.n, matches, error));
    for (size_t i = 0; i < pivots->sets.n; i++) {
        if (matches[i] == PAIRING_NONE) continue;
        size_t pivot = pivots->files.at[i];
        TRY(add_to_plan(m, m->paths[pivot], pivot, error));
        TRY(add_to_plan(m, m->paths[pivot], others->files.at[matches[i]], error));
    }
    return ALN_OK;
}

static aln_status match_language(matching *m, const shelf *pivots, const char *language,
                                 aln_error *error)
{
    shelf others = {0};
    aln_status status = fill_shelf(m, language, &others);
    if (status) error_no_memory(error);
    if (!status) status = match_shelves(m, pivots, &others, error);
    shelf_done(&others);
    return status;
}

/* Is file i the first in its language? */
static bool is_first_of_language(const matching *m, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(m->files[j]->language, m->files[i]->language) == 0) return false;
    return m->files[i]->language[0] != '\0';
}

static size_t count_language(const matching *m, const char *language)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        n += strcmp(m->files[i]->language, language) == 0;
    return n;
}

/* The language that the first range covers, or that of most files. */
static const char *pivot_language(const matching *m)
{
    const char *const *asked = m->options->languages;
    const char *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (!is_first_of_language(m, i)) continue;
        const char *language = m->files[i]->language;
        if (asked && asked[0] && aln_language_covers(asked[0], language))
            return language;
        size_t n = count_language(m, language);
        bool better = n > most || (n == most && strcmp(language, best) < 0);
        if (better) best = language;
        if (better) most = n;
    }
    return best;
}

static aln_status match_all(matching *m, aln_error *error)
{
    const char *pivot = pivot_language(m);
    if (!pivot) return ALN_OK;
    shelf pivots = {0};
    aln_status status = fill_shelf(m, pivot, &pivots);
    if (status) error_no_memory(error);
    for (size_t i = 0; i < m->n && !status; i++) {
        const char *language = m->files[i]->language;
        if (is_first_of_language(m, i) && strcmp(language, pivot))
            status = match_language(m, &pivots, language, error);
    }
    shelf_done(&pivots);
    return status;
}

static aln_status tell_strays(matching *m, aln_error *error)
{
    for (size_t i = 0; i < m->n; i++) {
        const loose_file *file = m->files[i];
        if (m->taken[i]) continue;
        const char *reason = file->language[0] ? "says what no other file clearly says"
                                               : file->error.message;
        TRY(plan_stray(m->plan, m->paths[i], reason, error));
    }
    return ALN_OK;
}

static aln_status run_matching(matching *m, aln_error *error)
{
    unsigned jobs = m->options->jobs ? m->options->jobs : pool_processors();
    const pool_work work = {read_file, take_file, file_free, m};
    TRY(pool_run(jobs, m->n, &work, error));
    TRY(match_all(m, error));
    return tell_strays(m, error);
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
    m.taken = calloc(m.n + 1, sizeof *m.taken);
    aln_status status =
        m.files && m.taken ? run_matching(&m, error) : error_no_memory(error);
    aln_segmenters_free(m.segmenters);
    for (size_t i = 0; m.files && i < m.n; i++)
        file_free(m.files[i]);
    free(m.files);
    free(m.taken);
    return status;
}
