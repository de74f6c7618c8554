/* units.c - what the commands that read and write files of units share.
 *
 * SPDX-License-Identifier: MIT
 */
#include "units.h"

#include <string.h>

enum { MOST_WARNINGS = 20 };

void warnings_print(void *context, unsigned line, const char *message)
{
    warnings *seen = context;
    if (quiet || ++seen->n > MOST_WARNINGS) return;
    if (line)
        note("%s:%u: %s", input_name(seen->path), line, message);
    else
        note("%s: %s", input_name(seen->path), message);
}

void warnings_end(warnings *seen)
{
    if (seen->n > MOST_WARNINGS)
        note("%s: and %zu more of that kind; \"bitext check\" lists all",
             input_name(seen->path), seen->n - MOST_WARNINGS);
}

bool parse_format(const char *name, aln_format *format)
{
    *format = name ? aln_format_named(name) : ALN_FORMAT_AUTO;
    if (!name || *format) return true;
    trouble("--format %s: unknown format", name);
    return false;
}

bool is_memory_file(const char *path)
{
    static const char magic[] = "SQLite format 3";
    char head[sizeof magic] = "";
    FILE *stream = fopen(path, "rbe");
    if (!stream) return false;
    size_t n = fread(head, 1, sizeof magic, stream);
    fclose(stream);
    return n == sizeof magic && memcmp(head, magic, sizeof magic) == 0;
}
