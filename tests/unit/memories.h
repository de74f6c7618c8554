/* memories.h - memories to try things with, each test in a folder of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_MEMORIES_H
#define TESTS_MEMORIES_H

#include <align/beads.h>
#include <align/manage.h>
#include <align/memory.h>

#include <stdlib.h>
#include <unistd.h>

#include "check.h"

#define in_folder(test) \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

static char path[] = "/dev/shm/test_memory.XXXXXX";
static const char SHA_A[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char SHA_B[] =
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/* In memory where that is possible: nobody cuts the power here. */
static inline int make_folder(void **state)
{
    strcpy(path, "/dev/shm/test_memory.XXXXXX");
    if (!mkdtemp(path) && !mkdtemp(strcpy(path, "/tmp/test_memory.XXXXXX"))) return -1;
    return chdir(path);
}

static inline int remove_folder(void **state)
{
    char command[80];
    snprintf(command, sizeof command, "rm -r %s", path);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static inline aln_memory *open_named(const char *name, aln_memory_mode mode)
{
    aln_error error = {0};
    aln_memory *memory = NULL;
    check_ok(aln_memory_open(name, mode, &memory, &error), &error);
    return memory;
}

static inline aln_memory *open_memory(aln_memory_mode mode)
{
    return open_named("m.db", mode);
}

static inline int64_t add_pair(aln_memory *memory, const char *french,
                               const char *english, unsigned flags)
{
    aln_error error = {0};
    const aln_variant variants[] = {
        {.language = "fr", .text = french, .size = strlen(french)},
        {.language = "en", .text = english, .size = strlen(english)},
    };
    const aln_unit unit = {
        .score = 0.9, .flags = flags, .variants = variants, .n_variants = 2};
    int64_t id = 0;
    check_ok(aln_memory_add_unit(memory, &unit, &id, &error), &error);
    return id;
}

static inline bool add_document(aln_memory *memory, const char *uri, const char *sha256)
{
    aln_error error = {0};
    const aln_document document = {.uri = uri, .sha256 = sha256};
    bool known = false;
    check_ok(aln_memory_add_documents(memory, &document, 1, &known, &error), &error);
    return known;
}

/* The first texts of all units, joined by '|'. */
static inline void check_texts(aln_memory *memory, const aln_filter *filter,
                               const char *expected)
{
    aln_error error = {0};
    aln_cursor *cursor = NULL;
    const aln_unit *unit = NULL;
    char actual[1024] = "";
    size_t n = 0;
    check_ok(aln_memory_units(memory, filter, &cursor, &error), &error);
    for (;;) {
        check_ok(aln_cursor_next(cursor, &unit, &error), &error);
        if (!unit) break;
        n += (size_t)snprintf(actual + n, sizeof actual - n, "%s%s", n ? "|" : "",
                              unit->variants[0].text);
    }
    aln_cursor_free(cursor);
    assert_string_equal(actual, expected);
}

static inline void check_sound(aln_memory *memory)
{
    aln_error error = {0};
    size_t n = 0;
    check_ok(aln_memory_check(memory, NULL, NULL, &n, &error), &error);
    assert_int_equal(n, 0);
}

#endif
