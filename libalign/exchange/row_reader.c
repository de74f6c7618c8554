/* row_reader.c - cut a stream into lines, whatever ends them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/row_reader.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/xml.h"

enum { CHUNK = 1 << 16, MOST_LINE = 64 << 20 };

void row_reader_done(row_reader *from)
{
    str_done(&from->buffer);
}

static aln_status fill(row_reader *from, aln_error *error)
{
    from->broken = true; /* until all of this has gone well */
    str *buffer = &from->buffer;
    if (from->start) {
        buffer->size -= from->start;
        memmove(buffer->at, buffer->at + from->start, buffer->size);
        from->start = 0;
    }
    if (buffer->size > MOST_LINE)
        return xml_fail(error, from->number + 1, "a line is longer than %d MiB",
                        MOST_LINE >> 20);
    if (str_reserve(buffer, CHUNK)) return error_no_memory(error);
    size_t n;
    TRY(decoder_read(from->input, buffer->at + buffer->size, CHUNK, &n, error));
    buffer->size += n;
    from->at_end = n == 0;
    from->broken = false;
    return ALN_OK;
}

static size_t line_length(const char *text, size_t size)
{
    const char *end = memchr(text, '\n', size);
    size_t length = end ? (size_t)(end - text) : size;
    end = memchr(text, '\r', length);
    return end ? (size_t)(end - text) : length;
}

static aln_status give(row_reader *from, size_t length, bool has_end, char **text,
                       size_t *size, aln_error *error)
{
    char *line = from->buffer.at + from->start;
    from->number++;
    from->after_cr = has_end && line[length] == '\r';
    from->start += length + has_end;
    if (memchr(line, '\0', length))
        return xml_fail(error, from->number, "this is no text: a NUL stands in it");
    if (has_end) line[length] = '\0';
    *text = line;
    *size = length;
    return ALN_OK;
}

aln_status row_reader_next(row_reader *from, char **text, size_t *size,
                           aln_error *error)
{
    size_t scanned = 0;
    for (;;) {
        size_t left = from->buffer.size - from->start;
        if (from->after_cr && left) { /* the LF of a CR LF */
            from->after_cr = false;
            if (from->buffer.at[from->start] != '\n') continue;
            from->start++;
            continue;
        }
        size_t length = scanned;
        if (left > scanned)
            length +=
                line_length(from->buffer.at + from->start + scanned, left - scanned);
        if (length < left) return give(from, length, true, text, size, error);
        scanned = left;
        if (!from->at_end) {
            TRY(fill(from, error));
            continue;
        }
        if (left) return give(from, left, false, text, size, error);
        *text = NULL;
        return ALN_OK;
    }
}
