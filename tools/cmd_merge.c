/* bitext merge - one memory that holds what several hold.
 *
 * It is made beside its place and moved there when it is whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "selection.h"

enum { MOST = 64 };

/* out: the name that the memory will have, for messages. */
static int merge_into(const char *path, const char *out, aln_memory *const *from,
                      size_t n)
{
    aln_error error = {0};
    AUTO(memory) aln_memory *into = NULL;
    if (aln_memory_open(path, ALN_MEMORY_CREATE, &into, &error) ||
        aln_memory_merge(into, from, n, &error))
        return complain(out, &error);
    return EXIT_FOUND;
}

/* The files of a memory; from the second on those that SQLite keeps beside it. */
static void remove_files(const char *path, size_t first)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    AUTO(str) str name = {0};
    for (size_t i = first; i < sizeof suffixes / sizeof *suffixes; i++) {
        str_clear(&name);
        if (!str_printf(&name, "%s%s", path, suffixes[i])) unlink(name.at);
    }
}

static int merge_to(const char *out, aln_memory *const *from, size_t n)
{
    AUTO(str) str name = {0};
    if (str_printf(&name, "%s.%ld.tmp", out, (long)getpid()))
        return trouble("out of memory");
    int status = merge_into(name.at, out, from, n);
    if (!status) remove_files(out, 1); /* else SQLite plays an old log onto it */
    if (!status && rename(name.at, out))
        status = trouble("%s: cannot create: %s", out, strerror(errno));
    if (status) remove_files(name.at, 0);
    return status;
}

static int open_all(poptContext options, const char **argv, aln_memory **from,
                    size_t *n)
{
    const char *path;
    while ((path = poptGetArg(options))) {
        if (*n == MOST) return trouble("merge: more than %d memories at once", MOST);
        from[*n] = open_memory(path, ALN_MEMORY_READ, argv);
        if (!from[*n]) return EXIT_TROUBLE;
        ++*n;
    }
    return *n ? EXIT_FOUND : trouble("merge: which memories?");
}

int cmd_merge(int argc, const char **argv)
{
    AUTO(free) char *out = NULL;
    int force = 0;
    const struct poptOption table[] = {
        {"output", 'o', POPT_ARG_STRING, &out, 0, "the memory to make", "DB"},
        {"force", 'f', POPT_ARG_NONE, &force, 0, "replace it where it exists", NULL},
        COMMON_OPTIONS};
    AUTO(options) poptContext options = parse_options(argc, argv, table, "DB DB...");
    if (!options) return EXIT_TROUBLE;
    if (!out) return trouble("merge: -o DB is needed");
    if (!force && access(out, F_OK) == 0)
        return trouble("%s: exists; --force replaces it", out);
    struct stat about;
    if (stat(out, &about) == 0 && !S_ISREG(about.st_mode))
        return trouble("%s: cannot replace what is no file", out);

    aln_memory *from[MOST] = {NULL};
    size_t n = 0;
    int status = open_all(options, argv, from, &n);
    if (!status) status = merge_to(out, from, n);
    for (size_t i = 0; i < n; i++)
        aln_memory_close(from[i]);
    return status;
}
