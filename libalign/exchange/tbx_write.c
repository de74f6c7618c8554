/* tbx_write.c - write short approved units as TBX-Basic (ISO 30042:2019, DCA style).
 *
 *     <conceptEntry id="c1">
 *       <langSec xml:lang="fr"><termSec><term>balance commerciale</term></termSec></langSec>
 *       <langSec xml:lang="en"> ...
 *
 * A starting point for terminology, no more: a unit that a person has approved, whose
 * variants all have few words and do not end as a sentence does.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <align/beads.h>

#include "base/error.h"
#include "exchange/writer.h"
#include "exchange/xml.h"

enum { MOST_WORDS = 5, MOST_BYTES = 80 };

static bool ends_sentence(const aln_variant *variant)
{
    static const char *const ends[] = {".", "!", "?", ":", "。", "！", "？", "："};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (variant->size >= n &&
            memcmp(variant->text + variant->size - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

static bool is_term(const aln_variant *variant)
{
    size_t words = 1;
    for (size_t i = 0; i < variant->size; i++)
        words += variant->text[i] == ' ' || variant->text[i] == '\n';
    return variant->size && variant->size <= MOST_BYTES && words <= MOST_WORDS &&
           !ends_sentence(variant);
}

static bool is_concept(const aln_unit *unit)
{
    for (size_t i = 0; i < unit->n_variants; i++)
        if (!is_term(&unit->variants[i])) return false;
    return unit->n_variants > 1 && (unit->flags & ALN_FLAG_APPROVED);
}

static aln_status put_term(str *out, const aln_variant *variant)
{
    const char *tag = variant->language;
    if (str_puts(out, "      <langSec xml:lang=\"") ||
        xml_escape(out, tag, strlen(tag), true) ||
        str_puts(out, "\">\n        <termSec>\n          <term>") ||
        xml_escape(out, variant->text, variant->size, false))
        return ALN_NO_MEMORY;
    return str_puts(out, "</term>\n        </termSec>\n      </langSec>\n");
}

static aln_status tbx_begin(aln_writer *writer, aln_error *error)
{
    aln_status status =
        str_printf(&writer->out.text,
                   "<?xml version=\"1.0\" encoding=\"%s\"?>\n"
                   "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"%s\" "
                   "xmlns=\"urn:iso:std:iso:30042:ed-2\">\n"
                   "  <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n"
                   "        <p>short approved units of a translation memory</p>\n"
                   "      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n"
                   "  <text>\n  <body>\n",
                   writer->options.utf16 ? "UTF-16" : "UTF-8", writer->source);
    return status ? error_no_memory(error) : ALN_OK;
}

static aln_status tbx_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    str *out = &writer->out.text;
    if (!is_concept(unit)) return ALN_OK;
    aln_status status =
        str_printf(out, "    <conceptEntry id=\"c%lu\">\n", ++writer->n);
    for (size_t i = 0; !status && i < unit->n_variants; i++)
        status = put_term(out, &unit->variants[i]);
    if (!status) status = str_puts(out, "    </conceptEntry>\n");
    return status ? error_no_memory(error) : ALN_OK;
}

static aln_status tbx_finish(aln_writer *writer, aln_error *error)
{
    aln_status status = str_puts(&writer->out.text, "  </body>\n  </text>\n</tbx>\n");
    return status ? error_no_memory(error) : ALN_OK;
}

const write_format write_tbx = {
    .format = ALN_FORMAT_TBX,
    .begin = tbx_begin,
    .add = tbx_add,
    .finish = tbx_finish,
};
