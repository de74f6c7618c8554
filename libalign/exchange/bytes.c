/* bytes.c - read a file, inflating what is compressed as it comes.
 *
 * gzip is taken off here, for its members may be joined and lie in an archive; libzip
 * reads archives.
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
#include <zip.h>
#include <zlib.h>

#include <align/exchange.h>

#include "base/auto.h"
#include "base/error.h"

enum { CHUNK = 1 << 16, MAGIC = 4, GZIP_WINDOW = 16 + MAX_WBITS };

struct byte_source {
    FILE *stream;   /* NULL: an archive, or all bytes are in `ahead` from the start */
    bool ours;      /* the stream is closed with the source */
    zip_t *archive; /* NULL: none */
    zip_file_t *member;
    zip_uint64_t next;   /* entry of the archive to be looked at */
    char *path, *name;   /* of the file, and of what is read: its own, or a member's */
    uint64_t size, done; /* to be read, and read; size 0: not known */
    const char *ahead;   /* read but not yet handed out */
    size_t n_ahead;
    z_stream inflater;
    bool inflating, ended;
    char chunk[CHUNK];
};

AUTO_DEFINE(bytes, byte_source *, bytes_close)

static void end_member(byte_source *source)
{
    if (source->inflating) inflateEnd(&source->inflater);
    if (source->member) zip_fclose(STEAL(source->member));
    source->inflating = source->ended = false;
    source->n_ahead = 0;
}

void bytes_close(byte_source *source)
{
    if (!source) return;
    end_member(source);
    if (source->archive) zip_discard(source->archive);
    if (source->stream && source->ours) fclose(source->stream);
    free(source->path);
    free(source->name);
    free(source);
}

static aln_status fill_from_member(byte_source *source, aln_error *error)
{
    zip_int64_t n = zip_fread(source->member, source->chunk, CHUNK);
    if (n < 0)
        return error_set(error, ALN_SYNTAX, "%.80s in the zip archive: %s",
                         source->name, zip_file_strerror(source->member));
    source->n_ahead = (size_t)n;
    return ALN_OK;
}

static aln_status fill(byte_source *source, aln_error *error)
{
    if (source->n_ahead || (!source->stream && !source->member)) return ALN_OK;
    source->ahead = source->chunk;
    if (source->member)
        TRY(fill_from_member(source, error));
    else
        source->n_ahead = fread(source->chunk, 1, CHUNK, source->stream);
    source->done += source->n_ahead;
    if (!source->n_ahead && source->stream && ferror(source->stream))
        return error_set(error, ALN_IO, "cannot read: %s", strerror(errno));
    return ALN_OK;
}

static aln_status start_inflating(byte_source *source, aln_error *error)
{
    source->inflater = (z_stream){0};
    if (inflateInit2(&source->inflater, GZIP_WINDOW) != Z_OK)
        return error_no_memory(error);
    source->inflating = true;
    return ALN_OK;
}

/* gzip files may be joined end to end (RFC 1952, 2.2). */
static aln_status join_next(byte_source *source, aln_error *error)
{
    TRY(fill(source, error));
    source->ended = !source->n_ahead;
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
            TRY(join_next(source, error));
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

/* ---- archives --------------------------------------------------------------------------------- */

/* macOS adds a second file to each, "__MACOSX/._m.tmx", of no use to others. */
static bool is_shadow(const char *name)
{
    const char *slash = strrchr(name, '/');
    return strncmp(slash ? slash + 1 : name, "._", 2) == 0;
}

static bool is_readable(const char *name)
{
    size_t size = name ? strlen(name) : 0;
    return size && name[size - 1] != '/' && !is_shadow(name);
}

/* The next entry whose name tells a format; where none does, the first file. */
static const char *find_member(byte_source *source, zip_uint64_t *entry)
{
    zip_uint64_t n = (zip_uint64_t)zip_get_num_entries(source->archive, 0);
    for (zip_uint64_t i = source->next; i < n; i++) {
        const char *name = zip_get_name(source->archive, i, 0);
        if (!is_readable(name) || !aln_format_of_path(name)) continue;
        source->next = i + 1;
        *entry = i;
        return name;
    }
    bool any = source->next > 0;
    source->next = n;
    for (zip_uint64_t i = 0; !any && i < n; i++) {
        const char *name = zip_get_name(source->archive, i, 0);
        *entry = i;
        if (is_readable(name)) return name;
    }
    return NULL;
}

static aln_status open_member(byte_source *source, bool *found, aln_error *error)
{
    zip_uint64_t entry = 0;
    const char *name = find_member(source, &entry);
    *found = name != NULL;
    if (!name) return ALN_OK;
    free(source->name);
    if (!(source->name = strdup(name))) return error_no_memory(error);
    source->member = zip_fopen_index(source->archive, entry, 0);
    if (!source->member)
        return error_set(error, ALN_UNSUPPORTED, "%.80s in the zip archive: %s",
                         source->name, zip_strerror(source->archive));
    zip_stat_t about;
    bool known = zip_stat_index(source->archive, entry, 0, &about) == 0 &&
                 (about.valid & ZIP_STAT_SIZE);
    source->size = known ? about.size : 0;
    source->done = 0;
    TRY(fill(source, error));
    if (source->n_ahead < MAGIC || memcmp(source->ahead, "\x1f\x8b", 2) != 0)
        return ALN_OK;
    return start_inflating(source, error);
}

/* The archive lies in the file, or in the bytes that are ahead. */
static zip_t *find_archive(const byte_source *source, zip_error_t *why)
{
    int code = 0;
    if (source->stream) {
        zip_t *archive = zip_open(source->path, ZIP_RDONLY, &code);
        if (!archive) zip_error_init_with_code(why, code);
        return archive;
    }
    zip_source_t *bytes =
        zip_source_buffer_create(source->ahead, source->n_ahead, 0, why);
    zip_t *archive = bytes ? zip_open_from_source(bytes, ZIP_RDONLY, why) : NULL;
    if (bytes && !archive) zip_source_free(bytes);
    return archive;
}

static aln_status open_archive(byte_source *source, aln_error *error)
{
    bool found;
    zip_error_t why;
    if (source->stream && !source->ours)
        return error_set(error, ALN_UNSUPPORTED,
                         "a zip archive must be a file, not a pipe");
    zip_error_init(&why);
    source->archive = find_archive(source, &why);
    if (!source->archive)
        error_set(error, ALN_SYNTAX, "the zip archive cannot be read: %s",
                  zip_error_strerror(&why));
    zip_error_fini(&why);
    if (!source->archive) return ALN_SYNTAX;
    source->n_ahead = 0;
    TRY(open_member(source, &found, error));
    return found ? ALN_OK : error_set(error, ALN_SYNTAX, "the zip archive is empty");
}

aln_status bytes_next(byte_source *source, bool *found, aln_error *error)
{
    *found = false;
    if (!source->archive) return ALN_OK;
    end_member(source);
    return open_member(source, found, error);
}

/* ---- opening ----------------------------------------------------------------------------------- */

static aln_status find_compression(byte_source *source, aln_error *error)
{
    TRY(fill(source, error));
    if (source->n_ahead < MAGIC) return ALN_OK;
    if (memcmp(source->ahead, "\x1f\x8b", 2) == 0)
        return start_inflating(source, error);
    if (memcmp(source->ahead, "PK\3\4", MAGIC) == 0) return open_archive(source, error);
    return ALN_OK;
}

static aln_status open_stream(byte_source *source, const char *path, aln_error *error)
{
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
    if (!opened || !(opened->path = strdup(path)) || !(opened->name = strdup(path)))
        return error_no_memory(error);
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
