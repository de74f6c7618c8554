/* pool.h - work on many items with several threads, and take the results in order.
 *
 *     static void *make(void *context, size_t item)  { ... on any thread ... }
 *     static aln_status take(void *context, size_t item, void *made, aln_error *error)
 *     TRY(pool_run(jobs, n_items, &(pool_work){make, take, drop, context}, error));
 *
 *     threads   make(0)  make(2)  make(3) ...
 *               make(1)  make(4) ...
 *     caller    take(0) take(1) take(2) ...         one at a time, always in this order
 *
 * So what is taken does not depend on the number of threads.  Threads run ahead of the
 * caller by a few items only: memory is bounded by the largest of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

#include <align/status.h>

typedef struct pool_work {
    void *(*make)(void *context, size_t item);
    /* A failure ends the run; items that were made and not taken are dropped. */
    aln_status (*take)(void *context, size_t item, void *made, aln_error *error);
    void (*drop)(void *made);
    void *context;
} pool_work;

/* With one thread, or where no thread can be started, the caller does everything. */
aln_status pool_run(unsigned threads, size_t n, const pool_work *work,
                    aln_error *error);

/* The processors that this process may use, at least 1. */
unsigned pool_processors(void);

#endif
