/* input.c - files and standard input, whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tools.h"

#include <stdint.h>
#include <string.h>

static bool is_stdin(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

const char *input_name(const char *path)
{
    return is_stdin(path) ? "stdin" : path;
}

/* What was read is gone: a second "-" would look like an empty file. */
static bool claim_stdin(void)
{
    static bool taken;
    bool first = !taken;
    taken = true;
    return first;
}

char *read_input(const char *path, size_t *size)
{
    if (is_stdin(path) && !claim_stdin()) {
        trouble("stdin: has been read already; \"-\" can stand for one file only");
        return NULL;
    }
    aln_error error = {0};
    char *bytes = NULL;
    aln_status status =
        is_stdin(path) ? file_read_stream(stdin, SIZE_MAX / 4, &bytes, size, &error)
                       : file_read(path, SIZE_MAX / 4, &bytes, size, &error);
    if (status) complain(input_name(path), &error);
    return bytes;
}
