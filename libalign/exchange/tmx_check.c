/* tmx_check.c - does a file keep to TMX 1.4b, and to what translation tools ask besides?
 *
 * The structure is checked against the tables below, which say what the DTD says; the
 * rules behind it are those of the specification's text (pairs of bpt and ept, dates,
 * languages) and habits without which known tools refuse a file or skip units.
 *
 *     m.tmx:12: error: tuv-needs-seg: <tuv> has no <seg>
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <align/exchange.h>
#include <align/text.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/vec.h"
#include "exchange/tmx.h"
#include "exchange/xml.h"

enum { MOST_CODES = 256 };

/* Lists begin and end with a bar. */
typedef struct element {
    const char *name;
    const char *children;
    bool text;
    const char *attributes;
    const char *required;
    const char *last; /* a child after which no other kind may come */
    const char *must; /* children without which it is incomplete */
} element;

#define STAMPS                                                                       \
    "o-encoding|datatype|usagecount|lastusagedate|creationtool|creationtoolversion|" \
    "creationdate|creationid|changedate|changeid|o-tmf|"
#define INLINE "|bpt|ept|ph|it|hi|ut|"

static const element elements[] = {
    {"tmx", "|header|body|", false, "|version|", "|version|", "|body|",
     "|header|body|"},
    {"header", "|note|prop|ude|", false,
     "|creationtool|creationtoolversion|segtype|o-tmf|adminlang|srclang|datatype|"
     "o-encoding|creationdate|creationid|changedate|changeid|",
     "|creationtool|creationtoolversion|segtype|o-tmf|adminlang|srclang|datatype|",
     NULL, NULL},
    {"body", "|tu|", false, "|", NULL, NULL, NULL},
    {"note", "|", true, "|o-encoding|xml:lang|lang|", NULL, NULL, NULL},
    {"prop", "|", true, "|type|xml:lang|o-encoding|lang|", "|type|", NULL, NULL},
    {"ude", "|map|", false, "|name|base|", "|name|", NULL, "|map|"},
    {"map", "|", false, "|unicode|code|ent|subst|", "|unicode|", NULL, NULL},
    {"tu", "|note|prop|tuv|", false, "|tuid|segtype|srclang|" STAMPS, NULL, "|tuv|",
     "|tuv|"},
    {"tuv", "|note|prop|seg|", false, "|xml:lang|lang|" STAMPS, "|xml:lang|", "|seg|",
     "|seg|"},
    {"seg", INLINE, true, "|", NULL, NULL, NULL},
    {"bpt", "|sub|", true, "|i|x|type|", "|i|", NULL, NULL},
    {"ept", "|sub|", true, "|i|", "|i|", NULL, NULL},
    {"it", "|sub|", true, "|pos|x|type|", "|pos|", NULL, NULL},
    {"ph", "|sub|", true, "|x|assoc|type|", NULL, NULL, NULL},
    {"ut", "|sub|", true, "|x|", NULL, NULL, NULL},
    {"hi", INLINE, true, "|x|type|", NULL, NULL, NULL},
    {"sub", INLINE, true, "|datatype|type|", NULL, NULL, NULL},
};

typedef struct open_element {
    const element *is; /* NULL: none of TMX's */
    bool had_last;     /* a child of the kind that comes last has been seen */
    unsigned had;      /* bits: which of the children that must be there were */
    unsigned segments; /* of a <tuv> */
    unsigned line;
} open_element;

typedef struct codes {
    char opened[MOST_CODES][16], closed[MOST_CODES][16]; /* values of i */
    size_t n_opened, n_closed;
} codes;

typedef struct checker {
    xml x;
    aln_check_report *report;
    void *context;
    open_element open[XML_MOST_DEPTH];
    codes pairs; /* of the segment that is open */
    intern tuids;
    char source[ALN_LANGUAGE_SIZE]; /* srclang as it is written */
    char unit_source[ALN_LANGUAGE_SIZE];
    bool source_seen; /* a variant of the unit is in that language, letter by letter */
    bool has_text;    /* of the segment */
    size_t errors;
} checker;

/* ---- reports ------------------------------------------------------------------------ */

__attribute__((format(printf, 5, 6))) static void say(checker *c, unsigned line,
                                                      aln_check_severity severity,
                                                      const char *rule,
                                                      const char *format, ...)
{
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    c->errors += severity == ALN_CHECK_ERROR;
    const aln_finding finding = {
        .line = line, .severity = severity, .rule = rule, .message = message};
    c->report(c->context, &finding);
}

static void say_repair(void *context, unsigned line, const char *message)
{
    say(context, line, ALN_CHECK_ERROR, "characters", "%s", message);
}

static bool listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; n && at && (at = strstr(at, name)); at++)
        if (at[-1] == '|' && at[n] == '|') return true;
    return false;
}

static const element *element_named(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0) return &elements[i];
    return NULL;
}

/* ---- attributes ---------------------------------------------------------------------- */

static void check_required(checker *c, const element *is)
{
    const char *at = is->required ? is->required + 1 : "";
    while (*at) {
        size_t n = strcspn(at, "|");
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)n, at);
        if (!xml_attribute_value(&c->x, name))
            say(c, c->x.tag_line, ALN_CHECK_ERROR, "required-attribute",
                "<%s> has no %s", is->name, name);
        at += n + 1;
    }
}

static void check_language(checker *c, const char *name, const char *value)
{
    char canonical[ALN_LANGUAGE_SIZE];
    if (strcasecmp(value, "*all*") == 0) {
        say(c, c->x.tag_line, ALN_CHECK_WARNING, "srclang-all",
            "%s=\"*all*\" names no language: some tools refuse the file", name);
    } else if (aln_language_canonical(value, canonical, NULL)) {
        say(c, c->x.tag_line, ALN_CHECK_ERROR, "language-tag",
            "%s=\"%.40s\" is no language tag", name, value);
    } else if (strcmp(canonical, value) != 0) {
        say(c, c->x.tag_line, ALN_CHECK_WARNING, "language-form",
            "%s=\"%.40s\" should be \"%s\"", name, value, canonical);
    }
}

static void check_value(checker *c, const char *name, const char *value)
{
    char date[TMX_DATE];
    unsigned line = c->x.tag_line;
    size_t n = strlen(name);
    if (strcmp(name, "segtype") == 0) {
        if (!listed("|block|paragraph|sentence|phrase|", value))
            say(c, line, ALN_CHECK_ERROR, "segtype",
                "segtype=\"%.40s\" is none of block, "
                "paragraph, sentence, phrase",
                value);
    } else if (strcmp(name, "pos") == 0) {
        if (!listed("|begin|end|", value))
            say(c, line, ALN_CHECK_ERROR, "pos",
                "pos=\"%.40s\" is neither begin nor end", value);
    } else if (n > 4 && strcmp(name + n - 4, "date") == 0) {
        if (!tmx_date(value, date))
            say(c, line, ALN_CHECK_ERROR, "date", "%s=\"%.40s\" is no date", name,
                value);
        else if (strcmp(date, value) != 0)
            say(c, line, ALN_CHECK_WARNING, "date-form",
                "%s=\"%.40s\" should be \"%s\"", name, value, date);
    } else if (strcmp(name, "usagecount") == 0) {
        if (value[strspn(value, "0123456789")] || !*value)
            say(c, line, ALN_CHECK_ERROR, "usagecount",
                "usagecount=\"%.40s\" is no "
                "number",
                value);
    } else if (strcmp(name, "srclang") == 0 || strcmp(name, "adminlang") == 0 ||
               strcmp(name, "xml:lang") == 0) {
        check_language(c, name, value);
    }
}

static void check_attributes(checker *c, const element *is)
{
    const xml *x = &c->x;
    check_required(c, is);
    for (size_t i = 0; i < x->n_attributes; i++) {
        const char *name = x->attributes[i].name;
        if (strncmp(name, "xmlns", 5) == 0) continue;
        if (!listed(is->attributes, name))
            say(c, x->tag_line, ALN_CHECK_ERROR, "unknown-attribute",
                "<%s> has no attribute %.60s", is->name, name);
        else
            check_value(c, name, x->attributes[i].value);
    }
}

/* ---- what single elements mean ---------------------------------------------------------- */

static void copy_tag(char out[ALN_LANGUAGE_SIZE], const char *tag)
{
    snprintf(out, ALN_LANGUAGE_SIZE, "%s", tag ? tag : "");
}

static void check_version(checker *c)
{
    const char *version = xml_attribute_value(&c->x, "version");
    if (version && strcmp(version, "1.4") != 0)
        say(c, c->x.tag_line, ALN_CHECK_WARNING, "version",
            "version=\"%.20s\": tools expect \"1.4\"", version);
}

static aln_status check_tuid(checker *c, aln_error *error)
{
    const char *tuid = xml_attribute_value(&c->x, "tuid");
    uint32_t before = c->tuids.n, id;
    if (!tuid) return ALN_OK;
    if (intern_add(&c->tuids, tuid, strlen(tuid), &id)) return error_no_memory(error);
    if (c->tuids.n == before)
        say(c, c->x.tag_line, ALN_CHECK_WARNING, "tuid-twice",
            "tuid \"%.60s\" stands on another unit already", tuid);
    return ALN_OK;
}

static aln_status begin_unit(checker *c, aln_error *error)
{
    const char *source = xml_attribute_value(&c->x, "srclang");
    copy_tag(c->unit_source, source ? source : c->source);
    c->source_seen = strcasecmp(c->unit_source, "*all*") == 0 || !*c->unit_source;
    return check_tuid(c, error);
}

static void begin_variant(checker *c)
{
    const char *tag = xml_attribute_value(&c->x, "xml:lang");
    if (!tag) tag = xml_attribute_value(&c->x, "lang");
    if (tag && strcmp(tag, c->unit_source) == 0) c->source_seen = true;
}

static void end_unit(checker *c, unsigned line)
{
    if (!c->source_seen)
        say(c, line, ALN_CHECK_WARNING, "source-missing",
            "no <tuv> has xml:lang=\"%s\", the source language, letter by letter",
            c->unit_source);
}

static void begin_code(checker *c, const element *is)
{
    const char *i = xml_attribute_value(&c->x, "i");
    bool opens = strcmp(is->name, "bpt") == 0;
    codes *pairs = &c->pairs;
    if (!i || (!opens && strcmp(is->name, "ept") != 0)) return;
    size_t *n = opens ? &pairs->n_opened : &pairs->n_closed;
    char(*values)[16] = opens ? pairs->opened : pairs->closed;
    for (size_t k = 0; k < *n; k++)
        if (strcmp(values[k], i) == 0)
            say(c, c->x.tag_line, ALN_CHECK_ERROR, "pair-twice",
                "a second <%s i=\"%.15s\"> in the segment", is->name, i);
    if (*n < MOST_CODES) snprintf(values[(*n)++], 16, "%s", i);
}

static bool has_code(char (*values)[16], size_t n, const char *i)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(values[k], i) == 0) return true;
    return false;
}

static void end_segment(checker *c, unsigned line)
{
    codes *pairs = &c->pairs;
    for (size_t k = 0; k < pairs->n_opened; k++)
        if (!has_code(pairs->closed, pairs->n_closed, pairs->opened[k]))
            say(c, line, ALN_CHECK_ERROR, "pair-open",
                "<bpt i=\"%s\"> has no <ept> in its segment", pairs->opened[k]);
    for (size_t k = 0; k < pairs->n_closed; k++)
        if (!has_code(pairs->opened, pairs->n_opened, pairs->closed[k]))
            say(c, line, ALN_CHECK_ERROR, "pair-close",
                "<ept i=\"%s\"> has no <bpt> in its segment", pairs->closed[k]);
    if (!c->has_text)
        say(c, line, ALN_CHECK_WARNING, "empty-segment", "the segment is empty");
}

/* ---- structure ------------------------------------------------------------------------------ */

static void check_place(checker *c, open_element *parent, const char *name)
{
    const element *is = parent->is;
    if (!is) return;
    if (!listed(is->children, name)) {
        say(c, c->x.tag_line, ALN_CHECK_ERROR, "misplaced",
            "<%.60s> has no place in <%s>", name, is->name);
        return;
    }
    bool last = is->last && listed(is->last, name);
    if (parent->had_last && !last)
        say(c, c->x.tag_line, ALN_CHECK_ERROR, "order", "<%s> must stand before <%.*s>",
            name, (int)strlen(is->last) - 2, is->last + 1);
    parent->had_last = parent->had_last || last;
    if (is->must && listed(is->must, name))
        parent->had |= strncmp(is->must + 1, name, strlen(name)) == 0 ? 1 : 2;
    if (strcmp(name, "seg") == 0 && parent->segments++)
        say(c, c->x.tag_line, ALN_CHECK_ERROR, "second-segment",
            "a second <seg> in <tuv>");
}

static void check_complete(checker *c, const open_element *closed)
{
    const char *at = closed->is && closed->is->must ? closed->is->must + 1 : "";
    for (unsigned bit = 1; *at; bit *= 2) {
        size_t n = strcspn(at, "|");
        if (!(closed->had & bit))
            say(c, closed->line, ALN_CHECK_ERROR, "incomplete", "<%s> has no <%.*s>",
                closed->is->name, (int)n, at);
        at += n + 1;
    }
}

static aln_status begin_element(checker *c, const element *is, aln_error *error)
{
    check_attributes(c, is);
    if (strcmp(is->name, "tmx") == 0) check_version(c);
    if (strcmp(is->name, "header") == 0)
        copy_tag(c->source, xml_attribute_value(&c->x, "srclang"));
    if (strcmp(is->name, "tu") == 0) return begin_unit(c, error);
    if (strcmp(is->name, "tuv") == 0) begin_variant(c);
    if (strcmp(is->name, "seg") == 0) {
        c->pairs.n_opened = c->pairs.n_closed = 0;
        c->has_text = false;
    } else if (c->x.depth > 1) {
        begin_code(c, is);
    }
    return ALN_OK;
}

static aln_status handle_open(checker *c, aln_error *error)
{
    xml *x = &c->x;
    const element *is = element_named(x->name);
    open_element *opened = &c->open[x->depth - 1];
    *opened = (open_element){.is = is, .line = x->tag_line};
    if (x->depth == 1 && strcmp(x->name, "tmx") != 0)
        return xml_fail(error, x->tag_line, "the document is no <tmx>");
    if (x->depth > 1) check_place(c, &c->open[x->depth - 2], x->name);
    return is ? begin_element(c, is, error) : ALN_OK;
}

static void handle_close(checker *c)
{
    const open_element *closed = &c->open[c->x.depth];
    check_complete(c, closed);
    if (!closed->is) return;
    if (strcmp(closed->is->name, "tu") == 0) end_unit(c, closed->line);
    if (strcmp(closed->is->name, "seg") == 0) end_segment(c, closed->line);
}

static void handle_text(checker *c)
{
    const open_element *inside = c->x.depth ? &c->open[c->x.depth - 1] : NULL;
    size_t spaces = 0;
    while (spaces < c->x.text_size && strchr(" \t\r\n", c->x.text[spaces]))
        spaces++;
    if (!inside || spaces == c->x.text_size) return;
    c->has_text = true;
    if (inside->is && !inside->is->text)
        say(c, c->x.line, ALN_CHECK_ERROR, "text", "text has no place in <%s>",
            inside->is->name);
}

static aln_status check_events(checker *c, aln_error *error)
{
    for (;;) {
        xml_event event;
        TRY(xml_next(&c->x, &event, error));
        if (event == XML_END) return ALN_OK;
        if (event == XML_OPEN) TRY(handle_open(c, error));
        if (event == XML_CLOSE) handle_close(c);
        if (event == XML_TEXT) handle_text(c);
    }
}

static aln_status check_stream(checker *c, byte_source *source, aln_error *error)
{
    decoder *input;
    aln_error local = {0};
    warner repairs = {say_repair, c};
    TRY(decoder_open(source, repairs, &input, error));
    xml_init(&c->x, input, repairs);
    aln_status status = check_events(c, &local);
    if (status == ALN_SYNTAX && local.line) /* the last thing there is to say */
        say(c, local.line, ALN_CHECK_ERROR, "well-formed", "%s", local.message);
    else if (status && error)
        *error = local;
    bool said = status == ALN_SYNTAX && local.line;
    xml_done(&c->x);
    intern_done(&c->tuids);
    decoder_close(input);
    return said ? ALN_OK : status;
}

aln_status aln_tmx_check(const char *path, aln_check_report *report, void *context,
                         size_t *n_errors, aln_error *error)
{
    if (!path || !report) return error_set(error, ALN_INVALID, "nothing to check");
    AUTO(free) checker *c = calloc(1, sizeof *c);
    if (!c) return error_no_memory(error);
    c->report = report;
    c->context = context;
    byte_source *source;
    TRY(bytes_open(path, &source, error));
    TRY(check_stream(c, source, error));
    *n_errors = c->errors;
    return ALN_OK;
}
