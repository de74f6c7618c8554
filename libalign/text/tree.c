/* tree.c - the elements and texts of an HTML page, through libxml2's SAX interface.
 *
 * libxml2's own tree takes a malloc a node and stops at 256 levels; this one is two
 * arrays.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/tree.h"

#include <stdbool.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/auto.h"
#include "base/error.h"
#include "text/libxml.h"

enum {
    MAX_DEPTH = 1000,
    MAX_NODES = 1000000,
};

AUTO_DEFINE(parser, htmlParserCtxtPtr, htmlFreeParserCtxt)

static const char *const names[TAGS] = {
    [TAG_A] = "a",
    [TAG_ADDRESS] = "address",
    [TAG_ARTICLE] = "article",
    [TAG_ASIDE] = "aside",
    [TAG_BLOCKQUOTE] = "blockquote",
    [TAG_BODY] = "body",
    [TAG_BR] = "br",
    [TAG_BUTTON] = "button",
    [TAG_CAPTION] = "caption",
    [TAG_CENTER] = "center",
    [TAG_DD] = "dd",
    [TAG_DIV] = "div",
    [TAG_DL] = "dl",
    [TAG_DT] = "dt",
    [TAG_FIELDSET] = "fieldset",
    [TAG_FIGCAPTION] = "figcaption",
    [TAG_FIGURE] = "figure",
    [TAG_FOOTER] = "footer",
    [TAG_FORM] = "form",
    [TAG_H1] = "h1",
    [TAG_H2] = "h2",
    [TAG_H3] = "h3",
    [TAG_H4] = "h4",
    [TAG_H5] = "h5",
    [TAG_H6] = "h6",
    [TAG_HEAD] = "head",
    [TAG_HEADER] = "header",
    [TAG_HR] = "hr",
    [TAG_HTML] = "html",
    [TAG_LABEL] = "label",
    [TAG_LI] = "li",
    [TAG_LINK] = "link",
    [TAG_MAIN] = "main",
    [TAG_META] = "meta",
    [TAG_NAV] = "nav",
    [TAG_NOSCRIPT] = "noscript",
    [TAG_OBJECT] = "object",
    [TAG_OL] = "ol",
    [TAG_OPTION] = "option",
    [TAG_P] = "p",
    [TAG_PRE] = "pre",
    [TAG_SECTION] = "section",
    [TAG_SUP] = "sup",
    [TAG_TABLE] = "table",
    [TAG_TBODY] = "tbody",
    [TAG_TD] = "td",
    [TAG_TH] = "th",
    [TAG_THEAD] = "thead",
    [TAG_TIME] = "time",
    [TAG_TITLE] = "title",
    [TAG_TR] = "tr",
    [TAG_UL] = "ul",
    [TAG_VIDEO] = "video",
};

int tree_is_block(enum tag tag)
{
    switch (tag) {
    case TAG_OTHER:
    case TAG_TEXT:
    case TAG_A:
    case TAG_BR:
    case TAG_BUTTON:
    case TAG_LABEL:
    case TAG_LINK:
    case TAG_META:
    case TAG_NOSCRIPT:
    case TAG_OBJECT:
    case TAG_SUP:
    case TAG_TIME:
    case TAG_VIDEO:
        return 0;
    default:
        return 1;
    }
}

/* The names are in order: binary search. */
static enum tag tag_named(const char *name)
{
    int low = TAG_A, high = TAGS - 1;
    while (low <= high) {
        int middle = (low + high) / 2, order = strcmp(name, names[middle]);
        if (order == 0) return (enum tag)middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return TAG_OTHER;
}

/* What the callbacks know. */
struct building {
    html_tree *tree;
    htmlParserCtxtPtr parser;
    uint32_t open[MAX_DEPTH];
    const char *open_names[MAX_DEPTH]; /* libxml2's, one pointer a name */
    int depth;
    bool no_memory;
};

static void stop(struct building *building, bool no_memory)
{
    building->no_memory |= no_memory;
    xmlStopParser(building->parser);
}

static struct node *add_node(struct building *building, enum tag tag)
{
    html_tree *tree = building->tree;
    if (tree->nodes.n >= MAX_NODES) {
        stop(building, false);
        return NULL;
    }
    uint32_t parent = building->depth ? building->open[building->depth - 1] : 0;
    struct node node = {.parent = parent, .tag = tag};
    if (vec_push(&tree->nodes, node)) {
        stop(building, true);
        return NULL;
    }
    return &tree->nodes.at[tree->nodes.n - 1];
}

static const char *copy(struct building *building, const char *text)
{
    const char *made = arena_copy(&building->tree->texts, text, strlen(text));
    if (!made) stop(building, true);
    return made;
}

/* Class and id are one list of words. */
static void add_words(struct building *building, struct node *node, const char *words)
{
    size_t size = strlen(words);
    char *joined = arena_alloc(&building->tree->texts, node->size + size + 2);
    if (!joined) {
        stop(building, true);
        return;
    }
    if (node->size) memcpy(joined, node->text, node->size);
    joined[node->size] = ' ';
    memcpy(joined + node->size + 1, words, size + 1);
    node->text = joined;
    node->size += size + 1;
}

static void add_attribute(struct building *building, struct node *node,
                          const char *name, const char *value)
{
    if (strcmp(name, "class") == 0 || strcmp(name, "id") == 0)
        add_words(building, node, value);
    else if (strcmp(name, "itemprop") == 0 || strcmp(name, "property") == 0 ||
             (strcmp(name, "name") == 0 && !node->property))
        node->property = copy(building, value);
    else if (strcmp(name, "content") == 0 || strcmp(name, "datetime") == 0 ||
             strcmp(name, "href") == 0)
        node->content = copy(building, value);
    else if (strcmp(name, "role") == 0)
        node->role = copy(building, value);
    else if (strcmp(name, "style") == 0)
        node->style = copy(building, value);
    else if (strcmp(name, "lang") == 0 || strcmp(name, "xml:lang") == 0)
        node->language = copy(building, value);
    else if (strcmp(name, "hidden") == 0)
        node->hidden = 1;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct building *building = context;
    if (building->depth == MAX_DEPTH) {
        stop(building, false);
        return;
    }
    struct node *node = add_node(building, tag_named((const char *)name));
    if (!node) return;
    for (; attributes && attributes[0]; attributes += 2)
        add_attribute(building, node, (const char *)attributes[0],
                      attributes[1] ? (const char *)attributes[1] : "");
    building->open[building->depth] = (uint32_t)building->tree->nodes.n - 1;
    building->open_names[building->depth++] = (const char *)name;
}

/* libxml2 ends what it began, in order; a name that is not on top is none of its. */
static void on_end(void *context, const xmlChar *name)
{
    struct building *building = context;
    if (!building->depth) return;
    if (strcmp(building->open_names[building->depth - 1], (const char *)name) != 0)
        return;
    uint32_t at = building->open[--building->depth];
    building->tree->nodes.at[at].end = (uint32_t)building->tree->nodes.n;
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct building *building = context;
    struct node *node = add_node(building, TAG_TEXT);
    if (!node) return;
    node->end = (uint32_t)building->tree->nodes.n;
    node->size = (size_t)size;
    node->text = arena_copy(&building->tree->texts, (const char *)text, node->size);
    if (!node->text) stop(building, true);
}

static htmlParserCtxtPtr open_parser(struct building *building, const char *html,
                                     size_t size)
{
    static const xmlSAXHandler handler = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
    };
    libxml_start();
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(html, (int)size);
    if (!parser) return NULL;
    *parser->sax = handler;
    parser->userData = building;
    parser->charset = XML_CHAR_ENCODING_UTF8;
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    return parser;
}

aln_status tree_parse(html_tree *made, const char *html, size_t size, aln_error *error)
{
    struct building building = {.tree = made};
    struct node *root = add_node(&building, TAG_OTHER);
    if (!root) return error_no_memory(error);
    if (!size) {
        root->end = 1;
        return ALN_OK;
    }
    AUTO(parser) htmlParserCtxtPtr parser = open_parser(&building, html, size);
    if (!parser) return error_no_memory(error);
    building.parser = parser;
    htmlParseDocument(parser);
    if (building.no_memory || parser->errNo == XML_ERR_NO_MEMORY)
        return error_no_memory(error);

    uint32_t n = (uint32_t)made->nodes.n;
    made->nodes.at[0].end = n;
    while (building.depth)
        made->nodes.at[building.open[--building.depth]].end = n;
    return ALN_OK;
}

void tree_done(html_tree *made)
{
    vec_free(&made->nodes);
    arena_done(&made->texts);
}
