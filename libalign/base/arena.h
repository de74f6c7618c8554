/* arena.h - many small allocations, one free.
 *
 *     arena texts = {0};
 *     char *copy = arena_copy(&texts, text, size);   NUL-terminated; NULL when out of
 * memory arena_done(&texts);                            everything at once
 *
 * An object with many parts keeps an arena and frees nothing by itself.  Memory comes
 * in blocks that double, so that N bytes cost O(log N) calls of malloc.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes of the newest */
} arena;

/* Aligned for any type, not cleared; NULL when out of memory. */
void *arena_alloc(arena *owner, size_t size);

/* Room for n items of the given size, cleared; NULL on overflow too. */
void *arena_array(arena *owner, size_t n, size_t item_size);

/* text[0..size) with a NUL behind it. */
char *arena_copy(arena *owner, const char *text, size_t size);

/* Forget everything but keep the largest block for what comes next. */
void arena_clear(arena *owner);

void arena_done(arena *owner);

/* AUTO(arena) arena texts = {0}; */
static inline void auto_arena(arena *owner)
{
    arena_done(owner);
}

#endif
