/* jsonl_write.c - write units as JSON, one object a line.
 *
 *     {"id":7,"score":0.93,"flags":["numbers-differ"],
 *      "meta":[{"kind":"property","name":"x-project","value":"A"}],
 *      "variants":[{"lang":"fr","text":"Bonjour","document":"fr.html"},
 *                  {"lang":"en","text":"Hello","markup":"<ph/>Hello"}]}
 *
 * Fields without a value are left out.  Nothing of a unit is lost.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/jsonl_write.h"

#include <string.h>

#include <align/beads.h>

#include "base/error.h"
#include "exchange/json.h"
#include "exchange/writer.h"

static const char *const kinds[] = {
    [ALN_META_ATTRIBUTE] = "attribute",
    [ALN_META_PROPERTY] = "property",
    [ALN_META_NOTE] = "note",
    [ALN_META_MAP] = "map",
};

/* ,"name":"value"; without the comma at the beginning of an object. */
static aln_status put_sized(str *out, const char *name, const char *value, size_t size)
{
    bool first = out->at[out->size - 1] == '{';
    if (str_printf(out, "%s\"%s\":", first ? "" : ",", name)) return ALN_NO_MEMORY;
    return json_put_string(out, value, size);
}

static aln_status put_field(str *out, const char *name, const char *value)
{
    return value ? put_sized(out, name, value, strlen(value)) : ALN_OK;
}

aln_status jsonl_put_meta(str *out, const aln_meta *meta, size_t n)
{
    bool first = out->at[out->size - 1] == '{';
    if (n == 0) return ALN_OK;
    if (str_puts(out, first ? "\"meta\":[" : ",\"meta\":[")) return ALN_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (str_puts(out, i ? ",{" : "{")) return ALN_NO_MEMORY;
        if (put_field(out, "kind", kinds[meta[i].kind]) ||
            put_field(out, "name", meta[i].name) ||
            put_field(out, "value", meta[i].value) ||
            put_field(out, "lang", meta[i].language) ||
            put_field(out, "encoding", meta[i].encoding) || str_putc(out, '}'))
            return ALN_NO_MEMORY;
    }
    return str_putc(out, ']');
}

static aln_status put_variant(str *out, const aln_variant *variant, bool tags)
{
    if (str_putc(out, '{') || put_field(out, "lang", variant->language) ||
        put_sized(out, "text", variant->text, variant->size) ||
        (tags && variant->markup &&
         put_sized(out, "markup", variant->markup, variant->markup_size)) ||
        put_field(out, "document", variant->document) ||
        jsonl_put_meta(out, variant->meta, variant->n_meta))
        return ALN_NO_MEMORY;
    return str_putc(out, '}');
}

static aln_status put_flags(str *out, unsigned flags)
{
    bool first = out->at[out->size - 1] == '{', begun = false;
    for (unsigned i = 0; i < 32; i++) {
        unsigned flag = flags & 1u << i;
        const char *name = flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (!name) continue;
        const char *before = begun ? "," : first ? "\"flags\":[" : ",\"flags\":[";
        if (str_printf(out, "%s\"%s\"", before, name)) return ALN_NO_MEMORY;
        begun = true;
    }
    return begun ? str_putc(out, ']') : ALN_OK;
}

aln_status jsonl_put_unit(str *out, const aln_unit *unit, bool tags)
{
    if (str_putc(out, '{')) return ALN_NO_MEMORY;
    if (unit->id && str_printf(out, "\"id\":%lld", (long long)unit->id))
        return ALN_NO_MEMORY;
    if (unit->score >= 0 &&
        str_printf(out, "%s\"score\":%.6g", unit->id ? "," : "", unit->score))
        return ALN_NO_MEMORY;
    if (put_flags(out, unit->flags) || jsonl_put_meta(out, unit->meta, unit->n_meta))
        return ALN_NO_MEMORY;
    bool first = out->at[out->size - 1] == '{';
    if (str_puts(out, first ? "\"variants\":[" : ",\"variants\":["))
        return ALN_NO_MEMORY;
    for (size_t i = 0; i < unit->n_variants; i++)
        if ((i && str_putc(out, ',')) || put_variant(out, &unit->variants[i], tags))
            return ALN_NO_MEMORY;
    return str_puts(out, "]}\n");
}

static aln_status jsonl_add(aln_writer *writer, const aln_unit *unit, aln_error *error)
{
    bool tags = writer->options.level != 1;
    return jsonl_put_unit(&writer->out.text, unit, tags) ? error_no_memory(error)
                                                         : ALN_OK;
}

const write_format write_jsonl = {.format = ALN_FORMAT_JSONL, .add = jsonl_add};
