/* run.c - carry out a plan: look at every file, align what is new, store it.
 *
 *     look    threads read and hash; the caller asks the memory what it knows
 *     align   threads read and align the rest; the caller stores in the plan's order
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>
#include <align/lesson.h>

#include <string.h>

#include <sha256.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/pool.h"
#include "base/vec.h"
#include "batch/recall.h"

AUTO_DEFINE(aligner, aln_aligner *, aln_aligner_free)

enum {
    MAX_FILE = 64 << 20,
    GROUPS_A_COMMIT = 64, /* so many are done again after a kill at most */
};

typedef struct batch {
    const aln_batch_options *options;
    aln_aligner *aligner; /* one for all: it keeps its tables ready */
    aln_segmenters *segmenters;
    aln_memory *memory;
    vec(const aln_plan_group *) groups; /* of the shard */
    vec(size_t) todo;                   /* those that the memory does not know */
    bool *known;
    twins seen;
    arena names;        /* of sets of documents in the memory */
    aln_lesson *taught; /* by the first pass */
    size_t done, uncommitted;
} batch;

/* What a thread makes of a group, and the caller takes. */
typedef struct work_item {
    const aln_plan_group *group;
    arena texts;
    aln_article **articles; /* those that could be read */
    size_t n_articles;
    aln_group *aligned;
    sketch drawn;
    aln_problem *problems;
    size_t n_problems;
    bool lost; /* out of memory: not even problems could be noted */
    char (*hashes)[SHA256_DIGEST_STRING_LENGTH];
} work_item;

static void item_free(void *made)
{
    work_item *item = made;
    if (!item) return;
    aln_group_free(item->aligned);
    for (size_t i = 0; i < item->n_articles; i++)
        aln_article_free(item->articles[i]);
    arena_done(&item->texts);
    free(item);
}

AUTO_DEFINE(item, work_item *, item_free)

static work_item *item_new(const aln_plan_group *group)
{
    work_item *item = calloc(1, sizeof *item);
    if (!item) return NULL;
    item->group = group;
    item->problems = arena_array(&item->texts, group->n + 1, sizeof *item->problems);
    item->articles = arena_array(&item->texts, group->n, sizeof(aln_article *));
    item->hashes = arena_array(&item->texts, group->n, sizeof *item->hashes);
    if (item->problems && item->articles && item->hashes) return item;
    item_free(item);
    return NULL;
}

static void add_problem(work_item *item, const char *path, const aln_error *error)
{
    char *message = arena_copy(&item->texts, error->message, strlen(error->message));
    item->lost = item->lost || !message || error->status == ALN_NO_MEMORY;
    item->problems[item->n_problems++] = (aln_problem){path, message};
}

/* ---- look ---- */

static void *look_at(void *context, size_t index)
{
    const batch *running = context;
    const aln_plan_group *group = running->groups.at[index];
    work_item *item = item_new(group);
    for (size_t i = 0; item && i < group->n; i++) {
        aln_error error = {0};
        AUTO(free) char *bytes = NULL;
        size_t size;
        if (file_read(group->members[i].path, MAX_FILE, &bytes, &size, &error))
            add_problem(item, group->members[i].path, &error);
        else
            SHA256Data((const uint8_t *)bytes, size, item->hashes[i]);
    }
    return item;
}

static aln_status ask_memory(batch *running, const work_item *item, bool *known,
                             aln_error *error)
{
    const aln_plan_group *group = item->group;
    AUTO(free) aln_document *documents = calloc(group->n, sizeof *documents);
    if (!documents) return error_no_memory(error);
    size_t n = 0;
    for (size_t i = 0; i < group->n; i++)
        if (item->hashes[i][0])
            documents[n++] =
                (aln_document){.uri = group->members[i].uri, .sha256 = item->hashes[i]};
    *known = false;
    if (n < 2 || !running->memory) return ALN_OK;
    return aln_memory_knows(running->memory, documents, n, known, error);
}

static aln_status note_known(void *context, size_t index, void *made, aln_error *error)
{
    batch *running = context;
    AUTO(item) work_item *item = made;
    if (!item || item->lost) return error_no_memory(error);
    TRY(ask_memory(running, item, &running->known[index], error));
    if (!running->known[index] && vec_push(&running->todo, index))
        return error_no_memory(error);
    return ALN_OK;
}

/* ---- align ---- */

static void read_member(const batch *running, work_item *item,
                        const aln_plan_member *member)
{
    aln_error error = {0};
    AUTO(free) char *bytes = NULL;
    size_t size;
    const aln_article_options options = {.uri = member->uri,
                                         .language = member->language,
                                         .lines = running->options->lines,
                                         .segmenters = running->segmenters};
    aln_article **article = &item->articles[item->n_articles];
    if (file_read(member->path, MAX_FILE, &bytes, &size, &error) ||
        aln_article_read(bytes, size, &options, article, &error))
        add_problem(item, member->path, &error);
    else
        item->n_articles++;
}

static void *align_group(void *context, size_t index)
{
    const batch *running = context;
    const aln_plan_group *group = running->groups.at[running->todo.at[index]];
    work_item *item = item_new(group);
    if (!item) return NULL;
    for (size_t i = 0; i < group->n; i++)
        read_member(running, item, &group->members[i]);
    if (item->n_articles < 2) return item;

    aln_error error = {0};
    if (aln_group_align(running->aligner, item->articles, item->n_articles,
                        &item->aligned, &error))
        add_problem(item, group->name, &error);
    else
        recall_draw(item->aligned, running->options->min_score, &item->drawn);
    return item;
}

static aln_status commit_some(batch *running, bool all, aln_error *error)
{
    if (running->uncommitted < (all ? 1 : GROUPS_A_COMMIT)) return ALN_OK;
    running->uncommitted = 0;
    TRY(aln_memory_commit(running->memory, error));
    return all ? ALN_OK : aln_memory_begin(running->memory, error);
}

static aln_status tell(batch *running, const aln_batch_result *result, aln_error *error)
{
    running->done++;
    if (!running->options->tell) return ALN_OK;
    return running->options->tell(running->options->context, result, running->done,
                                  running->groups.n, error);
}

/* The documents of a twin are noted, so that the next batch knows them, but its units
 * are those of the first. */
static aln_status store_twin(batch *running, const work_item *item, aln_error *error)
{
    enum { ABOVE_ALL = 2 }; /* a score that no unit has */
    bool known;
    return aln_group_store(item->aligned, ABOVE_ALL, running->memory, &known, NULL,
                           error);
}

static aln_status store(batch *running, work_item *item, aln_batch_result *result,
                        aln_error *error)
{
    bool known = false;
    result->twin = twins_find(&running->seen, &item->drawn);
    if (result->twin) {
        result->outcome = ALN_OUTCOME_DUPLICATE;
        TRY(store_twin(running, item, error));
    } else {
        if (twins_add(&running->seen, &item->drawn, item->group->name))
            return error_no_memory(error);
        TRY(aln_group_store(item->aligned, running->options->min_score, running->memory,
                            &known, &result->units, error));
        if (known) result->outcome = ALN_OUTCOME_KNOWN;
    }
    running->uncommitted++;
    return commit_some(running, false, error);
}

/* Tell of the groups before this one that need no work. */
static aln_status tell_known(batch *running, size_t until, aln_error *error)
{
    while (running->done < until) {
        const aln_batch_result result = {.group = running->groups.at[running->done],
                                         .outcome = ALN_OUTCOME_KNOWN};
        TRY(tell(running, &result, error));
    }
    return ALN_OK;
}

static aln_status take_group(void *context, size_t index, void *made, aln_error *error)
{
    batch *running = context;
    AUTO(item) work_item *item = made;
    if (!item || item->lost) return error_no_memory(error);

    size_t place = running->todo.at[index];
    aln_batch_result result = {.group = item->group,
                               .aligned = item->aligned,
                               .problems = item->problems,
                               .n_problems = item->n_problems};
    TRY(tell_known(running, place, error));
    if (item->aligned)
        TRY(store(running, item, &result, error));
    else
        result.outcome = ALN_OUTCOME_FAILED;
    return tell(running, &result, error);
}

static aln_status tell_plan(batch *running, aln_error *error)
{
    for (size_t i = 0; i < running->groups.n; i++) {
        const aln_batch_result result = {
            .group = running->groups.at[i],
            .outcome = running->known[i] ? ALN_OUTCOME_KNOWN : ALN_OUTCOME_PLANNED};
        TRY(tell(running, &result, error));
    }
    return ALN_OK;
}

static aln_status align_all(batch *running, unsigned jobs, aln_error *error)
{
    const pool_work align = {align_group, take_group, item_free, running};
    TRY(aln_memory_begin(running->memory, error));
    aln_status status = pool_run(jobs, running->todo.n, &align, error);
    if (!status) status = tell_known(running, running->groups.n, error);
    if (!status) {
        running->uncommitted++;
        status = commit_some(running, true, error);
    }
    if (status) aln_memory_rollback(running->memory);
    return status;
}

static aln_status learn_from(void *context, size_t index, void *made, aln_error *error)
{
    batch *running = context;
    AUTO(item) work_item *item = made;
    if (!item || item->lost) return error_no_memory(error);
    const aln_group *group = item->aligned;
    for (size_t u = 0; group && u < group->n_units; u++)
        TRY(aln_lesson_take(running->taught, &group->units[u], error));
    return ALN_OK;
}

/* The first pass: nothing is stored, the order alone decides what is learned. */
static aln_status learn_all(batch *running, unsigned jobs, aln_error *error)
{
    const pool_work align = {align_group, learn_from, item_free, running};
    TRY(aln_lesson_new(&running->taught, error));
    TRY(pool_run(jobs, running->todo.n, &align, error));
    return aln_lesson_teach(running->taught, running->aligner, error);
}

/* Twins of what earlier batches have stored are twins, too. */
static aln_status recall(batch *running, aln_error *error)
{
    if (!running->todo.n) return ALN_OK;
    intern due = {0};
    aln_status status = ALN_OK;
    for (size_t i = 0; i < running->todo.n && !status; i++) {
        const aln_plan_group *group = running->groups.at[running->todo.at[i]];
        uint32_t id;
        for (size_t j = 0; j < group->n && !status; j++)
            if (intern_add(&due, group->members[j].uri, strlen(group->members[j].uri),
                           &id))
                status = error_no_memory(error);
    }
    if (!status)
        status =
            recall_twins(running->memory, &due, &running->names, &running->seen, error);
    intern_done(&due);
    return status;
}

static aln_status work_through(batch *running, unsigned jobs, aln_error *error)
{
    const pool_work look = {look_at, note_known, item_free, running};
    TRY(pool_run(jobs, running->groups.n, &look, error));
    if (running->options->dry_run) return tell_plan(running, error);

    AUTO(aligner) aln_aligner *own = NULL;
    running->aligner = running->options->aligner;
    if (!running->aligner) {
        TRY(aln_aligner_new(NULL, &own, error));
        running->aligner = own;
    }
    if (running->options->learn) TRY(learn_all(running, jobs, error));
    TRY(recall(running, error));
    return align_all(running, jobs, error);
}

/* The groups of the shard; a name alone decides, wherever the plan was made. */
static aln_status choose(batch *running, const aln_plan *plan, aln_error *error)
{
    const aln_batch_options *options = running->options;
    size_t n;
    const aln_plan_group *groups = aln_plan_groups(plan, &n);
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = hash_mix(hash_bytes(groups[i].name, strlen(groups[i].name)));
        bool wanted = !options->shards || hash % options->shards == options->shard - 1;
        if (wanted && vec_push(&running->groups, &groups[i]))
            return error_no_memory(error);
    }
    running->known = calloc(running->groups.n + 1, sizeof *running->known);
    return running->known ? ALN_OK : error_no_memory(error);
}

aln_status aln_batch_run(const aln_plan *plan, aln_memory *memory,
                         const aln_batch_options *options, aln_error *error)
{
    static const aln_batch_options defaults;
    batch running = {.options = options ? options : &defaults, .memory = memory};
    options = running.options;
    if (!memory && !options->dry_run)
        return error_set(error, ALN_INVALID, "a batch needs a memory");
    if (options->shards && (options->shard < 1 || options->shard > options->shards))
        return error_set(error, ALN_INVALID, "there is no shard %u of %u",
                         options->shard, options->shards);

    unsigned jobs = options->jobs ? options->jobs : pool_processors();
    aln_status status = aln_segmenters_new(&running.segmenters, error);
    if (!status) status = choose(&running, plan, error);
    if (!status) status = work_through(&running, jobs, error);
    aln_segmenters_free(running.segmenters);
    vec_free(&running.groups);
    vec_free(&running.todo);
    free(running.known);
    twins_done(&running.seen);
    arena_done(&running.names);
    aln_lesson_free(running.taught);
    return status;
}
