/* align/vectors.h - sentences as vectors of a neural model, computed elsewhere.
 *
 * A table maps texts to vectors of one dimension.  It is filled by hand (from a service
 * that computes embeddings) or from the two files that vecalign reads: a text file with
 * a line for every run of 1..n consecutive sentences, joined by spaces, and a file of
 * headerless little-endian 32-bit floats, a row a line (Thompson & Koehn 2019,
 * "Vecalign: improved sentence alignment in linear time and space").
 *
 *     aln_vectors *vectors;
 *     if (aln_vectors_new(1024, &vectors, &error)) ...
 *     if (aln_vectors_add(vectors, "Bonjour.", 8, values, &error)) ...
 *     aln_vectors_free(vectors);
 *
 * Vectors are kept at unit length, so that a dot product is a cosine.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_VECTORS_H
#define ALIGN_VECTORS_H

#include <stddef.h>

#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct aln_vectors aln_vectors;

/* An empty table.  Fails with ALN_INVALID for a dimension of 0 or over 65536. */
ALN_API ALN_CHECKED aln_status aln_vectors_new(size_t dimension, aln_vectors **vectors,
                                               aln_error *error);

/* Add to a table, which may be empty (*vectors NULL: the dimension is then what the
 * files say), every row of vecalign's two files.  Fails with ALN_SYNTAX where the sizes
 * do not fit each other or a value is no number; error->line is the line of the text.
 */
ALN_API ALN_CHECKED aln_status aln_vectors_read(const char *texts, const char *floats,
                                                aln_vectors **vectors,
                                                aln_error *error);

/* Add a text; one that is there already keeps its first vector.  Fails with ALN_INVALID
 * for a vector that is not finite. */
ALN_API ALN_CHECKED aln_status aln_vectors_add(aln_vectors *vectors, const char *text,
                                               size_t size, const float *values,
                                               aln_error *error);

/* The vector of a text, of unit length (or all zero), the table's; NULL where it has
 * none. */
ALN_API const float *aln_vectors_find(const aln_vectors *vectors, const char *text,
                                      size_t size);

ALN_API size_t aln_vectors_dimension(const aln_vectors *vectors);

/* NULL is allowed. */
ALN_API void aln_vectors_free(aln_vectors *vectors);

#ifdef __cplusplus
}
#endif

#endif
