/* furniture.h - phrases that tell what a line of a page is, apart from its text.
 *
 * The lists are data/furniture.txt; a line of the page is compared with all languages,
 * because French pages carry English buttons.
 *
 *     furniture_kind(&lists, "Partagez cet article :", 22, NULL)    FURNITURE_DROP
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_FURNITURE_H
#define TEXT_FURNITURE_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#include "base/arena.h"
#include "base/vec.h"

typedef enum furniture_kind {
    FURNITURE_NONE,
    FURNITURE_DROP,    /* a button, a link, a notice */
    FURNITURE_END,     /* the article is over: what follows is furniture too */
    FURNITURE_EDITOR,  /* names of editors or authors */
    FURNITURE_SOURCE,  /* the agency or paper */
    FURNITURE_DATE,    /* published, updated */
    FURNITURE_CAPTION, /* says what a picture shows */
    FURNITURE_CRUMB,   /* the way from the home page: "Home >> China" */
    FURNITURE_KINDS
} furniture_kind;

struct phrase {
    const char *key;
    size_t size;
    furniture_kind kind;
    bool open_start, open_end; /* where the file has a `*` */
    const char *later;         /* behind a `*` within the phrase; else NULL */
};

typedef struct furniture {
    arena texts;
    vec(struct phrase) phrases;
    unsigned short first[257]; /* phrases by first byte of their key */
} furniture;

aln_status furniture_load(furniture *lists);
void furniture_done(furniture *lists);

/* What a line is.  *rest, unless NULL, becomes the offset of what stands behind the
 * phrase and its colon. */
furniture_kind furniture_of(const furniture *lists, const char *line, size_t size,
                            size_t *rest);

/* Why a line of this kind is dropped, for people. */
const char *furniture_reason(furniture_kind kind);

#endif
