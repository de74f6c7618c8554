/* xliff_read.c - the translated units of XLIFF 1.0 to 1.2 and 2.x.
 *
 * 1.x: a <trans-unit> with <source> and <target> is a unit; where <seg-source> and
 * <target> mark segments (<mrk mtype="seg">), each pair of the same mid is one.  2.x: each
 * <segment> of a <unit> is one.  Only what is translated is read: see accepts() for the
 * states.  translate="no" is skipped, with all that is inside.  What <alt-trans> and
 * <mtc:match> propose comes in as well, marked by x-origin and the score it is given.
 *
 * For a review (options.drafts) every unit is read whole, done or not, and its state is the
 * property x-state.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/reader.h"

#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/xliff_inline.h"
#include "exchange/xml.h"

static const double UNSAID = 0.5; /* the score of a proposal without one */

/* A pair that waits to be given out. */
typedef struct pair {
    xliff_piece source, target; /* moved here */
    bool proposal;
    double quality;
} pair;

typedef struct xliff {
    aln_reader *reader;
    xml x;
    bool two;                    /* version 2.x */
    const char *source, *target; /* languages */
    xliff_pieces sources, segmented, targets;
    xliff_codes codes;   /* of the unit */
    vec(char *) refused; /* mids of segments that are drafts (SDLXLIFF) */
    vec(char *) notes;
    vec(pair) pairs;
    size_t given;              /* of the pairs */
    str id, file, value, said; /* said: the state, in words of XLIFF */
    bool has_target, target_accepted, unit_accepted;
} xliff;

static xliff *state_of(const aln_reader *reader)
{
    return reader->state;
}

static bool is(const xml *x, const char *name)
{
    return strcmp(xml_name(x), name) == 0;
}

static bool says(const xml *x, const char *attribute, const char *value)
{
    const char *given = xml_attribute_value(x, attribute);
    return given && strcmp(given, value) == 0;
}

static void forget_texts(char ***at, size_t *n)
{
    for (size_t i = 0; i < *n; i++)
        free((*at)[i]);
    *n = 0;
}

static void forget_pairs(xliff *state)
{
    for (size_t i = 0; i < state->pairs.n; i++) {
        str_done(&state->pairs.at[i].source.text);
        str_done(&state->pairs.at[i].source.markup);
        str_done(&state->pairs.at[i].target.text);
        str_done(&state->pairs.at[i].target.markup);
    }
    state->pairs.n = state->given = 0;
}

static void forget_unit(xliff *state)
{
    forget_pairs(state);
    forget_texts(&state->refused.at, &state->refused.n);
    forget_texts(&state->notes.at, &state->notes.n);
    xliff_pieces_clear(&state->sources);
    xliff_pieces_clear(&state->segmented);
    xliff_pieces_clear(&state->targets);
    xliff_codes_clear(&state->codes);
    state->has_target = false;
}

/* ---- states ------------------------------------------------------------------------------- */

/* A state that says the translation is not done, whoever approved it. */
static bool refuses(const char *state)
{
    static const char *const open[] = {"new",   "rejected",   "unreviewed",
                                       "draft", "unfinished", NULL};
    if (!state) return false;
    for (size_t i = 0; open[i]; i++)
        if (strcmp(state, open[i]) == 0) return true;
    return strncmp(state, "needs-", 6) == 0;
}

/* A state that says the translation is done; none at all says nothing against it. */
static bool accepts(const char *state)
{
    static const char *const done[] = {"translated", "final",    "signed-off",
                                       "reviewed",   "approved", NULL};
    if (!state) return true;
    for (size_t i = 0; done[i]; i++)
        if (strcmp(state, done[i]) == 0) return true;
    return false;
}

/* What memoQ (mq:status="Pretranslated") and Phrase (m:confirmed="0") say of a unit. */
static bool is_draft(const xml *x)
{
    const char *status = xml_attribute_value(x, "mq:status");
    if (status) return !strstr(status, "onfirmed") && !strstr(status, "roofread");
    return says(x, "m:confirmed", "0") || says(x, "m:confirmed", "false");
}

/* Trados: <sdl:seg id="3" conf="Draft">. */
static aln_status note_confirmation(xliff *state, aln_error *error)
{
    static const char *const open[] = {"Draft", "Unspecified", "RejectedTranslation",
                                       "RejectedSignOff", NULL};
    const char *conf = xml_attribute_value(&state->x, "conf");
    const char *id = xml_attribute_value(&state->x, "id");
    for (size_t i = 0; conf && id && open[i]; i++) {
        if (strcmp(conf, open[i]) != 0) continue;
        char *copy = strdup(id);
        if (!copy || vec_push(&state->refused, copy)) {
            free(copy);
            return error_no_memory(error);
        }
    }
    return ALN_OK;
}

static bool is_refused(const xliff *state, const char *mid)
{
    for (size_t i = 0; i < state->refused.n; i++)
        if (strcmp(state->refused.at[i], mid) == 0) return true;
    return false;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static aln_status copy_piece(const xliff_piece *from, xliff_piece *to)
{
    *to = (xliff_piece){.has_tags = from->has_tags};
    if (str_add(&to->text, str_text(&from->text), from->text.size))
        return ALN_NO_MEMORY;
    return str_add(&to->markup, str_text(&from->markup), from->markup.size);
}

static aln_status add_pair(xliff *state, const xliff_piece *source,
                           const xliff_piece *target, bool proposal, double quality,
                           aln_error *error)
{
    if (!source || !target || !source->markup.size || !target->markup.size)
        return ALN_OK;
    pair made = {.proposal = proposal, .quality = quality};
    if (copy_piece(source, &made.source) || copy_piece(target, &made.target) ||
        vec_push(&state->pairs, made)) {
        str_done(&made.source.text);
        str_done(&made.source.markup);
        str_done(&made.target.text);
        str_done(&made.target.markup);
        return error_no_memory(error);
    }
    return ALN_OK;
}

static aln_status pair_up(xliff *state, bool proposal, double quality, aln_error *error)
{
    bool marked = state->targets.n > 1 && state->segmented.n > 1 &&
                  !state->reader->options.drafts;
    if (!marked)
        return add_pair(state, xliff_piece_of(&state->sources, ""),
                        xliff_piece_of(&state->targets, ""), proposal, quality, error);
    for (size_t i = 1; i < state->segmented.n; i++) {
        const xliff_piece *source = &state->segmented.at[i];
        if (is_refused(state, source->mid)) continue;
        TRY(add_pair(state, source, xliff_piece_of(&state->targets, source->mid),
                     proposal, quality, error));
    }
    return ALN_OK;
}

/* ---- elements of a unit ------------------------------------------------------------------------ */

/* "87", "87%", and Phrase's "0.87"; what is better than equal (context) is equal. */
static double quality_of(const char *text)
{
    char *end;
    double value = text ? strtod(text, &end) : -1;
    if (!text || end == text || value < 0) return UNSAID;
    if (value > 2 || !strchr(text, '.')) value /= 100;
    return value < 1 ? value : 1;
}

/* <alt-trans> or <match>: a pair of its own. */
static aln_status read_proposal(xliff *state, aln_error *error)
{
    xml *x = &state->x;
    xliff_pieces source = {0}, target = {0};
    xliff_codes codes = {0};
    size_t depth = x->depth;
    const char *quality = xml_attribute_value(x, "match-quality");
    if (!quality) quality = xml_attribute_value(x, "similarity");
    double score = quality_of(quality);
    aln_status status = ALN_OK;
    while (!status && x->depth >= depth) {
        xml_event event;
        status = xml_next(x, &event, error);
        if (status || event != XML_OPEN) continue;
        if (is(x, "source"))
            status = xliff_read_content(x, &codes, &source, error);
        else if (is(x, "target"))
            status = xliff_read_content(x, &codes, &target, error);
        else if (is(x, "originalData"))
            status = xliff_read_codes(x, &codes, error);
    }
    const xliff_piece *from =
        source.n ? &source.at[0] : xliff_piece_of(&state->sources, "");
    if (!status && target.n)
        status = add_pair(state, from, &target.at[0], true, score, error);
    xliff_pieces_clear(&source);
    xliff_pieces_clear(&target);
    xliff_codes_clear(&codes);
    return status;
}

static aln_status read_note(xliff *state, aln_error *error)
{
    str_clear(&state->value);
    TRY(xml_content(&state->x, MOST_UNIT, &state->value, error));
    char *copy = state->value.size ? strdup(state->value.at) : NULL;
    if (!state->value.size) return ALN_OK;
    if (copy && vec_push(&state->notes, copy) == ALN_OK) return ALN_OK;
    free(copy);
    return error_no_memory(error);
}

static aln_status note_state(xliff *state, const char *value, aln_error *error)
{
    str_clear(&state->said);
    return value && str_puts(&state->said, value) ? error_no_memory(error) : ALN_OK;
}

static aln_status read_target(xliff *state, aln_error *error)
{
    const char *value = xml_attribute_value(&state->x, "state");
    const char *tag = xml_attribute_value(&state->x, "xml:lang");
    bool approved = state->unit_accepted && !refuses(value);
    state->target_accepted =
        state->two || accepts(value) || approved || state->reader->options.drafts;
    state->has_target = true;
    if (!state->two) TRY(note_state(state, approved ? "final" : value, error));
    if (tag && !state->target)
        TRY(reader_language(state->reader, tag, state->x.tag_line, &state->target,
                            error));
    return xliff_read_content(&state->x, &state->codes, &state->targets, error);
}

/* The element that was just opened inside of a unit. */
static aln_status read_child(xliff *state, aln_error *error)
{
    xml *x = &state->x;
    if (is(x, "source"))
        return xliff_read_content(x, &state->codes, &state->sources, error);
    if (is(x, "seg-source"))
        return xliff_read_content(x, &state->codes, &state->segmented, error);
    if (is(x, "target")) return read_target(state, error);
    bool drafts = state->reader->options.drafts;
    if (is(x, "alt-trans") || is(x, "match"))
        return drafts ? xml_skip(x, error) : read_proposal(state, error);
    if (is(x, "note")) return read_note(state, error);
    if (is(x, "seg")) return note_confirmation(state, error);
    if (is(x, "originalData")) return xliff_read_codes(x, &state->codes, error);
    if (is(x, "notes") || is(x, "matches") || is(x, "seg-defs"))
        return ALN_OK; /* its children will tell */
    return xml_skip(x, error);
}

/* A <segment> of 2.x is a pair of its own. */
static aln_status read_segment(xliff *state, aln_error *error)
{
    xml *x = &state->x;
    size_t depth = x->depth;
    const char *value = xml_attribute_value(x, "state");
    const char *finer = xml_attribute_value(x, "subState");
    bool accepted = accepts(value) || state->reader->options.drafts;
    bool needs_review = value && finer && strcmp(value, "translated") == 0 &&
                        strcmp(finer, XLIFF2_NEEDS_REVIEW) == 0;
    TRY(note_state(state, needs_review ? XLIFF_NEEDS_REVIEW : value, error));
    xliff_pieces_clear(&state->sources);
    xliff_pieces_clear(&state->targets);
    while (x->depth >= depth) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event == XML_OPEN) TRY(read_child(state, error));
    }
    return accepted ? pair_up(state, false, 0, error) : ALN_OK;
}

/* 1.2: approved="yes" wins over any state; "no" counts where nothing else is said. */
static aln_status finish_trans_unit(xliff *state, bool disapproved, bool has_state,
                                    aln_error *error)
{
    if (!state->has_target || !state->target_accepted) return ALN_OK;
    if (disapproved && !has_state && !state->reader->options.drafts) return ALN_OK;
    return pair_up(state, false, 0, error);
}

static aln_status read_unit(xliff *state, aln_error *error)
{
    xml *x = &state->x;
    size_t depth = x->depth;
    bool disapproved = says(x, "approved", "no"), has_state = false,
         draft = is_draft(x);
    const char *id = xml_attribute_value(x, state->two ? "name" : "resname");
    if (!id) id = xml_attribute_value(x, "id");
    forget_unit(state);
    state->unit_accepted = says(x, "approved", "yes");
    str_clear(&state->id);
    if (id && str_puts(&state->id, id)) return error_no_memory(error);
    while (x->depth >= depth) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event != XML_OPEN) continue;
        bool is_target = is(x, "target");
        has_state = has_state || (is_target && xml_attribute_value(x, "state"));
        if (state->two && is(x, "segment"))
            TRY(read_segment(state, error));
        else
            TRY(read_child(state, error));
    }
    return state->two || draft
               ? ALN_OK
               : finish_trans_unit(state, disapproved, has_state, error);
}

/* ---- the document ---------------------------------------------------------------------------------- */

static aln_status set_languages(aln_reader *reader, const char *source,
                                const char *target, aln_error *error)
{
    xliff *state = state_of(reader);
    const char *from = xml_attribute_value(&state->x, source);
    const char *to = xml_attribute_value(&state->x, target);
    unsigned line = state->x.tag_line;
    if (from) TRY(reader_language(reader, from, line, &state->source, error));
    if (to) TRY(reader_language(reader, to, line, &state->target, error));
    return ALN_OK;
}

static aln_status begin_file(aln_reader *reader, aln_error *error)
{
    xliff *state = state_of(reader);
    const char *const *told = reader->options.languages;
    const char *original = xml_attribute_value(&state->x, "original");
    str_clear(&state->file);
    if (original && str_puts(&state->file, original)) return error_no_memory(error);
    TRY(set_languages(reader, "source-language", "target-language", error));
    if (told && told[0] && !state->source) state->source = told[0];
    if (told && told[0] && told[1] && !state->target) state->target = told[1];
    if (!state->source)
        return xml_fail(error, state->x.tag_line,
                        "the file names no source language; "
                        "tell it with --langs");
    return ALN_OK;
}

static aln_status xliff_open(aln_reader *reader, aln_error *error)
{
    xliff *state = calloc(1, sizeof *state);
    if (!state) return error_no_memory(error);
    xml_init(&state->x, reader->input, reader->warn);
    state->reader = reader;
    reader->state = state;
    xml_event event = XML_TEXT;
    while (event == XML_TEXT)
        TRY(xml_next(&state->x, &event, error));
    if (event != XML_OPEN || !is(&state->x, "xliff"))
        return xml_fail(error, state->x.tag_line, "the document is no <xliff>");
    const char *version = xml_attribute_value(&state->x, "version");
    state->two = version && version[0] == '2';
    return set_languages(reader, "srcLang", "trgLang", error);
}

static void xliff_close(aln_reader *reader)
{
    xliff *state = state_of(reader);
    if (!state) return;
    forget_unit(state);
    vec_free(&state->pairs);
    vec_free(&state->refused);
    vec_free(&state->notes);
    str_done(&state->id);
    str_done(&state->file);
    str_done(&state->value);
    str_done(&state->said);
    xml_done(&state->x);
    free(state);
}

/* To the end of the next unit; *found is false at the end of the document. */
static aln_status next_unit(aln_reader *reader, bool *found, aln_error *error)
{
    xliff *state = state_of(reader);
    xml *x = &state->x;
    *found = true;
    for (;;) {
        xml_event event;
        TRY(xml_next(x, &event, error));
        if (event == XML_END) {
            *found = false;
            return ALN_OK;
        }
        if (event != XML_OPEN) continue;
        bool is_unit = is(x, "trans-unit") || (state->two && is(x, "unit"));
        if (is(x, "header") || is(x, "skeleton") || says(x, "translate", "no"))
            TRY(xml_skip(x, error));
        else if (is(x, "file"))
            TRY(begin_file(reader, error));
        else if (is_unit)
            return read_unit(state, error);
    }
}

static aln_status add_variant(aln_reader *reader, const char *language,
                              const xliff_piece *piece)
{
    unit_builder *unit = &reader->unit;
    if (unit_builder_variant(unit, language ? language : "und") ||
        unit_builder_text(unit, str_text(&piece->text), piece->text.size))
        return ALN_NO_MEMORY;
    if (piece->has_tags &&
        unit_builder_markup(unit, str_text(&piece->markup), piece->markup.size))
        return ALN_NO_MEMORY;
    unit_builder_end_variant(unit);
    return ALN_OK;
}

static aln_status add_property(aln_reader *reader, const char *name, const char *value)
{
    aln_meta item = {.kind = ALN_META_PROPERTY, .name = name, .value = value};
    return *value ? unit_builder_meta(&reader->unit, &item) : ALN_OK;
}

static aln_status give(aln_reader *reader, const aln_unit **unit, aln_error *error)
{
    xliff *state = state_of(reader);
    const pair *made = &state->pairs.at[state->given++];
    if (!state->target)
        warn_at(&reader->warn, state->x.line,
                "the target's language is not named; taken for \"und\"");
    unit_builder_clear(&reader->unit);
    bool failed = add_property(reader, "x-file", str_text(&state->file)) ||
                  add_property(reader, "x-context", str_text(&state->id)) ||
                  (made->proposal && add_property(reader, "x-origin", "proposal")) ||
                  (reader->options.drafts &&
                   add_property(reader, XLIFF_STATE, str_text(&state->said)));
    for (size_t i = 0; !failed && i < state->notes.n; i++) {
        aln_meta note = {.kind = ALN_META_NOTE, .value = state->notes.at[i]};
        failed = unit_builder_meta(&reader->unit, &note);
    }
    if (failed || add_variant(reader, state->source, &made->source) ||
        add_variant(reader, state->target, &made->target))
        return error_no_memory(error);
    if (made->proposal) reader->unit.unit.score = made->quality;
    *unit = unit_builder_finish(&reader->unit, NULL);
    return ALN_OK;
}

static aln_status xliff_next(aln_reader *reader, const aln_unit **unit,
                             aln_error *error)
{
    xliff *state = state_of(reader);
    bool found = true;
    *unit = NULL;
    while (found) {
        if (state->given < state->pairs.n) return give(reader, unit, error);
        aln_error local = {0};
        aln_status status = next_unit(reader, &found, &local);
        if (status == ALN_SYNTAX && reader->options.keep_going) {
            warn_at(&reader->warn, local.line, "%s; the unit is left out",
                    local.message);
            forget_unit(state);
            TRY(xml_resume(&state->x, state->two ? "unit" : "trans-unit", 3, &found,
                           error));
        } else if (status) {
            if (error) *error = local;
            return status;
        }
    }
    return ALN_OK;
}

static unsigned xliff_line(const aln_reader *reader)
{
    return state_of(reader)->x.line;
}

const read_format read_xliff = {
    .format = ALN_FORMAT_XLIFF,
    .open = xliff_open,
    .next = xliff_next,
    .line = xliff_line,
    .close = xliff_close,
};
