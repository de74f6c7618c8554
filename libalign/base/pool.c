/* pool.c - a ring of jobs, filled by one thread and emptied by many.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/auto.h"
#include "base/error.h"

enum { MOST_THREADS = 256, AHEAD = 4 /* items a thread may run ahead of the caller */ };

typedef struct slot {
    void *made;
    bool done;
} slot;

typedef struct pool {
    const pool_work *work;
    size_t n;     /* items */
    size_t next;  /* the first that no thread has begun */
    size_t taken; /* the first that the caller has not taken */
    slot *slots;  /* a ring: item i in slots[i % n_slots] */
    size_t n_slots;
    bool stopped;
    pthread_mutex_t lock;
    pthread_cond_t room, ready;
} pool;

/* Claim the next item; false when there is none or nobody wants it any more. */
static bool claim(pool *shared, size_t *item)
{
    while (!shared->stopped && shared->next < shared->n &&
           shared->next - shared->taken >= shared->n_slots)
        pthread_cond_wait(&shared->room, &shared->lock);
    if (shared->stopped || shared->next == shared->n) return false;
    *item = shared->next++;
    return true;
}

static void *run_worker(void *argument)
{
    pool *shared = argument;
    size_t item;
    pthread_mutex_lock(&shared->lock);
    while (claim(shared, &item)) {
        pthread_mutex_unlock(&shared->lock);
        void *made = shared->work->make(shared->work->context, item);
        pthread_mutex_lock(&shared->lock);
        shared->slots[item % shared->n_slots] = (slot){.made = made, .done = true};
        if (item == shared->taken) pthread_cond_signal(&shared->ready);
    }
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

static aln_status take_all(pool *shared, aln_error *error)
{
    aln_status status = ALN_OK;
    pthread_mutex_lock(&shared->lock);
    while (status == ALN_OK && shared->taken < shared->n) {
        size_t item = shared->taken;
        slot *found = &shared->slots[item % shared->n_slots];
        while (!found->done)
            pthread_cond_wait(&shared->ready, &shared->lock);
        void *made = found->made;
        *found = (slot){.done = false};
        shared->taken++;
        pthread_cond_broadcast(&shared->room);
        pthread_mutex_unlock(&shared->lock);
        status = shared->work->take(shared->work->context, item, made, error);
        pthread_mutex_lock(&shared->lock);
    }
    shared->stopped = true;
    pthread_cond_broadcast(&shared->room);
    pthread_mutex_unlock(&shared->lock);
    return status;
}

static aln_status run_alone(const pool_work *work, size_t n, aln_error *error)
{
    for (size_t i = 0; i < n; i++)
        TRY(work->take(work->context, i, work->make(work->context, i), error));
    return ALN_OK;
}

static aln_status run_together(pool *shared, unsigned threads, aln_error *error)
{
    pthread_t workers[MOST_THREADS];
    unsigned started = 0;
    while (started < threads &&
           pthread_create(&workers[started], NULL, run_worker, shared) == 0)
        started++;
    aln_status status =
        started ? take_all(shared, error) : run_alone(shared->work, shared->n, error);
    while (started)
        pthread_join(workers[--started], NULL);
    for (size_t i = 0; i < shared->n_slots; i++)
        if (shared->slots[i].done) shared->work->drop(shared->slots[i].made);
    return status;
}

aln_status pool_run(unsigned threads, size_t n, const pool_work *work, aln_error *error)
{
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if (threads > n) threads = (unsigned)n;
    if (threads < 2) return run_alone(work, n, error);

    pool shared = {.work = work, .n = n, .n_slots = (size_t)threads * AHEAD};
    AUTO(free) slot *slots = shared.slots = calloc(shared.n_slots, sizeof *slots);
    if (!slots) return error_no_memory(error);
    pthread_mutex_init(&shared.lock, NULL);
    pthread_cond_init(&shared.room, NULL);
    pthread_cond_init(&shared.ready, NULL);
    aln_status status = run_together(&shared, threads, error);
    pthread_cond_destroy(&shared.ready);
    pthread_cond_destroy(&shared.room);
    pthread_mutex_destroy(&shared.lock);
    return status;
}

unsigned pool_processors(void)
{
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) return 1;
    int n = CPU_COUNT(&allowed);
    return n > 0 ? (unsigned)n : 1;
}
