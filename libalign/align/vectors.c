/* vectors.c - a table of texts and their vectors.
 *
 * Texts are interned, so that their numbers are the rows of one array of floats.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/vectors.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/intern.h"

struct aln_vectors {
    size_t dimension;
    intern texts;
    float *rows; /* dimension floats a text */
    size_t cap;  /* rows there is room for */
};

enum { MOST_DIMENSION = 65536, FIRST_ROWS = 64 };

AUTO_DEFINE(vectors, aln_vectors *, aln_vectors_free)

/* What vecalign writes for a sentence that is empty. */
static const char BLANK[] = "BLANK_LINE";

aln_status aln_vectors_new(size_t dimension, aln_vectors **vectors, aln_error *error)
{
    if (!dimension || dimension > MOST_DIMENSION)
        return error_set(error, ALN_INVALID, "vectors cannot have %zu dimensions",
                         dimension);
    aln_vectors *table = calloc(1, sizeof *table);
    if (!table) return error_no_memory(error);
    table->dimension = dimension;
    *vectors = table;
    return ALN_OK;
}

size_t aln_vectors_dimension(const aln_vectors *vectors)
{
    return vectors->dimension;
}

const float *aln_vectors_find(const aln_vectors *vectors, const char *text, size_t size)
{
    if (!size) return aln_vectors_find(vectors, BLANK, sizeof BLANK - 1);
    uint32_t id = intern_find(&vectors->texts, text, size);
    return id == INTERN_NONE ? NULL : vectors->rows + id * vectors->dimension;
}

static aln_status make_room(aln_vectors *vectors)
{
    if (vectors->texts.n < vectors->cap) return ALN_OK;

    size_t cap = vectors->cap ? vectors->cap * 2 : FIRST_ROWS;
    size_t row = vectors->dimension * sizeof(float); /* never 0: aln_vectors_new */
    float *rows =
        row == 0 || cap > SIZE_MAX / row ? NULL : realloc(vectors->rows, cap * row);
    if (!rows) return ALN_NO_MEMORY;
    vectors->rows = rows;
    vectors->cap = cap;
    return ALN_OK;
}

static void copy_unit_length(float *row, const float *values, size_t n, double norm)
{
    double scale = norm > 0 ? 1 / norm : 0;
    for (size_t i = 0; i < n; i++)
        row[i] = (float)(values[i] * scale);
}

aln_status aln_vectors_add(aln_vectors *vectors, const char *text, size_t size,
                           const float *values, aln_error *error)
{
    double squares = 0;
    for (size_t i = 0; i < vectors->dimension; i++)
        squares += (double)values[i] * values[i];
    if (!isfinite(squares))
        return error_set(error, ALN_INVALID, "a vector holds what is no number");

    uint32_t before = vectors->texts.n, id;
    if (make_room(vectors) || intern_add(&vectors->texts, text, size, &id))
        return error_no_memory(error);
    if (id == before)
        copy_unit_length(vectors->rows + id * vectors->dimension, values,
                         vectors->dimension, sqrt(squares));
    return ALN_OK;
}

static size_t count_lines(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += text[i] == '\n';
    return n + (size && text[size - 1] != '\n');
}

/* A little-endian float at any address, on any machine. */
static float float_at(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    uint32_t bits = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                    (uint32_t)b[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static aln_status add_rows(aln_vectors *vectors, const char *text, size_t size,
                           const char *floats, aln_error *error)
{
    AUTO(free) float *values = calloc(vectors->dimension, sizeof *values);
    if (!values) return error_no_memory(error);

    const char *end = text + size;
    for (unsigned line = 1; text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (!stop) stop = end;
        for (size_t i = 0; i < vectors->dimension; i++, floats += 4)
            values[i] = float_at(floats);
        aln_status status =
            aln_vectors_add(vectors, text, (size_t)(stop - text), values, error);
        if (status && error) error->line = line;
        TRY(status);
        text = stop + 1;
    }
    return ALN_OK;
}

/* The dimension that both files agree on; 0 where they do not. */
static size_t agreed_dimension(const aln_vectors *vectors, size_t lines, size_t bytes)
{
    size_t row = lines ? bytes / lines : 0;
    bool fits = lines && bytes % lines == 0 && row % sizeof(float) == 0;
    size_t dimension = fits ? row / sizeof(float) : 0;
    return vectors && vectors->dimension != dimension ? 0 : dimension;
}

aln_status aln_vectors_read(const char *texts, const char *floats,
                            aln_vectors **vectors, aln_error *error)
{
    AUTO(free) char *text = NULL;
    AUTO(free) char *bytes = NULL;
    size_t size, n_bytes;
    TRY(file_read(texts, SIZE_MAX / 4, &text, &size, error));
    TRY(file_read(floats, SIZE_MAX / 4, &bytes, &n_bytes, error));

    size_t lines = count_lines(text, size);
    size_t dimension = agreed_dimension(*vectors, lines, n_bytes);
    if (!dimension)
        return error_set(error, ALN_SYNTAX,
                         "%zu bytes of floats do not make rows for %zu lines", n_bytes,
                         lines);

    AUTO(vectors) aln_vectors *made = NULL;
    if (!*vectors) TRY(aln_vectors_new(dimension, &made, error));
    TRY(add_rows(*vectors ? *vectors : made, text, size, bytes, error));
    if (made) *vectors = STEAL(made);
    return ALN_OK;
}

void aln_vectors_free(aln_vectors *vectors)
{
    if (!vectors) return;
    intern_done(&vectors->texts);
    free(vectors->rows);
    free(vectors);
}
