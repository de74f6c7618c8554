/* arena.c - blocks that double, cut from the front.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size; /* of bytes */
    alignas(max_align_t) char bytes[];
};

enum { FIRST_BLOCK = 4096 };

static size_t aligned(size_t size)
{
    const size_t unit = alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

static int add_block(arena *owner, size_t size)
{
    size_t wanted = owner->blocks ? owner->blocks->size : FIRST_BLOCK / 2;
    wanted = wanted > SIZE_MAX / 4 ? size : wanted * 2;
    if (wanted < size) wanted = size;
    if (wanted > SIZE_MAX - sizeof(struct arena_block)) return -1;

    struct arena_block *block = malloc(sizeof *block + wanted);
    if (!block) return -1;
    block->next = owner->blocks;
    block->size = wanted;
    owner->blocks = block;
    owner->used = 0;
    return 0;
}

void *arena_alloc(arena *owner, size_t size)
{
    if (size > SIZE_MAX / 2) return NULL;

    size = aligned(size);
    bool fits = owner->blocks && size <= owner->blocks->size - owner->used;
    if (!fits && add_block(owner, size)) return NULL;

    void *at = owner->blocks->bytes + owner->used;
    owner->used += size;
    return at;
}

void *arena_array(arena *owner, size_t n, size_t item_size)
{
    if (item_size && n > SIZE_MAX / item_size) return NULL;

    void *at = arena_alloc(owner, n * item_size);
    if (at) memset(at, 0, n * item_size);
    return at;
}

char *arena_copy(arena *owner, const char *text, size_t size)
{
    if (size == SIZE_MAX) return NULL;

    char *copy = arena_alloc(owner, size + 1);
    if (!copy) return NULL;
    if (size) memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static void free_from(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_clear(arena *owner)
{
    if (!owner->blocks) return;

    free_from(owner->blocks->next); /* the newest is the largest */
    owner->blocks->next = NULL;
    owner->used = 0;
}

void arena_done(arena *owner)
{
    free_from(owner->blocks);
    owner->blocks = NULL;
    owner->used = 0;
}
