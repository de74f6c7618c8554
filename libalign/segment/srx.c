/* srx.c - read segmentation rules in SRX 2.0.
 *
 * The format is LISA's "SRX 2.0 Specification" (2008).  A document holds named groups
 * of rules and maps from language codes to groups:
 *
 *     <languagerule languagerulename="French">
 *       <rule
 * break="no"><beforebreak>\bM\.</beforebreak><afterbreak>\s</afterbreak></rule>
 *       ...
 *     <languagemap languagepattern="fr.*" languagerulename="French"/>
 *
 * The document is read whole with libxml2: no network, no DTD, no entities but XML's
 * five.  Every regular expression is compiled once here, so that a mistake is
 * reported with its line before any text is cut.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment/srx.h"

#include <stdint.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/auto.h"
#include "base/error.h"
#include "text/libxml.h"

typedef struct rule_group {
    const char *name;
    size_t first, n; /* among the rules */
    unsigned line;
} rule_group;

typedef struct language_map {
    const char *pattern, *group;
    unsigned line;
} language_map;

struct aln_srx {
    arena texts;
    aln_srx_header header;
    vec(srx_rule) rules;
    vec(rule_group) groups;
    vec(language_map) maps;
    bool trusted; /* built in: its expressions are known to be right */
};

AUTO_DEFINE(srx, aln_srx *, aln_srx_free)
AUTO_DEFINE(parser, xmlParserCtxt *, xmlFreeParserCtxt)
AUTO_DEFINE(document, xmlDoc *, xmlFreeDoc)
AUTO_DEFINE(expression, URegularExpression *, uregex_close)

static aln_status fail_at(aln_error *error, aln_status status, unsigned line,
                          const char *message, const char *detail)
{
    (void)error_set(error, status, message, detail);
    if (error) error->line = line;
    return status;
}

static unsigned line_of(const xmlNode *node)
{
    long line = xmlGetLineNo(node);
    return line > 0 ? (unsigned)line : 0;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

/* The next element of that name among node and what follows it. */
static xmlNode *find_element(xmlNode *node, const char *name)
{
    while (node && !is_named(node, name))
        node = node->next;
    return node;
}

/* The attribute's text in the document's arena; NULL where there is none.  SRX's
 * attributes have no namespace. */
static aln_status read_attribute(aln_srx *srx, xmlNode *node, const char *name,
                                 const char **value, aln_error *error)
{
    *value = NULL;
    xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!text) return ALN_OK;

    *value = arena_copy(&srx->texts, (const char *)text, strlen((const char *)text));
    xmlFree(text);
    return *value ? ALN_OK : error_no_memory(error);
}

/* yes or no; fallback where the attribute is missing. */
static aln_status read_choice(aln_srx *srx, xmlNode *node, const char *name,
                              bool fallback, bool *choice, aln_error *error)
{
    const char *value;
    TRY(read_attribute(srx, node, name, &value, error));
    *choice = value ? strcmp(value, "yes") == 0 : fallback;
    if (!value || *choice || strcmp(value, "no") == 0) return ALN_OK;
    return fail_at(error, ALN_SYNTAX, line_of(node), "%s must be \"yes\" or \"no\"",
                   name);
}

static aln_status require_attribute(aln_srx *srx, xmlNode *node, const char *name,
                                    const char **value, aln_error *error)
{
    TRY(read_attribute(srx, node, name, value, error));
    if (*value) return ALN_OK;
    return fail_at(error, ALN_SYNTAX, line_of(node), "attribute %s is missing", name);
}

/* UTF-8 -> a compiled expression.  ICU counts in int32_t, but no expression that a
 * parser lets through comes near that. */
static aln_status compile(const char *pattern, unsigned line,
                          URegularExpression **expression, aln_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t size = strlen(pattern);
    AUTO(free) UChar *wide = malloc((size + 1) * sizeof *wide);
    if (!wide) return error_no_memory(error);

    int32_t length = 0;
    u_strFromUTF8(wide, (int32_t)size + 1, &length, pattern, (int32_t)size, &code);
    UParseError where = {0};
    URegularExpression *opened = uregex_open(wide, length, 0, &where, &code);
    if (U_SUCCESS(code)) {
        *expression = opened;
        return ALN_OK;
    }
    uregex_close(opened);
    if (code == U_MEMORY_ALLOCATION_ERROR) return error_no_memory(error);
    (void)error_set(error, ALN_SYNTAX,
                    "not a regular expression (%s at character %d): %.120s",
                    u_errorName(code), where.offset, pattern);
    if (error) error->line = line;
    return ALN_SYNTAX;
}

static aln_status check_expression(const aln_srx *srx, const char *pattern,
                                   unsigned line, aln_error *error)
{
    if (srx->trusted || !*pattern) return ALN_OK;
    AUTO(expression) URegularExpression *expression = NULL;
    return compile(pattern, line, &expression, error);
}

static aln_status read_part(aln_srx *srx, xmlNode *rule, const char *name,
                            const char **pattern, aln_error *error)
{
    *pattern = "";
    xmlNode *part = find_element(rule->children, name);
    if (!part) return ALN_OK;
    if (find_element(part->next, name))
        return fail_at(error, ALN_SYNTAX, line_of(part), "a rule has two %s", name);

    xmlChar *text = xmlNodeGetContent(part);
    if (!text) return error_no_memory(error);
    *pattern = arena_copy(&srx->texts, (const char *)text, strlen((const char *)text));
    xmlFree(text);
    if (!*pattern) return error_no_memory(error);
    return check_expression(srx, *pattern, line_of(part), error);
}

static aln_status read_rule(aln_srx *srx, xmlNode *node, aln_error *error)
{
    srx_rule rule = {.line = line_of(node)};
    TRY(read_choice(srx, node, "break", true, &rule.breaks, error));
    TRY(read_part(srx, node, "beforebreak", &rule.before, error));
    TRY(read_part(srx, node, "afterbreak", &rule.after, error));
    return vec_push(&srx->rules, rule) ? error_no_memory(error) : ALN_OK;
}

static aln_status read_group(aln_srx *srx, xmlNode *node, aln_error *error)
{
    rule_group group = {.first = srx->rules.n, .line = line_of(node)};
    TRY(require_attribute(srx, node, "languagerulename", &group.name, error));
    for (size_t i = 0; i < srx->groups.n; i++)
        if (strcmp(srx->groups.at[i].name, group.name) == 0)
            return fail_at(error, ALN_SYNTAX, group.line,
                           "language rule \"%s\" is there twice", group.name);

    xmlNode *rule = find_element(node->children, "rule");
    for (; rule; rule = find_element(rule->next, "rule"))
        TRY(read_rule(srx, rule, error));
    group.n = srx->rules.n - group.first;
    return vec_push(&srx->groups, group) ? error_no_memory(error) : ALN_OK;
}

static const rule_group *find_group(const aln_srx *srx, const char *name)
{
    for (size_t i = 0; i < srx->groups.n; i++)
        if (strcmp(srx->groups.at[i].name, name) == 0) return &srx->groups.at[i];
    return NULL;
}

static aln_status read_map(aln_srx *srx, xmlNode *node, aln_error *error)
{
    language_map map = {.line = line_of(node)};
    TRY(require_attribute(srx, node, "languagepattern", &map.pattern, error));
    TRY(require_attribute(srx, node, "languagerulename", &map.group, error));
    TRY(check_expression(srx, map.pattern, map.line, error));
    if (!find_group(srx, map.group))
        return fail_at(error, ALN_SYNTAX, map.line, "there is no language rule \"%s\"",
                       map.group);
    return vec_push(&srx->maps, map) ? error_no_memory(error) : ALN_OK;
}

static aln_status read_formathandle(aln_srx *srx, xmlNode *node, aln_error *error)
{
    const char *type;
    TRY(require_attribute(srx, node, "type", &type, error));
    bool include;
    TRY(read_choice(srx, node, "include", false, &include, error));
    if (strcmp(type, "start") == 0)
        srx->header.include_start = include;
    else if (strcmp(type, "end") == 0)
        srx->header.include_end = include;
    else if (strcmp(type, "isolated") == 0)
        srx->header.include_isolated = include;
    else
        return fail_at(error, ALN_SYNTAX, line_of(node),
                       "formathandle of type \"%s\"; there are start, end, isolated",
                       type);
    return ALN_OK;
}

static aln_status read_header(aln_srx *srx, xmlNode *node, aln_error *error)
{
    aln_srx_header *header = &srx->header;
    /* What holds where a formathandle is missing: SRX 2.0, section 4.2.3. */
    header->include_end = true;
    TRY(read_choice(srx, node, "segmentsubflows", true, &header->segment_subflows,
                    error));
    TRY(read_choice(srx, node, "cascade", false, &header->cascade, error));
    xmlNode *handle = find_element(node->children, "formathandle");
    for (; handle; handle = find_element(handle->next, "formathandle"))
        TRY(read_formathandle(srx, handle, error));
    return ALN_OK;
}

static aln_status require_element(xmlNode *parent, const char *name, xmlNode **found,
                                  aln_error *error)
{
    *found = find_element(parent->children, name);
    if (*found) return ALN_OK;
    return fail_at(error, ALN_SYNTAX, line_of(parent), "element %s is missing", name);
}

static aln_status read_body(aln_srx *srx, xmlNode *body, aln_error *error)
{
    xmlNode *groups, *maps;
    TRY(require_element(body, "languagerules", &groups, error));
    TRY(require_element(body, "maprules", &maps, error));

    xmlNode *node = find_element(groups->children, "languagerule");
    for (; node; node = find_element(node->next, "languagerule"))
        TRY(read_group(srx, node, error));
    node = find_element(maps->children, "languagemap");
    for (; node; node = find_element(node->next, "languagemap"))
        TRY(read_map(srx, node, error));
    return ALN_OK;
}

static aln_status read_root(aln_srx *srx, xmlNode *root, aln_error *error)
{
    if (!root || !is_named(root, "srx"))
        return fail_at(error, ALN_SYNTAX, root ? line_of(root) : 1,
                       "the root element is not %s", "srx");
    const char *version;
    TRY(require_attribute(srx, root, "version", &version, error));
    if (strcmp(version, "2.0") != 0)
        return fail_at(error, ALN_UNSUPPORTED, line_of(root),
                       "SRX version %.20s; only 2.0 is understood", version);

    xmlNode *header, *body;
    TRY(require_element(root, "header", &header, error));
    TRY(read_header(srx, header, error));
    TRY(require_element(root, "body", &body, error));
    return read_body(srx, body, error);
}

/* libxml2's message ends in a newline. */
static aln_status parse_failure(const xmlParserCtxt *parser, aln_error *error)
{
    const xmlError *last = &parser->lastError;
    if (last->code == XML_ERR_NO_MEMORY) return error_no_memory(error);
    const char *message = last->message ? last->message : "no XML document";
    (void)error_set(error, ALN_SYNTAX, "%.*s", (int)strcspn(message, "\n"), message);
    if (error) error->line = last->line > 0 ? (unsigned)last->line : 1;
    return ALN_SYNTAX;
}

static aln_status read_document(const char *xml, size_t size, bool trusted,
                                aln_srx **out, aln_error *error)
{
    if (size > INT32_MAX)
        return error_set(error, ALN_UNSUPPORTED, "rules of %zu bytes", size);

    libxml_start();
    AUTO(srx) aln_srx *srx = calloc(1, sizeof *srx);
    AUTO(parser) xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!srx || !parser) return error_no_memory(error);

    srx->trusted = trusted;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                  XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    AUTO(document)
    xmlDoc *document = xmlCtxtReadMemory(parser, xml, (int)size, NULL, NULL, options);
    if (!document) return parse_failure(parser, error);
    if (document->intSubset)
        return fail_at(error, ALN_SYNTAX, 1, "a document type is not allowed%s", "");
    TRY(read_root(srx, xmlDocGetRootElement(document), error));
    *out = STEAL(srx);
    return ALN_OK;
}

static aln_status map_matches(const language_map *map, const UChar *language,
                              int32_t length, bool *matches, aln_error *error)
{
    AUTO(expression) URegularExpression *expression = NULL;
    UErrorCode code = U_ZERO_ERROR;
    char pattern[512];
    int n = snprintf(pattern, sizeof pattern, "(?i:%s)", map->pattern);
    if (n < 0 || (size_t)n >= sizeof pattern)
        return fail_at(error, ALN_UNSUPPORTED, map->line,
                       "the language pattern is too long: %.40s", map->pattern);
    TRY(compile(pattern, map->line, &expression, error));
    uregex_setText(expression, language, length, &code);
    uregex_setTimeLimit(expression, 100, &code);
    *matches = uregex_matches(expression, -1, &code);
    if (U_SUCCESS(code)) return ALN_OK;
    return fail_at(error, ALN_SYNTAX, map->line, "the language pattern fails: %s",
                   u_errorName(code));
}

aln_status srx_select(const aln_srx *srx, const char *language, srx_rules *rules,
                      aln_error *error)
{
    enum { LONGEST = 64 };
    UChar wide[LONGEST];
    u_uastrncpy(wide, language, LONGEST - 1);
    wide[LONGEST - 1] = 0;

    bool matches = false;
    for (size_t i = 0; i < srx->maps.n && (srx->header.cascade || !matches); i++) {
        TRY(map_matches(&srx->maps.at[i], wide, u_strlen(wide), &matches, error));
        if (!matches) continue;
        const rule_group *group = find_group(srx, srx->maps.at[i].group);
        for (size_t j = 0; j < group->n; j++)
            // NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what is kept
            if (vec_push(rules, &srx->rules.at[group->first + j]))
                return error_no_memory(error);
    }
    return ALN_OK;
}

aln_status srx_builtin(aln_srx **srx, aln_error *error)
{
    size_t size;
    const char *xml = aln_srx_builtin(&size);
    return read_document(xml, size, true, srx, error);
}

aln_status aln_srx_read(const char *xml, size_t size, aln_srx **srx, aln_error *error)
{
    if (!xml || !srx) return error_set(error, ALN_INVALID, "no rules to read");
    return read_document(xml, size, false, srx, error);
}

void aln_srx_free(aln_srx *srx)
{
    if (!srx) return;

    vec_free(&srx->rules);
    vec_free(&srx->groups);
    vec_free(&srx->maps);
    arena_done(&srx->texts);
    free(srx);
}

const aln_srx_header *aln_srx_header_of(const aln_srx *srx)
{
    return &srx->header;
}

extern const char segment_rules[];
extern const size_t segment_rules_size;

const char *aln_srx_builtin(size_t *size)
{
    if (size) *size = segment_rules_size;
    return segment_rules;
}
