/* batch_list.c - a list of documents that says which belong together.
 *
 *     astana TAB fr TAB pages/fr.html [TAB https://...]                     TSV
 *     {"group": "astana", "language": "fr", "path": "...", "uri": "..."}    JSON lines
 *
 * One document a line.  The uri, where there is one, names the document in the memory;
 * the path says where its bytes are.
 *
 * SPDX-License-Identifier: MIT
 */
#include <jansson.h>
#include <string.h>

#include "batch_list.h"

AUTO_DEFINE(json, json_t *, json_decref)

enum { COLUMNS = 4 };

static int refuse(const char *list, unsigned line, const char *why)
{
    return trouble("%s:%u: %s", list, line, why);
}

static int add(aln_plan *plan, const char *list, unsigned line,
               const char *const columns[COLUMNS])
{
    aln_error error = {0};
    if (!columns[0] || !columns[1] || !columns[2] || !*columns[2])
        return refuse(list, line, "needs a group, a language and a path");
    if (aln_plan_add(plan, columns[0], columns[1], columns[2], columns[3], &error))
        return refuse(list, line, error.message);
    return EXIT_FOUND;
}

static int add_tsv(aln_plan *plan, const char *list, unsigned number, char *line)
{
    const char *columns[COLUMNS] = {NULL};
    char *rest = line, *column;
    for (int i = 0; i < COLUMNS && (column = strsep(&rest, "\t")); i++)
        if (*column) columns[i] = column;
    if (rest) return refuse(list, number, "has more than four columns");
    return add(plan, list, number, columns);
}

static int add_json(aln_plan *plan, const char *list, unsigned number, const char *line)
{
    json_error_t why;
    AUTO(json) json_t *object = json_loads(line, 0, &why);
    if (!object) return refuse(list, number, why.text);
    const char *columns[COLUMNS];
    static const char *const NAMES[COLUMNS] = {"group", "language", "path", "uri"};
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = json_string_value(json_object_get(object, NAMES[i]));
    return add(plan, list, number, columns);
}

int read_batch_list(aln_plan *plan, const char *path)
{
    size_t size;
    AUTO(free) char *bytes = read_input(path, &size);
    if (!bytes) return EXIT_TROUBLE;

    const char *name = input_name(path);
    char *rest = bytes, *line;
    for (unsigned number = 1; (line = strsep(&rest, "\n")); number++) {
        size_t length = strlen(line);
        if (length && line[length - 1] == '\r') line[--length] = '\0';
        if (!length) continue;
        if ((*line == '{' ? add_json(plan, name, number, line)
                          : add_tsv(plan, name, number, line)))
            return EXIT_TROUBLE;
    }
    return EXIT_FOUND;
}
