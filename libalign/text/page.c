/* page.c - read a page: find out what it is, decode it, hand it to its reader.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/page.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/auto.h"
#include "base/error.h"
#include "text/clean.h"
#include "text/decode.h"

AUTO_DEFINE(page, aln_page *, aln_page_free)

const char *page_fold(page_builder *page, const char *text, size_t size,
                      size_t *folded_size)
{
    char *copy = arena_alloc(&page->texts, size + 1);
    if (!copy) {
        page->no_memory = true;
        return NULL;
    }
    *folded_size = clean_fold(text, size, copy);
    return copy;
}

void page_add(page_builder *page, const char *text, size_t size)
{
    size_t n;
    const char *folded = page_fold(page, text, size, &n);
    if (!folded || !n) return;
    if (vec_push(&page->paragraphs, (aln_paragraph){folded, n})) page->no_memory = true;
}

void page_drop(page_builder *page, const char *text, size_t size, const char *reason)
{
    size_t n;
    if (!page->explain) return;
    const char *folded = page_fold(page, text, size, &n);
    if (!folded || !n) return;
    if (vec_push(&page->dropped, (aln_dropped){folded, reason})) page->no_memory = true;
}

void page_set(page_builder *page, const char **field, const char *text, size_t size)
{
    size_t n;
    if (*field) return;
    const char *folded = page_fold(page, text, size, &n);
    if (folded && n) *field = folded;
}

void page_set_date(page_builder *page, const char *iso)
{
    const char *known = page->view.date;
    bool adds_time = known && strncmp(known, iso, strlen(known)) == 0;
    if (adds_time) page->view.date = NULL;
    page_set(page, &page->view.date, iso, strlen(iso));
}

static bool starts_with(const char *bytes, size_t size, const char *prefix)
{
    size_t n = strlen(prefix);
    return size >= n && strncasecmp(bytes, prefix, n) == 0;
}

/* A zip archive is told by the names that stand near its beginning. */
static aln_page_format archive_format(const char *bytes, size_t size)
{
    if (memmem(bytes, size < 256 ? size : 256, "opendocument.text", 17))
        return ALN_PAGE_ODT;
    return memmem(bytes, size, "word/document.xml", 17) ? ALN_PAGE_DOCX : ALN_PAGE_AUTO;
}

/* Tags that a page of HTML has near its beginning and a text has not. */
static bool looks_like_html(const char *text, size_t size)
{
    static const char *const tags[] = {
        "<!doctype html", "<html",   "<head",  "<body",    "<div", "<p>", "<p ",
        "<meta",          "<title",  "<table", "<article", "<h1",  "<br", "<span",
        "<section",       "<script",
    };
    enum { HEAD = 4096, HEAD_OF_MARKUP = 65536 };
    size_t blanks = strspn(text, " \t\r\n");
    size_t head = text[blanks] == '<' ? HEAD_OF_MARKUP : HEAD;
    const char *end = text + (size < blanks + head ? size : blanks + head);
    for (const char *at = text + blanks; at < end; at++) {
        at = memchr(at, '<', (size_t)(end - at));
        if (!at) break;
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            if (starts_with(at, (size_t)(end - at), tags[i])) return true;
    }
    return false;
}

static void set_language(page_builder *page, const aln_page_options *options)
{
    char tag[ALN_LANGUAGE_SIZE];
    const char *given = options ? options->language : NULL;
    if (given && aln_language_canonical(given, tag, NULL) == ALN_OK) {
        page->view.language = NULL;
        page_set(page, &page->view.language, tag, strlen(tag));
    }
    if (page->view.language || !page->paragraphs.n) return;

    size_t longest = 0;
    for (size_t i = 1; i < page->paragraphs.n; i++)
        if (page->paragraphs.at[i].size > page->paragraphs.at[longest].size)
            longest = i;
    const aln_paragraph *sample = &page->paragraphs.at[longest];
    aln_language_guess(sample->text, sample->size, tag);
    if (strcmp(tag, "und") == 0) return;
    page_set(page, &page->view.language, tag, strlen(tag));
    page->view.language_guessed = true;
}

static aln_status read_text(page_builder *page, const char *bytes, size_t size,
                            const aln_page_options *options, aln_error *error)
{
    char declared[64] = "";
    AUTO(free) char *text = NULL;
    size_t text_size;
    aln_page_format format = options ? options->format : ALN_PAGE_AUTO;
    const char *charset = options ? options->charset : NULL;
    if (!charset && format != ALN_PAGE_PLAIN) {
        decode_declared(bytes, size, declared);
        charset = declared;
    }
    TRY(aln_text_decode(bytes, size, charset, &text, &text_size, &page->view.charset,
                        error));
    if (format == ALN_PAGE_AUTO)
        format = looks_like_html(text, text_size) ? ALN_PAGE_HTML : ALN_PAGE_PLAIN;
    return format == ALN_PAGE_HTML ? html_read(page, text, text_size, error)
                                   : plain_read(page, text, text_size, error);
}

aln_status aln_page_read(const char *bytes, size_t size,
                         const aln_page_options *options, aln_page **out,
                         aln_error *error)
{
    if (!bytes || !out) return error_set(error, ALN_INVALID, "no bytes to read");
    if (size > ALN_PAGE_MAX)
        return error_set(error, ALN_UNSUPPORTED, "is too large for a page (over %d MB)",
                         ALN_PAGE_MAX >> 20);

    page_builder *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    AUTO(page) aln_page *view = &made->view;
    made->explain = options && options->explain;

    aln_page_format format = options ? options->format : ALN_PAGE_AUTO;
    if (format == ALN_PAGE_AUTO && starts_with(bytes, size, "PK\x03\x04"))
        format = archive_format(bytes, size);
    if (format == ALN_PAGE_DOCX || format == ALN_PAGE_ODT)
        TRY(office_read(made, bytes, size, format, error));
    else
        TRY(read_text(made, bytes, size, options, error));
    set_language(made, options);
    if (made->no_memory) return error_no_memory(error);

    made->view.paragraphs = made->paragraphs.at;
    made->view.n_paragraphs = made->paragraphs.n;
    made->view.dropped = made->dropped.at;
    made->view.n_dropped = made->dropped.n;
    *out = STEAL(view);
    return ALN_OK;
}

void aln_page_free(aln_page *view)
{
    if (!view) return;
    page_builder *page = (page_builder *)view;
    arena_done(&page->texts);
    vec_free(&page->paragraphs);
    vec_free(&page->dropped);
    free(page);
}
