/* replay.c - run a fuzz target over files, without a fuzzer.
 *
 *     fuzz_tmx seeds/tmx          every file of the folder, then mutations of each
 *
 * Besides each file as it is, its prefixes and copies with single bytes changed are
 * tried, from a fixed seed: a little fuzzing in every run of the tests.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"

enum { MUTATIONS = 200, MAX_SEED = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly the size, so that the sanitizers see the first byte behind it. */
static void try_bytes(const char *bytes, size_t size)
{
    AUTO(free) uint8_t *copy = malloc(size ? size : 1);
    if (!copy) abort();
    if (size) memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
}

static void mutate(char *bytes, size_t size)
{
    uint64_t state = hash_bytes(bytes, size);
    for (int i = 0; size && i < MUTATIONS; i++) {
        state = hash_mix(state + 1);
        size_t at = (size_t)(state >> 8) % size;
        char before = bytes[at];
        bytes[at] = (char)state;
        try_bytes(bytes, size);
        bytes[at] = before;
        try_bytes(bytes, at);
    }
}

static int replay(const char *path)
{
    aln_error error = {0};
    AUTO(free) char *bytes = NULL;
    size_t size;
    if (file_read(path, MAX_SEED, &bytes, &size, &error)) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        return 1;
    }
    try_bytes(bytes, size);
    mutate(bytes, size);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0, n = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        struct dirent *entry;
        while (folder && (entry = readdir(folder))) {
            AUTO(str) str path = {0};
            if (entry->d_name[0] == '.') continue;
            if (str_printf(&path, "%s/%s", argv[i], entry->d_name)) abort();
            failed |= replay(str_text(&path));
            n++;
        }
        if (folder) closedir(folder);
    }
    printf("%d seeds\n", n);
    return failed || n == 0;
}
