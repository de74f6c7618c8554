/* zip.c - the directory of a zip archive (PKWARE APPNOTE 6.3, chapter 4).
 *
 *     local header, data, local header, data ... | directory | end record
 *
 * The end record says where the directory lies, the directory where each file does.
 * Local headers alone would not do: writers that stream leave the sizes out of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/zip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <align/exchange.h>

#include "base/auto.h"
#include "base/error.h"

enum {
    END_SIZE = 22,
    END_MOST = END_SIZE + UINT16_MAX, /* with the longest comment */
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    MOST_ENTRIES = 1000,
    STORED = 0,
    DEFLATED = 8,
    ENCRYPTED = 1,
};

typedef struct entry {
    unsigned flags, method;
    uint32_t offset, size;
    char *name;
} entry;

static unsigned get16(const unsigned char *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

static uint32_t get32(const unsigned char *at)
{
    return get16(at) | (uint32_t)get16(at + 2) << 16;
}

static aln_status damaged(aln_error *error)
{
    return error_set(error, ALN_SYNTAX, "the zip archive is damaged");
}

static bool read_at(FILE *stream, long offset, void *bytes, size_t size)
{
    return fseek(stream, offset, SEEK_SET) == 0 &&
           fread(bytes, 1, size, stream) == size;
}

/* The end record: the last "PK\5\6" of the file. */
static aln_status find_directory(FILE *stream, uint32_t *offset, unsigned *n,
                                 aln_error *error)
{
    AUTO(free) unsigned char *tail = malloc(END_MOST);
    if (!tail) return error_no_memory(error);
    if (fseek(stream, 0, SEEK_END)) return damaged(error);
    long size = ftell(stream);
    long most = size < END_MOST ? size : END_MOST;
    if (most < END_SIZE || !read_at(stream, size - most, tail, (size_t)most))
        return damaged(error);

    for (long i = most - END_SIZE; i >= 0; i--) {
        if (memcmp(tail + i, "PK\5\6", 4) != 0) continue;
        *n = get16(tail + i + 10);
        *offset = get32(tail + i + 16);
        return ALN_OK;
    }
    return damaged(error);
}

static aln_status read_entry(FILE *stream, uint32_t *offset, entry *found,
                             aln_error *error)
{
    unsigned char fixed[ENTRY_SIZE];
    if (!read_at(stream, (long)*offset, fixed, sizeof fixed) ||
        memcmp(fixed, "PK\1\2", 4) != 0)
        return damaged(error);

    size_t size = get16(fixed + 28);
    found->flags = get16(fixed + 8);
    found->method = get16(fixed + 10);
    found->size = get32(fixed + 20);
    found->offset = get32(fixed + 42);
    found->name = calloc(1, size + 1);
    if (!found->name) return error_no_memory(error);
    if (fread(found->name, 1, size, stream) != size) {
        free(STEAL(found->name));
        return damaged(error);
    }
    *offset += ENTRY_SIZE + (uint32_t)size + get16(fixed + 30) + get16(fixed + 32);
    return ALN_OK;
}

static bool is_folder(const char *name)
{
    size_t size = strlen(name);
    return size == 0 || name[size - 1] == '/';
}

/* The best entry so far gives way to the first one whose name tells a format. */
static void consider(entry *best, entry *found)
{
    bool better = !best->name ||
                  (!aln_format_of_path(best->name) && aln_format_of_path(found->name));
    if (is_folder(found->name) || !better) {
        free(found->name);
        return;
    }
    free(best->name);
    *best = *found;
}

static aln_status choose(FILE *stream, entry *best, aln_error *error)
{
    uint32_t offset = 0;
    unsigned n = 0;
    TRY(find_directory(stream, &offset, &n, error));
    for (unsigned i = 0; i < n && i < MOST_ENTRIES; i++) {
        entry found = {0};
        TRY(read_entry(stream, &offset, &found, error));
        consider(best, &found);
    }
    if (!best->name) return error_set(error, ALN_SYNTAX, "the zip archive is empty");
    return ALN_OK;
}

static aln_status go_to(FILE *stream, const entry *found, aln_error *error)
{
    unsigned char local[LOCAL_SIZE];
    if (found->flags & ENCRYPTED)
        return error_set(error, ALN_UNSUPPORTED, "%.80s is encrypted", found->name);
    if (found->method != STORED && found->method != DEFLATED)
        return error_set(error, ALN_UNSUPPORTED, "%.80s is compressed by method %u",
                         found->name, found->method);
    if (!read_at(stream, (long)found->offset, local, sizeof local) ||
        memcmp(local, "PK\3\4", 4) != 0 ||
        fseek(stream, (long)get16(local + 26) + (long)get16(local + 28), SEEK_CUR))
        return damaged(error);
    return ALN_OK;
}

aln_status zip_find(FILE *stream, zip_member *member, aln_error *error)
{
    entry best = {0};
    aln_status status = choose(stream, &best, error);
    if (!status) status = go_to(stream, &best, error);
    if (status) {
        free(best.name);
        return status;
    }
    *member = (zip_member){
        .name = best.name, .size = best.size, .deflated = best.method == DEFLATED};
    return ALN_OK;
}
