/* embed.h - vectors of sentences from a service that computes them.
 *
 * The interface is the one that Ollama, llama.cpp, vLLM and text-embeddings-inference
 * serve at /v1/embeddings:
 *
 *     POST {"model": "bge-m3", "input": ["Bonjour.", "Hello."]}
 *     200  {"data": [{"index": 0, "embedding": [0.1, ...]}, ...]}
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EMBED_H
#define EMBED_H

#include "tools.h"

typedef struct embed_service {
    const char *url;   /* the whole address, or one that ends before /v1/embeddings */
    const char *model; /* may be NULL where the service has only one */
    const char *key_variable; /* environment variable that holds the key, or NULL */
    aln_memory *cache; /* keeps vectors, so that none is asked for twice; or NULL */
} embed_service;

/* Ask for the vectors of those texts that the table does not hold, in batches, and add
 * them; *vectors may be NULL.  A service that is busy is asked again, ever more slowly.
 * Prints what is wrong and returns EXIT_TROUBLE on failure, else EXIT_FOUND. */
int embed_texts(const embed_service *service, const aln_sentence *texts, size_t n,
                aln_vectors **vectors);

#endif
