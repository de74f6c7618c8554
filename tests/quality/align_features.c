/* What speaks for every bead with two sides: one line a bead, for align_calibrate.py.
 *
 *     align_features SRC_LANGUAGE TGT_LANGUAGE FOLDER...
 *     FOLDER  first source, sentences, first target, sentences  feature feature ...
 *
 * Each folder holds src.txt and tgt.txt, a sentence a line.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align/calibrate.h"
#include "align/pair.h"
#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"

typedef struct text {
    char *content;
    vec(aln_sentence) lines;
} text;

static void auto_text(text *t)
{
    free(t->content);
    vec_free(&t->lines);
}

static aln_status read_lines(text *t, const char *folder, const char *name)
{
    AUTO(str) str path = {0};
    size_t size;
    TRY(str_puts(&path, folder));
    TRY(str_putc(&path, '/'));
    TRY(str_puts(&path, name));
    TRY(file_read(str_text(&path), SIZE_MAX / 2, &t->content, &size, NULL));
    for (char *line = t->content, *end; (end = strchr(line, '\n')); line = end + 1)
        if (vec_push(&t->lines, (aln_sentence){line, (size_t)(end - line)}))
            return ALN_NO_MEMORY;
    return ALN_OK;
}

static void print_bead(const pair *p, const path_summary *summary, size_t k,
                       const char *folder)
{
    double features[FEATURES];
    const lattice_step *step = &p->path.at[k];
    if (!step->source || !step->target) return;
    calibrate_features(&p->lattice, &p->path, k, summary, features);
    printf("%s\t%u %u %u %u\t", folder, step->i - step->source, step->source,
           step->j - step->target, step->target);
    for (int n = 0; n < FEATURES; n++)
        printf("%s%.5g", n ? " " : "", features[n]);
    putchar('\n');
}

static aln_status print_document(const aln_aligner *aligner, char *const languages[2],
                                 const char *folder)
{
    AUTO(text) text source = {0};
    AUTO(text) text target = {0};
    AUTO(pair) pair p = {0};
    TRY(read_lines(&source, folder, "src.txt"));
    TRY(read_lines(&target, folder, "tgt.txt"));
    aln_side sides[2] = {{languages[0], source.lines.at, source.lines.n, NULL},
                         {languages[1], target.lines.at, target.lines.n, NULL}};
    TRY(pair_align(&p, aligner, &sides[0], &sides[1], NULL));
    TRY(lattice_best(&p.lattice, &p.path)); /* without calibration */
    path_summary summary = calibrate_summary(&p.lattice, &p.path);
    for (size_t k = 0; k < p.path.n; k++)
        print_bead(&p, &summary, k, folder);
    return ALN_OK;
}

int main(int argc, char **argv)
{
    aln_aligner *aligner = NULL;
    aln_status status = aln_aligner_new(NULL, &aligner, NULL);
    for (int k = 3; !status && k < argc; k++)
        status = print_document(aligner, argv + 1, argv[k]);
    aln_aligner_free(aligner);
    return status ? 2 : 0;
}
