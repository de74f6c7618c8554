/* twins.c - sketches of texts, and a table to find those that are alike.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/twins.h"

#include <string.h>

#include "base/hash.h"

enum {
    RUN = 12,         /* letters of a run */
    BAND = 4,         /* classes that must agree to make a candidate */
    LARGEST = 4,      /* bytes of a letter in UTF-8 */
    FEW_FIGURES = 24, /* these must be equal */
};

static const uint32_t EMPTY = UINT32_MAX;

/* At least so much of the runs, and of the figures, must be shared. */
static const double LEAST_ALIKE = 0.85, LEAST_FIGURES = 0.9;

void sketch_begin(sketch *drawn)
{
    memset(drawn, 0xff, sizeof *drawn);
    drawn->sum = drawn->n_figures = 0;
}

static void keep_least(uint32_t *classes, size_t n, uint64_t hash)
{
    uint32_t *least = &classes[(hash >> 32) % n];
    if ((uint32_t)hash < *least) *least = (uint32_t)hash;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Each run of digits, whatever stands around it. */
static void add_figures(sketch *drawn, const char *text, size_t size)
{
    for (size_t i = 0, end; i < size; i = end + 1) {
        for (end = i; end < size && is_digit(text[end]);)
            end++;
        if (end == i) continue;
        uint64_t hash = hash_mix(hash_bytes(text + i, end - i));
        keep_least(drawn->figures, SKETCH_FIGURES, hash);
        drawn->sum += hash;
        drawn->n_figures++;
    }
}

void sketch_add(sketch *drawn, const char *text, size_t size)
{
    char run[RUN * LARGEST];
    size_t ends[RUN], n = 0, used = 0; /* of the letters in run */
    for (size_t i = 0, length; i < size; i += length) {
        for (length = 1; i + length < size && (text[i + length] & 0xc0) == 0x80;)
            length++;
        bool passed = length > LARGEST || text[i] == ' ' || is_digit(text[i]);
        if (passed) continue;
        if (n == RUN) { /* the first letter makes room */
            size_t first = ends[0];
            memmove(run, run + first, used - first);
            used -= first;
            for (n = 0; n < RUN - 1; n++)
                ends[n] = ends[n + 1] - first;
        }
        memcpy(run + used, text + i, length);
        ends[n++] = used += length;
        if (n == RUN)
            keep_least(drawn->letters, SKETCH_CLASSES, hash_mix(hash_bytes(run, used)));
    }
    add_figures(drawn, text, size);
}

/* The part of the classes filled in either that agree. */
static double likeness(const uint32_t *a, const uint32_t *b, size_t n)
{
    size_t same = 0, filled = 0;
    for (size_t i = 0; i < n; i++) {
        filled += a[i] != EMPTY || b[i] != EMPTY;
        same += a[i] == b[i] && a[i] != EMPTY;
    }
    return filled ? (double)same / (double)filled : 1;
}

static bool agree_in_figures(const sketch *a, const sketch *b)
{
    if (a->sum == b->sum && a->n_figures == b->n_figures) return true;
    return a->n_figures > FEW_FIGURES && b->n_figures > FEW_FIGURES &&
           likeness(a->figures, b->figures, SKETCH_FIGURES) >= LEAST_FIGURES;
}

static bool is_alike(const sketch *a, const sketch *b)
{
    return agree_in_figures(a, b) &&
           likeness(a->letters, b->letters, SKETCH_CLASSES) >= LEAST_ALIKE;
}

/* Hash of a band, and its place; 0 for one without any run. */
static uint64_t band_key(const sketch *drawn, size_t band)
{
    const uint32_t *classes = drawn->letters + band * BAND;
    bool filled = false;
    for (size_t i = 0; i < BAND; i++)
        filled = filled || classes[i] != EMPTY;
    if (!filled) return 0;
    /* Some figures go in too: a thousand stories that differ in nothing else would
     * all be candidates of each other. */
    const uint32_t *figures = drawn->figures + band % (SKETCH_FIGURES / BAND) * BAND;
    uint64_t key = hash_bytes(classes, BAND * sizeof *classes) + band;
    return hash_mix(key ^ hash_mix(hash_bytes(figures, BAND * sizeof *figures)));
}

const char *twins_find(const twins *seen, const sketch *drawn)
{
    uint32_t found = UINT32_MAX;
    for (size_t band = 0; seen->n_slots && band < SKETCH_CLASSES / BAND; band++) {
        uint64_t key = band_key(drawn, band);
        if (!key) continue;
        for (uint32_t at = seen->slots[key & (seen->n_slots - 1)]; at;
             at = seen->bands.at[at - 1].next) {
            const twins_band *entry = &seen->bands.at[at - 1];
            if (entry->key == key && entry->member < found &&
                is_alike(drawn, &seen->members.at[entry->member].drawn))
                found = entry->member;
        }
    }
    return found == UINT32_MAX ? NULL : seen->members.at[found].name;
}

static void hang(twins *seen, uint32_t at)
{
    twins_band *entry = &seen->bands.at[at];
    uint32_t *slot = &seen->slots[entry->key & (seen->n_slots - 1)];
    entry->next = *slot;
    *slot = at + 1;
}

static aln_status grow(twins *seen)
{
    size_t n = seen->n_slots ? seen->n_slots * 2 : 1024;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots) return ALN_NO_MEMORY;
    free(seen->slots);
    seen->slots = slots;
    seen->n_slots = n;
    for (uint32_t i = 0; i < seen->bands.n; i++)
        hang(seen, i);
    return ALN_OK;
}

aln_status twins_add(twins *seen, const sketch *drawn, const char *name)
{
    uint32_t member = (uint32_t)seen->members.n;
    if (vec_push(&seen->members, (twins_member){.drawn = *drawn, .name = name}))
        return ALN_NO_MEMORY;
    for (size_t band = 0; band < SKETCH_CLASSES / BAND; band++) {
        uint64_t key = band_key(drawn, band);
        if (!key) continue;
        if (seen->bands.n >= seen->n_slots && grow(seen)) return ALN_NO_MEMORY;
        if (vec_push(&seen->bands, (twins_band){.key = key, .member = member}))
            return ALN_NO_MEMORY;
        hang(seen, (uint32_t)seen->bands.n - 1);
    }
    return ALN_OK;
}

void twins_done(twins *seen)
{
    vec_free(&seen->members);
    vec_free(&seen->bands);
    free(seen->slots);
    *seen = (twins){0};
}
