/* The text of word processors' documents, and archives that are none.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <stdlib.h>

#include <zip.h>

#include "check.h"

struct part {
    const char *name, *text;
    size_t size;
};

/* A zip archive in memory, as a word processor makes one. */
static char *make_archive(const struct part *parts, size_t n, size_t *size)
{
    zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(all);
    zip_t *archive = zip_open_from_source(all, ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    for (size_t i = 0; i < n; i++) {
        size_t length = parts[i].size ? parts[i].size : strlen(parts[i].text);
        zip_source_t *part = zip_source_buffer(archive, parts[i].text, length, 0);
        assert_true(zip_file_add(archive, parts[i].name, part, 0) >= 0);
        if (strcmp(parts[i].name, "mimetype") == 0)
            zip_set_file_compression(archive, 0, ZIP_CM_STORE, 0);
    }
    assert_int_equal(zip_close(archive), 0);

    zip_stat_t about;
    zip_stat_init(&about);
    assert_int_equal(zip_source_stat(all, &about), 0);
    char *bytes = malloc((size_t)about.size);
    zip_source_open(all);
    *size = (size_t)zip_source_read(all, bytes, about.size);
    zip_source_close(all);
    zip_source_free(all);
    return bytes;
}

static aln_status read_parts(const struct part *parts, size_t n, aln_page **page,
                             aln_error *error)
{
    size_t size;
    char *bytes = make_archive(parts, n, &size);
    aln_status status = aln_page_read(bytes, size, NULL, page, error);
    free(bytes);
    return status;
}

static const char docx_text[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    "<w:document "
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>"
    "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Un "
    "accord</w:t></w:r></w:p>"
    "<w:p><w:r><w:t xml:space=\"preserve\">Il est </w:t></w:r>"
    "<w:del><w:r><w:delText>parti</w:delText></w:r></w:del>"
    "<w:r><w:t>arriv\xc3\xa9 &amp; reparti.</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Une "
    "case.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Un cadre.</w:t></w:r></w:p>"
    "</mc:Choice><mc:Fallback><w:p><w:r><w:t>Un cadre.</w:t></w:r></w:p></mc:Fallback>"
    "</mc:AlternateContent></w:body></w:document>";

static void test_reads_word_documents(void **state)
{
    const struct part parts[] = {{"[Content_Types].xml", "<Types/>", 0},
                                 {"word/document.xml", docx_text, 0}};
    aln_page *page = NULL;
    aln_error error = {0};
    check_ok(read_parts(parts, 2, &page, &error), &error);
    assert_string_equal(page->title, "Un accord");
    assert_int_equal(page->n_paragraphs, 3);
    assert_string_equal(page->paragraphs[0].text, "Il est arriv\xc3\xa9 & reparti.");
    assert_string_equal(page->paragraphs[1].text, "Une case.");
    assert_string_equal(page->paragraphs[2].text, "Un cadre.");
    aln_page_free(page);
}

static const char odt_text[] =
    "<office:document-content "
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:"
    "1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>"
    "<office:text><text:tracked-changes><text:p>Biff\xc3\xa9.</text:p></"
    "text:tracked-changes>"
    "<text:h text:outline-level=\"1\">Un accord</text:h>"
    "<text:p>Il "
    "est<text:s/><text:span>arriv\xc3\xa9</text:span>.<text:note><text:p>Hier."
    "</text:p></text:note></text:p><text:p>Il "
    "reste.</text:p></office:text></office:body>"
    "</office:document-content>";

static void test_reads_open_documents(void **state)
{
    const struct part parts[] = {{"mimetype", "application/vnd.oasis.opendocument.text",
                                  0},
                                 {"content.xml", odt_text, 0}};
    aln_page *page = NULL;
    aln_error error = {0};
    check_ok(read_parts(parts, 2, &page, &error), &error);
    assert_string_equal(page->title, "Un accord");
    assert_int_equal(page->n_paragraphs, 2);
    assert_string_equal(page->paragraphs[0].text, "Il est arriv\xc3\xa9.");
    assert_string_equal(page->paragraphs[1].text, "Il reste.");
    aln_page_free(page);
}

static void test_refuses_what_unpacks_to_a_giant(void **state)
{
    enum { GIANT = 80 << 20 };
    char *blanks = malloc(GIANT);
    assert_non_null(blanks);
    memset(blanks, ' ', GIANT);
    const struct part parts[] = {{"word/document.xml", blanks, GIANT}};
    aln_page *page = NULL;
    aln_error error = {0};
    assert_int_equal(read_parts(parts, 1, &page, &error), ALN_UNSUPPORTED);
    assert_non_null(strstr(error.message, "unpacks to more than"));
    free(blanks);
}

static void test_refuses_entity_bombs(void **state)
{
    const char bomb[] =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;\">]>"
        "<w:document "
        "xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&d;</w:t></w:r></w:p></w:body>"
        "</w:document>";
    const struct part parts[] = {{"word/document.xml", bomb, 0}};
    aln_page *page = NULL;
    if (read_parts(parts, 1, &page, NULL) == ALN_OK)
        for (size_t i = 0; i < page->n_paragraphs; i++)
            assert_null(strstr(page->paragraphs[i].text, "aaaa"));
    aln_page_free(page);
}

static void test_says_when_an_archive_is_cut(void **state)
{
    const struct part parts[] = {{"word/document.xml", docx_text, 0}};
    size_t size;
    char *bytes = make_archive(parts, 1, &size);
    aln_page *page = NULL;
    aln_error error = {0};
    assert_int_equal(aln_page_read(bytes, size - 30, NULL, &page, &error), ALN_SYNTAX);
    assert_non_null(strstr(error.message, "damaged or incomplete"));
    assert_null(page);
    free(bytes);
}

static void test_refuses_other_archives(void **state)
{
    const struct part parts[] = {{"readme.md", "Nothing.", 0}};
    aln_page *page = NULL;
    assert_int_equal(read_parts(parts, 1, &page, NULL), ALN_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_word_documents),
        cmocka_unit_test(test_reads_open_documents),
        cmocka_unit_test(test_refuses_what_unpacks_to_a_giant),
        cmocka_unit_test(test_refuses_entity_bombs),
        cmocka_unit_test(test_says_when_an_archive_is_cut),
        cmocka_unit_test(test_refuses_other_archives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
