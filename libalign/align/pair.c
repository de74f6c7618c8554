/* pair.c - two texts are aligned again and again until the alignment settles.
 *
 * Each round sums over all paths; what comes out re-estimates the ratio of the lengths
 * and how often sentences are joined or left out in these very texts (expectation
 * maximisation, with the priors as pseudo-counts).
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/pair.h"

#include "align/anchors.h"
#include "align/band.h"
#include "align/calibrate.h"
#include "align/hearing.h"
#include "align/knowledge.h"
#include "align/lexicon.h"
#include "align/revise.h"
#include "base/auto.h"
#include "base/error.h"

/* Rounds of estimation: more changed less than one bead in a thousand. */
enum { ROUNDS = 2 };

/* How many beads the priors are worth. */
static const double PRIOR_BEADS = 20;

/* More than that is a sum over unlikely paths, not texts that differ. */
static const double OPEN_MOST = 0.3;

/* Weight of the words against the length: their evidence repeats itself. */
static const double TRUST = 0.6;

static const lattice_priors first_priors = {
    .shapes = {0.89, 0.045, 0.045, 0.008, 0.004, 0.004, 0.002, 0.002},
    .open_source = 0.03,
    .open_target = 0.03,
    .extend = 0.5,
};

/* Texts of up to this many cells are searched in full. */
static const uint64_t FULL_CELLS = 250000;

/* After the first round, cells less probable than this are not looked at again, unless
 * they are near. */
static const double LEAST_VISITED = 1e-6;
enum { MARGIN = 3 };

/* Beads that teach words: more take longer and teach little more. */
enum { BEADS_MOST = 4000 };

static const double SURE = 0.01; /* beads less probable than this are not counted */

typedef struct counts {
    double shapes[SHAPES];
    length_sums lengths;
    paragraph_sums paragraphs;
} counts;

static double letters_before(const side_text *side, uint32_t end, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = end - n; i < end; i++)
        sum += side->lengths[i];
    return sum;
}

static void count_cell(const lattice *l, uint32_t i, uint32_t j, counts *sums)
{
    for (int shape = 0; shape < SHAPES; shape++) {
        double p = lattice_probability(l, i, j, shape);
        if (p < SURE) continue;
        sums->shapes[shape] += p;
        length_observe(&sums->lengths,
                       letters_before(l->source, i, lattice_shapes[shape].source),
                       letters_before(l->target, j, lattice_shapes[shape].target), p);
        paragraph_observe(&sums->paragraphs,
                          l->source->cuts[i - lattice_shapes[shape].source],
                          l->target->cuts[j - lattice_shapes[shape].target], p);
    }
}

static double sum_of(const double shapes[SHAPES])
{
    double sum = 0;
    for (int shape = 0; shape < SHAPES; shape++)
        sum += shapes[shape];
    return sum;
}

static void update_shapes(lattice_priors *priors, const double counted[SHAPES])
{
    double total = PRIOR_BEADS + sum_of(counted);
    for (int shape = 0; shape < SHAPES; shape++)
        priors->shapes[shape] =
            (PRIOR_BEADS * first_priors.shapes[shape] + counted[shape]) / total;
}

/* A run may open after every bead and at the start. */
static double open_rate(double first, const lattice_skips *skips, double beads)
{
    double rate =
        (PRIOR_BEADS * first + skips->all - skips->on) / (PRIOR_BEADS + beads + 1);
    return rate < OPEN_MOST ? rate : OPEN_MOST;
}

static void update_skips(lattice *l, double beads)
{
    lattice_skips source = lattice_count_skips(l, SKIP_SOURCE);
    lattice_skips target = lattice_count_skips(l, SKIP_TARGET);
    l->priors.open_source = open_rate(first_priors.open_source, &source, beads);
    l->priors.open_target = open_rate(first_priors.open_target, &target, beads);
    l->priors.extend = (PRIOR_BEADS * first_priors.extend + source.on + target.on) /
                       (PRIOR_BEADS + source.all + target.all);
}

static void estimate(lattice *l)
{
    counts sums = {0};
    for (uint32_t i = 1; i <= l->source->n; i++)
        for (uint32_t j = l->band.low[i]; j <= l->band.high[i]; j++)
            count_cell(l, i, j, &sums);
    update_skips(l, sum_of(sums.shapes));
    update_shapes(&l->priors, sums.shapes);
    length_update(&l->length, &sums.lengths);
    paragraph_update(&l->paragraphs, &sums.paragraphs);
}

/* Go on with the part of the lattice that the paths so far have passed. */
static aln_status tighten(lattice *l)
{
    lattice_band band;
    lattice_priors priors = l->priors;
    length_model length = l->length;
    paragraph_model paragraphs = l->paragraphs;
    const nearness *near = l->near;
    bool no_length = l->no_length;
    const side_text *source = l->source, *target = l->target;
    if (band_tightened(&band, l, LEAST_VISITED, MARGIN)) {
        band_done(&band);
        return ALN_NO_MEMORY;
    }
    lattice_done(l);
    TRY(lattice_init(l, source, target, band));
    l->priors = priors;
    l->length = length;
    l->paragraphs = paragraphs;
    l->trust = TRUST;
    l->near = near;
    l->no_length = no_length;
    return ALN_OK;
}

static aln_status choose_path(pair *p)
{
    TRY(lattice_best(&p->lattice, &p->path));
    calibrate_path(&p->lattice, &p->path);
    return ALN_OK;
}

/* What the path so far teaches, beside what is known. */
static aln_status learn(pair *p)
{
    TRY(lattice_best(&p->lattice, &p->path));
    vec_clear(&p->all.links);
    for (size_t k = 0; k < p->known.links.n; k++)
        if (vec_push(&p->all.links, p->known.links.at[k])) return ALN_NO_MEMORY;
    if (!(p->without & ALN_WITHOUT_LEARNING)) {
        TRY(revise_links(&p->all, &p->source, &p->target, &p->path));
        TRY(lexicon_learn(&p->all, &p->source, &p->target, &p->path, BEADS_MOST));
    }
    return evidence_weigh(&p->all, &p->source, &p->target);
}

static aln_status settle(pair *p)
{
    for (int round = 0;; round++) {
        TRY(lattice_score(&p->lattice, round ? &p->all : &p->known));
        lattice_sum(&p->lattice);
        if (round == ROUNDS) return ALN_OK;
        estimate(&p->lattice);
        TRY(learn(p));
        if (round == 0) TRY(tighten(&p->lattice));
    }
}

static aln_status first_band(const pair *p, lattice_band *band)
{
    uint64_t cells = (uint64_t)p->source.n * p->target.n;
    if (cells <= FULL_CELLS) return band_full(band, p->source.n, p->target.n);
    return band_of_anchors(band, &p->known, &p->source, &p->target);
}

static aln_status read_texts(pair *p, const aln_aligner *aligner,
                             const aln_side *source, const aln_side *target)
{
    const glossary *from, *to;
    TRY(knowledge_glossary(aligner, source->language, &from));
    TRY(knowledge_glossary(aligner, target->language, &to));
    TRY(side_init(&p->source, source, from));
    TRY(side_init(&p->target, target, to));
    if (!(p->without & ALN_WITHOUT_SOUNDS))
        TRY(hearing_find(&p->known, knowledge_sounds(aligner),
                         (hearing_text){source, &p->source},
                         (hearing_text){target, &p->target}));
    TRY(anchors_find(&p->known, &p->source, &p->target, p->without));
    return evidence_weigh(&p->known, &p->source, &p->target);
}

static aln_status find_path(pair *p)
{
    lattice_band band;
    if (first_band(p, &band)) {
        band_done(&band);
        return ALN_NO_MEMORY;
    }
    TRY(lattice_init(&p->lattice, &p->source, &p->target, band));
    p->lattice.priors = first_priors;
    p->lattice.trust = TRUST;
    if (p->near.dimension) p->lattice.near = &p->near;
    p->lattice.no_length = p->without & ALN_WITHOUT_LENGTH;
    length_init(&p->lattice.length, &p->source, &p->target);
    if (!(p->without & ALN_WITHOUT_PARAGRAPHS))
        paragraph_init(&p->lattice.paragraphs, &p->source, &p->target);
    TRY(settle(p));
    return choose_path(p);
}

aln_status pair_align(pair *p, const aln_aligner *aligner, const aln_side *source,
                      const aln_side *target, aln_error *error)
{
    *p = (pair){.without = knowledge_without(aligner)};
    const aln_vectors *vectors = knowledge_vectors(aligner);
    if (vectors) TRY(nearness_init(&p->near, vectors, source, target, error));
    if (read_texts(p, aligner, source, target) || find_path(p))
        return error_no_memory(error);
    return ALN_OK;
}

aln_status pair_ask_again(pair *p, const witness *said)
{
    p->lattice.witness = said;
    TRY(lattice_score(&p->lattice, &p->all));
    p->lattice.witness = NULL;
    lattice_sum(&p->lattice);
    return choose_path(p);
}

void pair_done(pair *p)
{
    lattice_done(&p->lattice);
    nearness_done(&p->near);
    vec_free(&p->path);
    evidence_done(&p->known);
    evidence_done(&p->all);
    side_done(&p->source);
    side_done(&p->target);
}
