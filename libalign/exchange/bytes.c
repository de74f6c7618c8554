/* bytes.c - read a file, inflating what is compressed as it comes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/bytes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/zip.h"

enum { CHUNK = 1 << 16, MAGIC = 4, GZIP_WINDOW = 16 + MAX_WBITS };

struct byte_source {
    FILE *stream; /* NULL: all bytes are in `ahead` from the start */
    bool ours;    /* the stream is closed with the source */
    char *name;
    uint64_t size, done; /* of the file; size 0: not known */
    uint64_t left;       /* of the part of it that is read */
    const char *ahead;   /* read but not yet handed out */
    size_t n_ahead;
    z_stream inflater;
    bool inflating, ended;
    bool may_repeat; /* gzip: another member may follow */
    char chunk[CHUNK];
};

AUTO_DEFINE(bytes, byte_source *, bytes_close)

void bytes_close(byte_source *source)
{
    if (!source) return;
    if (source->inflating) inflateEnd(&source->inflater);
    if (source->stream && source->ours) fclose(source->stream);
    free(source->name);
    free(source);
}

static aln_status fill(byte_source *source, aln_error *error)
{
    if (source->n_ahead || !source->stream) return ALN_OK;
    size_t most = source->left < CHUNK ? (size_t)source->left : CHUNK;
    source->n_ahead = fread(source->chunk, 1, most, source->stream);
    source->left -= source->n_ahead;
    source->ahead = source->chunk;
    source->done += source->n_ahead;
    if (!source->n_ahead && ferror(source->stream))
        return error_set(error, ALN_IO, "cannot read: %s", strerror(errno));
    return ALN_OK;
}

static aln_status start_inflating(byte_source *source, int window, aln_error *error)
{
    if (inflateInit2(&source->inflater, window) != Z_OK) return error_no_memory(error);
    source->inflating = true;
    source->may_repeat = window == GZIP_WINDOW;
    return ALN_OK;
}

/* gzip files may be joined end to end (RFC 1952, 2.2). */
static aln_status end_member(byte_source *source, aln_error *error)
{
    TRY(fill(source, error));
    source->ended = !source->may_repeat || !source->n_ahead;
    if (!source->ended) inflateReset(&source->inflater);
    return ALN_OK;
}

static aln_status inflate_some(byte_source *source, char *buffer, size_t size,
                               size_t *n, aln_error *error)
{
    z_stream *inflater = &source->inflater;
    inflater->next_out = (Bytef *)buffer;
    inflater->avail_out = (uInt)size;
    while (inflater->avail_out == size && !source->ended) {
        TRY(fill(source, error));
        if (!source->n_ahead)
            return error_set(error, ALN_SYNTAX, "the compressed file is cut off");
        inflater->next_in = (Bytef *)source->ahead;
        inflater->avail_in = (uInt)source->n_ahead;
        int result = inflate(inflater, Z_NO_FLUSH);
        source->ahead += source->n_ahead - inflater->avail_in;
        source->n_ahead = inflater->avail_in;
        if (result == Z_MEM_ERROR) return error_no_memory(error);
        if (result == Z_STREAM_END)
            TRY(end_member(source, error));
        else if (result != Z_OK)
            return error_set(error, ALN_SYNTAX, "the compressed file is damaged");
    }
    *n = size - inflater->avail_out;
    return ALN_OK;
}

aln_status bytes_read(byte_source *source, char *buffer, size_t size, size_t *n,
                      aln_error *error)
{
    if (size > UINT32_MAX) size = UINT32_MAX;
    if (source->inflating) return inflate_some(source, buffer, size, n, error);

    TRY(fill(source, error));
    *n = source->n_ahead < size ? source->n_ahead : size;
    if (*n) memcpy(buffer, source->ahead, *n);
    source->ahead += *n;
    source->n_ahead -= *n;
    return ALN_OK;
}

static aln_status open_archive(byte_source *source, aln_error *error)
{
    if (!source->ours)
        return error_set(error, ALN_UNSUPPORTED,
                         "a zip archive must be a file, not a pipe");
    zip_member member;
    TRY(zip_find(source->stream, &member, error));
    free(source->name);
    source->name = member.name;
    source->n_ahead = 0;
    source->left = member.size;
    if (!member.deflated) return ALN_OK;
    return start_inflating(source, -MAX_WBITS, error);
}

static aln_status find_compression(byte_source *source, aln_error *error)
{
    TRY(fill(source, error));
    if (source->n_ahead < MAGIC) return ALN_OK;
    if (memcmp(source->ahead, "\x1f\x8b", 2) == 0)
        return start_inflating(source, GZIP_WINDOW, error);
    if (memcmp(source->ahead, "PK\3\4", MAGIC) == 0) return open_archive(source, error);
    return ALN_OK;
}

static aln_status open_stream(byte_source *source, const char *path, aln_error *error)
{
    source->left = UINT64_MAX;
    source->ours = strcmp(path, "-") != 0;
    source->stream = source->ours ? fopen(path, "rbe") : stdin;
    if (!source->stream)
        return error_set(error, ALN_IO, "cannot open: %s", strerror(errno));
    struct stat about;
    if (fstat(fileno(source->stream), &about) == 0) {
        if (S_ISDIR(about.st_mode)) return error_set(error, ALN_IO, "is a directory");
        if (S_ISREG(about.st_mode)) source->size = (uint64_t)about.st_size;
    }
    return ALN_OK;
}

aln_status bytes_open(const char *path, byte_source **source, aln_error *error)
{
    AUTO(bytes) byte_source *opened = calloc(1, sizeof *opened);
    if (!opened || !(opened->name = strdup(path))) return error_no_memory(error);
    TRY(open_stream(opened, path, error));
    TRY(find_compression(opened, error));
    *source = STEAL(opened);
    return ALN_OK;
}

aln_status bytes_open_memory(const char *at, size_t size, byte_source **source,
                             aln_error *error)
{
    AUTO(bytes) byte_source *opened = calloc(1, sizeof *opened);
    if (!opened || !(opened->name = strdup(""))) return error_no_memory(error);
    opened->ahead = at;
    opened->n_ahead = size;
    TRY(find_compression(opened, error));
    *source = STEAL(opened);
    return ALN_OK;
}

double bytes_progress(const byte_source *source)
{
    return source->size ? (double)source->done / (double)source->size : 0;
}

const char *bytes_name(const byte_source *source)
{
    return source->name;
}
