/* report_page.c - the report of a batch as one self-contained HTML page.
 *
 * However large the batch is, the page stays one that a browser opens: long lists show
 * what needs a look first, and say how much they leave out.  The JSON report has it all.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "report.h"

extern const char web_report_html[], web_style_css[];

enum {
    LOW_BINS = REPORT_BINS / 2,
    MOST_GROUPS = 500, /* rows and items that are shown */
    MOST_ITEMS = 100,
};

static void print_style(FILE *stream, const void *context)
{
    fputs(web_style_css, stream);
}

static void print_began(FILE *stream, const void *context)
{
    const report *done = context;
    fprintf(stream, "%.10s %.5s UTC", done->began, done->began + 11);
}

static void print_memory(FILE *stream, const void *context)
{
    const report *done = context;
    page_string(stream, done->memory);
}

static void print_seconds(FILE *stream, const void *context)
{
    const report *done = context;
    if (done->seconds < 120)
        fprintf(stream, "%.1f seconds", done->seconds);
    else
        fprintf(stream, "%.0f minutes", done->seconds / 60);
}

static void print_fact(FILE *stream, const char *name, size_t value)
{
    fprintf(stream, "<div><dt>%s</dt><dd>%zu</dd></div>\n", name, value);
}

static void print_facts(FILE *stream, const void *context)
{
    const report *done = context;
    print_fact(stream, "Groups added", done->outcomes[ALN_OUTCOME_ADDED]);
    print_fact(stream, "Known already", done->outcomes[ALN_OUTCOME_KNOWN]);
    print_fact(stream, "Duplicates", done->outcomes[ALN_OUTCOME_DUPLICATE]);
    print_fact(stream, "Failed", done->outcomes[ALN_OUTCOME_FAILED]);
    print_fact(stream, "Pages not usable", done->problems.n);
    print_fact(stream, "Documents", done->documents);
    print_fact(stream, "Units", done->units);
    fprintf(stream, "<div><dt>Sentences with a partner</dt><dd>%.1f %%</dd></div>\n",
            done->sentences ? 100.0 * (double)done->covered / (double)done->sentences
                            : 0.0);
}

/* A link for a URL, and for a file that is still here, since the page is mostly opened
 * where it was made. */
static void print_source(FILE *stream, const char *uri)
{
    bool url = strncmp(uri, "http://", 7) == 0 || strncmp(uri, "https://", 8) == 0;
    AUTO(free) char *path = url ? NULL : realpath(uri, NULL);
    if (url || path) {
        fputs(url ? "<a href=\"" : "<a href=\"file://", stream);
        if (url)
            page_string(stream, uri);
        else
            page_path(stream, path);
        fputs("\">", stream);
    }
    page_string(stream, uri);
    if (url || path) fputs("</a>", stream);
}

/* ---- what did not go well ---- */

static void open_list(FILE *stream, const char *kind, const char *title, size_t n)
{
    fprintf(stream, "<section class=\"trouble%s\">\n<h2>%s: %zu</h2>\n<ul>\n", kind,
            title, n);
}

static void print_item(FILE *stream, const char *path, const char *why)
{
    fputs("<li>", stream);
    print_source(stream, path);
    if (why) fputs(": ", stream);
    if (why) page_string(stream, why);
    fputs("</li>\n", stream);
}

static void close_list(FILE *stream, size_t n)
{
    if (n > MOST_ITEMS)
        fprintf(stream, "<li>and %zu more, which the JSON report lists</li>\n",
                n - MOST_ITEMS);
    fputs("</ul>\n</section>\n", stream);
}

static size_t shown(size_t n)
{
    return n < MOST_ITEMS ? n : MOST_ITEMS;
}

static void print_problems(FILE *stream, const void *context)
{
    const report *done = context;
    if (done->problems.n) {
        open_list(stream, "", "Could not be used", done->problems.n);
        for (size_t i = 0; i < shown(done->problems.n); i++)
            print_item(stream, done->problems.at[i].path, done->problems.at[i].message);
        close_list(stream, done->problems.n);
    }
    if (done->n_strays) {
        open_list(stream, " mild", "Belong to no group", done->n_strays);
        for (size_t i = 0; i < shown(done->n_strays); i++)
            print_item(stream, done->strays[i].path, done->strays[i].reason);
        close_list(stream, done->n_strays);
    }
    if (done->removed.n) {
        open_list(stream, " mild", "In the memory, but no longer here",
                  done->removed.n);
        for (size_t i = 0; i < shown(done->removed.n); i++)
            print_item(stream, done->removed.at[i], NULL);
        close_list(stream, done->removed.n);
    }
}

/* ---- figures ---- */

/* Every other bin has its lower end below it: twenty labels crowd a telephone. */
static void print_score_names(FILE *stream, const void *context)
{
    for (int i = 0; i < REPORT_BINS; i += 4)
        fprintf(stream, "<th scope=\"colgroup\" colspan=\"4\">%.1f</th>",
                (double)i / REPORT_BINS);
}

static void print_score_bars(FILE *stream, const void *context)
{
    const report *done = context;
    size_t most = 1;
    for (int i = 0; i < REPORT_BINS; i++)
        if (done->scores[i] > most) most = done->scores[i];
    for (int i = 0; i < REPORT_BINS; i++)
        fprintf(stream,
                "<td%s title=\"%.2f to %.2f: %zu\"><span>%zu</span>"
                "<b style=\"height:%.1f%%\"></b></td>\n",
                i < LOW_BINS ? " class=\"weak\"" : "", (double)i / REPORT_BINS,
                (double)(i + 1) / REPORT_BINS, done->scores[i], done->scores[i],
                75.0 * (double)done->scores[i] / (double)most);
}

static void print_flag_name(FILE *stream, unsigned flag)
{
    const char *name = aln_flag_name((aln_flag)flag);
    for (; name && *name; name++)
        putc(*name == '-' ? ' ' : *name, stream);
}

static void print_flag_counts(FILE *stream, const void *context)
{
    const report *done = context;
    for (unsigned i = 0, n = 0; i < REPORT_FLAGS; i++) {
        if (!done->flags[i] || !aln_flag_name((aln_flag)(1u << i))) continue;
        if (!n++) fputs("<dl class=\"facts\">\n", stream);
        fputs("<div><dt>", stream);
        print_flag_name(stream, 1u << i);
        fprintf(stream, "</dt><dd>%zu</dd></div>\n", done->flags[i]);
    }
    for (unsigned i = 0; i < REPORT_FLAGS; i++)
        if (done->flags[i]) {
            fputs("</dl>\n", stream);
            return;
        }
}

/* ---- beads and groups ---- */

static void print_bead_flags(FILE *stream, unsigned flags)
{
    for (unsigned i = 0; i < REPORT_FLAGS; i++) {
        if (!(flags >> i & 1) || !aln_flag_name((aln_flag)(1u << i))) continue;
        fputs("<span class=\"flag\">", stream);
        print_flag_name(stream, 1u << i);
        fputs("</span>", stream);
    }
}

static void print_side(FILE *stream, const report_side *side)
{
    fprintf(stream,
            "<td role=\"cell\"><span class=\"label\">%s</span>"
            "<p lang=\"%s\" dir=\"auto\">",
            side->language, side->language);
    page_string(stream, side->text);
    fputs("</p>", stream);
    if (side->uri) {
        fputs("<span class=\"source\">", stream);
        print_source(stream, side->uri);
        fputs("</span>", stream);
    }
    fputs("</td>\n", stream);
}

static void print_weakest(FILE *stream, const void *context)
{
    const report *done = context;
    for (size_t i = 0; i < done->weakest.n; i++) {
        const report_bead *bead = &done->weakest.at[i];
        const char *look = bead->score < 0.5 ? "weak" : bead->flags ? "fair" : "fine";
        fprintf(stream,
                "<tr role=\"row\" class=\"%s\">\n<th class=\"mark\" scope=\"row\" "
                "role=\"rowheader\"><b>%.2f</b> · ",
                look, bead->score);
        page_string(stream, bead->group);
        fprintf(stream,
                "<span class=\"meter\" aria-hidden=\"true\"><i "
                "style=\"width:%.0f%%\"></i></span>",
                100 * bead->score);
        print_bead_flags(stream, bead->flags);
        fputs("</th>\n", stream);
        for (size_t j = 0; j < bead->n_sides; j++)
            print_side(stream, &bead->sides[j]);
        fputs("</tr>\n", stream);
    }
}

static void print_group(FILE *stream, const report_group *group)
{
    fputs("<tr><th scope=\"row\">", stream);
    page_string(stream, group->name);
    fprintf(stream, "</th><td>%s", outcome_name(group->outcome));
    if (group->twin) fputs(" of ", stream);
    if (group->twin) page_string(stream, group->twin);
    fprintf(stream,
            "</td><td class=\"n\">%zu</td><td class=\"n\">%zu</td><td "
            "class=\"n\">%zu</td><td class=\"n\">%zu</td>",
            group->beads, group->units, group->low, group->flagged);
    if (group->beads)
        fprintf(stream, "<td class=\"n\">%.2f</td></tr>\n", group->mean);
    else
        fputs("<td class=\"n\">–</td></tr>\n", stream);
}

static void print_groups(FILE *stream, const void *context)
{
    const report *done = context;
    for (size_t i = 0; i < done->groups.n && i < MOST_GROUPS; i++)
        print_group(stream, &done->groups.at[i]);
}

static void print_left_out(FILE *stream, const void *context)
{
    const report *done = context;
    if (done->groups.n > MOST_GROUPS)
        fprintf(stream,
                " Of %zu groups these are the first %d; the JSON report has all.",
                done->groups.n, (int)MOST_GROUPS);
}

aln_status print_report_page(FILE *stream, const report *done)
{
    static const page_hole holes[] = {
        {"style", print_style},
        {"began", print_began},
        {"memory", print_memory},
        {"seconds", print_seconds},
        {"facts", print_facts},
        {"problems", print_problems},
        {"score-names", print_score_names},
        {"score-bars", print_score_bars},
        {"flags", print_flag_counts},
        {"weakest", print_weakest},
        {"left-out", print_left_out},
        {"groups", print_groups},
        {NULL, NULL},
    };
    page_print(stream, web_report_html, holes, done);
    return ALN_OK;
}
