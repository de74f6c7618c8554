/* plain.c - the text of a page that was scraped: lines, with furniture among them.
 *
 *     Page d'accueil>>Chine                        breadcrumb
 *     La Chine et le Kazakhstan veulent ...        title
 *     Xinhua | 09.06.2017 08h34                    source and date
 *     Jeudi, la Chine ...                          paragraphs, joined where
 * hard-wrapped (R\u00e9dacteurs :Yishuang Liu, Wei SHAN)         editor Partez cet
 * article sur :                     the end, and what follows it
 *
 * Only what a phrase list or a form tells is dropped: a text without furniture comes
 * out whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/lines.h"
#include "text/page.h"

/* One line of the file: white space folded, "" for an empty one. */
struct line {
    const char *text;
    size_t size, width, first_word; /* columns */
    bool bullet;
};

struct text {
    vec(struct line) lines;
    size_t wrap; /* columns at which the text was wrapped; 0: it was not */
};

static bool starts_bullet(const char *text, size_t size)
{
    static const char *const bullets[] = {"• ", "- ", "* ", "– ", "· ", "— ", NULL};
    for (const char *const *b = bullets; *b; b++)
        if (size > strlen(*b) && memcmp(text, *b, strlen(*b)) == 0) return true;
    return false;
}

static struct line describe(const char *text, size_t size)
{
    const char *blank = memchr(text, ' ', size);
    size_t word = clean_starts_wide(text, size) ? 3
                  : blank                       ? (size_t)(blank - text)
                                                : size;
    return (struct line){text, size, clean_width(text, size), clean_width(text, word),
                         starts_bullet(text, size)};
}

static aln_status split_lines(page_builder *page, const char *text, size_t size,
                              struct text *out)
{
    const char *end = text + size;
    while (text < end) {
        const char *stop = text;
        while (stop < end && *stop != '\n' && *stop != '\r' && *stop != '\f')
            stop++;
        size_t n;
        const char *folded = page_fold(page, text, (size_t)(stop - text), &n);
        if (!folded || vec_push(&out->lines, describe(folded, n))) return ALN_NO_MEMORY;
        text = stop + 1 + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
    }
    return ALN_OK;
}

/* Did this line end because the next word did not fit? */
static bool is_full(const struct line *line, const struct line *next, size_t wrap)
{
    return line->width + 1 + next->first_word > wrap - wrap / 7;
}

/* A text is hard-wrapped when no line is longer than a screen and when most lines that
 * are followed by another one broke off because the next word did not fit. */
static void find_wrap(struct text *text)
{
    enum { NARROWEST = 40, WIDEST = 132, FULL = 7, OF = 10 };
    size_t widest = 0, followed = 0, full = 0;
    for (size_t i = 0; i < text->lines.n; i++)
        if (text->lines.at[i].width > widest) widest = text->lines.at[i].width;
    if (widest < NARROWEST || widest > WIDEST) return;

    for (size_t i = 0; i + 1 < text->lines.n; i++) {
        const struct line *line = &text->lines.at[i];
        if (!line->size || !line[1].size) continue;
        followed++;
        full += is_full(line, &line[1], widest);
    }
    if (followed > 1 && full * OF >= followed * FULL) text->wrap = widest;
}

static bool joins(const struct text *text, const struct line *line)
{
    return text->wrap && line[1].size && !line[1].bullet &&
           is_full(line, &line[1], text->wrap);
}

/* Lines -> paragraphs. */
static aln_status join_lines(page_builder *page, const struct text *text, lines *out)
{
    AUTO(str) str joined = {0};
    for (size_t i = 0; i < text->lines.n; i++) {
        const struct line *line = &text->lines.at[i];
        bool wide = clean_ends_wide(joined.at, joined.size) &&
                    clean_starts_wide(line->text, line->size);
        if (joined.size && !wide && str_putc(&joined, ' ')) return ALN_NO_MEMORY;
        if (str_add(&joined, line->text, line->size)) return ALN_NO_MEMORY;
        if (i + 1 < text->lines.n && line->size && joins(text, line)) continue;
        if (joined.size && lines_add(page, out, joined.at, joined.size))
            return ALN_NO_MEMORY;
        str_clear(&joined);
    }
    return ALN_OK;
}

static aln_status read_lines(page_builder *page, const char *text, size_t size,
                             struct text *own, lines *paragraphs)
{
    if (split_lines(page, text, size, own)) return ALN_NO_MEMORY;
    find_wrap(own);
    if (join_lines(page, own, paragraphs)) return ALN_NO_MEMORY;
    return lines_keep_text(page, paragraphs);
}

aln_status plain_read(page_builder *page, const char *text, size_t size,
                      aln_error *error)
{
    struct text own = {0};
    lines paragraphs = {0};
    aln_status status = read_lines(page, text, size, &own, &paragraphs);
    vec_free(&own.lines);
    vec_free(&paragraphs);
    return status ? error_no_memory(error) : ALN_OK;
}
