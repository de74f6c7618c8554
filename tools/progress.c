/* progress.c - a line on the terminal that says how far the work is.
 *
 *     groups  412 of 1000  41 %  6 s left  1236 documents  9870 units  98/s  pages/astana
 *
 * It is one line whatever the terminal's width: a line that wraps could not be erased.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const double FIRST_SHOWN = 1.0, SHOWN_EVERY = 0.1; /* seconds */

enum { USUAL_WIDTH = 80, MOST_BYTES = 512 };

static bool on_screen; /* there is one terminal */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool has_terminal(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind && strcmp(kind, "dumb") != 0;
}

progress progress_start(const char *what, size_t total)
{
    double began = now();
    return (progress){.what = what,
                      .total = total,
                      .began = began,
                      .shown = began + FIRST_SHOWN - SHOWN_EVERY,
                      .visible = !quiet && has_terminal()};
}

static size_t columns(void)
{
    struct winsize size = {0};
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : USUAL_WIDTH;
}

/* Cut the line to columns.  What is not ASCII is taken to fill two, as Han does: too short
 * does no harm.  What would move the cursor becomes a question mark. */
static void fit(char *line, size_t width)
{
    size_t used = 0;
    for (char *at = line; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < ' ' || c == 0x7F) *at = '?';
        if ((c & 0xC0) == 0x80) continue;
        used += c < 0x80 ? 1 : 2;
        if (used <= width) continue;
        *at = '\0';
        return;
    }
}

static size_t add_time(char *out, size_t size, double seconds)
{
    int minutes = (int)(seconds / 60);
    if (minutes >= 100)
        return (size_t)snprintf(out, size, "  %d h %d min left", minutes / 60,
                                minutes % 60);
    if (minutes >= 2) return (size_t)snprintf(out, size, "  %d min left", minutes);
    return (size_t)snprintf(out, size, "  %.0f s left", seconds);
}

static void show(const progress *bar, double seconds)
{
    char line[MOST_BYTES];
    size_t n = 0, most = sizeof line,
           first = bar->also[0].n ? bar->also[0].n : bar->done;
    double rate = (double)bar->done / seconds;
    n += (size_t)snprintf(line, most, "%s  %zu", bar->what, bar->done);
    if (bar->total)
        n += (size_t)snprintf(line + n, most - n, " of %zu  %d %%", bar->total,
                              (int)(100.0 * (double)bar->done / (double)bar->total));
    if (bar->total > bar->done && rate > 0)
        n += add_time(line + n, most - n, (double)(bar->total - bar->done) / rate);
    for (size_t i = 0; i < PROGRESS_ALSO && bar->also[i].what; i++)
        n += (size_t)snprintf(line + n, most - n, "  %zu %s", bar->also[i].n,
                              bar->also[i].what);
    n += (size_t)snprintf(line + n, most - n, "  %.0f/s", (double)first / seconds);
    if (bar->name) snprintf(line + n, most - n, "  %s", bar->name);
    fit(line, columns() - 1);
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    on_screen = true;
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

void progress_hide(void)
{
    if (on_screen) fputs("\r\033[K", stderr);
    on_screen = false;
}

void progress_end(progress *bar)
{
    progress_hide();
    bar->visible = false;
}
