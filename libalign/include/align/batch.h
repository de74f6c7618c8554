/* align/batch.h - from files to aligned units.
 *
 * An article is one document read to the end: clean sentences in one language, and what
 * the page says of itself.  A group is the same communiqué in two or more languages.
 *
 *     aln_article *articles[2];
 *     aln_article_options options = {.uri = "visit.fr.html"};
 *     if (aln_article_read(bytes, size, &options, &articles[0], &error)) ...
 *     aln_group *group;
 *     if (aln_group_align(NULL, articles, 2, &group, &error)) ...
 *     for (size_t i = 0; i < group->n_units; i++) use(&group->units[i]);
 *     aln_group_free(group);
 *     aln_article_free(articles[0]);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_BATCH_H
#define ALIGN_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <align/beads.h>
#include <align/exchange.h>
#include <align/memory.h>
#include <align/status.h>
#include <align/text.h>
#include <align/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What told the language of an article, the most trusted first. */
typedef enum aln_language_origin {
    ALN_LANGUAGE_GIVEN = 0,    /* by the caller */
    ALN_LANGUAGE_NAMED = 1,    /* by the file's name */
    ALN_LANGUAGE_DECLARED = 2, /* by the page */
    ALN_LANGUAGE_GUESSED = 3,  /* from the text */
} aln_language_origin;

/* Segmenters that are kept for the next article, since to make one takes longer than to use
 * it.  Threads may share them. */
typedef struct aln_segmenters aln_segmenters;

ALN_API ALN_CHECKED aln_status aln_segmenters_new(aln_segmenters **set,
                                                  aln_error *error);
ALN_API void aln_segmenters_free(aln_segmenters *set); /* NULL is allowed */

/* How to read an article. */
typedef struct aln_article_options {
    const char *uri;            /* its name: a path or a URL; must be given */
    const char *language;       /* BCP 47 where it is known, or NULL */
    bool lines;                 /* one sentence a line already; every line counts */
    aln_segmenters *segmenters; /* or NULL */
} aln_article_options;

/* Every pointer belongs to the article. */
typedef struct aln_article {
    aln_document about; /* uri, sha256, language; title, date and source or NULL */
    aln_language_origin origin;
    const aln_sentence *sentences; /* the title is the first */
    const uint32_t *paragraphs;    /* of each sentence; NULL with options.lines */
    size_t n;
} aln_article;

/* Read an article from the bytes of its file: a page in HTML or plain text, or lines.
 * The bytes are not needed afterwards.  Fails with ALN_SYNTAX for a file without text,
 * ALN_UNSUPPORTED for what is no text or has no language that could be told. */
ALN_API ALN_CHECKED aln_status aln_article_read(const char *bytes, size_t size,
                                                const aln_article_options *options,
                                                aln_article **article,
                                                aln_error *error);

/* NULL is allowed. */
ALN_API void aln_article_free(aln_article *article);

/* One communiqué in several languages, aligned.  The articles stay the caller's and
 * must outlive the group; the rest is the group's. */
typedef struct aln_group {
    const aln_article *const *articles; /* the first is the pivot */
    size_t n_articles;
    const aln_alignment *alignment;
    const aln_unit *units; /* one a bead, in their order; a side that is empty in the
                            * bead has no variant in the unit */
    size_t n_units;
} aln_group;

/* Align two or more articles of different languages.  aligner may be NULL.  The
 * sentences of a bead are joined by a space, in Chinese and Japanese by nothing. */
ALN_API ALN_CHECKED aln_status aln_group_align(const aln_aligner *aligner,
                                               aln_article *const *articles, size_t n,
                                               aln_group **group, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_group_free(aln_group *group);

/* Is a unit worth keeping: at least two languages, and a score not below min_score? */
ALN_API bool aln_group_keeps(const aln_group *group, size_t unit, double min_score);

/* Hand the units worth keeping to a writer, or to a memory together with the documents
 * they come from.  *known becomes true where the memory has the very same documents:
 * nothing is added then.  *added counts units; both may be NULL.  The caller begins and
 * commits. */
ALN_API ALN_CHECKED aln_status aln_group_write(const aln_group *group, double min_score,
                                               aln_writer *writer, aln_error *error);
ALN_API ALN_CHECKED aln_status aln_group_store(const aln_group *group, double min_score,
                                               aln_memory *memory, bool *known,
                                               size_t *added, aln_error *error);

/* A plan says which files are the same communiqué in several languages. */
typedef struct aln_plan aln_plan;

typedef struct aln_plan_member {
    const char *path;
    const char *uri;      /* its name in the memory; the path unless a list says else */
    const char *language; /* BCP 47 */
} aln_plan_member;

typedef struct aln_plan_group {
    const char *name;
    const aln_plan_member *members; /* two or more, in the order of languages */
    size_t n;
} aln_plan_group;

/* A file that joins no group, and why. */
typedef struct aln_plan_stray {
    const char *path;
    const char *reason;
} aln_plan_stray;

ALN_API ALN_CHECKED aln_status aln_plan_new(aln_plan **plan, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_plan_free(aln_plan *plan);

/* Add a file whose group and language are known; uri may be NULL. */
ALN_API ALN_CHECKED aln_status aln_plan_add(aln_plan *plan, const char *group,
                                            const char *language, const char *path,
                                            const char *uri, aln_error *error);

/* Add a file, or all pages in a folder and below it, by their names:
 *
 *     2017-06-09/fr.html   2017-06-09/en.html        group 2017-06-09
 *     astana.fr.txt        astana_en.txt             group astana
 *     fr/astana.html       en/astana.html            group astana
 *
 * Hidden files are passed over, and in folders what is no page by its name. */
ALN_API ALN_CHECKED aln_status aln_plan_scan(aln_plan *plan, const char *path,
                                             aln_error *error);

/* The same, but what a file belongs to is left to aln_plan_pair. */
ALN_API ALN_CHECKED aln_status aln_plan_scan_loose(aln_plan *plan, const char *path,
                                                   aln_error *error);

/* How to pair documents by what they say.  All zero means the defaults. */
typedef struct aln_pair_options {
    const char *const *languages; /* ends with NULL; files in others are strays.  NULL:
                                   * any */
    bool lines;
    unsigned jobs;              /* threads; 0: one a processor */
    const aln_aligner *aligner; /* NULL: one with the built-in tables */
} aln_pair_options;

/* Read the loose files and put those together that say the same in other languages:
 * numbers, names, and words that the aligner's tables know.  Of three languages any two
 * may tell.  A group is named after its file in the first of the languages asked for, or
 * else in that of most files.  Files that clearly fit nothing else are strays; a file
 * that cannot be read is one too.  To be called before aln_plan_form. */
ALN_API ALN_CHECKED aln_status aln_plan_pair(aln_plan *plan,
                                             const aln_pair_options *options,
                                             aln_error *error);

/* Form the groups, sorted by name.  Where languages is not NULL (it ends with NULL) it
 * gives their order, the pivot first, and files in others are strays; else they are
 * sorted. */
ALN_API ALN_CHECKED aln_status aln_plan_form(aln_plan *plan,
                                             const char *const *languages,
                                             aln_error *error);

ALN_API const aln_plan_group *aln_plan_groups(const aln_plan *plan, size_t *n);
ALN_API const aln_plan_stray *aln_plan_strays(const aln_plan *plan, size_t *n);

/* ---- a batch: a plan carried out ---- */

typedef enum aln_outcome {
    ALN_OUTCOME_ADDED = 0,     /* aligned, its units are in the memory */
    ALN_OUTCOME_KNOWN = 1,     /* the memory had these very documents */
    ALN_OUTCOME_DUPLICATE = 2, /* says what another group says: documents, no units */
    ALN_OUTCOME_FAILED = 3,    /* fewer than two documents could be read */
    ALN_OUTCOME_PLANNED = 4,   /* would be aligned, with options.dry_run */
} aln_outcome;

/* A document that could not be read, and why. */
typedef struct aln_problem {
    const char *path;
    const char *message;
} aln_problem;

/* What became of a group.  Holds for the call that tells of it. */
typedef struct aln_batch_result {
    const aln_plan_group *group;
    aln_outcome outcome;
    const char *twin;         /* the group that it repeats, for duplicates */
    const aln_group *aligned; /* NULL where nothing was aligned */
    size_t units;             /* added to the memory */
    const aln_problem *problems;
    size_t n_problems;
} aln_batch_result;

/* How to run a batch.  All zero means the defaults. */
typedef struct aln_batch_options {
    unsigned jobs; /* threads; 0: one a processor */
    double min_score;
    bool lines;
    bool dry_run;           /* only say what would be done */
    unsigned shard, shards; /* only the groups of shard 1..shards; 0: all */
    aln_aligner *aligner;   /* NULL: one with the built-in tables */
    bool
        learn; /* align twice: the words of the whole batch, learned the first time, help
                 * the second time.  The aligner keeps them */
    /* Told of every group in the order of the plan, on the caller's thread; done and
     * total count groups.  A failure that it returns ends the batch. */
    aln_status (*tell)(void *context, const aln_batch_result *result, size_t done,
                       size_t total, aln_error *error);
    void *context;
} aln_batch_options;

/* Align what the memory does not know and add it.  What is committed stays when the
 * process ends half-way: run again, and the rest is done.  A document that cannot be
 * read is told and does not stop the batch; a memory that cannot be written does.
 * memory may be NULL with dry_run.  The result does not depend on the number of jobs. */
ALN_API ALN_CHECKED aln_status aln_batch_run(const aln_plan *plan, aln_memory *memory,
                                             const aln_batch_options *options,
                                             aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
