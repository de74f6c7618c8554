/* bitext - one program, many commands.
 *
 * SPDX-License-Identifier: MIT
 */
#include <signal.h>
#include <string.h>

#include "tools.h"

static const struct command {
    const char *name;
    int (*run)(int argc, const char **argv);
    const char *summary; /* one line of `bitext --help` */
} commands[] = {
    {"add", cmd_add, "put a unit into a memory by hand"},
    {"align", cmd_align, "find the sentences of texts that say the same"},
    {"approve", cmd_approve, "say that units are right"},
    {"backup", cmd_backup, "copy a memory while others use it"},
    {"batch", cmd_batch, "align folders of pages, only what is new"},
    {"check", cmd_check, "what is wrong with a TMX file or a memory"},
    {"dedupe", cmd_dedupe, "of units that say the same, keep one"},
    {"delete", cmd_delete, "take units out of a memory"},
    {"diff", cmd_diff, "units that only one of two files or memories has"},
    {"edit", cmd_edit, "say one text of a unit otherwise"},
    {"eval", cmd_eval, "say how right beads are"},
    {"export", cmd_export, "write the units of a memory into a file"},
    {"extract", cmd_extract, "print the main text of a page"},
    {"history", cmd_history, "say who changed what, and what was before"},
    {"import", cmd_import, "put the units of files into a memory"},
    {"index", cmd_index, "check the index of a memory, or make it again"},
    {"info", cmd_info, "say what a memory holds"},
    {"lexicon", cmd_lexicon, "learn word pairs from the units of a memory"},
    {"lookup", cmd_lookup, "find prior translations of a sentence"},
    {"merge", cmd_merge, "make one memory of several"},
    {"replace", cmd_replace, "put other words in the place of some"},
    {"review", cmd_review, "what needs a person's eye, as a file that comes back"},
    {"search", cmd_search, "find the units that hold some words"},
    {"segment", cmd_segment, "cut text into sentences, one a line"},
    {"stats", cmd_stats, "say how good a memory is"},
    {"translate", cmd_translate, "fill in an XLIFF file from a memory"},
    {"undo", cmd_undo, "take back what the latest command wrote"},
    {"vacuum", cmd_vacuum, "give back the space of deleted units"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int print_help(FILE *stream)
{
    fputs("Usage: bitext COMMAND [OPTION...]\n\n"
          "Aligns texts with their translations and keeps them in a memory.\n\n"
          "Commands:\n",
          stream);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(stream, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\n\"bitext COMMAND --help\" and \"man bitext-COMMAND\" say more.\n", stream);
    return EXIT_FOUND;
}

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[COMMANDS + 1] = {NULL};
    for (int i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    int near = nearest(name, names, COMMANDS);
    if (near < 0) return trouble("%s: unknown command; try \"bitext --help\"", name);
    return trouble("%s: unknown command; did you mean %s?", name, names[near]);
}

int main(int argc, const char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_TROUBLE;
    }
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error, not the end */
    const char *name = argv[1];
    bool helps = strcmp(name, "help") == 0;
    if (helps && argc > 2) { /* bitext help align */
        name = argv[2];
        argv[2] = "--help";
        argc = 3;
    } else if (helps || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        return output_end(print_help(stdout));
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        printf("bitext %s\n", aln_version());
        return output_end(EXIT_FOUND);
    }
    const struct command *found = find_command(name);
    if (!found) return unknown_command(name);

    command_summary = found->summary;
    char title[64];
    snprintf(title, sizeof title, "bitext %s", found->name);
    argv[1] = title;
    return output_end(found->run(argc - 1, argv + 1));
}
