/* progress.c - a line on the terminal that says how far the work is.
 *
 *     units  412,000 of 1,000,000  41 %  25,300/s  23 s left
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <time.h>
#include <unistd.h>

static const double FIRST_SHOWN = 1.0, SHOWN_EVERY = 0.1; /* seconds */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

progress progress_start(const char *what, size_t total)
{
    double began = now();
    return (progress){.what = what,
                      .total = total,
                      .began = began,
                      .shown = began + FIRST_SHOWN - SHOWN_EVERY,
                      .visible = !quiet && isatty(STDERR_FILENO)};
}

static void show(const progress *bar, double seconds)
{
    double rate = (double)bar->done / seconds;
    fprintf(stderr, "\r\033[K%s  %zu", bar->what, bar->done);
    if (bar->total)
        fprintf(stderr, " of %zu  %d %%", bar->total,
                (int)(100.0 * (double)bar->done / (double)bar->total));
    fprintf(stderr, "  %.0f/s", rate);
    if (bar->total > bar->done && rate > 0)
        fprintf(stderr, "  %.0f s left", (double)(bar->total - bar->done) / rate);
    fflush(stderr);
}

void progress_step(progress *bar, size_t done)
{
    bar->done = done;
    if (!bar->visible) return;

    double t = now();
    if (t - bar->shown < SHOWN_EVERY) return;
    bar->shown = t;
    show(bar, t - bar->began);
}

void progress_end(progress *bar)
{
    if (bar->visible && bar->shown > bar->began + FIRST_SHOWN - SHOWN_EVERY)
        fputs("\r\033[K", stderr);
    bar->visible = false;
}
