/* jsonl_read.c - read the lines that jsonl_write.c writes.
 *
 * The short form that other tools write is read too: {"fr": "Bonjour", "en": "Hello"},
 * every field being a language, and {"translation": {...}} around it.  Unknown fields of
 * the long form are skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/json.h"
#include "exchange/row_reader.h"
#include "exchange/segment_read.h"
#include "exchange/xml.h"
#include "unit/flags.h"

/* The four texts of an item, as they come. */
typedef struct item_texts {
    str kind, name, value, language, encoding;
    bool has_name, has_language, has_encoding;
} item_texts;

typedef struct jsonl {
    row_reader from;
    str text, language, markup, document;
    bool has_markup, has_document;
    item_texts item;
    bool of_variant;    /* the items that come belong to a variant that is begun */
    vec(aln_meta) held; /* items of a variant that came before its language */
    arena texts;        /* theirs */
    bool out_of_memory;
} jsonl;

static jsonl *state_of(const aln_reader *reader)
{
    return reader->state;
}

/* ---- items --------------------------------------------------------------------------------- */

static aln_status item_field(void *context, json *from, const char *name)
{
    item_texts *item = context;
    if (strcmp(name, "kind") == 0) return json_string(from, &item->kind);
    if (json_null(from)) return ALN_OK;
    if (strcmp(name, "value") == 0) return json_string(from, &item->value);
    if (strcmp(name, "name") == 0) {
        item->has_name = true;
        return json_string(from, &item->name);
    }
    if (strcmp(name, "lang") == 0) {
        item->has_language = true;
        return json_string(from, &item->language);
    }
    if (strcmp(name, "encoding") == 0) {
        item->has_encoding = true;
        return json_string(from, &item->encoding);
    }
    return json_skip(from);
}

static aln_meta_kind kind_of(const char *name)
{
    if (strcmp(name, "attribute") == 0) return ALN_META_ATTRIBUTE;
    return strcmp(name, "note") == 0 ? ALN_META_NOTE : ALN_META_PROPERTY;
}

static aln_status one_item(void *context, json *from)
{
    aln_reader *reader = context;
    jsonl *state = state_of(reader);
    item_texts *item = &state->item;
    str_clear(&item->kind);
    str_clear(&item->value);
    item->has_name = item->has_language = item->has_encoding = false;
    TRY(json_object(from, item_field, item));
    aln_meta_kind kind = kind_of(str_text(&item->kind));
    aln_meta meta = {
        .kind = kind,
        .name = item->has_name ? str_text(&item->name) : NULL,
        .value = str_text(&item->value),
        .language = item->has_language ? str_text(&item->language) : NULL,
        .encoding = item->has_encoding ? str_text(&item->encoding) : NULL,
    };
    if (kind != ALN_META_NOTE && !meta.name) meta.name = "x-unknown";
    if (!state->of_variant) return unit_builder_meta(&reader->unit, &meta);
    aln_meta copy;
    if (meta_copy(&state->texts, &meta, &copy)) return ALN_NO_MEMORY;
    return vec_push(&state->held, copy);
}

/* ---- variants -------------------------------------------------------------------------------- */

static aln_status variant_field(void *context, json *from, const char *name)
{
    aln_reader *reader = context;
    jsonl *state = state_of(reader);
    if (strcmp(name, "lang") == 0 || strcmp(name, "language") == 0)
        return json_string(from, &state->language);
    if (strcmp(name, "text") == 0) return json_string(from, &state->text);
    if (strcmp(name, "meta") == 0) return json_array(from, one_item, reader);
    if (json_null(from)) return ALN_OK;
    if (strcmp(name, "markup") == 0) {
        state->has_markup = true;
        return json_string(from, &state->markup);
    }
    if (strcmp(name, "document") != 0) return json_skip(from);
    state->has_document = true;
    return json_string(from, &state->document);
}

/* Markup from outside must pass as TMX's own: it is read as the content of a <seg>. */
static aln_status add_markup(aln_reader *reader, json *from)
{
    jsonl *state = state_of(reader);
    AUTO(str) str wrapped = {0};
    if (str_printf(&wrapped, "<seg>%s</seg>", str_text(&state->markup)))
        return ALN_NO_MEMORY;
    segment seg = {0};
    aln_status status =
        segment_read_text(&seg, wrapped.at, wrapped.size, reader->warn, NULL);
    if (!status && seg.has_tags)
        status = unit_builder_markup(&reader->unit, seg.markup.at, seg.markup.size);
    segment_done(&seg);
    if (status == ALN_SYNTAX) from->problem = "the markup is no content of a TMX <seg>";
    return status;
}

static aln_status finish_variant(aln_reader *reader, json *from)
{
    jsonl *state = state_of(reader);
    const char *language;
    if (!state->language.size) {
        from->problem = "a variant has no \"lang\"";
        return ALN_SYNTAX;
    }
    TRY(reader_language(reader, state->language.at, state->from.number, &language,
                        NULL));
    TRY(unit_builder_variant(&reader->unit, language));
    TRY(unit_builder_text(&reader->unit, str_text(&state->text), state->text.size));
    if (state->has_markup) TRY(add_markup(reader, from));
    if (state->has_document)
        TRY(unit_builder_document(&reader->unit, str_text(&state->document)));
    for (size_t i = 0; i < state->held.n; i++)
        TRY(unit_builder_meta(&reader->unit, &state->held.at[i]));
    unit_builder_end_variant(&reader->unit);
    return ALN_OK;
}

static aln_status one_variant(void *context, json *from)
{
    aln_reader *reader = context;
    jsonl *state = state_of(reader);
    str_clear(&state->text);
    str_clear(&state->language);
    vec_clear(&state->held);
    arena_clear(&state->texts);
    state->has_markup = state->has_document = false;
    state->of_variant = true;
    TRY(json_object(from, variant_field, reader));
    state->of_variant = false;
    return finish_variant(reader, from);
}

/* ---- units ------------------------------------------------------------------------------------- */

static aln_status one_flag(void *context, json *from)
{
    aln_reader *reader = context;
    str *text = &state_of(reader)->text;
    TRY(json_string(from, text));
    reader->unit.unit.flags |= flags_read(str_text(text));
    return ALN_OK;
}

/* A field of the short form: its name is a language. */
static aln_status short_variant(aln_reader *reader, json *from, const char *name)
{
    str *text = &state_of(reader)->text;
    const char *language;
    TRY(json_string(from, text));
    TRY(reader_language(reader, name, state_of(reader)->from.number, &language, NULL));
    TRY(unit_builder_variant(&reader->unit, language));
    TRY(unit_builder_text(&reader->unit, str_text(text), text->size));
    unit_builder_end_variant(&reader->unit);
    return ALN_OK;
}

static bool is_language(const char *name)
{
    size_t n = strcspn(name, "-_");
    return (n == 2 || n == 3) && strcmp(name, "id") != 0;
}

static aln_status unit_field(void *context, json *from, const char *name)
{
    aln_reader *reader = context;
    if (strcmp(name, "variants") == 0) return json_array(from, one_variant, reader);
    if (strcmp(name, "meta") == 0) return json_array(from, one_item, reader);
    if (strcmp(name, "flags") == 0) return json_array(from, one_flag, reader);
    if (strcmp(name, "translation") == 0) return json_object(from, unit_field, reader);
    if (strcmp(name, "score") == 0)
        return json_null(from) ? ALN_OK : json_number(from, &reader->unit.unit.score);
    bool string = from->at < from->end && memchr(from->at, '"', 2);
    if (is_language(name) && string) return short_variant(reader, from, name);
    return json_skip(from);
}

static aln_status read_line(aln_reader *reader, char *text, size_t size,
                            aln_error *error)
{
    json from = {.at = text, .end = text + size};
    unsigned line = state_of(reader)->from.number;
    unit_builder_clear(&reader->unit);
    state_of(reader)->of_variant = false;
    aln_status status = json_object(&from, unit_field, reader);
    if (!status) status = json_end(&from);
    if (status == ALN_NO_MEMORY) return error_no_memory(error);
    if (status) return xml_fail(error, line, "%s", from.problem);
    if (reader->unit.variants.n == 0)
        return xml_fail(error, line, "the object holds no variants");
    if (!(reader->unit.unit.score <= 1)) reader->unit.unit.score = ALN_NO_SCORE;
    return ALN_OK;
}

static aln_status jsonl_next(aln_reader *reader, const aln_unit **unit,
                             aln_error *error)
{
    for (;;) {
        char *text;
        size_t size;
        aln_error local = {0};
        TRY(row_reader_next(&state_of(reader)->from, &text, &size, error));
        *unit = NULL;
        if (!text) return ALN_OK;
        if (strspn(text, " \t") == size) continue;
        aln_status status = read_line(reader, text, size, &local);
        if (!status) {
            *unit = unit_builder_finish(&reader->unit, NULL);
            return ALN_OK;
        }
        if (status == ALN_SYNTAX && reader->options.keep_going) {
            warn_at(&reader->warn, local.line, "%s; the line is left out",
                    local.message);
            continue;
        }
        if (error) *error = local;
        return status;
    }
}

static aln_status jsonl_open(aln_reader *reader, aln_error *error)
{
    jsonl *state = calloc(1, sizeof *state);
    if (!state) return error_no_memory(error);
    state->from.input = reader->input;
    reader->state = state;
    return ALN_OK;
}

static void jsonl_close(aln_reader *reader)
{
    jsonl *state = state_of(reader);
    if (!state) return;
    str *const texts[] = {&state->text,         &state->language,
                          &state->markup,       &state->document,
                          &state->item.kind,    &state->item.name,
                          &state->item.value,   &state->item.language,
                          &state->item.encoding};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        str_done(texts[i]);
    row_reader_done(&state->from);
    vec_free(&state->held);
    arena_done(&state->texts);
    free(state);
}

static unsigned jsonl_line(const aln_reader *reader)
{
    return state_of(reader)->from.number;
}

const read_format read_jsonl = {
    .format = ALN_FORMAT_JSONL,
    .open = jsonl_open,
    .next = jsonl_next,
    .line = jsonl_line,
    .close = jsonl_close,
};
