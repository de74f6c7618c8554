/* counterpart.c - which part of a target says what a phrase of its source says.
 *
 *     The [president arrived in Astana] on 8 June.
 *     Le [président est arrivé à Astana] le 8 juin.
 *
 * The memory itself is the lexicon.  For each word of the source some other units that
 * hold it are read; a word of the target that stands in more of their targets than in
 * targets at large is drawn to it, by the difference of the shares.  Words that are
 * spelt alike are drawn to each other fully.  A word of the target counts for the phrase
 * where a word in it draws most, and against it where one beside it does; the run of
 * words with the greatest sum is the counterpart.  Where the sum is small, nobody can
 * tell, and there is none.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "lookup/lookup.h"

enum {
    MOST_TOKENS = 120, /* of either text */
    MOST_SAMPLES = 24, /* units read for a word */
    BACKGROUND = 64,   /* units read for all */
};

static const double PRIOR = 3;     /* units of the background, where few hold a word */
static const double UNSURE = 0.15; /* draws less: any word might */
static const double OF_UNSURE = -0.05; /* so that runs do not end in such words */
static const double LEAST_SUM =
    0.27; /* for each word of the phrase, lest one be shown for all */

/* A word of the target, however often it stands there. */
typedef struct drawn {
    uint32_t key;
    unsigned hits, seen;   /* units with it of those counted now; the last of them */
    double background;     /* share of all units */
    double inside, beside; /* how much a word in the phrase, or beside it, draws */
} drawn;

typedef struct comparison {
    aln_lookup *lookup;
    int64_t unit;
    scored_text source, target;
    index_text source_keys, target_keys, sample;
    size_t first, end; /* tokens of the phrase */
    drawn words[MOST_TOKENS];
    size_t n_words;
    unsigned n_read, n_counted; /* units: ever; for the word at hand */
} comparison;

static void auto_comparison(comparison *c)
{
    scored_text_done(&c->source);
    scored_text_done(&c->target);
    index_text_done(&c->source_keys);
    index_text_done(&c->target_keys);
    index_text_done(&c->sample);
}

/* -- counting ------------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const drawn *)a)->key, y = ((const drawn *)b)->key;
    return (x > y) - (x < y);
}

static drawn *find_word(comparison *c, uint32_t key)
{
    drawn wanted = {.key = key};
    return bsearch(&wanted, c->words, c->n_words, sizeof wanted, by_key);
}

static void gather_words(comparison *c)
{
    size_t n = c->target_keys.n, distinct = 0;
    for (size_t i = 0; i < n; i++)
        c->words[i] = (drawn){.key = c->target_keys.keys[i]};
    qsort(c->words, n, sizeof *c->words, by_key);
    for (size_t i = 0; i < n; i++)
        if (!distinct || c->words[distinct - 1].key != c->words[i].key)
            c->words[distinct++] = c->words[i];
    c->n_words = distinct;
}

static void forget_hits(comparison *c)
{
    c->n_counted = 0;
    for (size_t i = 0; i < c->n_words; i++)
        c->words[i].hits = 0;
}

static bool is_target(const aln_lookup *lookup, int64_t language)
{
    for (size_t i = 0; i < lookup->targets.n; i++)
        if (lookup->targets.at[i] == language) return true;
    return false;
}

/* Columns: language, text.  The first row in a target language counts. */
static aln_status count_row(comparison *c, db_query *query, aln_error *error)
{
    aln_status status = ALN_OK;
    bool found = false;
    while (!found && db_step(query))
        found = is_target(c->lookup, db_int(query, 0)) && !db_is_null(query, 1);
    if (found)
        status =
            index_text_read(&c->sample, db_text(query, 1), db_size(query, 1), error);
    aln_status finished = db_finish(query, status ? NULL : error);
    if (status || finished || !found) return status ? status : finished;

    c->n_read++;
    c->n_counted++;
    for (size_t i = 0; i < c->sample.n; i++) {
        drawn *word = find_word(c, c->sample.keys[i]);
        if (!word || word->seen == c->n_read) continue;
        word->seen = c->n_read;
        word->hits++;
    }
    return ALN_OK;
}

static aln_status count_background(comparison *c, aln_error *error)
{
    int64_t last = 0;
    db_query most = db_cached(&c->lookup->memory->db, "SELECT max(id) FROM variant");
    if (db_step(&most)) last = db_int(&most, 0);
    TRY(db_finish(&most, error));
    forget_hits(c);
    for (int64_t i = 0; i < BACKGROUND; i++) {
        db_query query = db_cached(&c->lookup->memory->db,
                                   "SELECT language, text FROM variant WHERE id >= ?1 "
                                   "AND unit <> ?2 ORDER BY id LIMIT 8");
        db_bind_int(&query, 1, last / BACKGROUND * i);
        db_bind_int(&query, 2, c->unit);
        TRY(count_row(c, &query, error));
    }
    for (size_t i = 0; i < c->n_words; i++)
        c->words[i].background = (double)c->words[i].hits / (c->n_counted + 1.0);
    return ALN_OK;
}

/* Some of the other units with these tokens of the source, spread over the memory. */
static aln_status count_holders(comparison *c, size_t at, size_t width,
                                aln_error *error)
{
    AUTO(free) int64_t *variants = NULL;
    uint32_t keys[2];
    size_t n;
    bool frequent;
    aln_lookup *lookup = c->lookup;
    memcpy(keys, c->source_keys.keys + at, width * sizeof *keys);
    forget_hits(c);
    TRY(index_holders(lookup->reader, lookup->sources.at, lookup->sources.n, keys,
                      width, INDEX_ALL_KEYS, &variants, &n, &frequent, error));
    size_t few = n < MOST_SAMPLES ? n : MOST_SAMPLES;
    for (size_t i = 0; i < few; i++) {
        db_query query = db_cached(&lookup->memory->db,
                                   "SELECT t.language, t.text FROM variant s JOIN "
                                   "variant t ON t.unit = s.unit "
                                   "WHERE s.id = ?1 AND t.id <> ?1 AND t.unit <> ?2");
        db_bind_int(&query, 1, variants[i * n / few]);
        db_bind_int(&query, 2, c->unit);
        TRY(count_row(c, &query, error));
    }
    return ALN_OK;
}

/* -- drawing ------------------------------------------------------------------------- */

/* Whether a word of the source stands in the phrase, beside it, or both. */
typedef struct stands {
    bool inside, beside;
} stands;

static void draw(drawn *word, double strength, stands where)
{
    if (where.inside && strength > word->inside) word->inside = strength;
    if (where.beside && strength > word->beside) word->beside = strength;
}

/* What is spelt alike, as names and numbers are, needs no further counterpart. */
static bool draw_alike(comparison *c, uint64_t hash, stands where)
{
    bool found = false;
    for (size_t i = 0; i < c->target.hashes.n; i++) {
        if (c->target.hashes.at[i] != hash) continue;
        draw(find_word(c, c->target_keys.keys[i]), 1, where);
        found = true;
    }
    return found;
}

/* Neither where these tokens have come before, or only part of them is in the phrase. */
static stands places_of(const comparison *c, size_t at, size_t width)
{
    stands where = {0};
    const uint32_t *keys = c->source_keys.keys;
    for (size_t i = 0; i + width <= c->source_keys.n; i++) {
        if (memcmp(keys + i, keys + at, width * sizeof *keys) != 0) continue;
        if (i < at) return (stands){0};
        where.inside |= i >= c->first && i + width <= c->end;
        where.beside |= i + width <= c->first || i >= c->end;
    }
    return where;
}

/* One ideograph says little: two that follow each other are a word. */
static size_t width_of(const comparison *c, size_t i)
{
    const token *tokens = c->source.tokens.at;
    bool two = i + 1 < c->source.tokens.n && tokens[i].kind == TOKEN_HAN &&
               tokens[i + 1].kind == TOKEN_HAN;
    return two ? 2 : 1;
}

static aln_status draw_by(comparison *c, size_t i, aln_error *error)
{
    size_t width = width_of(c, i);
    stands where = places_of(c, i, width);
    bool counts = where.inside || where.beside;
    if (!counts || c->source.tokens.at[i].kind == TOKEN_MARK) return ALN_OK;
    if (draw_alike(c, c->source.hashes.at[i], where)) return ALN_OK;
    TRY(count_holders(c, i, width, error));
    for (size_t k = 0; k < c->n_words; k++) {
        drawn *word = &c->words[k];
        double share = (word->hits + PRIOR * word->background) / (c->n_counted + PRIOR);
        draw(word, share - word->background, where);
    }
    return ALN_OK;
}

static double value_of(comparison *c, size_t i)
{
    const drawn *word = find_word(c, c->target_keys.keys[i]);
    if (!word || c->target.tokens.at[i].kind == TOKEN_MARK) return 0;
    double in = word->inside, out = word->beside, most = in > out ? in : out;
    if (most < UNSURE) return OF_UNSURE;
    return most * (in * in - out * out) / (in * in + out * out);
}

/* Two ideographs are a word, more or less. */
static double n_words_of_phrase(const comparison *c)
{
    double n = 0;
    for (size_t i = c->first; i < c->end; i++) {
        token_kind kind = c->source.tokens.at[i].kind;
        if (kind != TOKEN_MARK) n += kind == TOKEN_HAN ? 0.5 : 1;
    }
    return n;
}

/* The run with the greatest sum; false where that is small. */
static bool best_run(comparison *c, size_t *first, size_t *last)
{
    double sum = 0, best = 0;
    size_t from = 0;
    for (size_t i = 0; i < c->target.tokens.n; i++) {
        double value = value_of(c, i);
        if (sum <= 0) {
            sum = 0;
            from = i;
        }
        sum += value;
        if (sum <= best) continue;
        best = sum;
        *first = from;
        *last = i;
    }
    return best >= LEAST_SUM * n_words_of_phrase(c);
}

/* -- together ------------------------------------------------------------------------ */

static aln_status read_texts(comparison *c, const aln_fragment *fragment,
                             aln_error *error)
{
    size_t n = strlen(fragment->source), m = strlen(fragment->target);
    TRY(scored_text_set(&c->source, fragment->source, n, error));
    TRY(scored_text_set(&c->target, fragment->target, m, error));
    TRY(index_text_read(&c->source_keys, fragment->source, n, error));
    TRY(index_text_read(&c->target_keys, fragment->target, m, error));
    for (size_t i = 0; i < c->source.tokens.n; i++) {
        c->first += c->source.tokens.at[i].start < fragment->source_start;
        c->end += c->source.tokens.at[i].start < fragment->source_end;
    }
    return ALN_OK;
}

aln_status lookup_counterpart(aln_lookup *lookup, aln_fragment *fragment,
                              aln_error *error)
{
    AUTO(comparison) comparison c = {.lookup = lookup, .unit = fragment->unit};
    TRY(read_texts(&c, fragment, error));
    if (c.source_keys.n > MOST_TOKENS || c.target_keys.n > MOST_TOKENS) return ALN_OK;

    size_t first = 0, last = 0;
    gather_words(&c);
    TRY(count_background(&c, error));
    for (size_t i = 0; i < c.source_keys.n; i++)
        TRY(draw_by(&c, i, error));
    if (!best_run(&c, &first, &last)) return ALN_OK;
    if (c.target.text != fragment->target) {
        const char *nfc = arena_copy(&lookup->results, c.target.text, c.target.size);
        if (!nfc) return error_no_memory(error);
        fragment->target = nfc;
    }
    fragment->target_start = c.target.tokens.at[first].start;
    fragment->target_end = c.target.tokens.at[last].end;
    return ALN_OK;
}
