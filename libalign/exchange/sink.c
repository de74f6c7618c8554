/* sink.c - gather text, encode it, compress it, write it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/sink.h"

#include <errno.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"

enum { ENOUGH = 1 << 17, GZIP_WINDOW = 16 + MAX_WBITS, CHUNK = 1 << 16 };

aln_status sink_init(sink *out, FILE *stream, bool utf16, bool gzip, aln_error *error)
{
    *out = (sink){.stream = stream, .utf16 = utf16};
    if (!gzip) return ALN_OK;
    if (deflateInit2(&out->deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return error_no_memory(error);
    out->gzip = true;
    return ALN_OK;
}

void sink_done(sink *out)
{
    if (out->gzip) deflateEnd(&out->deflater);
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

static void put16(char **at, unsigned unit)
{
    *(*at)++ = (char)(unit & 0xff);
    *(*at)++ = (char)(unit >> 8);
}

/* The text is valid UTF-8 and holds whole characters. */
static aln_status encode(sink *out, aln_error *error)
{
    const unsigned char *at = (const unsigned char *)out->text.at;
    const unsigned char *end = at + out->text.size;
    str_clear(&out->encoded);
    if (str_reserve(&out->encoded, 2 * out->text.size + 2))
        return error_no_memory(error);
    char *to = out->encoded.at;
    if (!out->begun) put16(&to, 0xfeff);
    while (at < end) {
        unsigned c = *at++;
        unsigned tails = c < 0xc0 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        if (tails) c &= 0x3fu >> tails;
        for (; tails && at < end; tails--)
            c = c << 6 | (*at++ & 0x3f);
        if (c >= 0x10000) {
            put16(&to, 0xd7c0 + (c >> 10));
            c = 0xdc00 | (c & 0x3ff);
        }
        put16(&to, c);
    }
    out->encoded.size = (size_t)(to - out->encoded.at);
    return ALN_OK;
}

static aln_status write_out(sink *out, bool last, aln_error *error)
{
    str *from = &out->text;
    if (out->utf16) {
        TRY(encode(out, error));
        from = &out->encoded;
    }
    out->begun = true;
    TRY(pass_on(out, str_text(from), from->size, last, error));
    str_clear(&out->text);
    return ALN_OK;
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
