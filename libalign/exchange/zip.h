/* zip.h - find the file to read in a zip archive.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_ZIP_H
#define EXCHANGE_ZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <align/status.h>

typedef struct zip_member {
    char *name;    /* to be freed with free() */
    uint64_t size; /* as it is in the archive */
    bool deflated; /* else it is stored as it is */
} zip_member;

/* Place the stream on the bytes of the first file whose name tells an exchange format,
 * or of the first file. */
aln_status zip_find(FILE *stream, zip_member *member, aln_error *error);

#endif
