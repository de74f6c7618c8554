/* pack.c - metadata and whole units as compact blobs.
 *
 * Metadata is a run of items, each a byte of bits and its strings with their NULs, so
 * that reading one back is a walk with pointers:
 *
 *     bits "name\0"? "value\0" "language\0"? "encoding\0"?
 *
 * bits 0-1 hold the kind, then one bit for each string that is there.  Numbers are
 * little-endian groups of seven bits (LEB128); bytes are their size plus one and then
 * themselves, 0 standing for NULL.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/error.h"
#include "memory/memory.h"

enum { KIND = 3, HAS_NAME = 4, HAS_LANGUAGE = 8, HAS_ENCODING = 16, KNOWN = 31 };

static aln_status add_text(str *out, const char *text)
{
    return text ? str_add(out, text, strlen(text) + 1) : ALN_OK;
}

aln_status pack_meta(str *out, const aln_meta *meta, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const aln_meta *item = &meta[i];
        int bits = (int)item->kind & KIND;
        if (item->name) bits |= HAS_NAME;
        if (item->language) bits |= HAS_LANGUAGE;
        if (item->encoding) bits |= HAS_ENCODING;
        TRY(str_putc(out, (char)bits));
        TRY(add_text(out, item->name));
        TRY(add_text(out, item->value ? item->value : ""));
        TRY(add_text(out, item->language));
        TRY(add_text(out, item->encoding));
    }
    return ALN_OK;
}

static const char *next_text(unpacker *from)
{
    const char *start = from->at;
    const char *end = memchr(start, '\0', (size_t)(from->end - start));
    if (!end) {
        from->failed = true;
        return NULL;
    }
    from->at = end + 1;
    return start;
}

static aln_meta next_item(unpacker *from)
{
    int bits = (unsigned char)*from->at++;
    if (bits & ~KNOWN) from->failed = true;

    aln_meta item = {.kind = (aln_meta_kind)(bits & KIND)};
    if (!from->failed && bits & HAS_NAME) item.name = next_text(from);
    if (!from->failed) item.value = next_text(from);
    if (!from->failed && bits & HAS_LANGUAGE) item.language = next_text(from);
    if (!from->failed && bits & HAS_ENCODING) item.encoding = next_text(from);
    return item;
}

aln_status unpack_meta(const char *bytes, size_t size, arena *texts,
                       const aln_meta **meta, size_t *n, aln_error *error)
{
    *meta = NULL;
    *n = 0;
    if (!size) return ALN_OK;

    unpacker from = {bytes, bytes + size, false};
    size_t most = 0;
    while (from.at < from.end && !from.failed) {
        next_item(&from);
        most++;
    }
    if (from.failed)
        return error_set(error, ALN_CORRUPT, "the metadata of a unit is damaged");

    aln_meta *items = arena_array(texts, most, sizeof *items);
    if (!items) return error_no_memory(error);
    from.at = bytes;
    for (size_t i = 0; i < most; i++)
        items[i] = next_item(&from);
    *meta = items;
    *n = most;
    return ALN_OK;
}

aln_status pack_number(str *out, uint64_t number)
{
    for (; number > 0x7f; number >>= 7)
        TRY(str_putc(out, (char)(0x80 | (number & 0x7f))));
    return str_putc(out, (char)number);
}

aln_status pack_bytes(str *out, const char *bytes, size_t size)
{
    TRY(pack_number(out, bytes ? size + 1 : 0));
    return bytes ? str_add(out, bytes, size) : ALN_OK;
}

unpacker unpacker_of(const db_query *query, int column)
{
    const char *bytes = sqlite3_column_blob(query->statement, column);
    if (!bytes) bytes = "";
    return (unpacker){bytes, bytes + db_size(query, column), false};
}

uint64_t unpack_number(unpacker *from)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (from->at == from->end) break;
        unsigned char byte = (unsigned char)*from->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    from->failed = true;
    return 0;
}

const char *unpack_bytes(unpacker *from, size_t *size)
{
    uint64_t n = unpack_number(from);
    *size = 0;
    if (from->failed || n == 0) return NULL;
    if (n - 1 > (uint64_t)(from->end - from->at)) {
        from->failed = true;
        return NULL;
    }
    const char *bytes = from->at;
    from->at += n - 1;
    *size = (size_t)(n - 1);
    return bytes;
}
