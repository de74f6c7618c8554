/* output.c - results go to stdout, or into a file that is there whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "units.h"

int output_open(output *out, const char *path)
{
    *out = (output){.stream = stdout, .name = "stdout"};
    if (!path || strcmp(path, "-") == 0) return EXIT_FOUND;

    struct stat about; /* a pipe is not looked into */
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode) && is_memory_file(path))
        return trouble("%s: is a memory; it is not overwritten", path);

    aln_error error = {0};
    out->name = path;
    if (file_writer_open(&out->file, path, &error)) return complain(path, &error);
    out->stream = out->file.stream;
    return EXIT_FOUND;
}

int output_commit(output *out)
{
    aln_error error = {0};
    if (out->stream == stdout) {
        if (fflush(stdout) == 0 && !ferror(stdout)) return EXIT_FOUND;
        return trouble("stdout: cannot write: %s", strerror(errno));
    }
    out->stream = NULL;
    if (file_writer_commit(&out->file, &error)) return complain(out->name, &error);
    return EXIT_FOUND;
}

void output_abandon(output *out)
{
    if (out->stream && out->stream != stdout) file_writer_abandon(&out->file);
    out->stream = NULL;
}

int output_end(int status)
{
    bool lost = fflush(stdout) || ferror(stdout);
    if (!lost || status == EXIT_TROUBLE) return status;
    return trouble("stdout: cannot write");
}
