/* tags.h - inline tags apart from their text, and the tags of one text put into another.
 *
 *     markup   Click <bpt i="1">&lt;b></bpt>here<ept i="1">&lt;/b></ept>.
 *     text     Click here.
 *     tags     an opening one at 6, its partner at 10
 *
 * A translation in the memory has the tags of the file it came from.  Who asks for it has
 * a text with other tags: other ids, another format's codes.  tags_carry writes the
 * translation with the tags of the text that asks:
 *
 *     asks     Press <g id="7">there</g>.
 *     memory   Click <bpt i="1"/>here<ept i="1"/>.  ->  <bpt i="1"/>Ici<ept i="1"/>.
 *     becomes  <g id="7">Ici</g>.
 *
 * Where the tags of both sources are of the same kinds in the same order, each takes the
 * place of its counterpart.  Else what stands at the beginning of the text, or around all
 * of it, stands there in the translation, and the others come at its end: none is lost.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef UNIT_TAGS_H
#define UNIT_TAGS_H

#include <stdbool.h>

#include <align/unit.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

typedef enum tag_kind {
    TAG_ALONE = 0,
    TAG_OPEN = 1,
    TAG_CLOSE = 2,
} tag_kind;

#define TAG_NONE ((size_t)-1)

typedef struct unit_tag {
    tag_kind kind;
    size_t at;        /* bytes of the text that stand before it */
    size_t partner;   /* the other half of a pair, or TAG_NONE */
    const char *code; /* as it is written: "<ph>...</ph>", or "<g>" and "</g>" */
    size_t code_size;
    const char *link; /* the same in all variants of a unit (x of TMX), or NULL */
    const char *pair; /* what the halves of a pair share (i of TMX); NULL: they nest */
    bool element;     /* half of an element, which must nest with others */
} unit_tag;

typedef struct tagged {
    str text; /* as XML writes it: with `&lt;` for `<` */
    vec(unit_tag) tags;
    arena codes;
} tagged;

/* Forget all, keep the room. */
void tagged_clear(tagged *parts);
void tagged_done(tagged *parts);
static inline void auto_tagged(tagged *parts)
{
    tagged_done(parts);
}

/* Add a tag behind the text so far, of which `at` and `partner` are found here; the
 * strings are copied. */
aln_status tagged_add(tagged *parts, const unit_tag *what);

/* The text of a variant and its tags, out of its markup where it has any. */
aln_status tagged_of_variant(tagged *parts, const aln_variant *variant);

/* Add to `out` the text of `target` with the tags of `query`.  source
 * and target are two variants of a unit. */
aln_status tags_carry(const tagged *query, const tagged *source, const tagged *target,
                      str *out, aln_tags_fit *fit);

#endif
