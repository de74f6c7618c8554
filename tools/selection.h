/* selection.h - what the commands that look after a memory share: opening it, and
 * saying which of its units they are about.
 *
 *     const struct poptOption table[] = {MEMORY_OPTION, SELECTION_OPTIONS,
 *                                        COMMON_OPTIONS};
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SELECTION_H
#define SELECTION_H

#include <jansson.h>

#include "tools.h"

AUTO_DEFINE(memory, aln_memory *, aln_memory_close)
AUTO_DEFINE(cursor, aln_cursor *, aln_cursor_free)
AUTO_DEFINE(json, json_t *, json_decref)

extern char *memory_path; /* --memory */
extern struct poptOption selection_options[];

#define MEMORY_OPTION                                                       \
    {                                                                       \
        "memory", 'm', POPT_ARG_STRING, &memory_path, 0, "the memory", "DB" \
    }
#define SELECTION_OPTIONS                                                              \
    {                                                                                  \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, selection_options, 0, "Which units:", NULL \
    }

/* Open a memory; who and what go into its history.  NULL, with a complaint, when it
 * cannot be, or when no path was given (NULL). */
aln_memory *open_memory(const char *path, aln_memory_mode mode, const char **argv);

typedef vec(int64_t) unit_ids;

static inline void auto_ids(unit_ids *ids)
{
    vec_free(ids);
}

/* The filter that the options describe; false, with a complaint, when one makes no
 * sense. */
bool selected_filter(aln_filter *filter);

/* The ids left on the command line, or those of all units the filter lets through.
 * Without either every unit must be asked for (--all).  EXIT_FOUND, EXIT_NOTHING or
 * EXIT_TROUBLE. */
int select_units(aln_memory *memory, poptContext options, unit_ids *ids);

/* Parse the command line, open the memory and select units: what such a command begins
 * with.  EXIT_FOUND, EXIT_NOTHING or EXIT_TROUBLE; memory and ids are the caller's in
 * any case. */
int open_selected(int argc, const char **argv, const struct poptOption *table,
                  aln_memory **memory, unit_ids *ids);

/* Do the same to each unit, in one transaction. */
typedef aln_status unit_action(aln_memory *memory, int64_t id, const void *context,
                               aln_error *error);
int act_on_units(aln_memory *memory, const unit_ids *ids, unit_action *act,
                 const void *context);

/* One unit, for people: its number and flags, then a line a language. */
void print_unit(FILE *stream, const aln_unit *unit);
json_t *unit_json(const aln_unit *unit);
bool print_json(json_t *line); /* one line on stdout; takes the object */

/* "text" (0) or the other format (1); -1, with a complaint, for anything else. */
int text_or(const char *format, const char *other);

#endif
