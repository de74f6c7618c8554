/* group_page.c - an aligned group as one self-contained HTML page, side by side.
 *
 * A row a bead: its number, score and flags, then what each language says, sentence by
 * sentence.  Rows that need a second look are tinted, marked, and say so in words.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "tools.h"

extern const char web_align_html[], web_style_css[];

/* A score below this deserves a person's eye. */
static const double REVIEW_BELOW = 0.5;

typedef struct view {
    const aln_group *group;
    double review_below;
} view;

static const char *language_of(const aln_article *article)
{
    return article->about.language;
}

static bool is_low(const view *page, size_t unit)
{
    return page->group->units[unit].score < page->review_below;
}

static bool needs_review(const view *page, size_t unit)
{
    const aln_unit *found = &page->group->units[unit];
    return found->flags || found->n_variants < page->group->n_articles ||
           is_low(page, unit);
}

static const char *title_of(const aln_article *article)
{
    return article->about.title ? article->about.title : article->about.uri;
}

static void print_title(FILE *stream, const void *context)
{
    const view *page = context;
    page_string(stream, title_of(page->group->articles[0]));
}

static void print_style(FILE *stream, const void *context)
{
    fputs(web_style_css, stream);
}

static void print_titles(FILE *stream, const void *context)
{
    const view *page = context;
    for (size_t i = 0; i < page->group->n_articles; i++) {
        const aln_article *article = page->group->articles[i];
        fprintf(stream,
                i ? "<p class=\"others\" lang=\"%s\" dir=\"auto\">"
                  : "<h1 lang=\"%s\" dir=\"auto\">",
                language_of(article));
        page_string(stream, title_of(article));
        fputs(i ? "</p>\n" : "</h1>\n", stream);
    }
}

static void print_fact(FILE *stream, const char *name, size_t value)
{
    fprintf(stream, "<div><dt>%s</dt><dd>%zu</dd></div>\n", name, value);
}

static void print_facts(FILE *stream, const void *context)
{
    const view *page = context;
    const aln_group *group = page->group;
    size_t review = 0, complete = 0;
    double sum = 0;
    for (size_t i = 0; i < group->n_units; i++) {
        review += needs_review(page, i);
        complete += group->units[i].n_variants == group->n_articles;
        sum += group->units[i].score;
    }
    print_fact(stream, "Beads", group->n_units);
    print_fact(stream, "In every language", complete);
    print_fact(stream, "To look at", review);
    fprintf(stream, "<div><dt>Mean score</dt><dd>%.2f</dd></div>\n",
            group->n_units ? sum / (double)group->n_units : 0.0);
}

static void print_head(FILE *stream, const void *context)
{
    const view *page = context;
    fputs("<tr class=\"head\" role=\"row\">"
          "<th scope=\"col\" role=\"columnheader\">Bead</th>\n",
          stream);
    for (size_t i = 0; i < page->group->n_articles; i++) {
        const aln_document *about = &page->group->articles[i]->about;
        const char *parts[] = {about->source, about->date, about->uri};
        fprintf(stream,
                "<th scope=\"col\" role=\"columnheader\">%s<span class=\"source\">",
                about->language);
        for (size_t j = 0, n = 0; j < 3; j++) {
            if (!parts[j]) continue;
            if (n++) fputs(" · ", stream);
            page_string(stream, parts[j]);
        }
        fputs("</span></th>\n", stream);
    }
    fputs("</tr>\n", stream);
}

static void print_flags(FILE *stream, unsigned flags)
{
    for (unsigned flag = 1; flag && flag <= flags; flag <<= 1) {
        const char *name = flags & flag ? aln_flag_name((aln_flag)flag) : NULL;
        if (!name) continue;
        fputs("<span class=\"flag\">", stream);
        for (; *name; name++)
            putc(*name == '-' ? ' ' : *name, stream);
        fputs("</span>", stream);
    }
}

static void print_mark(FILE *stream, const view *page, size_t unit)
{
    const aln_group *group = page->group;
    const aln_bead *bead = &group->alignment->beads[unit];
    fprintf(stream, "<th class=\"mark\" scope=\"row\" role=\"rowheader\"><b>%zu</b> · ",
            unit + 1);
    for (size_t i = 0; i < group->n_articles; i++)
        fprintf(stream, i ? "–%u" : "%u", bead->sides[i].end - bead->sides[i].start);
    fprintf(stream,
            " · %.2f<span class=\"meter\" aria-hidden=\"true\">"
            "<i style=\"width:%.0f%%\"></i></span>",
            bead->score, 100 * bead->score);
    if (is_low(page, unit)) fputs("<span class=\"flag low\">low score</span>", stream);
    print_flags(stream, bead->flags);
    fputs("</th>\n", stream);
}

static void print_side(FILE *stream, const aln_article *article, aln_range range)
{
    const char *language = language_of(article);
    fprintf(stream,
            "<td role=\"cell\"><span class=\"label\" aria-hidden=\"true\">%s</span>",
            language);
    if (range.start == range.end)
        fputs("<p class=\"absent\">not in this text</p>", stream);
    for (uint32_t i = range.start; i < range.end; i++) {
        fprintf(stream, "<p lang=\"%s\" dir=\"auto\">", language);
        page_text(stream, article->sentences[i].text, article->sentences[i].size);
        fputs("</p>", stream);
    }
    fputs("</td>\n", stream);
}

/* Does the bead open a paragraph of the pivot? */
static bool opens(const aln_article *pivot, aln_range range)
{
    uint32_t at = range.start;
    if (!pivot->paragraphs || range.start == range.end || at == 0) return false;
    return pivot->paragraphs[at] != pivot->paragraphs[at - 1];
}

static bool is_title(const aln_group *group, const aln_bead *bead)
{
    for (size_t i = 0; i < group->n_articles; i++)
        if (group->articles[i]->about.title && bead->sides[i].start == 0 &&
            bead->sides[i].end == 1)
            return true;
    return false;
}

static void print_rows(FILE *stream, const void *context)
{
    const view *page = context;
    const aln_group *group = page->group;
    for (size_t i = 0; i < group->n_units; i++) {
        const aln_bead *bead = &group->alignment->beads[i];
        const char *look = is_low(page, i)         ? "weak"
                           : needs_review(page, i) ? "fair"
                                                   : "fine";
        fprintf(stream, "<tr role=\"row\" class=\"%s%s%s\">\n", look,
                is_title(group, bead) ? " title" : "",
                opens(group->articles[0], bead->sides[0]) ? " opens" : "");
        print_mark(stream, page, i);
        for (size_t j = 0; j < group->n_articles; j++)
            print_side(stream, group->articles[j], bead->sides[j]);
        fputs("</tr>\n", stream);
    }
}

aln_status print_group_page(FILE *stream, const aln_group *group, double min_score,
                            aln_error *error)
{
    static const page_hole holes[] = {
        {"page-title", print_title},
        {"style", print_style},
        {"titles", print_titles},
        {"facts", print_facts},
        {"head", print_head},
        {"rows", print_rows},
        {NULL, NULL},
    };
    const view page = {.group = group,
                       .review_below = min_score > 0 ? min_score : REVIEW_BELOW};
    page_print(stream, web_align_html, holes, &page);
    return ALN_OK;
}
