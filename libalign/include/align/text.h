/* align/text.h - from a page to clean paragraphs, and language tags.
 *
 *     aln_page *page;
 *     if (aln_page_read(bytes, size, NULL, &page, &error)) ...
 *     for (size_t i = 0; i < page->n_paragraphs; i++) puts(page->paragraphs[i].text);
 *     aln_page_free(page);
 *
 * A page is what a newsroom publishes or a scraper saves: HTML or plain text in any
 * encoding, full of furniture (menus, share links, comment forms).  Reading one keeps
 * the title, the main text and what the page says of itself.  All text that comes out
 * is valid UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_TEXT_H
#define ALIGN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <align/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum aln_page_format {
    ALN_PAGE_AUTO = 0, /* decided by content */
    ALN_PAGE_HTML = 1,
    ALN_PAGE_PLAIN = 2, /* scraped text: lines, with furniture among them */
    ALN_PAGE_DOCX = 3,
    ALN_PAGE_ODT = 4,
} aln_page_format;

/* How to read a page.  All zero means the defaults. */
typedef struct aln_page_options {
    aln_page_format format;
    const char *charset;  /* what the sender said of the encoding, or NULL */
    const char *language; /* BCP 47 where it is known, or NULL */
    bool explain;         /* fill in `dropped` */
} aln_page_options;

typedef struct aln_paragraph {
    const char *text; /* one line, NUL-terminated, white space folded */
    size_t size;
} aln_paragraph;

/* A piece of the page that was taken for furniture, and the reason for people. */
typedef struct aln_dropped {
    const char *text;
    const char *reason;
} aln_dropped;

/* Every pointer belongs to the page; a NULL string is one the page does not give. */
typedef struct aln_page {
    const char *title;    /* not repeated among the paragraphs */
    const char *date;     /* ISO 8601: "2017-06-09" or "2017-06-09T08:34" */
    const char *source;   /* the agency or paper: "Xinhua" */
    const char *editor;   /* names as the page gives them */
    const char *language; /* BCP 47: what the page declares, else a guess, else NULL */
    bool language_guessed;
    const char *charset; /* the encoding the bytes turned out to have */
    const aln_paragraph *paragraphs;
    size_t n_paragraphs;
    const aln_dropped *dropped; /* with options.explain */
    size_t n_dropped;
} aln_page;

/* The largest page that is read, in bytes: what is larger is something else. */
enum { ALN_PAGE_MAX = 64 << 20 };

/* Read a page.  options may be NULL.  A page without main text is no failure: it has no
 * paragraphs.  Fails with ALN_UNSUPPORTED for what is no text (an image, a program) or
 * too large, with ALN_SYNTAX for a text cut in the middle of a character and for a
 * damaged archive.  Time and memory grow with the size alone, whatever the page holds;
 * elements beyond a million, or nested deeper than a thousand, are not read. */
ALN_API ALN_CHECKED aln_status aln_page_read(const char *bytes, size_t size,
                                             const aln_page_options *options,
                                             aln_page **page, aln_error *error);

/* NULL is allowed. */
ALN_API void aln_page_free(aln_page *page);

/* Turn bytes of any encoding into UTF-8: a byte order mark decides, then valid UTF-8,
 * then the charset given (NULL is allowed; labels mean what they mean to browsers, so
 * that GB2312 is GB18030), then statistics.  A byte that fits nowhere becomes U+FFFD.
 * *text is NUL-terminated and freed with free(); *used, unless NULL, becomes the name of
 * the encoding, which is never freed.  Fails with ALN_UNSUPPORTED for binary data and
 * with ALN_SYNTAX, and error->line, for UTF-8 that ends inside a character. */
ALN_API ALN_CHECKED aln_status aln_text_decode(const char *bytes, size_t size,
                                               const char *charset, char **text,
                                               size_t *text_size, const char **used,
                                               aln_error *error);

/* Room for a language tag with its NUL (RFC 5646 asks for 35 characters). */
#define ALN_LANGUAGE_SIZE 48

/* Write a BCP 47 tag in its canonical case and form: "fr_fr", "FR-FR" -> "fr-FR";
 * "zh_hans_cn" -> "zh-Hans-CN".  Fails with ALN_INVALID for what is no tag. */
ALN_API ALN_CHECKED aln_status aln_language_canonical(const char *tag,
                                                      char out[ALN_LANGUAGE_SIZE],
                                                      aln_error *error);

/* Does a tag answer to a range?  "fr" covers "fr-FR" and "fr"; "fr-FR" covers "fr-FR"
 * (RFC 4647, basic filtering, case ignored, `_` taken for `-`). */
ALN_API bool aln_language_covers(const char *range, const char *tag);

/* The language of a text, from its scripts and its frequent words; Chinese with its way
 * of writing, "zh-Hans" or "zh-Hant".  out becomes "und" where nothing tells. */
ALN_API void aln_language_guess(const char *text, size_t size,
                                char out[ALN_LANGUAGE_SIZE]);

/* The language that a file's name tells: "x.fr.txt", "fr.html", "fr/x.html",
 * "x_fr.txt". False where it tells none. */
ALN_API bool aln_language_of_path(const char *path, char out[ALN_LANGUAGE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
