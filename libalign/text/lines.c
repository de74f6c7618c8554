/* lines.c - a page as a list of lines, and which of them are its text.
 *
 * The head reaches down to the first long line.  Date lines and menus are looked for
 * there alone: "Astana, le 9 juin 2017" below a communiqu\u00e9 belongs to it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/lines.h"

#include <string.h>

#include "base/error.h"
#include "text/clean.h"
#include "text/date.h"

enum {
    LONG_LINE = 60, /* columns: a sentence, not a heading */
    LONG_WITHOUT_STOP = 120,
    MOST_AROUND = 24,   /* bytes beside the date of a line that ends with a stop */
    LONGEST_META = 100, /* columns of a line with a date and a source */
};

aln_status lines_add(page_builder *page, lines *list, const char *text, size_t size)
{
    size_t n;
    const char *folded = page_fold(page, text, size, &n);
    if (!folded) return ALN_NO_MEMORY;
    return n ? vec_push(list, (struct page_line){folded, n, FURNITURE_NONE, 0})
             : ALN_OK;
}

static bool is_long(const struct page_line *line)
{
    size_t width = clean_width(line->text, line->size);
    return width >= LONG_WITHOUT_STOP ||
           (width >= LONG_LINE && clean_ends_sentence(line->text, line->size));
}

/* "Page d'accueil>>Chine": no sentence has the arrows of a breadcrumb. */
static bool is_crumb(const struct page_line *line)
{
    return clean_width(line->text, line->size) < LONGEST_META &&
           (memmem(line->text, line->size, ">>", 2) ||
            memmem(line->text, line->size, " > ", 3));
}

static size_t head_of(const lines *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].kind == FURNITURE_NONE && is_long(&list->at[i])) return i;
    return list->n;
}

/* Trim what stands around a name: blanks, brackets, separators. */
static void trim(const char **text, size_t *size)
{
    static const char *const marks[] = {" ",  "(",  ")",  "[",  "]",        "|",  ",",
                                        ";",  ":",  "-",  "/",  "\xc2\xa0", "–",  "—",
                                        "·",  "•",  "（", "）", "：",       "【", "】",
                                        "　", "，", "；", NULL};
    bool found = true;
    while (found) {
        found = false;
        for (const char *const *mark = marks; *mark; mark++) {
            size_t n = strlen(*mark);
            if (*size >= n && memcmp(*text, *mark, n) == 0) {
                *text += n;
                *size -= n;
                found = true;
            } else if (*size >= n && memcmp(*text + *size - n, *mark, n) == 0) {
                *size -= n;
                found = true;
            }
        }
    }
}

static void set_name(page_builder *page, const char **field, const char *text,
                     size_t size)
{
    trim(&text, &size);
    if (size) page_set(page, field, text, size);
}

/* What stands beside the date: "Xinhua", "来源：新华社", "Publi\u00e9 le". */
static void set_source_beside(page_builder *page, const furniture *lists,
                              const char *text, size_t size)
{
    size_t rest = 0;
    trim(&text, &size);
    furniture_kind kind = furniture_of(lists, text, size, &rest);
    if (kind == FURNITURE_SOURCE || kind == FURNITURE_NONE)
        set_name(page, &page->view.source, text + rest, size - rest);
    if (kind == FURNITURE_EDITOR)
        set_name(page, &page->view.editor, text + rest, size - rest);
}

static bool names_source(const furniture *lists, const char *text, size_t size)
{
    trim(&text, &size);
    return size && furniture_of(lists, text, size, NULL) == FURNITURE_SOURCE;
}

/* A line that is a date with a source at most; sentences that hold a date are not. */
static bool is_date_line(const furniture *lists, const struct page_line *line,
                         const struct date *date)
{
    const char *text = line->text;
    size_t size = line->size;
    if (clean_width(text, size) > LONGEST_META) return false;
    bool has_time = strchr(date->iso, 'T'), has_bar = memchr(text, '|', size);
    size_t around = size - (date->end - date->start);
    if (around > MOST_AROUND && clean_ends_sentence(text, size)) return false;
    return has_time || has_bar || around < 4 || line->kind == FURNITURE_DATE ||
           line->kind == FURNITURE_SOURCE ||
           names_source(lists, text + date->end, size - date->end);
}

static bool takes_date(page_builder *page, const furniture *lists,
                       struct page_line *line)
{
    struct date date;
    if (!date_find(line->text, line->size, &date) || !is_date_line(lists, line, &date))
        return false;
    bool update = line->kind == FURNITURE_DATE;
    line->kind = FURNITURE_DATE;
    if (update) return true;
    page_set_date(page, date.iso);
    set_source_beside(page, lists, line->text, date.start);
    set_source_beside(page, lists, line->text + date.end, line->size - date.end);
    return true;
}

static void take_metadata(page_builder *page, const furniture *lists,
                          struct page_line *line)
{
    const char *rest = line->text + line->rest;
    size_t size = line->size - line->rest;
    struct date date;
    if (line->kind == FURNITURE_EDITOR) set_name(page, &page->view.editor, rest, size);
    if (line->kind == FURNITURE_SOURCE && !date_find(rest, size, &date))
        set_name(page, &page->view.source, rest, size);
}

bool lines_take_metadata(page_builder *page, const furniture *lists,
                         struct page_line *line, bool in_head)
{
    line->kind = furniture_of(lists, line->text, line->size, &line->rest);
    if (in_head && takes_date(page, lists, line)) return true;
    take_metadata(page, lists, line);
    return line->kind == FURNITURE_EDITOR || line->kind == FURNITURE_SOURCE;
}

/* "Updated on ..." dates a page that says nothing better. */
static void take_update(page_builder *page, const lines *list)
{
    for (size_t i = 0; i < list->n && !page->view.date; i++) {
        struct date date;
        const struct page_line *line = &list->at[i];
        if (line->kind == FURNITURE_DATE && date_find(line->text, line->size, &date))
            page_set(page, &page->view.date, date.iso, strlen(date.iso));
    }
}

/* The line where the article is over: an end phrase with most of the text above it. */
static size_t end_of(const lines *list, size_t head)
{
    size_t total = 0, above = 0;
    for (size_t i = 0; i < list->n; i++)
        total += list->at[i].size;
    for (size_t i = 0; i < list->n; i++) {
        if (list->at[i].kind == FURNITURE_END && i > head && above * 2 > total)
            return i;
        above += list->at[i].size;
    }
    return list->n;
}

/* Where furniture begins that no sentence follows: share links, a comment form, the
 * titles of other articles.  No list knows all of these, but their place tells. */
static size_t tail_of(const lines *list, size_t head)
{
    size_t tail = list->n;
    for (size_t i = list->n; i-- > head;) {
        const struct page_line *line = &list->at[i];
        if (line->kind != FURNITURE_NONE)
            tail = i;
        else if (is_long(line) || clean_ends_sentence(line->text, line->size))
            break;
    }
    return tail;
}

/* The title: the first line of the head, or its widest one where furniture around it
 * shows that a whole page was scraped.  head where there is none. */
static size_t title_of(const lines *list, size_t head)
{
    size_t title = head, widest = 0;
    bool scraped = false;
    for (size_t i = 0; i < head; i++)
        scraped |= list->at[i].kind != FURNITURE_NONE;
    for (size_t i = 0; i < head; i++) {
        const struct page_line *line = &list->at[i];
        size_t width = clean_width(line->text, line->size);
        if (line->kind != FURNITURE_NONE || width <= widest) continue;
        title = i;
        widest = width;
        if (!scraped) break;
    }
    bool sentence = title < head && !scraped &&
                    clean_ends_sentence(list->at[title].text, list->at[title].size);
    return sentence || title + 1 >= list->n ? head : title;
}

static void tell_kinds(page_builder *page, const furniture *lists, lines *list)
{
    for (size_t i = 0; i < list->n; i++) {
        struct page_line *line = &list->at[i];
        line->kind = furniture_of(lists, line->text, line->size, &line->rest);
    }
    size_t head = head_of(list);
    for (size_t i = 0; i < list->n; i++) {
        struct page_line *line = &list->at[i];
        if (i < head && line->kind == FURNITURE_NONE && is_crumb(line))
            line->kind = FURNITURE_CRUMB;
        else if (i >= head || !takes_date(page, lists, line))
            take_metadata(page, lists, line);
    }
    take_update(page, list);
}

static void keep(page_builder *page, lines *list)
{
    size_t head = head_of(list), end = end_of(list, head), tail = tail_of(list, head);
    size_t title = title_of(list, head);
    bool cut_above = false;
    for (size_t i = 0; i < head; i++)
        cut_above |= list->at[i].kind != FURNITURE_NONE;

    for (size_t i = 0; i < list->n; i++) {
        const struct page_line *line = &list->at[i];
        const char *reason = NULL;
        if (i >= end || i >= tail) reason = "behind the end of the article";
        if (cut_above && title < head && i < title) reason = "above the title";
        if (line->kind != FURNITURE_NONE) reason = furniture_reason(line->kind);
        if (reason)
            page_drop(page, line->text, line->size, reason);
        else if (i == title && title < head)
            page_set(page, &page->view.title, line->text, line->size);
        else
            page_add(page, line->text, line->size);
    }
}

aln_status lines_keep_text(page_builder *page, lines *list)
{
    furniture lists = {0};
    aln_status status = furniture_load(&lists);
    if (!status) {
        tell_kinds(page, &lists, list);
        keep(page, list);
    }
    furniture_done(&lists);
    return status;
}
