/* intern.c - an open hash table over an arena of texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

struct intern_entry {
    const char *text;
    size_t size;
    uint64_t hash;
};

enum { FIRST_SLOTS = 64, MAX_ENTRIES = 1 << 30 };

/* Linear probing; the slot that holds the text, or the empty one where it belongs. */
static uint32_t *slot_of(const intern *table, const char *text, size_t size,
                         uint64_t hash)
{
    for (uint32_t i = (uint32_t)hash;; i++) {
        uint32_t *slot = &table->slots[i & (table->n_slots - 1)];
        if (!*slot) return slot;
        const struct intern_entry *entry = &table->entries[*slot - 1];
        if (entry->hash == hash && entry->size == size &&
            memcmp(entry->text, text, size) == 0)
            return slot;
    }
}

static aln_status grow_slots(intern *table)
{
    uint32_t n_slots = table->n_slots ? table->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots) return ALN_NO_MEMORY;

    for (uint32_t id = 0; id < table->n; id++) {
        uint32_t i = (uint32_t)table->entries[id].hash;
        while (slots[i & (n_slots - 1)])
            i++;
        slots[i & (n_slots - 1)] = id + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->n_slots = n_slots;
    return ALN_OK;
}

static aln_status grow_entries(intern *table)
{
    uint32_t cap = table->cap ? table->cap * 2 : FIRST_SLOTS / 2;
    struct intern_entry *entries =
        cap > MAX_ENTRIES ? NULL : realloc(table->entries, cap * sizeof *entries);
    if (!entries) return ALN_NO_MEMORY;
    table->entries = entries;
    table->cap = cap;
    return ALN_OK;
}

aln_status intern_add(intern *table, const char *text, size_t size, uint32_t *id)
{
    if (table->n * 2 >= table->n_slots && grow_slots(table)) return ALN_NO_MEMORY;
    if (table->n == table->cap && grow_entries(table)) return ALN_NO_MEMORY;

    uint64_t hash = hash_bytes(text, size);
    uint32_t *slot = slot_of(table, text, size, hash);
    if (!*slot) {
        const char *copy = arena_copy(&table->texts, text, size);
        if (!copy) return ALN_NO_MEMORY;
        table->entries[table->n] = (struct intern_entry){copy, size, hash};
        *slot = ++table->n;
    }
    *id = *slot - 1;
    return ALN_OK;
}

uint32_t intern_find(const intern *table, const char *text, size_t size)
{
    if (!table->n) return INTERN_NONE;
    const uint32_t *slot = slot_of(table, text, size, hash_bytes(text, size));
    return *slot ? *slot - 1 : INTERN_NONE;
}

const char *intern_text(const intern *table, uint32_t id, size_t *size)
{
    if (size) *size = table->entries[id].size;
    return table->entries[id].text;
}

void intern_done(intern *table)
{
    arena_done(&table->texts);
    free(table->entries);
    free(table->slots);
    *table = (intern){0};
}
