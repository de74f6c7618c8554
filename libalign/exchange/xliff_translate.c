/* xliff_translate.c - fill in what an XLIFF file has no translation for.
 *
 * The file goes through event by event and comes out as it was, but that a unit (of 2.x:
 * a segment) without a target gets the one that is proposed for its source, and says how
 * good the match was:
 *
 *     1.2   <target state="..." > and <alt-trans match-quality="87">
 *     2.x   <target> and, in its unit, <mtc:match similarity="87">
 *
 * A unit is written when it is complete, so that what it lacks can be put where it
 * belongs.  Comments and the way tags are laid out are not kept.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include <align/exchange.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/sink.h"
#include "exchange/xml.h"

enum { MOST_UNIT_SIZE = 64 << 20 };

#define MATCHES "urn:oasis:names:tc:xliff:matches:2.0"

typedef struct translation {
    xml x;
    sink out;
    bool two;
    aln_xliff_propose *propose;
    void *context;
    size_t filled;

    bool in_unit;
    size_t unit_depth;
    str unit;          /* what has been written of it */
    str prefix;        /* of its namespace: "x:" or "" */
    size_t unit_start; /* in `unit`: behind its start tag */
    size_t source_end; /* behind </source>, or </seg-source> */
    str source;        /* the text of the segment, without tags */
    bool has_source, has_target, skipped, reading;
    bool has_tags; /* in the source: a target without them needs a look */
    size_t codes;  /* depth of codes inside of the source */
    bool empty;    /* the start tag that was written last awaits its end */
    str matches;   /* of the unit, 2.x */
    char source_tag[64], target_tag[64]; /* languages */
} translation;

static bool is(const translation *t, const char *name)
{
    return strcmp(xml_name(&t->x), name) == 0;
}

static str *where(translation *t)
{
    return t->in_unit ? &t->unit : &t->out.text;
}

/* ---- events as they were -------------------------------------------------------------------- */

static aln_status finish_tag(translation *t)
{
    if (!t->empty) return ALN_OK;
    t->empty = false;
    return str_putc(where(t), '>');
}

static aln_status copy_open(translation *t)
{
    str *out = where(t);
    if (finish_tag(t) || str_printf(out, "<%s", t->x.name)) return ALN_NO_MEMORY;
    for (size_t i = 0; i < t->x.n_attributes; i++) {
        const char *value = t->x.attributes[i].value;
        if (str_printf(out, " %s=\"", t->x.attributes[i].name) ||
            xml_escape(out, value, strlen(value), true) || str_putc(out, '"'))
            return ALN_NO_MEMORY;
    }
    t->empty = true;
    return ALN_OK;
}

static aln_status copy_close(translation *t, const char *name)
{
    if (t->empty) {
        t->empty = false;
        return str_puts(where(t), "/>");
    }
    return str_printf(where(t), "</%s>", name);
}

static aln_status copy_text(translation *t, aln_error *error)
{
    if (t->x.text_size == 0) return ALN_OK;
    if (finish_tag(t) || xml_escape(where(t), t->x.text, t->x.text_size, false))
        return error_no_memory(error);
    if (t->in_unit && t->unit.size > MOST_UNIT_SIZE)
        return xml_fail(error, t->x.line, "a unit is longer than %d MiB",
                        MOST_UNIT_SIZE >> 20);
    return ALN_OK;
}

/* ---- filling in ---------------------------------------------------------------------------------- */

static aln_status insert(str *into, size_t at, const str *what)
{
    if (str_reserve(into, what->size)) return ALN_NO_MEMORY;
    memmove(into->at + at + what->size, into->at + at, into->size - at);
    memcpy(into->at + at, what->at, what->size);
    into->size += what->size;
    into->at[into->size] = '\0';
    return ALN_OK;
}

static aln_status put_element(str *out, const char *prefix, const char *name,
                              const char *text)
{
    if (str_printf(out, "<%s%s>", prefix, name) ||
        xml_escape(out, text, strlen(text), false))
        return ALN_NO_MEMORY;
    return str_printf(out, "</%s%s>", prefix, name);
}

/* A match below 100 needs a look. */
static aln_status make_target(const translation *t, const aln_proposal *proposal,
                              str *out)
{
    const char *prefix = str_text(&t->prefix);
    if (t->two) return put_element(out, prefix, "target", proposal->target);
    const char *state =
        proposal->score >= 100 ? "translated" : "needs-review-translation";
    if (str_printf(out, "<%starget state=\"%s\" state-qualifier=\"%s\">", prefix, state,
                   proposal->score >= 100 ? "exact-match" : "fuzzy-match") ||
        xml_escape(out, proposal->target, strlen(proposal->target), false) ||
        str_printf(out,
                   "</%starget><%salt-trans match-quality=\"%d\" origin=\"bitext\">",
                   prefix, prefix, proposal->score) ||
        put_element(out, prefix, "source", proposal->source) ||
        put_element(out, prefix, "target", proposal->target))
        return ALN_NO_MEMORY;
    return str_printf(out, "</%salt-trans>", prefix);
}

static aln_status add_match(translation *t, const char *segment,
                            const aln_proposal *proposal)
{
    str *out = &t->matches;
    if (str_puts(out, "<mtc:match ref=\"#") ||
        xml_escape(out, segment, strlen(segment), true) ||
        str_printf(out, "\" similarity=\"%d\" origin=\"bitext\">",
                   proposal->score > 100 ? 100 : proposal->score) ||
        put_element(out, str_text(&t->prefix), "source", proposal->source) ||
        put_element(out, str_text(&t->prefix), "target", proposal->target))
        return ALN_NO_MEMORY;
    return str_puts(out, "</mtc:match>");
}

/* The segment that ends here: ask for a target where it has none. */
static aln_status fill_in(translation *t, const char *segment, aln_error *error)
{
    AUTO(str) str made = {0};
    aln_proposal proposal = {0};
    bool wanted = t->has_source && !t->has_target && !t->skipped && t->source.size;
    if (!wanted) return ALN_OK;
    TRY(t->propose(t->context, t->source_tag, t->target_tag, t->source.at,
                   t->source.size, &proposal, error));
    if (!proposal.target) return ALN_OK;
    if (t->has_tags && proposal.score > 99) proposal.score = 99;
    t->filled++;
    if (make_target(t, &proposal, &made) || insert(&t->unit, t->source_end, &made))
        return error_no_memory(error);
    if (t->two && *segment && add_match(t, segment, &proposal))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status put_matches(translation *t, aln_error *error)
{
    AUTO(str) str all = {0};
    if (!t->matches.size) return ALN_OK;
    if (str_puts(&all, "<mtc:matches xmlns:mtc=\"" MATCHES "\">") ||
        str_add(&all, t->matches.at, t->matches.size) ||
        str_puts(&all, "</mtc:matches>") || insert(&t->unit, t->unit_start, &all))
        return error_no_memory(error);
    return ALN_OK;
}

/* ---- elements --------------------------------------------------------------------------------------- */

static void forget_segment(translation *t)
{
    t->has_source = t->has_target = t->has_tags = t->reading = false;
    str_clear(&t->source);
}

static void take_language(translation *t, const char *attribute, char out[64])
{
    const char *value = xml_attribute_value(&t->x, attribute);
    if (value) snprintf(out, 64, "%s", value);
}

static aln_status begin_unit(translation *t)
{
    const char *colon = strchr(t->x.name, ':');
    const char *translate = xml_attribute_value(&t->x, "translate");
    t->in_unit = true;
    t->unit_depth = t->x.depth;
    t->skipped = translate && strcmp(translate, "no") == 0;
    str_clear(&t->unit);
    str_clear(&t->prefix);
    str_clear(&t->matches);
    forget_segment(t);
    if (copy_open(t) || finish_tag(t)) return ALN_NO_MEMORY;
    t->unit_start = t->unit.size;
    return colon ? str_add(&t->prefix, t->x.name, (size_t)(colon - t->x.name) + 1)
                 : ALN_OK;
}

static bool is_code(const char *name)
{
    static const char *const codes[] = {"bpt", "ept", "it", "ph"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(name, codes[i]) == 0) return true;
    return false;
}

/* Elements inside of a unit that say what it has. */
static void note_open(translation *t)
{
    bool in_alternative = t->x.depth > t->unit_depth + (t->two ? 2 : 1);
    if (t->two && is(t, "segment")) forget_segment(t);
    if (t->reading && !is(t, "mrk")) t->has_tags = true;
    if (t->reading && is_code(xml_name(&t->x))) t->codes++;
    if (in_alternative) return;
    if (is(t, "source")) t->has_source = t->reading = true;
    if (is(t, "target")) t->has_target = true;
}

static aln_status open_element(translation *t, aln_error *error)
{
    bool unit = !t->in_unit && (is(t, "trans-unit") || (t->two && is(t, "unit")));
    if (is(t, "file")) {
        take_language(t, "source-language", t->source_tag);
        take_language(t, "target-language", t->target_tag);
    }
    if (unit) return begin_unit(t) ? error_no_memory(error) : ALN_OK;
    if (t->in_unit) note_open(t);
    return copy_open(t) ? error_no_memory(error) : ALN_OK;
}

static aln_status end_unit(translation *t, const char *name, aln_error *error)
{
    if (!t->two) TRY(fill_in(t, "", error));
    if (copy_close(t, name)) return error_no_memory(error);
    TRY(put_matches(t, error));
    t->in_unit = false;
    if (str_add(&t->out.text, t->unit.at, t->unit.size)) return error_no_memory(error);
    return sink_flush(&t->out, error);
}

static aln_status close_element(translation *t, const char *name, const char *segment,
                                aln_error *error)
{
    const char *local = strchr(name, ':') ? strchr(name, ':') + 1 : name;
    if (!t->in_unit) return copy_close(t, name) ? error_no_memory(error) : ALN_OK;
    if (t->x.depth < t->unit_depth) return end_unit(t, name, error);

    bool outside = t->x.depth == t->unit_depth + (t->two ? 1 : 0);
    if (t->two && strcmp(local, "segment") == 0) TRY(fill_in(t, segment, error));
    if (copy_close(t, name)) return error_no_memory(error);
    if (t->reading && t->codes && is_code(local)) t->codes--;
    if (outside && strcmp(local, "source") == 0) t->reading = false;
    if (outside && (strcmp(local, "source") == 0 || strcmp(local, "seg-source") == 0))
        t->source_end = t->unit.size;
    return ALN_OK;
}

static aln_status copy_events(translation *t, aln_error *error)
{
    AUTO(str) str segment = {0}; /* id of the latest <segment> */
    for (;;) {
        AUTO(str) str name = {0};
        xml_event event;
        /* The name of an empty element's end is that of its start. */
        TRY(xml_next(&t->x, &event, error));
        if (event == XML_END) return ALN_OK;
        if (event == XML_TEXT) {
            TRY(copy_text(t, error));
            if (t->reading && !t->codes &&
                str_add(&t->source, t->x.text, t->x.text_size))
                return error_no_memory(error);
            continue;
        }
        if (str_puts(&name, t->x.name)) return error_no_memory(error);
        if (event == XML_CLOSE) {
            TRY(close_element(t, name.at, str_text(&segment), error));
            continue;
        }
        const char *id = xml_attribute_value(&t->x, "id");
        if (is(t, "segment")) {
            str_clear(&segment);
            if (id && str_puts(&segment, id)) return error_no_memory(error);
        }
        TRY(open_element(t, error));
    }
}

static aln_status translate(translation *t, aln_error *error)
{
    xml_event event = XML_TEXT;
    while (event == XML_TEXT)
        TRY(xml_next(&t->x, &event, error));
    if (event != XML_OPEN || !is(t, "xliff"))
        return xml_fail(error, t->x.tag_line, "the document is no <xliff>");
    const char *version = xml_attribute_value(&t->x, "version");
    t->two = version && version[0] == '2';
    take_language(t, "srcLang", t->source_tag);
    take_language(t, "trgLang", t->target_tag);
    if (str_puts(&t->out.text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") ||
        copy_open(t))
        return error_no_memory(error);
    TRY(copy_events(t, error));
    if (str_putc(&t->out.text, '\n')) return error_no_memory(error);
    return sink_finish(&t->out, error);
}

static void translation_done(translation *t)
{
    str *const texts[] = {&t->unit, &t->prefix, &t->source, &t->matches};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        str_done(texts[i]);
    xml_done(&t->x);
    sink_done(&t->out);
}

aln_status aln_xliff_translate(const char *path, FILE *stream,
                               aln_xliff_propose *propose, void *context,
                               const char *target, size_t *filled, aln_error *error)
{
    AUTO(free) translation *t = calloc(1, sizeof *t);
    byte_source *source;
    decoder *input;
    if (!t) return error_no_memory(error);
    TRY(bytes_open(path, &source, error));
    TRY(decoder_open(source, (warner){0}, &input, error));
    t->propose = propose;
    t->context = context;
    if (target) snprintf(t->target_tag, sizeof t->target_tag, "%s", target);
    xml_init(&t->x, input, (warner){0});
    aln_status status = sink_init(&t->out, stream, false, false, error);
    if (!status) status = translate(t, error);
    if (!status) *filled = t->filled;
    translation_done(t);
    decoder_close(input);
    return status;
}
