/* Pages and what is to come out of them, one file a fact: cases/text/NAME.txt.
 *
 * A file is the page, a line `---`, then the fields that the page gives and its
 * paragraphs.  UPDATE=1 in the environment writes what comes out into the files: read
 * the difference before you keep it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <align/text.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/str.h"

enum { MOST = 1 << 20 };

static int add_field(str *out, const char *name, const char *value)
{
    return value ? str_printf(out, "%s: %s\n", name, value) : 0;
}

static int describe(const aln_page *page, str *out)
{
    int bad = add_field(out, "title", page->title);
    bad |= add_field(out, "date", page->date);
    bad |= add_field(out, "source", page->source);
    bad |= add_field(out, "editor", page->editor);
    bad |= add_field(out, "lang", page->language);
    for (size_t i = 0; i < page->n_paragraphs; i++)
        bad |= str_printf(out, "\n%s\n", page->paragraphs[i].text);
    return bad;
}

static int rewrite(const char *path, const char *page, size_t size, const str *said)
{
    file_writer writer;
    if (file_writer_open(&writer, path, NULL)) return 1;
    fwrite(page, 1, size, writer.stream);
    fwrite(said->at, 1, said->size, writer.stream);
    return file_writer_commit(&writer, NULL);
}

/* Text at "# " lines is what TAP shows. */
static void show(const char *what, const char *text)
{
    printf("# %s\n# ", what);
    for (; *text; text++)
        printf(*text == '\n' ? "\n# " : "%c", *text);
    putchar('\n');
}

static int run(const char *path)
{
    AUTO(free) char *bytes = NULL;
    AUTO(str) str said = {0};
    size_t size;
    aln_error error = {0};
    aln_page *page = NULL;
    if (file_read(path, MOST, &bytes, &size, &error)) return 1;
    char *mark = strstr(bytes, "\n---\n");
    if (!mark) return 1;
    size_t page_size = (size_t)(mark + 1 - bytes);
    if (aln_page_read(bytes, page_size, NULL, &page, &error)) {
        show("failed", error.message);
        return 1;
    }
    int bad = describe(page, &said);
    aln_page_free(page);
    if (bad || strcmp(str_text(&said), mark + 5) == 0) return bad;
    if (getenv("UPDATE")) return rewrite(path, bytes, page_size + 4, &said);
    show("expected", mark + 5);
    show("said", str_text(&said));
    return 1;
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
    if (n <= 0) return 1;
    printf("1..%d\n", n);
    for (int i = 0; i < n; i++) {
        AUTO(str) str path = {0};
        int bad = str_printf(&path, "%s/%s", argv[1], names[i]->d_name) || run(path.at);
        printf("%s %d - %s\n", bad ? "not ok" : "ok", i + 1, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return 0;
}
