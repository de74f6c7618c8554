/* xliff_translate.c - fill in what an XLIFF file has no translation for.
 *
 * The file goes through event by event and comes out byte for byte as it was, but that a
 * segment without a target gets the one that is proposed for its source, and says how
 * good the match was:
 *
 *     1.2      <target state="..."> and <alt-trans match-quality="87">
 *     Trados   <sdl:seg conf="Draft" origin="tm" percent="87">
 *     2.x      <target> and, in its unit, <mtc:match similarity="87">
 *
 * What a unit lacks is known when it is complete: until then its bytes wait, and then
 * edits are made in them.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include <align/exchange.h>
#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "exchange/sink.h"
#include "exchange/xliff_edit.h"
#include "exchange/xliff_markup.h"
#include "exchange/xliff_unit.h"

#define MATCHES "urn:oasis:names:tc:xliff:matches:2.0"

enum { EXACT = 100 };

typedef struct translation {
    xml x;
    sink out;
    xliff_edits edits; /* of what was read of the unit, or since the last event */
    bool two;
    aln_xliff_propose *propose;
    void *context;
    aln_translate_options options;
    size_t filled;
    bool kept[XML_MOST_DEPTH + 1]; /* translate="no", by depth */

    size_t n_made; /* ids of segments that had none */
    xliff_data data;
    char source_tag[ALN_LANGUAGE_SIZE], target_tag[ALN_LANGUAGE_SIZE];
} translation;

static bool is(const translation *t, const char *name)
{
    return strcmp(xml_name(&t->x), name) == 0;
}

/* Hand on what was read, as edited. */
static aln_status write_unit(translation *t, aln_error *error)
{
    if (xliff_edits_apply(&t->edits, &t->out.text)) return error_no_memory(error);
    return sink_flush(&t->out, error);
}

/* ---- what is proposed ----------------------------------------------------------------------- */

/* A target for a slot, and how good it is. */
typedef struct filling {
    str target, alternatives; /* <alt-trans> or <mtc:match> elements */
    bool found, exact;
    int score;
} filling;

static void auto_filling(filling *made)
{
    str_done(&made->target);
    str_done(&made->alternatives);
}

/* <source> and <target> as the memory has them, with their own tags. */
static aln_status put_pair(translation *t, const xliff_unit *unit,
                           const aln_proposal *proposal, str *out, aln_error *error)
{
    const char *prefix = str_text(&unit->prefix);
    const aln_variant *const sides[] = {proposal->source, proposal->target};
    static const char *const names[] = {"source", "target"}, *const marks[] = {"s",
                                                                               "t"};
    AUTO(str) str content = {0};
    t->data.n = 0;
    str_clear(&t->data.elements);
    for (size_t i = 0; i < 2; i++) {
        const xliff_dialect dialect = {t->two, marks[i]};
        if (str_printf(&content, "<%s%s>", prefix, names[i]))
            return error_no_memory(error);
        TRY(xliff_put_markup(sides[i], &dialect, &content, &t->data, error));
        if (str_printf(&content, "</%s%s>", prefix, names[i]))
            return error_no_memory(error);
    }
    if ((t->data.n && str_printf(out, "<%soriginalData>%s</%soriginalData>", prefix,
                                 str_text(&t->data.elements), prefix)) ||
        str_add(out, content.at, content.size))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status put_alternative(translation *t, const xliff_unit *unit,
                                  const char *id, const aln_proposal *proposal,
                                  filling *made, aln_error *error)
{
    str *out = &made->alternatives;
    const char *prefix = str_text(t->two ? &unit->matches_prefix : &unit->prefix);
    const char *name = t->two ? "match" : "alt-trans";
    if (t->two && !unit->matches_tag.end) prefix = "mtc:";
    bool failed = str_printf(out, "<%s%s", prefix, name);
    if (*id || t->two)
        failed = failed || str_puts(out, t->two ? " ref=\"#" : " mid=\"") ||
                 xml_escape(out, id, strlen(id), true) || str_putc(out, '"');
    failed = failed || str_printf(out,
                                  t->two ? " similarity=\"%d\" matchQuality=\"%d\" "
                                           "origin=\"bitext\">"
                                         : " match-quality=\"%d\" origin=\"bitext\">",
                                  made->score, made->score);
    if (failed) return error_no_memory(error);
    TRY(put_pair(t, unit, proposal, out, error));
    return str_printf(out, "</%s%s>", prefix, name) ? error_no_memory(error) : ALN_OK;
}

/* The translation with the source's own tags. */
static aln_status carry(const xliff_slot *slot, const aln_proposal *proposal,
                        filling *made, aln_error *error)
{
    AUTO(tagged) tagged source = {0};
    AUTO(tagged) tagged target = {0};
    aln_tags_fit fit;
    if (tagged_of_variant(&source, proposal->source) ||
        tagged_of_variant(&target, proposal->target) ||
        tags_carry(&slot->query, &source, &target, &made->target, &fit))
        return error_no_memory(error);
    made->score = (proposal->score < EXACT ? proposal->score : EXACT);
    made->score -= aln_tags_penalty(fit);
    return ALN_OK;
}

/* Is this a slot that waits for a translation? */
static bool wanted(const translation *t, const xliff_slot *slot)
{
    bool open = !slot->has_target || slot->blank || t->options.replace;
    return slot->text.size > 0 && open && !slot->fixed;
}

static aln_status ask(translation *t, const xliff_unit *unit, const xliff_slot *slot,
                      const char *id, filling *made, aln_error *error)
{
    aln_proposal proposal = {0};
    str_clear(&made->target);
    made->found = false;
    if (!wanted(t, slot)) return ALN_OK;
    TRY(t->propose(t->context, t->source_tag, t->target_tag, slot->text.at,
                   slot->text.size, &proposal, error));
    if (!proposal.target) return ALN_OK;
    TRY(carry(slot, &proposal, made, error));
    if (made->score < t->options.min) return ALN_OK;
    made->found = true;
    made->exact = made->score >= EXACT;
    t->filled++;
    return unit->trados ? ALN_OK : put_alternative(t, unit, id, &proposal, made, error);
}

/* ---- putting it in --------------------------------------------------------------------------- */

static const char *state_of(bool exact)
{
    return exact ? "translated" : "needs-review-translation";
}

static const char *qualifier_of(bool exact)
{
    return exact ? "exact-match" : "fuzzy-match";
}

/* The target of a 1.x unit, and the alternatives behind it. */
static aln_status put_target_1(translation *t, const xliff_unit *unit,
                               const str *content, bool exact, const str *alternatives)
{
    const xliff_slot *whole = &unit->whole;
    const char *prefix = str_text(&unit->prefix);
    size_t from = t->edits.texts.size;
    if (whole->has_target) {
        if (!unit->trados &&
            (xliff_set_attribute(&t->edits, whole->target_tag, "state",
                                 state_of(exact)) ||
             xliff_set_attribute(&t->edits, whole->target_tag, "state-qualifier",
                                 qualifier_of(exact))))
            return ALN_NO_MEMORY;
        if (content &&
            xliff_fill_element(&t->edits, whole->target_tag, whole->target, content))
            return ALN_NO_MEMORY;
        from = t->edits.texts.size;
    } else {
        if (xliff_put_indent(&t->edits, unit->source_start) ||
            str_printf(&t->edits.texts, "<%starget", prefix) ||
            (!unit->trados &&
             str_printf(&t->edits.texts, " state=\"%s\" state-qualifier=\"%s\"",
                        state_of(exact), qualifier_of(exact))) ||
            str_printf(&t->edits.texts, ">%s</%starget>", str_text(content), prefix))
            return ALN_NO_MEMORY;
    }
    if (alternatives->size &&
        (xliff_put_indent(&t->edits, unit->source_start) ||
         str_add(&t->edits.texts, alternatives->at, alternatives->size)))
        return ALN_NO_MEMORY;
    size_t at = whole->has_target ? whole->target_end : whole->source_end;
    return xliff_replace(&t->edits, at, at, from);
}

/* Trados: the state of a segment stands apart. */
static aln_status put_confirmation(translation *t, const xliff_slot *slot,
                                   const filling *made)
{
    char percent[12];
    snprintf(percent, sizeof percent, "%d", made->score);
    if (slot->tag.end == 0) return ALN_OK;
    if (xliff_set_attribute(&t->edits, slot->tag, "conf",
                            made->exact ? "Translated" : "Draft") ||
        xliff_set_attribute(&t->edits, slot->tag, "origin", "tm") ||
        xliff_set_attribute(&t->edits, slot->tag, "origin-system", "bitext"))
        return ALN_NO_MEMORY;
    return xliff_set_attribute(&t->edits, slot->tag, "percent", percent);
}

/* A target as <seg-source> is, with what was found between its marks. */
static aln_status build_target(const translation *t, const xliff_unit *unit,
                               const str *found, str *out)
{
    size_t from = unit->seg_source.start;
    for (size_t i = 0; i < unit->slots.n; i++) {
        const xliff_slot *slot = &unit->slots.at[i];
        bool empty = slot->source.start == slot->source.end; /* or <mrk/>: stays so */
        if (empty) continue;
        if (str_add(out, t->edits.raw.at + from, slot->source.start - from) ||
            str_add(out, str_text(&found[i]), found[i].size))
            return ALN_NO_MEMORY;
        from = slot->source.end;
    }
    return str_add(out, t->edits.raw.at + from, unit->seg_source.end - from);
}

/* A 1.x unit in segments.  Where the target has their marks, each is filled in; a target
 * without any is built anew. */
static aln_status fill_segments(translation *t, const xliff_unit *unit, str *found,
                                aln_error *error)
{
    __attribute__((cleanup(auto_filling))) filling made = {0};
    AUTO(str) str target = {0};
    bool exact = true, any = false,
         build = !unit->whole.has_target || unit->whole.blank || t->options.replace;
    for (size_t i = 0; i < unit->slots.n; i++)
        build = build && !unit->slots.at[i].has_target;
    for (size_t i = 0; i < unit->slots.n; i++) {
        const xliff_slot *slot = &unit->slots.at[i];
        bool marked = slot->has_target;
        if (!build && !marked) continue;
        TRY(ask(t, unit, slot, slot->id, &made, error));
        exact = exact && (made.found ? made.exact : marked && !slot->blank);
        if (!made.found) continue;
        any = true;
        if (put_confirmation(t, slot, &made) ||
            (build ? str_add(&found[i], made.target.at, made.target.size)
                   : xliff_fill_element(&t->edits, slot->target_tag, slot->target,
                                        &made.target)))
            return error_no_memory(error);
    }
    if (!any) return ALN_OK;
    if ((build && build_target(t, unit, found, &target)) ||
        put_target_1(t, unit, build ? &target : NULL, exact, &made.alternatives))
        return error_no_memory(error);
    return ALN_OK;
}

static aln_status fill_unit_1(translation *t, const xliff_unit *unit, aln_error *error)
{
    __attribute__((cleanup(auto_filling))) filling made = {0};
    if (unit->slots.n) {
        AUTO(free) str *found = calloc(unit->slots.n, sizeof *found);
        if (!found) return error_no_memory(error);
        aln_status status = fill_segments(t, unit, found, error);
        for (size_t i = 0; i < unit->slots.n; i++)
            str_done(&found[i]);
        return status;
    }
    TRY(ask(t, unit, &unit->whole, "", &made, error));
    if (!made.found) return ALN_OK;
    return put_target_1(t, unit, &made.target, made.exact, &made.alternatives)
               ? error_no_memory(error)
               : ALN_OK;
}

/* The id by which a match refers to its segment, which gets one where it has none. */
static aln_status segment_id(translation *t, const xliff_slot *slot, char id[XLIFF_MID])
{
    memcpy(id, slot->id, XLIFF_MID);
    if (*id) return ALN_OK;
    do
        snprintf(id, XLIFF_MID, "bitext-%zu", ++t->n_made);
    while (memmem(t->edits.raw.at, t->edits.raw.size, id, strlen(id)));
    return xliff_set_attribute(&t->edits, slot->tag, "id", id);
}

static aln_status put_target_2(translation *t, const xliff_unit *unit,
                               const xliff_slot *slot, const filling *made)
{
    const char *prefix = str_text(&unit->prefix);
    if (made->exact && xliff_set_attribute(&t->edits, slot->tag, "state", "translated"))
        return ALN_NO_MEMORY;
    if (slot->has_target)
        return xliff_fill_element(&t->edits, slot->target_tag, slot->target,
                                  &made->target);
    size_t from = t->edits.texts.size;
    if (str_printf(&t->edits.texts, "<%starget>%s</%starget>", prefix,
                   str_text(&made->target), prefix))
        return ALN_NO_MEMORY;
    return xliff_replace(&t->edits, slot->source_end, slot->source_end, from);
}

static aln_status put_matches(translation *t, const xliff_unit *unit,
                              const str *matches)
{
    size_t from = t->edits.texts.size;
    const xliff_span end = {unit->matches.end, unit->matches.end};
    if (unit->matches_tag.end)
        return xliff_fill_element(&t->edits, unit->matches_tag, end, matches);
    if (str_puts(&t->edits.texts, "<mtc:matches xmlns:mtc=\"" MATCHES "\">") ||
        str_add(&t->edits.texts, matches->at, matches->size) ||
        str_puts(&t->edits.texts, "</mtc:matches>"))
        return ALN_NO_MEMORY;
    return xliff_replace(&t->edits, unit->tag.end, unit->tag.end, from);
}

static aln_status fill_unit_2(translation *t, const xliff_unit *unit, aln_error *error)
{
    __attribute__((cleanup(auto_filling))) filling made = {0};
    for (size_t i = 0; i < unit->slots.n; i++) {
        const xliff_slot *slot = &unit->slots.at[i];
        char id[XLIFF_MID];
        if (!wanted(t, slot)) continue;
        size_t edits = t->edits.list.n, texts = t->edits.texts.size;
        if (segment_id(t, slot, id)) return error_no_memory(error);
        TRY(ask(t, unit, slot, id, &made, error));
        if (made.found && put_target_2(t, unit, slot, &made))
            return error_no_memory(error);
        if (made.found) continue;
        t->edits.list.n = edits; /* no match refers to it */
        str_truncate(&t->edits.texts, texts);
    }
    if (!made.alternatives.size) return ALN_OK;
    return put_matches(t, unit, &made.alternatives) ? error_no_memory(error) : ALN_OK;
}

/* ---- the document ----------------------------------------------------------------------------- */

/* The unit that was just opened. */
static aln_status pass_unit(translation *t, aln_error *error)
{
    xliff_unit unit;
    bool kept = t->kept[t->x.depth];
    aln_status status = xliff_unit_read(&unit, &t->x, t->two, error);
    if (!status && !kept && !unit.fixed)
        status = t->two ? fill_unit_2(t, &unit, error) : fill_unit_1(t, &unit, error);
    xliff_unit_done(&unit);
    return status ? status : write_unit(t, error);
}

static aln_status take_source(translation *t, const char *attribute)
{
    const char *value = xml_attribute_value(&t->x, attribute);
    if (value) snprintf(t->source_tag, sizeof t->source_tag, "%s", value);
    return ALN_OK;
}

/* The language of the targets.  One that was told from outside is written down, so that
 * who reads the targets knows it; 2.x asks for that. */
static aln_status take_target(translation *t, const char *attribute)
{
    const char *value = xml_attribute_value(&t->x, attribute);
    if (!value) value = t->options.target;
    if (!value) return ALN_OK;
    snprintf(t->target_tag, sizeof t->target_tag, "%s", value);
    const xliff_span tag = {t->x.event_at, t->edits.raw.size};
    return value == t->options.target
               ? xliff_set_attribute(&t->edits, tag, attribute, value)
               : ALN_OK;
}

static aln_status pass_event(translation *t, xml_event event, aln_error *error)
{
    xml *x = &t->x;
    bool failed = false;
    if (event == XML_OPEN) {
        const char *translate = xml_attribute_value(x, "translate");
        t->kept[x->depth] =
            translate ? strcmp(translate, "no") == 0 : t->kept[x->depth - 1];
        if (is(t, "trans-unit") || (t->two && is(t, "unit")))
            return pass_unit(t, error);
        if (is(t, "file") && !t->two)
            failed =
                take_source(t, "source-language") || take_target(t, "target-language");
        if (is(t, "xliff") && t->two)
            failed = take_source(t, "srcLang") || take_target(t, "trgLang");
    }
    return failed ? error_no_memory(error) : write_unit(t, error);
}

static aln_status translate(translation *t, aln_error *error)
{
    xml_event event = XML_TEXT;
    bool begun = false;
    while (event != XML_END) {
        TRY(xml_next(&t->x, &event, error));
        if (event == XML_OPEN && !begun) {
            begun = true;
            if (!is(t, "xliff"))
                return xml_fail(error, t->x.tag_line, "the document is no <xliff>");
            const char *version = xml_attribute_value(&t->x, "version");
            t->two = version && version[0] == '2';
        }
        TRY(pass_event(t, event, error));
    }
    return sink_finish(&t->out, error);
}

static void translation_done(translation *t)
{
    xliff_edits_done(&t->edits);
    str_done(&t->data.elements);
    xml_done(&t->x);
    sink_done(&t->out);
}

aln_status aln_xliff_translate(const char *path, FILE *stream,
                               aln_xliff_propose *propose, void *context,
                               const aln_translate_options *options, size_t *filled,
                               aln_error *error)
{
    AUTO(free) translation *t = calloc(1, sizeof *t);
    byte_source *source;
    decoder *input;
    if (!t) return error_no_memory(error);
    TRY(bytes_open(path, &source, error));
    TRY(decoder_open(source, (warner){0}, &input, error));
    t->propose = propose;
    t->context = context;
    if (options) t->options = *options;
    xml_init(&t->x, input, (warner){0});
    t->x.raw = &t->edits.raw;
    sink_options how = {.charset = decoder_charset(input),
                        .mark = decoder_has_mark(input)};
    aln_status status = sink_init(&t->out, stream, &how, error);
    if (!status) status = translate(t, error);
    if (!status) *filled = t->filled;
    translation_done(t);
    decoder_close(input);
    return status;
}
