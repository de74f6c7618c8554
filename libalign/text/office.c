/* office.c - the body text of .docx and .odt files.
 *
 * Both are zip archives with one XML file that holds the text: word/document.xml
 * (ECMA-376) and content.xml (ODF 1.3).  It is read as a stream; a paragraph element
 * makes a line, and the lines are then read like those of plain text, so that a date
 * line or the editor's name is found in a document as on a page.
 *
 *     <w:p><w:r><w:t>Il est</w:t></w:r><w:r><w:t xml:space="preserve"> arriv\u00e9.</w:t>
 *     ->  "Il est arriv\u00e9."
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <strings.h>

#include <libxml/xmlreader.h>
#include <zip.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"
#include "text/libxml.h"
#include "text/lines.h"
#include "text/page.h"

/* Text of a book takes a tenth of this; what unpacks to more is a bomb. */
enum { MAX_XML = 64 << 20, CHUNK = 1 << 16 };

AUTO_DEFINE(archive, zip_t *, zip_discard)
AUTO_DEFINE(entry, zip_file_t *, zip_fclose)
AUTO_DEFINE(reader, xmlTextReaderPtr, xmlFreeTextReader)

/* What the elements of a format mean. */
enum meaning {
    OTHER,
    PARAGRAPH,
    RUN, /* what stands directly in it is text */
    TAB,
    BREAK,
    SKIP,  /* not in the text: notes, deletions, second versions */
    STYLE, /* names the paragraph's style */
    BODY,
};

struct element {
    const char *name;
    enum meaning meaning;
};

static const struct element docx[] = {
    {"w:p", PARAGRAPH},  {"w:t", RUN},          {"w:tab", TAB},  {"w:br", BREAK},
    {"w:cr", BREAK},     {"mc:Fallback", SKIP}, {"w:del", SKIP}, {"w:moveFrom", SKIP},
    {"w:pStyle", STYLE}, {"w:body", BODY},      {NULL, OTHER},
};

static const struct element odt[] = {
    {"text:p", PARAGRAPH},
    {"text:h", PARAGRAPH},
    {"text:s", TAB},
    {"text:tab", TAB},
    {"text:line-break", BREAK},
    {"office:annotation", SKIP},
    {"text:tracked-changes", SKIP},
    {"text:note", SKIP},
    {"office:text", BODY},
    {NULL, OTHER},
};

static enum meaning meaning_of(const struct element *table, const char *name)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0) return table->meaning;
    return OTHER;
}

struct reading {
    page_builder *page;
    lines lines;
    const struct element *table;
    bool all_text; /* of a paragraph is text, not only that in runs */
    str text;
    int paragraphs; /* that are open */
    bool in_run, is_title, in_body;
};

static aln_status flush(struct reading *reading)
{
    aln_status status = ALN_OK;
    if (reading->is_title && !reading->page->view.title)
        page_set(reading->page, &reading->page->view.title, str_text(&reading->text),
                 reading->text.size);
    else
        status = lines_add(reading->page, &reading->lines, str_text(&reading->text),
                           reading->text.size);
    reading->is_title = false;
    str_clear(&reading->text);
    return status;
}

/* Built-in names: Word's are the same in few languages. */
static bool is_title_style(const char *style)
{
    static const char *const names[] = {"Title",  "Titre", "Titel", "Ttulo",
                                        "Titolo", "标题",  NULL};
    for (const char *const *name = names; style && *name; name++)
        if (strcasecmp(style, *name) == 0) return true;
    return false;
}

static void note_style(struct reading *reading, xmlTextReaderPtr reader)
{
    const char *names[] = {"w:val", "text:style-name"};
    for (int i = 0; i < 2; i++) {
        xmlChar *style = xmlTextReaderGetAttribute(reader, (const xmlChar *)names[i]);
        reading->is_title |= is_title_style((const char *)style);
        xmlFree(style);
    }
}

static aln_status on_start(struct reading *reading, xmlTextReaderPtr reader,
                           enum meaning meaning)
{
    bool empty = xmlTextReaderIsEmptyElement(reader);
    switch (meaning) {
    case BODY:
        reading->in_body = true;
        return ALN_OK;
    case PARAGRAPH:
        if (flush(reading)) return ALN_NO_MEMORY;
        reading->paragraphs += !empty;
        note_style(reading, reader);
        return ALN_OK;
    case RUN:
        reading->in_run = !empty;
        return ALN_OK;
    case TAB:
        return str_putc(&reading->text, ' ');
    case BREAK:
        return flush(reading);
    case STYLE:
        note_style(reading, reader);
        return ALN_OK;
    default:
        return ALN_OK;
    }
}

static aln_status on_end(struct reading *reading, enum meaning meaning)
{
    if (meaning == RUN) reading->in_run = false;
    if (meaning != PARAGRAPH) return ALN_OK;
    reading->paragraphs--;
    return flush(reading);
}

static aln_status on_text(struct reading *reading, xmlTextReaderPtr reader)
{
    const char *text = (const char *)xmlTextReaderConstValue(reader);
    bool wanted = reading->in_run || (reading->all_text && reading->paragraphs > 0);
    return text && wanted && reading->in_body ? str_puts(&reading->text, text) : ALN_OK;
}

/* The reader's next node, or the one behind an element that is skipped. */
static int step(const struct reading *reading, xmlTextReaderPtr reader)
{
    bool element = xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT;
    const char *name = (const char *)xmlTextReaderConstName(reader);
    if (element && meaning_of(reading->table, name) == SKIP)
        return xmlTextReaderNext(reader);
    return xmlTextReaderRead(reader);
}

static aln_status visit(struct reading *reading, xmlTextReaderPtr reader)
{
    int type = xmlTextReaderNodeType(reader);
    const char *name = (const char *)xmlTextReaderConstName(reader);
    enum meaning meaning = meaning_of(reading->table, name ? name : "");
    if (type == XML_READER_TYPE_ELEMENT) return on_start(reading, reader, meaning);
    if (type == XML_READER_TYPE_END_ELEMENT) return on_end(reading, meaning);
    bool text = type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
    return text ? on_text(reading, reader) : ALN_OK;
}

/* libxml2 would print what it finds wrong. */
static void ignore(void *context, xmlErrorPtr what)
{
}

static aln_status read_xml(struct reading *reading, const str *xml, aln_error *error)
{
    libxml_start();
    AUTO(reader)
    xmlTextReaderPtr reader = xmlReaderForMemory(
        str_text(xml), (int)xml->size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (!reader) return error_no_memory(error);
    xmlTextReaderSetStructuredErrorHandler(reader, ignore, NULL);

    int more = xmlTextReaderRead(reader);
    while (more == 1) {
        if (visit(reading, reader)) return error_no_memory(error);
        more = step(reading, reader);
    }
    if (more < 0)
        return error_set(error, ALN_SYNTAX,
                         "the document's text is damaged (XML line %d)",
                         xmlTextReaderGetParserLineNumber(reader));
    return flush(reading);
}

static aln_status unpack(zip_t *archive, const char *name, str *out, aln_error *error)
{
    AUTO(entry) zip_file_t *entry = zip_fopen(archive, name, 0);
    if (!entry)
        return error_set(error, ALN_SYNTAX, "has no %s: no document, or damaged", name);
    zip_int64_t n;
    do {
        if (str_reserve(out, CHUNK)) return error_no_memory(error);
        n = zip_fread(entry, out->at + out->size, CHUNK);
        if (n < 0)
            return error_set(error, ALN_SYNTAX, "%s: the archive is damaged", name);
        out->size += (size_t)n;
        if (out->size > MAX_XML)
            return error_set(error, ALN_UNSUPPORTED, "unpacks to more than %d MB",
                             MAX_XML >> 20);
    } while (n);
    out->at[out->size] = '\0';
    return ALN_OK;
}

static aln_status open_archive(const char *bytes, size_t size, zip_t **archive,
                               aln_error *error)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &why);
    if (!source) return error_no_memory(error);
    *archive = zip_open_from_source(source, ZIP_RDONLY, &why);
    zip_error_fini(&why);
    if (*archive) return ALN_OK;
    zip_source_free(source);
    return error_set(error, ALN_SYNTAX, "is a damaged or incomplete zip archive");
}

static aln_status read_document(struct reading *reading, const char *bytes, size_t size,
                                const char *name, aln_error *error)
{
    AUTO(str) str xml = {0};
    AUTO(archive) zip_t *archive = NULL;
    TRY(open_archive(bytes, size, &archive, error));
    TRY(unpack(archive, name, &xml, error));
    TRY(read_xml(reading, &xml, error));
    if (lines_keep_text(reading->page, &reading->lines)) return error_no_memory(error);
    return ALN_OK;
}

aln_status office_read(page_builder *page, const char *bytes, size_t size,
                       aln_page_format format, aln_error *error)
{
    bool is_odt = format == ALN_PAGE_ODT;
    struct reading reading = {
        .page = page, .table = is_odt ? odt : docx, .all_text = is_odt};
    aln_status status = read_document(
        &reading, bytes, size, is_odt ? "content.xml" : "word/document.xml", error);
    page->view.charset = "UTF-8";
    str_done(&reading.text);
    vec_free(&reading.lines);
    return status;
}
