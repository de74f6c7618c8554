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

char *read_input(const char *path, size_t *size)
{
    aln_error error = {0};
    char *bytes = NULL;
    aln_status status =
        is_stdin(path) ? file_read_stream(stdin, SIZE_MAX / 4, &bytes, size, &error)
                       : file_read(path, SIZE_MAX / 4, &bytes, size, &error);
    if (status) complain(input_name(path), &error);
    return bytes;
}
