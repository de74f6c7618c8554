/* po_read.c - the translated messages of a gettext PO file.
 *
 *     #. for the translator        -> note; so are the translator's own, `# text`
 *     #, fuzzy                     -> skipped: a proposal that nobody has checked
 *     msgctxt "menu"               -> property x-context
 *     msgid "File"                 -> variant in English, or the first of --langs
 *     msgstr "Fichier"             -> variant in the header's Language, or the second
 *
 * A plural gives two units: msgid with msgstr[0], msgid_plural with the last msgstr.
 * Obsolete messages (#~) are skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/row_reader.h"
#include "exchange/xml.h"

typedef enum field {
    FIELD_NONE = 0,
    FIELD_CONTEXT = 1,
    FIELD_ID = 2,
    FIELD_PLURAL = 3,
    FIELD_FIRST = 4, /* msgstr, msgstr[0] */
    FIELD_LAST = 5,  /* any later msgstr[n] */
    FIELDS = 6,
} field;

typedef struct po {
    row_reader from;
    str fields[FIELDS];
    str note;
    bool fuzzy, has_id, has_string, plural_waits;
    field at; /* what a line that only goes on adds to */
    str held; /* the line that begins the next message */
    bool is_held, at_end;
    unsigned line;
    const char *source, *target;
} po;

static po *state_of(const aln_reader *reader)
{
    return reader->state;
}

static void forget_message(po *state)
{
    for (int i = 0; i < FIELDS; i++)
        str_clear(&state->fields[i]);
    str_clear(&state->note);
    state->fuzzy = state->has_id = state->has_string = state->plural_waits = false;
    state->at = FIELD_NONE;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static char unescaped(char c)
{
    static const char letters[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? meant[at - letters] : c;
}

/* "text" with its escapes, at the end of a line. */
static aln_status read_string(po *state, const char *text, str *out, aln_error *error)
{
    unsigned line = state->from.number;
    if (*text != '"') return xml_fail(error, line, "a string in quotes was expected");
    for (text++; *text != '"'; text++) {
        if (*text == '\0') return xml_fail(error, line, "a string does not end");
        char c = *text;
        if (c == '\\' && text[1]) c = unescaped(*++text);
        if (str_putc(out, c)) return error_no_memory(error);
    }
    if (text[1 + strspn(text + 1, " \t")])
        return xml_fail(error, line, "something follows the string");
    return ALN_OK;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The field that a keyword begins; *rest is what follows it. */
static field keyword(const char *text, const char **rest)
{
    static const struct {
        const char *name;
        field is;
    } table[] = {{"msgctxt", FIELD_CONTEXT}, {"msgid_plural", FIELD_PLURAL},
                 {"msgid", FIELD_ID},        {"msgstr[0]", FIELD_FIRST},
                 {"msgstr[", FIELD_LAST},    {"msgstr", FIELD_FIRST}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!begins(text, table[i].name)) continue;
        bool numbered = table[i].is == FIELD_LAST;
        size_t n = numbered ? strcspn(text, "]") + 1 : strlen(table[i].name);
        if (strlen(text) < n) return FIELD_NONE;
        *rest = text + n + strspn(text + n, " \t");
        return table[i].is;
    }
    return FIELD_NONE;
}

static aln_status read_comment(po *state, const char *text, aln_error *error)
{
    if (text[1] == ',' && strstr(text, "fuzzy")) state->fuzzy = true;
    bool is_note =
        text[1] == '.' || text[1] == ' '; /* the programmer's, the translator's */
    if (!is_note) return ALN_OK;
    text += 2 + strspn(text + 2, " ");
    if ((state->note.size && str_putc(&state->note, '\n')) ||
        str_puts(&state->note, text))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status read_line(po *state, const char *text, aln_error *error)
{
    const char *rest = text;
    text += strspn(text, " \t");
    if (!*text || strncmp(text, "#~", 2) == 0) return ALN_OK;
    if (*text == '#') return read_comment(state, text, error);
    if (*text == '"') {
        if (state->at == FIELD_NONE)
            return xml_fail(error, state->from.number,
                            "a string that belongs to nothing");
        return read_string(state, text, &state->fields[state->at], error);
    }
    state->at = keyword(text, &rest);
    if (state->at == FIELD_NONE)
        return xml_fail(error, state->from.number, "\"%.40s\" is no line of a PO file",
                        text);
    state->has_id = state->has_id || state->at == FIELD_ID;
    state->has_string = state->has_string || state->at >= FIELD_FIRST;
    str_clear(&state->fields[state->at]);
    return read_string(state, rest, &state->fields[state->at], error);
}

/* A comment, context or id after a msgstr begins another message. */
static bool begins_message(const po *state, const char *text)
{
    text += strspn(text, " \t");
    if (!state->has_string) return false;
    return *text == '#' || strncmp(text, "msgctxt", 7) == 0 ||
           (strncmp(text, "msgid", 5) == 0 && strncmp(text, "msgid_plural", 12) != 0);
}

static aln_status read_message(po *state, aln_error *error)
{
    forget_message(state);
    while (!state->at_end) {
        char *text = NULL;
        size_t size;
        if (state->is_held) {
            state->is_held = false;
            TRY(read_line(state, str_text(&state->held), error));
            continue;
        }
        TRY(row_reader_next(&state->from, &text, &size, error));
        state->at_end = text == NULL;
        if (!text) break;
        if (begins_message(state, text)) {
            str_clear(&state->held);
            if (str_puts(&state->held, text)) return error_no_memory(error);
            state->is_held = true;
            break;
        }
        state->line = state->from.number;
        TRY(read_line(state, text, error));
    }
    return ALN_OK;
}

/* ---- header ------------------------------------------------------------------------------------ */

/* "Language: fr\n" in the translation of the empty message. */
static aln_status read_header(aln_reader *reader, aln_error *error)
{
    po *state = state_of(reader);
    static const char key[] = "Language:";
    const char *text = str_text(&state->fields[FIELD_FIRST]);
    const char *found = strstr(text, key);
    char tag[64];
    if (!found || state->target) return ALN_OK;
    found += strlen(key) + strspn(found + strlen(key), " ");
    size_t n = strcspn(found, "\n");
    if (n == 0 || n >= sizeof tag) return ALN_OK;
    memcpy(tag, found, n);
    tag[n] = '\0';
    char *variant = strchr(tag, '@'); /* sr@latin */
    if (variant) *variant = '\0';
    return reader_language(reader, tag, state->line, &state->target, error);
}

static aln_status po_open(aln_reader *reader, aln_error *error)
{
    po *state = calloc(1, sizeof *state);
    if (!state) return error_no_memory(error);
    state->from.input = reader->input;
    reader->state = state;
    const char *const *told = reader->options.languages;
    state->source = told && told[0] ? told[0] : "en";
    state->target = told && told[0] && told[1] ? told[1] : NULL;
    return ALN_OK;
}

static void po_close(aln_reader *reader)
{
    po *state = state_of(reader);
    if (!state) return;
    for (int i = 0; i < FIELDS; i++)
        str_done(&state->fields[i]);
    str_done(&state->note);
    str_done(&state->held);
    row_reader_done(&state->from);
    free(state);
}

/* ---- units ------------------------------------------------------------------------------------- */

static aln_status add_variant(aln_reader *reader, const char *language, const str *text)
{
    if (unit_builder_variant(&reader->unit, language) ||
        unit_builder_text(&reader->unit, str_text(text), text->size))
        return ALN_NO_MEMORY;
    unit_builder_end_variant(&reader->unit);
    return ALN_OK;
}

static aln_status make_unit(aln_reader *reader, field source, field target,
                            aln_error *error)
{
    po *state = state_of(reader);
    aln_meta context = {.kind = ALN_META_PROPERTY,
                        .name = "x-context",
                        .value = str_text(&state->fields[FIELD_CONTEXT])};
    aln_meta note = {.kind = ALN_META_NOTE, .value = str_text(&state->note)};
    unit_builder_clear(&reader->unit);
    if ((state->fields[FIELD_CONTEXT].size &&
         unit_builder_meta(&reader->unit, &context)) ||
        (state->note.size && unit_builder_meta(&reader->unit, &note)) ||
        add_variant(reader, state->source, &state->fields[source]) ||
        add_variant(reader, state->target ? state->target : "und",
                    &state->fields[target]))
        return error_no_memory(error);
    return ALN_OK;
}

static bool is_translated(const po *state)
{
    return !state->fuzzy && state->fields[FIELD_ID].size &&
           state->fields[FIELD_FIRST].size;
}

static aln_status next_or_fail(aln_reader *reader, const aln_unit **unit,
                               aln_error *error)
{
    po *state = state_of(reader);
    *unit = NULL;
    if (state->plural_waits) {
        state->plural_waits = false;
        TRY(make_unit(reader, FIELD_PLURAL, FIELD_LAST, error));
        *unit = unit_builder_finish(&reader->unit, NULL);
        return ALN_OK;
    }
    while (!state->at_end) {
        TRY(read_message(state, error));
        if (state->has_id && !state->fields[FIELD_ID].size)
            TRY(read_header(reader, error));
        if (!is_translated(state)) continue;
        state->plural_waits =
            state->fields[FIELD_PLURAL].size && state->fields[FIELD_LAST].size;
        TRY(make_unit(reader, FIELD_ID, FIELD_FIRST, error));
        *unit = unit_builder_finish(&reader->unit, NULL);
        return ALN_OK;
    }
    return ALN_OK;
}

static aln_status po_next(aln_reader *reader, const aln_unit **unit, aln_error *error)
{
    po *state = state_of(reader);
    for (;;) {
        aln_error local = {0};
        aln_status status = next_or_fail(reader, unit, &local);
        bool go_on = reader->options.keep_going && !state->from.broken;
        if (status == ALN_SYNTAX && go_on) {
            warn_at(&reader->warn, local.line, "%s; the line is left out",
                    local.message);
            forget_message(state);
            continue;
        }
        if (status && error) *error = local;
        return status;
    }
}

static unsigned po_line(const aln_reader *reader)
{
    return state_of(reader)->line;
}

const read_format read_po = {
    .format = ALN_FORMAT_PO,
    .open = po_open,
    .next = po_next,
    .line = po_line,
    .close = po_close,
};
