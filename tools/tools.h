/* tools.h - what the commands share.
 *
 * A command is a function of its own arguments, argv[0] being "bitext segment".  It
 * prints results on stdout and messages on stderr as "bitext: what: why", and returns
 * an exit status as grep does: 0 for success, 1 for "nothing found", 2 for trouble.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_H
#define TOOLS_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <align/align.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_TROUBLE = 2 };

/* The commands: one file each, cmd_NAME.c, and one line in the table of main.c. */
int cmd_add(int argc, const char **argv);
int cmd_align(int argc, const char **argv);
int cmd_approve(int argc, const char **argv);
int cmd_backup(int argc, const char **argv);
int cmd_batch(int argc, const char **argv);
int cmd_check(int argc, const char **argv);
int cmd_dedupe(int argc, const char **argv);
int cmd_delete(int argc, const char **argv);
int cmd_diff(int argc, const char **argv);
int cmd_edit(int argc, const char **argv);
int cmd_eval(int argc, const char **argv);
int cmd_export(int argc, const char **argv);
int cmd_extract(int argc, const char **argv);
int cmd_history(int argc, const char **argv);
int cmd_import(int argc, const char **argv);
int cmd_index(int argc, const char **argv);
int cmd_info(int argc, const char **argv);
int cmd_lexicon(int argc, const char **argv);
int cmd_lookup(int argc, const char **argv);
int cmd_merge(int argc, const char **argv);
int cmd_replace(int argc, const char **argv);
int cmd_review(int argc, const char **argv);
int cmd_search(int argc, const char **argv);
int cmd_segment(int argc, const char **argv);
int cmd_stats(int argc, const char **argv);
int cmd_translate(int argc, const char **argv);
int cmd_undo(int argc, const char **argv);
int cmd_vacuum(int argc, const char **argv);

/* options.c: every table ends with COMMON_OPTIONS, which adds --quiet and --help. */

AUTO_DEFINE(options, poptContext, poptFreeContext)

extern struct poptOption common_options[];
extern int quiet;                   /* --quiet: no messages but those about trouble */
extern const char *command_summary; /* what --help says first */

#define COMMON_OPTIONS                                                                \
    {NULL, '\0', POPT_ARG_INCLUDE_TABLE, common_options, 0, "Common options:", NULL}, \
        POPT_TABLEEND

/* Parse options into the variables their table names.  Prints what is wrong, with the
 * nearest option, and returns NULL when the command line makes no sense.  --help prints
 * and ends the program with success. */
poptContext parse_options(int argc, const char **argv, const struct poptOption *table,
                          const char *arguments);

/* The index of the name nearest to a mistyped one; -1 where none is near. */
int nearest(const char *typed, const char *const *names, size_t n);

/* Whether a score is one, and a date or NULL; else false, with a complaint about the
 * option.  A date is 2017, 2017-06 or 2017-06-09, with a time if need be: T08:34,
 * T08:34:05 or T08:34:05Z. */
bool is_score(double score, const char *option);
bool is_date(const char *date, const char *option);

/* A list such as "fr,en,zh" -> canonical tags, NULL at the end; freed with free().
 * NULL, with a complaint, where one is no tag. */
char **parse_languages(const char *list, size_t *n);

/* Messages: "bitext: what: why"; with a line: "bitext: what:line: why". */
int complain(const char *what, const aln_error *error); /* returns EXIT_TROUBLE */
__attribute__((format(printf, 1, 2))) int trouble(const char *format, ...);
__attribute__((format(printf, 1, 2))) void note(const char *format,
                                                ...); /* not if quiet */

/* selection.c: who runs the program, for the history of a memory. */
const char *user_name(void);

/* input.c: read a whole file, or stdin for NULL and "-".  NULL, with a complaint, on
 * failure.  input_name says how messages call it. */
char *read_input(const char *path, size_t *size);
const char *input_name(const char *path);

/* output.c: stdout for NULL and "-", else a file that is there whole or not at all. */
typedef struct output {
    FILE *stream;
    file_writer file;
    const char *name;
} output;

int output_open(output *out, const char *path); /* EXIT_FOUND or EXIT_TROUBLE */
int output_commit(output *out);                 /* the same; ends the output */
void output_abandon(output *out);

/* The exit status of a command that ended with this one: trouble, with a complaint, where
 * its results did not all reach stdout. */
int output_end(int status);

/* progress.c: a line on stderr when it is a terminal and the work takes over a second.
 * Messages hide it; so must who prints on stdout meanwhile. */
enum { PROGRESS_ALSO = 2 };

typedef struct progress {
    const char *what;   /* "units" */
    size_t done, total; /* total 0: not known */
    struct {
        const char *what;
        size_t n;
    } also[PROGRESS_ALSO]; /* what else is counted, the rate being that of the first */
    const char *name;      /* what was done last, or NULL */
    double began, shown;
    bool visible;
} progress;

progress progress_start(const char *what, size_t total);
void progress_step(progress *bar, size_t done);
void progress_hide(void);
void progress_end(progress *bar);

/* page.c: HTML out of a template with {{holes}}; page_text escapes, and page_path as a
 * URL wants it. */
typedef struct page_hole {
    const char *name; /* NULL ends a list */
    void (*print)(FILE *stream, const void *context);
} page_hole;

void page_print(FILE *stream, const char *template, const page_hole *holes,
                const void *context);
void page_text(FILE *stream, const char *text, size_t size);
void page_string(FILE *stream, const char *text);
void page_path(FILE *stream, const char *path);

/* article.c: read the article in a file, or stdin for "-".  NULL, with a complaint, on
 * failure.  Says on stderr how it knows the language when nobody told. */
aln_article *read_article(const char *path, const char *language, bool lines);

/* group_formats.c: print an aligned group.  Units that score less than min_score are
 * no part of TMX and TSV. */
typedef struct group_format {
    const char *name;
    aln_status (*print)(FILE *stream, const aln_group *group, double min_score,
                        aln_error *error);
    size_t most_articles; /* 0: any number */
} group_format;

const group_format *find_group_format(const char *name); /* NULL, with a complaint */
struct json_t *flag_names(unsigned flags); /* an array; NULL without memory */
aln_status print_group_page(FILE *stream, const aln_group *group, double min_score,
                            aln_error *error);
aln_status print_group_line(FILE *stream, const aln_group *group, size_t unit,
                            struct json_t *id, double min_score, aln_error *error);

/* lock.c: one batch at a time on a memory.  EXIT_FOUND, or EXIT_TROUBLE with a complaint
 * when another process holds it. */
typedef struct lock {
    int fd;
    char *path;
    bool held;
} lock;

int lock_take(lock *taken, const char *memory);
void lock_release(lock *taken);

/* stream.c: groups of documents in, a JSON line each; units out. */
typedef struct stream_options {
    const aln_aligner *aligner; /* or NULL */
    aln_segmenters *segmenters; /* or NULL */
    double min_score;
    bool lines;
} stream_options;

int align_stream(FILE *in, const stream_options *how, FILE *out);

#endif
