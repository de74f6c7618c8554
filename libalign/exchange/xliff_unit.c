/* xliff_unit.c - find the sources, targets and segments of a unit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/xliff_unit.h"

#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/error.h"

enum { MOST_SLOTS = 4096, MOST_UNIT_SIZE = 64 << 20 };

/* ---- helpers ------------------------------------------------------------------------------ */

static bool is(const xml *x, const char *name)
{
    return strcmp(xml_name(x), name) == 0;
}

static bool says(const xml *x, const char *attribute, const char *value)
{
    const char *given = xml_attribute_value(x, attribute);
    return given && strcmp(given, value) == 0;
}

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0) return true;
    return false;
}

/* locked="true" of Trados, mq:locked="locked" of memoQ, m:locked="true" of Phrase. */
static bool is_locked(const xml *x)
{
    static const char *const yes[] = {"true", "locked", "yes", "1", NULL};
    for (size_t i = 0; i < x->n_attributes; i++) {
        const char *colon = strrchr(x->attributes[i].name, ':');
        const char *local = colon ? colon + 1 : x->attributes[i].name;
        if (strcmp(local, "locked") == 0 && one_of(x->attributes[i].value, yes))
            return true;
    }
    return false;
}

static bool is_final(const xml *x)
{
    return says(x, "state", "final") || says(x, "state", "signed-off");
}

static xliff_span latest_tag(const xml *x)
{
    return (xliff_span){x->event_at, x->raw->size};
}

static aln_status bounded(const xml *x, aln_error *error)
{
    if (x->raw->size <= MOST_UNIT_SIZE) return ALN_OK;
    return xml_fail(error, x->line, "a unit is longer than %d MiB",
                    MOST_UNIT_SIZE >> 20);
}

static aln_status next(xml *x, xml_event *event, aln_error *error)
{
    TRY(xml_next(x, event, error));
    return bounded(x, error);
}

/* An element of no interest; what it holds stays in x->raw. */
static aln_status pass(xml *x, aln_error *error)
{
    size_t depth = x->depth;
    while (x->depth >= depth) {
        xml_event event;
        TRY(next(x, &event, error));
    }
    return ALN_OK;
}

/* ---- sources ------------------------------------------------------------------------------- */

static aln_status add_half(xliff_slot *slot, const xml *x, tag_kind kind,
                           const char *link)
{
    const unit_tag half = {.kind = kind,
                           .code = x->raw->at + x->event_at,
                           .code_size = x->raw->size - x->event_at,
                           .link = link,
                           .element = kind != TAG_ALONE};
    return tagged_add(&slot->query, &half);
}

/* A code with all that it holds.  What its halves share: 1.2 rid or id, 2.x startRef. */
static aln_status add_code(xliff_slot *slot, xml *x, aln_error *error)
{
    static const char *const opening[] = {"bpt", "bx", "sc", NULL};
    static const char *const closing[] = {"ept", "ex", "ec", NULL};
    size_t start = x->event_at;
    const char *name = xml_name(x), *id = xml_attribute_value(x, "id"),
               *pair = xml_attribute_value(x, "rid");
    unit_tag code = {.kind = one_of(name, opening)   ? TAG_OPEN
                             : one_of(name, closing) ? TAG_CLOSE
                                                     : TAG_ALONE};
    if (!pair) pair = xml_attribute_value(x, "startRef");
    if (!pair) pair = id;
    bool it = is(x, "it");
    if (it) code.kind = says(x, "pos", "close") ? TAG_CLOSE : TAG_OPEN;
    if (it || says(x, "isolated", "yes")) pair = "isolated";
    AUTO(free) char *link = id ? strdup(id) : NULL;
    AUTO(free) char *shared = pair ? strdup(pair) : NULL;
    if ((id && !link) || (pair && !shared)) return error_no_memory(error);
    TRY(pass(x, error));
    code.link = link;
    code.pair = shared;
    code.code = x->raw->at + start;
    code.code_size = x->raw->size - start;
    return tagged_add(&slot->query, &code) ? error_no_memory(error) : ALN_OK;
}

/* Marks are no tags: what they mark is text, and theirs is the source alone. */
static bool is_mark(const xml *x)
{
    return is(x, "mrk") || is(x, "sm") || is(x, "em");
}

static aln_status open_in_source(xliff_slot *slot, xml *x, aln_error *error)
{
    static const char *const spans[] = {"g", "pc", NULL};
    if (is_mark(x)) return ALN_OK;
    if (!one_of(xml_name(x), spans)) return add_code(slot, x, error);
    tag_kind kind = x->closing ? TAG_ALONE : TAG_OPEN; /* <g id="1"/> */
    return add_half(slot, x, kind, xml_attribute_value(x, "id"))
               ? error_no_memory(error)
               : ALN_OK;
}

/* The content of a <source>, or of a mrk in <seg-source>. */
static aln_status read_source(xliff_slot *slot, xml *x, aln_error *error)
{
    size_t depth = x->depth;
    bool was_empty = x->closing;
    slot->source.start = x->raw->size;
    for (;;) {
        xml_event event;
        TRY(next(x, &event, error));
        if (event == XML_OPEN) {
            TRY(open_in_source(slot, x, error));
            was_empty = x->closing;
        } else if (event == XML_TEXT) {
            if (xml_escape(&slot->query.text, x->text, x->text_size, false) ||
                str_add(&slot->text, x->text, x->text_size))
                return error_no_memory(error);
        } else if (x->depth < depth) {
            break;
        } else if (!was_empty && !is_mark(x)) {
            if (add_half(slot, x, TAG_CLOSE, NULL)) return error_no_memory(error);
        }
        if (event == XML_CLOSE) was_empty = false;
    }
    slot->source.end = x->event_at;
    slot->source_end = x->raw->size;
    return ALN_OK;
}

static aln_status too_many(const xml *x, aln_error *error)
{
    return xml_fail(error, x->tag_line, "more than %d segments", MOST_SLOTS);
}

static aln_status add_slot(xliff_unit *unit, const xml *x, const char *id,
                           xliff_slot **added, aln_error *error)
{
    xliff_slot slot = {.blank = true};
    snprintf(slot.id, sizeof slot.id, "%s", id ? id : "");
    if (unit->slots.n == MOST_SLOTS) return too_many(x, error);
    if (vec_push(&unit->slots, slot)) return error_no_memory(error);
    *added = &unit->slots.at[unit->slots.n - 1];
    return ALN_OK;
}

static bool marks_segment(const xml *x)
{
    return is(x, "mrk") && says(x, "mtype", "seg");
}

/* Tags may stand around the marks of segments. */
static aln_status read_seg_source(xliff_unit *unit, xml *x, aln_error *error)
{
    size_t depth = x->depth;
    unit->seg_source.start = x->raw->size;
    while (x->depth >= depth) {
        xml_event event;
        xliff_slot *slot = NULL;
        TRY(next(x, &event, error));
        if (event != XML_OPEN || !marks_segment(x)) continue;
        TRY(add_slot(unit, x, xml_attribute_value(x, "mid"), &slot, error));
        TRY(read_source(slot, x, error));
    }
    unit->seg_source.end = x->event_at;
    unit->whole.source_end = x->raw->size;
    return ALN_OK;
}

/* ---- targets --------------------------------------------------------------------------------- */

static xliff_slot *slot_of(xliff_unit *unit, const char *id)
{
    for (size_t i = 0; id && i < unit->slots.n; i++)
        if (strcmp(unit->slots.at[i].id, id) == 0) return &unit->slots.at[i];
    return NULL;
}

static bool has_text(const xml *x)
{
    for (size_t i = 0; i < x->text_size; i++)
        if (!strchr(" \t\r\n", x->text[i])) return true;
    return false;
}

/* The target that was just opened, and the marked segments inside of it. */
static aln_status read_target(xliff_unit *unit, xliff_slot *slot, xml *x,
                              aln_error *error)
{
    size_t depth = x->depth, inside = 0; /* a mark's depth */
    bool text = false, tags = false;
    size_t marks = 0;
    xliff_slot *marked = NULL;
    slot->has_target = true;
    slot->target_tag = latest_tag(x);
    slot->target.start = x->raw->size;
    for (;;) {
        xml_event event;
        TRY(next(x, &event, error));
        if (event == XML_CLOSE && x->depth < depth) break;
        bool fills = event == XML_OPEN || (event == XML_TEXT && has_text(x));
        if (marked && event == XML_CLOSE && x->depth < inside) {
            marked->target.end = x->event_at;
            marked->target_end = x->raw->size;
            marked = NULL;
        } else if (marked) {
            marked->blank = marked->blank && !fills;
            text = text || fills;
        } else if (event == XML_OPEN && marks_segment(x)) {
            if (++marks > MOST_SLOTS) return too_many(x, error);
            marked = slot_of(unit, xml_attribute_value(x, "mid"));
            if (!marked || marked->has_target) marked = NULL;
            if (!marked) continue;
            marked->has_target = true;
            marked->target_tag = latest_tag(x);
            marked->target.start = x->raw->size;
            inside = x->depth;
        } else {
            text = text || (event == XML_TEXT && fills);
            tags = tags || event == XML_OPEN;
        }
    }
    slot->blank = !text && (marks || !tags);
    slot->target.end = x->event_at;
    slot->target_end = x->raw->size;
    return ALN_OK;
}

/* ---- units ------------------------------------------------------------------------------------ */

/* Trados keeps states apart: <sdl:seg-defs><sdl:seg id="3" conf="Draft" locked="true">. */
static aln_status read_definitions(xliff_unit *unit, xml *x, aln_error *error)
{
    size_t depth = x->depth;
    unit->trados = true;
    while (x->depth >= depth) {
        xml_event event;
        TRY(next(x, &event, error));
        if (event != XML_OPEN || !is(x, "seg")) continue;
        xliff_slot *slot = slot_of(unit, xml_attribute_value(x, "id"));
        if (!slot) continue;
        slot->tag = latest_tag(x);
        slot->fixed = slot->fixed || is_locked(x) ||
                      says(x, "conf", "ApprovedTranslation") ||
                      says(x, "conf", "ApprovedSignOff");
    }
    return ALN_OK;
}

static aln_status read_matches(xliff_unit *unit, xml *x, aln_error *error)
{
    const char *colon = strchr(x->name, ':');
    str_clear(&unit->matches_prefix);
    if (colon && str_add(&unit->matches_prefix, x->name, (size_t)(colon - x->name) + 1))
        return error_no_memory(error);
    unit->matches_tag = latest_tag(x);
    unit->matches.start = x->raw->size;
    TRY(pass(x, error));
    unit->matches.end = x->event_at;
    return ALN_OK;
}

static aln_status read_segment(xliff_unit *unit, xml *x, aln_error *error)
{
    xliff_slot *slot = NULL;
    size_t depth = x->depth;
    xliff_span open = latest_tag(x);
    bool fixed = is_final(x) || is_locked(x);
    TRY(add_slot(unit, x, xml_attribute_value(x, "id"), &slot, error));
    slot->tag = open;
    slot->fixed = fixed;
    while (x->depth >= depth) {
        xml_event event;
        TRY(next(x, &event, error));
        if (event != XML_OPEN) continue;
        if (is(x, "source"))
            TRY(read_source(slot, x, error));
        else if (is(x, "target"))
            TRY(read_target(unit, slot, x, error));
        else
            TRY(pass(x, error));
    }
    return ALN_OK;
}

static aln_status read_child_1(xliff_unit *unit, xml *x, aln_error *error)
{
    if (is(x, "source")) {
        unit->source_start = x->event_at;
        return read_source(&unit->whole, x, error);
    }
    if (is(x, "seg-source")) return read_seg_source(unit, x, error);
    if (is(x, "target")) {
        unit->whole.fixed = is_final(x);
        return read_target(unit, &unit->whole, x, error);
    }
    if (is(x, "seg-defs")) return read_definitions(unit, x, error);
    return pass(x, error);
}

static aln_status read_child_2(xliff_unit *unit, xml *x, aln_error *error)
{
    if (is(x, "segment")) return read_segment(unit, x, error);
    if (is(x, "matches")) return read_matches(unit, x, error);
    return pass(x, error);
}

aln_status xliff_unit_read(xliff_unit *unit, xml *x, bool two, aln_error *error)
{
    size_t depth = x->depth;
    const char *colon = strchr(x->name, ':');
    *unit = (xliff_unit){.raw = x->raw, .two = two, .tag = latest_tag(x)};
    unit->whole.blank = true;
    unit->fixed = is_locked(x) || says(x, "approved", "yes");
    if (colon && str_add(&unit->prefix, x->name, (size_t)(colon - x->name) + 1))
        return error_no_memory(error);
    while (x->depth >= depth) {
        xml_event event;
        TRY(next(x, &event, error));
        if (event == XML_OPEN)
            TRY(two ? read_child_2(unit, x, error) : read_child_1(unit, x, error));
    }
    return ALN_OK;
}

static void slot_done(xliff_slot *slot)
{
    str_done(&slot->text);
    tagged_done(&slot->query);
}

void xliff_unit_done(xliff_unit *unit)
{
    for (size_t i = 0; i < unit->slots.n; i++)
        slot_done(&unit->slots.at[i]);
    vec_free(&unit->slots);
    slot_done(&unit->whole);
    str_done(&unit->matches_prefix);
    str_done(&unit->prefix);
}
