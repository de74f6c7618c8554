/* align/unit.h - the translation unit: the same thing said in several languages.
 *
 * Aligners and readers make units; memories keep them; writers print them.  A unit is
 * a plain view: whoever hands one out owns everything it points to, and says how long
 * it holds (mostly until the next one is asked for).  So it can be made on the stack:
 *
 *     aln_variant variants[2] = {{.language = "fr", .text = "Bonjour", .size = 7},
 *                                {.language = "en", .text = "Hello", .size = 5}};
 *     aln_unit unit = {.variants = variants, .n_variants = 2, .score = ALN_NO_SCORE};
 *
 * The words are those of TMX 1.4b (LISA OSCAR 2005): unit = <tu>, variant = <tuv>.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_UNIT_H
#define ALIGN_UNIT_H

#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum aln_meta_kind {
    ALN_META_ATTRIBUTE = 0, /* name="value" of the element: creationdate, usagecount */
    ALN_META_PROPERTY = 1,  /* <prop type="name">value</prop> */
    ALN_META_NOTE = 2,      /* <note>value</note>; name is NULL */
    ALN_META_MAP = 3, /* <ude name="name">…</ude>, of a header: value is its XML */
} aln_meta_kind;

/* One thing that is known about a unit or a variant; the order among them is kept. */
typedef struct aln_meta {
    aln_meta_kind kind;
    const char *name;
    const char *value;
    const char *language; /* of the value (xml:lang), or NULL */
    const char *encoding; /* o-encoding, or NULL */
} aln_meta;

typedef struct aln_variant {
    const char *language; /* BCP 47, as it was given */
    const char *text; /* UTF-8 without inline tags: what alignment and lookup read */
    size_t size;
    const char *markup; /* the content of <seg> as XML where it holds inline tags (bpt,
                         * ept, it, ph, hi, sub, ut); else NULL */
    size_t markup_size;
    const aln_meta *meta;
    size_t n_meta;
    const char *document; /* uri of the document it stands in, or NULL */
} aln_variant;

#define ALN_NO_SCORE (-1.0)

typedef struct aln_unit {
    int64_t id;     /* in a memory; 0 elsewhere */
    double score;   /* of the alignment, 0..1; ALN_NO_SCORE where there was none */
    unsigned flags; /* of aln_flag */
    const aln_variant *variants; /* the first is the pivot */
    size_t n_variants;
    const aln_meta *meta; /* tuid and srclang are attributes among them */
    size_t n_meta;
} aln_unit;

/* The first variant that a language range covers ("fr" finds "fr-FR"), an exact tag
 * before others; NULL where there is none. */
ALN_API const aln_variant *aln_unit_variant(const aln_unit *unit, const char *range);

/* The value of the first item of a kind and name, or NULL. */
ALN_API const char *aln_meta_value(const aln_meta *meta, size_t n, aln_meta_kind kind,
                                   const char *name);

/* ---- inline tags ---- */

/* How the tags of a text that asks fit those of the unit that answers. */
typedef enum aln_tags_fit {
    ALN_TAGS_SAME = 0,    /* the same tags, or none on both sides */
    ALN_TAGS_DIFFER = 1,  /* the same kinds in the same order: each has its place */
    ALN_TAGS_GUESSED = 2, /* the shapes differ: some stand at the ends of the text */
} aln_tags_fit;

/* What each fit takes off the score of a match: 0, 1, 2. */
ALN_API int aln_tags_penalty(aln_tags_fit fit);

/* The text of `target` with the tags of `query`, as the content of a <seg>: *markup,
 * yours to free(), is NULL where the query has none.  source and target are variants of
 * a unit, query a variant in source's language.  No tag of the query is lost; those that
 * only the unit has are left out. */
ALN_API ALN_CHECKED aln_status aln_tags_carry(const aln_variant *query,
                                              const aln_variant *source,
                                              const aln_variant *target, char **markup,
                                              size_t *size, aln_tags_fit *fit,
                                              aln_error *error);

#ifdef __cplusplus
}
#endif

#endif
