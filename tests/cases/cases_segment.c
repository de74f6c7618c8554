/* Texts and where they are cut, a line each: cases/segment/LANGUAGE.txt.
 *
 *     M. Renaud a reçu les élus. ¦ Il repartira mardi.
 *
 * " ¦ " stands for a space at which the text is cut, "¦" alone for a cut without one.
 * Lines that start with "#", and empty ones, are for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <align/segment.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"

enum { MOST = 1 << 20 };

static const char MARK[] = "¦";
enum { MARK_SIZE = sizeof MARK - 1 };

AUTO_DEFINE(segmenter, aln_segmenter *, aln_segmenter_free)

static int tests, failures;

/* The text without its marks. */
static int unmark(const char *line, str *text)
{
    int bad = 0;
    while (*line && !bad) {
        if (strncmp(line, " ¦ ", MARK_SIZE + 2) == 0) {
            bad = str_putc(text, ' ');
            line += MARK_SIZE + 2;
        } else if (strncmp(line, MARK, MARK_SIZE) == 0)
            line += MARK_SIZE;
        else
            bad = str_putc(text, *line++);
    }
    return bad;
}

/* The text with marks where the segmenter cuts it. */
static int mark(aln_segmenter *segmenter, const str *text, str *marked)
{
    const aln_span *spans;
    size_t count, end = 0;
    if (aln_segmenter_split(segmenter, text->at, text->size, &spans, &count, NULL))
        return 1;
    bool bad = false;
    for (size_t i = 0; i < count; end = spans[i++].end) {
        if (i) bad |= str_puts(marked, spans[i].start > end ? " ¦ " : MARK) != ALN_OK;
        bad |=
            str_add(marked, text->at + spans[i].start, spans[i].end - spans[i].start);
    }
    return bad;
}

static void check_line(aln_segmenter *segmenter, const char *name, int number,
                       const char *line)
{
    AUTO(str) str text = {0};
    AUTO(str) str said = {0};
    int bad = unmark(line, &text) || mark(segmenter, &text, &said);
    bad = bad || strcmp(str_text(&said), line) != 0;
    failures += bad;
    printf("%s %d - %s:%d\n", bad ? "not ok" : "ok", ++tests, name, number);
    if (bad) printf("# expected %s\n# said     %s\n", line, str_text(&said));
}

static int check_file(const char *folder, const char *name)
{
    AUTO(str) str path = {0};
    AUTO(free) char *bytes = NULL;
    AUTO(segmenter) aln_segmenter *segmenter = NULL;
    size_t size;
    aln_error error = {0};
    char language[32];
    snprintf(language, sizeof language, "%.*s", (int)strcspn(name, "."), name);
    if (str_printf(&path, "%s/%s", folder, name)) return 1;
    if (file_read(path.at, MOST, &bytes, &size, &error)) return 1;
    if (aln_segmenter_new(language, NULL, &segmenter, &error)) return 1;
    int number = 0;
    char *rest = bytes, *line;
    while ((line = strsep(&rest, "\n"))) {
        number++;
        if (*line && *line != '#') check_line(segmenter, name, number, line);
    }
    return 0;
}

static int is_case(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0;
}

int main(int argc, char **argv)
{
    struct dirent **names = NULL;
    int n = argc == 2 ? scandir(argv[1], &names, is_case, alphasort) : -1;
    int bad = n <= 0;
    for (int i = 0; i < n; i++) {
        bad |= check_file(argv[1], names[i]->d_name);
        free(names[i]);
    }
    free(names);
    printf("1..%d\n", tests);
    return bad || failures > 0;
}
