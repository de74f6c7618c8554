/* sink.c - gather text, encode it, compress it, write it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/sink.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/auto.h"
#include "base/error.h"

enum { ENOUGH = 1 << 17, GZIP_WINDOW = 16 + MAX_WBITS, CHUNK = 1 << 16, ROOM = 64 };

#define MARK "\xEF\xBB\xBF" /* U+FEFF: in every encoding the mark of its byte order */

static aln_status start_deflating(sink *out, aln_error *error)
{
    if (deflateInit2(&out->deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return error_no_memory(error);
    out->gzip = true;
    return ALN_OK;
}

aln_status sink_init(sink *out, FILE *stream, const sink_options *options,
                     aln_error *error)
{
    *out = (sink){.stream = stream};
    if (options->mark && str_puts(&out->text, MARK)) return error_no_memory(error);
    if (options->gzip) TRY(start_deflating(out, error));
    if (!options->charset || strcasecmp(options->charset, "UTF-8") == 0) return ALN_OK;
    iconv_t converter = iconv_open(options->charset, "UTF-8");
    if (converter == (iconv_t)-1)
        return error_set(error, ALN_UNSUPPORTED, "the encoding \"%s\" is not known",
                         options->charset);
    out->converter = converter;
    return ALN_OK;
}

void sink_done(sink *out)
{
    if (out->gzip) deflateEnd(&out->deflater);
    if (out->converter) iconv_close(out->converter);
    str_done(&out->text);
    str_done(&out->encoded);
}

static aln_status put(sink *out, const char *bytes, size_t size, aln_error *error)
{
    if (fwrite(bytes, 1, size, out->stream) != size)
        return error_set(error, ALN_IO, "cannot write: %s", strerror(errno));
    out->written += size;
    return ALN_OK;
}

static aln_status compress_some(sink *out, const char *bytes, size_t size, int flush,
                                aln_error *error)
{
    char chunk[CHUNK];
    z_stream *z = &out->deflater;
    z->next_in = (Bytef *)bytes;
    z->avail_in = (uInt)size;
    do {
        z->next_out = (Bytef *)chunk;
        z->avail_out = CHUNK;
        deflate(z, flush);
        TRY(put(out, chunk, CHUNK - z->avail_out, error));
    } while (z->avail_out == 0);
    return ALN_OK;
}

/* zlib counts in 32 bits. */
static aln_status pass_on(sink *out, const char *bytes, size_t size, bool last,
                          aln_error *error)
{
    if (!out->gzip) return put(out, bytes, size, error);
    while (size > CHUNK) {
        TRY(compress_some(out, bytes, CHUNK, Z_NO_FLUSH, error));
        bytes += CHUNK;
        size -= CHUNK;
    }
    return compress_some(out, bytes, size, last ? Z_FINISH : Z_NO_FLUSH, error);
}

/* The first character, which the encoding lacks: "&#8364;".  *size becomes its length. */
static aln_status put_reference(sink *out, const char *at, size_t *size)
{
    unsigned c = (unsigned char)*at;
    *size = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    c &= 0xffu >> (*size + 1);
    for (size_t i = 1; i < *size; i++)
        c = c << 6 | ((unsigned char)at[i] & 0x3f);
    char reference[16];
    char *from = reference;
    size_t left = (size_t)snprintf(reference, sizeof reference, "&#%u;", c);
    if (str_reserve(&out->encoded, ROOM)) return ALN_NO_MEMORY;
    char *to = out->encoded.at + out->encoded.size;
    size_t room = ROOM;
    iconv(out->converter, &from, &left, &to, &room);
    out->encoded.size += ROOM - room;
    return ALN_OK;
}

/* Encode what has gathered: valid UTF-8, whose last character may be cut off and then
 * stays until the next time. */
static aln_status encode(sink *out, aln_error *error)
{
    char *from = out->text.at;
    size_t left = out->text.size;
    str_clear(&out->encoded);
    while (left) {
        if (str_reserve(&out->encoded, 2 * left + ROOM)) return error_no_memory(error);
        char *to = out->encoded.at + out->encoded.size;
        size_t room = 2 * left + ROOM, had = room, size = 0;
        bool failed = iconv(out->converter, &from, &left, &to, &room) == (size_t)-1;
        out->encoded.size += had - room;
        if (failed && errno == EINVAL) break;
        if (!failed || errno == E2BIG) continue;
        if (put_reference(out, from, &size)) return error_no_memory(error);
        from += size;
        left -= size;
    }
    if (left) memmove(out->text.at, from, left);
    str_truncate(&out->text, left);
    return ALN_OK;
}

static aln_status write_out(sink *out, bool last, aln_error *error)
{
    if (!out->converter) {
        TRY(pass_on(out, str_text(&out->text), out->text.size, last, error));
        str_clear(&out->text);
        return ALN_OK;
    }
    TRY(encode(out, error));
    return pass_on(out, str_text(&out->encoded), out->encoded.size, last, error);
}

aln_status sink_flush(sink *out, aln_error *error)
{
    return out->text.size < ENOUGH ? ALN_OK : write_out(out, false, error);
}

aln_status sink_finish(sink *out, aln_error *error)
{
    TRY(write_out(out, true, error));
    if (fflush(out->stream) || ferror(out->stream))
        return error_set(error, ALN_IO, "cannot write: %s", strerror(errno));
    return ALN_OK;
}
