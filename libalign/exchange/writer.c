/* writer.c - write units in any format.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/writer.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"

AUTO_DEFINE(writer, aln_writer *, aln_writer_close)

static const write_format *format_writer(aln_format format)
{
    static const write_format *const formats[] = {
        [ALN_FORMAT_AUTO] = &write_tmx,      [ALN_FORMAT_TMX] = &write_tmx,
        [ALN_FORMAT_TSV] = &write_tsv,       [ALN_FORMAT_JSONL] = &write_jsonl,
        [ALN_FORMAT_CSV] = &write_csv,       [ALN_FORMAT_XLIFF] = &write_xliff,
        [ALN_FORMAT_XLIFF2] = &write_xliff2, [ALN_FORMAT_TBX] = &write_tbx,
    };
    size_t i = (size_t)format;
    return i < sizeof formats / sizeof *formats ? formats[i] : NULL;
}

void aln_writer_close(aln_writer *writer)
{
    if (!writer) return;
    sink_done(&writer->out);
    vec_free(&writer->chosen);
    free(writer->source);
    free(writer->target);
    free(writer);
}

aln_status aln_writer_open(FILE *stream, const aln_write_options *options,
                           aln_writer **writer, aln_error *error)
{
    AUTO(writer) aln_writer *opened = calloc(1, sizeof *opened);
    if (!opened) return error_no_memory(error);
    if (options) opened->options = *options;
    opened->format = format_writer(opened->options.format);
    if (!opened->format)
        return error_set(error, ALN_UNSUPPORTED,
                         "this format can be read but not "
                         "written");
    sink_options how = {.charset = opened->options.utf16 ? "UTF-16LE" : NULL,
                        .mark = opened->options.utf16,
                        .gzip = opened->options.gzip};
    TRY(sink_init(&opened->out, stream, &how, error));
    *writer = STEAL(opened);
    return ALN_OK;
}

static aln_status begin(aln_writer *writer, aln_error *error)
{
    if (writer->begun) return ALN_OK;
    writer->begun = true;
    return writer->format->begin ? writer->format->begin(writer, error) : ALN_OK;
}

/* The header's source is the first language asked for, else the first unit's pivot. */
static aln_status learn_source(aln_writer *writer, const aln_unit *unit,
                               aln_error *error)
{
    if (writer->source) return ALN_OK;
    const char *const *languages = writer->options.languages;
    const char *source = languages && *languages    ? *languages
                         : unit && unit->n_variants ? unit->variants[0].language
                                                    : "und";
    writer->source = strdup(source);
    return writer->source ? ALN_OK : error_no_memory(error);
}

aln_status aln_writer_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    TRY(learn_source(writer, unit, error));
    TRY(begin(writer, error));
    TRY(writer->format->add(writer, unit, error));
    return sink_flush(&writer->out, error);
}

aln_status aln_writer_finish(aln_writer *writer, aln_error *error)
{
    TRY(learn_source(writer, NULL, error));
    TRY(begin(writer, error));
    if (writer->format->finish) TRY(writer->format->finish(writer, error));
    return sink_finish(&writer->out, error);
}

size_t aln_writer_size(const aln_writer *writer)
{
    return writer->out.written + writer->out.text.size;
}
