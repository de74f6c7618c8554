/* classes.h - what the class and id of an HTML element say about it.
 *
 * The words are data/classes.txt.  Pages repeat few names many times, so each name is
 * judged once.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_CLASSES_H
#define TEXT_CLASSES_H

#include <stddef.h>

#include <align/status.h>

#include "base/intern.h"
#include "base/vec.h"

enum {
    CLASS_FURNITURE = 1,
    CLASS_TEXT = 2,
    CLASS_KEEP = 4, /* not furniture whatever else the name says */
};

typedef struct classes {
    intern words;                /* of the file; a prefix keeps its `*` */
    vec(unsigned char) meanings; /* by word */
    intern names;                /* judged so far */
    vec(unsigned char) verdicts; /* by name */
} classes;

aln_status classes_load(classes *lists);
void classes_done(classes *lists);

/* Of CLASS_ bits, for a list of class names and ids between blanks. */
aln_status classes_judge(classes *lists, const char *names, size_t size,
                         unsigned *verdict);

#endif
