/* read.h - read bytes as a file of units, write what comes out, read it again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FUZZ_READ_H
#define FUZZ_READ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <align/exchange.h>

#include "base/auto.h"

static void ignore_warning(void *context, unsigned line, const char *message)
{
    if (strlen(message) > 255) abort();
}

static void read_all(const char *bytes, size_t size, const aln_read_options *options,
                     aln_writer *writer)
{
    aln_reader *reader = NULL;
    aln_error error = {0};
    const aln_unit *unit = NULL;
    if (aln_reader_open_bytes(bytes, size, options, &reader, &error)) return;
    while (aln_reader_next(reader, &unit, &error) == ALN_OK && unit) {
        if (unit->n_variants == 0) abort();
        for (size_t i = 0; i < unit->n_variants; i++)
            if (strlen(unit->variants[i].text) != unit->variants[i].size) abort();
        if (writer && aln_writer_add(writer, unit, &error)) abort();
    }
    aln_reader_close(reader);
}

/* What is read can be written as TMX, and that is read without complaint. */
static void read_and_write(const uint8_t *data, size_t size, aln_read_options options)
{
    char *text = NULL;
    size_t text_size = 0;
    FILE *stream = open_memstream(&text, &text_size);
    aln_writer *writer = NULL;
    aln_error error = {0};
    options.warn = ignore_warning;
    if (!stream || aln_writer_open(stream, NULL, &writer, &error)) abort();
    read_all((const char *)data, size, &options, writer);
    if (aln_writer_finish(writer, &error)) abort();
    aln_writer_close(writer);
    fclose(stream);

    aln_reader *reader = NULL;
    const aln_unit *unit = NULL;
    if (aln_reader_open_bytes(text, text_size, NULL, &reader, &error)) abort();
    while (aln_reader_next(reader, &unit, &error) == ALN_OK && unit)
        continue;
    if (error.status) abort();
    aln_reader_close(reader);
    free(text);
}

#endif
