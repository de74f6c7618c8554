/* plan.c - which files are the same communiqué.
 *
 * Files are collected with the group and language that their names or a list give them;
 * then sorted by group, language and path, and each run of one group is a group if it
 * has two languages.  The result does not depend on the order of the files.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/batch.h>

#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "base/vec.h"
#include "batch/names.h"
#include "batch/plan.h"

AUTO_DEFINE(walk, FTS *, fts_close)

/* A file before the groups are formed. */
typedef struct candidate {
    const char *group;
    aln_plan_member member;
    size_t rank; /* of the language in the order asked for */
} candidate;

struct aln_plan {
    arena texts;
    vec(candidate) files;
    vec(aln_plan_member) members;
    vec(aln_plan_group) groups;
    vec(aln_plan_stray) strays;
    vec(const char *) loose; /* to be paired by what they say */
    bool by_content;         /* what a walk finds is loose */
};

aln_status aln_plan_new(aln_plan **plan, aln_error *error)
{
    aln_plan *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    *plan = made;
    return ALN_OK;
}

void aln_plan_free(aln_plan *plan)
{
    if (!plan) return;
    arena_done(&plan->texts);
    vec_free(&plan->files);
    vec_free(&plan->members);
    vec_free(&plan->groups);
    vec_free(&plan->strays);
    vec_free(&plan->loose);
    free(plan);
}

static const char *keep(aln_plan *plan, const char *text)
{
    return arena_copy(&plan->texts, text, strlen(text));
}

aln_status plan_stray(aln_plan *plan, const char *path, const char *reason,
                      aln_error *error)
{
    const aln_plan_stray stray = {keep(plan, path), keep(plan, reason)};
    if (!stray.path || !stray.reason || vec_push(&plan->strays, stray))
        return error_no_memory(error);
    return ALN_OK;
}

aln_status aln_plan_add(aln_plan *plan, const char *group, const char *language,
                        const char *path, const char *uri, aln_error *error)
{
    char tag[ALN_LANGUAGE_SIZE];
    TRY(aln_language_canonical(language, tag, error));
    const candidate file = {.group = keep(plan, group),
                            .member = {keep(plan, path), keep(plan, uri ? uri : path),
                                       keep(plan, tag)}};
    if (!file.group || !file.member.path || !file.member.uri || !file.member.language ||
        vec_push(&plan->files, file))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status add_file(aln_plan *plan, const char *path, aln_error *error)
{
    AUTO(str) str key = {0};
    char language[ALN_LANGUAGE_SIZE];
    bool found;
    if (plan->by_content) {
        const char *loose = keep(plan, path);
        if (!loose || vec_push(&plan->loose, loose)) return error_no_memory(error);
        return ALN_OK;
    }
    if (name_split(path, &key, language, &found)) return error_no_memory(error);
    if (!found) return plan_stray(plan, path, "its name tells no language", error);
    return aln_plan_add(plan, str_text(&key), language, path, NULL, error);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* What a folder holds at a place of the walk. */
static aln_status visit(aln_plan *plan, FTS *walk, FTSENT *entry, aln_error *error)
{
    bool hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
    switch (entry->fts_info) {
    case FTS_D:
        if (hidden) fts_set(walk, entry, FTS_SKIP);
        return ALN_OK;
    case FTS_F:
        if (hidden || (entry->fts_level > 0 && !name_is_page(entry->fts_name)))
            return ALN_OK;
        return add_file(plan, entry->fts_path, error);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
    case FTS_SLNONE:
        if (entry->fts_level == 0)
            return error_set(error, ALN_IO, "cannot open: %s",
                             strerror(entry->fts_errno ? entry->fts_errno : ENOENT));
        return plan_stray(plan, entry->fts_path, "cannot be opened", error);
    default:
        return ALN_OK;
    }
}

aln_status aln_plan_scan(aln_plan *plan, const char *path, aln_error *error)
{
    AUTO(free) char *root = strdup(path);
    if (!root) return error_no_memory(error);
    for (size_t n = strlen(root); n > 1 && root[n - 1] == '/'; n--)
        root[n - 1] = '\0';

    char *const roots[] = {root, NULL};
    AUTO(walk) FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!walk) return error_set(error, ALN_IO, "cannot open: %s", strerror(errno));
    FTSENT *entry;
    while ((errno = 0, entry = fts_read(walk)))
        TRY(visit(plan, walk, entry, error));
    if (errno) return error_set(error, ALN_IO, "cannot read: %s", strerror(errno));
    return ALN_OK;
}

aln_status aln_plan_scan_loose(aln_plan *plan, const char *path, aln_error *error)
{
    plan->by_content = true;
    aln_status status = aln_plan_scan(plan, path, error);
    plan->by_content = false;
    return status;
}

const char *const *plan_loose(const aln_plan *plan, size_t *n)
{
    *n = plan->loose.n;
    return plan->loose.at;
}

static int by_group(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    int order = strcmp(x->group, y->group);
    if (!order && x->rank != y->rank) order = x->rank < y->rank ? -1 : 1;
    if (!order) order = strcmp(x->member.language, y->member.language);
    if (!order) order = strcmp(x->member.uri, y->member.uri);
    return order ? order : strcmp(x->member.path, y->member.path);
}

static int by_path(const void *a, const void *b)
{
    const aln_plan_stray *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->reason, y->reason);
}

enum { UNWANTED = -1 };

/* The place of a language among those asked for. */
static int rank_of(const char *const *languages, const char *language)
{
    if (!languages) return 0;
    for (int i = 0; languages[i]; i++)
        if (aln_language_covers(languages[i], language)) return i;
    return UNWANTED;
}

static aln_status drop_unwanted(aln_plan *plan, const char *const *languages,
                                aln_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->files.n; i++) {
        candidate file = plan->files.at[i];
        int rank = rank_of(languages, file.member.language);
        if (rank == UNWANTED) {
            TRY(plan_stray(plan, file.member.path, "its language is not asked for",
                           error));
            continue;
        }
        file.rank = (size_t)rank;
        plan->files.at[n++] = file;
    }
    plan->files.n = n;
    return ALN_OK;
}

/* One group out of files [start, end): the first of each language. */
static aln_status form_group(aln_plan *plan, size_t start, size_t end, aln_error *error)
{
    size_t first = plan->members.n;
    for (size_t i = start; i < end; i++) {
        const aln_plan_member *member = &plan->files.at[i].member;
        bool again = plan->members.n > first &&
                     strcmp(plan->members.at[plan->members.n - 1].language,
                            member->language) == 0;
        if (again)
            TRY(plan_stray(plan, member->path,
                           "another file has its group and language", error));
        else if (vec_push(&plan->members, *member))
            return error_no_memory(error);
    }
    size_t n = plan->members.n - first;
    if (n == 1) {
        plan->members.n = first;
        return plan_stray(plan, plan->members.at[first].path,
                          "no other language of it is here", error);
    }
    /* members may still move: their place is noted, the pointer comes last */
    const aln_plan_group group = {.name = plan->files.at[start].group, .n = n};
    if (vec_push(&plan->groups, group)) return error_no_memory(error);
    return ALN_OK;
}

aln_status aln_plan_form(aln_plan *plan, const char *const *languages, aln_error *error)
{
    plan->groups.n = plan->members.n = 0;
    TRY(drop_unwanted(plan, languages, error));
    if (plan->files.n)
        qsort(plan->files.at, plan->files.n, sizeof *plan->files.at, by_group);
    for (size_t start = 0, end; start < plan->files.n; start = end) {
        for (end = start + 1; end < plan->files.n; end++)
            if (strcmp(plan->files.at[end].group, plan->files.at[start].group)) break;
        TRY(form_group(plan, start, end, error));
    }
    const aln_plan_member *at = plan->members.at;
    for (size_t i = 0; i < plan->groups.n; at += plan->groups.at[i++].n)
        plan->groups.at[i].members = at;
    if (plan->strays.n)
        qsort(plan->strays.at, plan->strays.n, sizeof *plan->strays.at, by_path);
    return ALN_OK;
}

const aln_plan_group *aln_plan_groups(const aln_plan *plan, size_t *n)
{
    *n = plan->groups.n;
    return plan->groups.at;
}

const aln_plan_stray *aln_plan_strays(const aln_plan *plan, size_t *n)
{
    *n = plan->strays.n;
    return plan->strays.at;
}
