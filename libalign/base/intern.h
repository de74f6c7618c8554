/* intern.h - texts become small numbers: equal texts the same one, from 0 upwards.
 *
 *     uint32_t id;
 *     if (intern_add(&words, "Astana", 6, &id)) return error_no_memory(error);
 *     const char *text = intern_text(&words, id, &size);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include <align/status.h>

#include "base/arena.h"

static const uint32_t INTERN_NONE = UINT32_MAX;

typedef struct intern {
    arena texts;
    struct intern_entry *entries; /* by id */
    uint32_t n, cap;
    uint32_t *slots; /* hash table of id + 1; a power of two, at most half full */
    uint32_t n_slots;
} intern;

/* The number of a text, a new one where it has not been seen. */
aln_status intern_add(intern *table, const char *text, size_t size, uint32_t *id);

/* The number of a text, or INTERN_NONE. */
uint32_t intern_find(const intern *table, const char *text, size_t size);

/* The text behind a number: NUL-terminated, the table's until intern_done. */
const char *intern_text(const intern *table, uint32_t id, size_t *size);

void intern_done(intern *table);

#endif
