/* How many pages a second are read on one core.
 *
 *     bench_extract ROOT [FILE...]
 *
 * Without files: a page of about 150 kB made here, half scripts, with menus, an article
 * of 20 paragraphs, related links and comments.  With files: those, each once a round.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <time.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

enum { MOST = 1 << 27 };
static const double SECONDS = 2.0;

struct source {
    char *bytes;
    size_t size;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int add_links(str *page, const char *class, int n)
{
    int bad = str_printf(page, "<div class=\"%s\"><ul>", class);
    for (int i = 0; i < n; i++)
        bad |= str_printf(page,
                          "<li class=\"item item-%d\" data-track=\"nav:%d\"><a "
                          "href=\"/section/%d\" onclick=\"track(%d)\">Section %d</a>"
                          "</li>\n",
                          i, i, i, i, i);
    return bad | str_puts(page, "</ul></div>");
}

static int make_page(str *page)
{
    int bad = str_puts(page, "<!doctype html><html lang=\"en\"><head><title>Trade grows"
                             "</title></head><body>");
    for (int i = 0; i < 600; i++)
        bad |= str_puts(page, "<script>window.dataLayer.push({'event':'view','id':"
                              "'0123456789','list':[1,2,3,4,5,6,7,8,9]});</script>\n");
    bad |= add_links(page, "main-menu", 150);
    bad |=
        str_puts(page, "<div class=\"wrap\"><h1>Trade grows</h1><div class=\"text\">");
    for (int i = 0; i < 20; i++)
        bad |= str_printf(
            page,
            "<p class=\"par\">Trade between the two countries grew by %d per "
            "cent, <b>officials</b> said on Thursday, and both sides "
            "expect it to <a href=\"/x\">grow further</a> next year, when "
            "the new line is to be opened.</p>\n",
            i);
    bad |= str_puts(page, "</div></div>");
    bad |= add_links(page, "related-articles", 150);
    bad |= add_links(page, "comments", 300);
    return bad | str_puts(page, "</body></html>");
}

static size_t read_once(const struct source *sources, size_t n)
{
    size_t paragraphs = 0;
    for (size_t i = 0; i < n; i++) {
        aln_page *page = NULL;
        if (aln_page_read(sources[i].bytes, sources[i].size, NULL, &page, NULL))
            continue;
        paragraphs += page->n_paragraphs;
        aln_page_free(page);
    }
    return paragraphs;
}

static void measure(const struct source *sources, size_t n)
{
    size_t bytes = 0, rounds = 0, paragraphs = 0;
    for (size_t i = 0; i < n; i++)
        bytes += sources[i].size;
    double began = now();
    do {
        paragraphs = read_once(sources, n);
        rounds++;
    } while (now() - began < SECONDS);
    double seconds = now() - began;
    printf("%zu pages, %.0f kB each, %zu paragraphs: %.0f pages/s, %.1f MB/s\n", n,
           (double)bytes / 1e3 / (double)n, paragraphs, (double)(n * rounds) / seconds,
           (double)(bytes * rounds) / 1e6 / seconds);
}

int main(int argc, char **argv)
{
    vec(struct source) sources = {0};
    str page = {0};
    for (int i = 2; i < argc; i++) {
        struct source file;
        if (!file_read(argv[i], MOST, &file.bytes, &file.size, NULL) &&
            vec_push(&sources, file))
            return 1;
    }
    if (!sources.n) {
        if (make_page(&page)) return 1;
        measure(&(struct source){page.at, page.size}, 1);
    } else
        measure(sources.at, sources.n);
    for (size_t i = 0; i < sources.n; i++)
        free(sources.at[i].bytes);
    vec_free(&sources);
    str_done(&page);
    return 0;
}
