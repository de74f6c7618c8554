/* fuzz_translate.c - any bytes filled in as XLIFF: where nothing is found the same bytes
 * come out, and what was filled in can be filled in again.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/exchange.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static aln_status find_nothing(void *context, const char *source, const char *target,
                               const char *text, size_t size, aln_proposal *proposal,
                               aln_error *error)
{
    return ALN_OK;
}

static aln_status find_tags(void *context, const char *source, const char *target,
                            const char *text, size_t size, aln_proposal *proposal,
                            aln_error *error)
{
    static const char markup[] =
        "<bpt i=\"1\" x=\"1\"/>a &amp; b<ept i=\"1\"/><ph>c</ph>.";
    static const aln_variant variants[] = {
        {.language = "en",
         .text = "a & b.",
         .size = 6,
         .markup = markup,
         .markup_size = sizeof markup - 1},
        {.language = "fr", .text = "é", .size = 2},
    };
    *proposal = (aln_proposal){.source = &variants[0],
                               .target = &variants[size & 1],
                               .score = (int)(size % 101)};
    return ALN_OK;
}

/* The result, NULL where there was a failure; *size becomes its length. */
static char *translate(const void *bytes, size_t *size, aln_xliff_propose *propose)
{
    char path[40], *out = NULL;
    size_t filled, out_size = 0;
    aln_error error = {0};
    const aln_translate_options options = {.target = propose == find_tags ? "fr" : NULL,
                                           .replace = *size & 2};
    int file = memfd_create("xliff", 0);
    if (file < 0 || write(file, bytes, *size) != (ssize_t)*size) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    FILE *stream = open_memstream(&out, &out_size);
    aln_status status =
        aln_xliff_translate(path, stream, propose, NULL, &options, &filled, &error);
    fclose(stream);
    close(file);
    if (status && !error.message[0]) abort();
    if (!status) *size = out_size;
    if (status) free(out);
    return status ? NULL : out;
}

/* What the decoder has nothing to mend in. */
static bool is_plain(const char *bytes, size_t size)
{
    return !memchr(bytes, '\0', size) && utf8_valid_prefix(bytes, size) == size &&
           !memmem(bytes, size, "encoding", 8) && memcmp(bytes, "\x1f\x8b", 2) != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 8) return 0;
    size_t same = size, filled = size;
    char *copy = translate(data, &same, find_nothing);
    if (copy && is_plain((const char *)data, size) &&
        (same != size || memcmp(copy, data, size) != 0))
        abort();
    free(copy);
    char *once = translate(data, &filled, find_tags);
    char *twice = once ? translate(once, &filled, find_tags) : NULL;
    if (once && !twice) abort();
    free(once);
    free(twice);
    return 0;
}
