/* Any bytes as a word processor's document.  The first picks how: as an archive, or as
 * the XML inside one that is made around it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <stdint.h>
#include <stdlib.h>

#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_bytes(const char *bytes, size_t size, aln_page_format format)
{
    const aln_page_options options = {.format = format};
    aln_page *page = NULL;
    if (aln_page_read(bytes, size, &options, &page, NULL) == ALN_OK)
        aln_page_free(page);
}

static void read_wrapped(const uint8_t *xml, size_t size, const char *name,
                         aln_page_format format)
{
    zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!all) return;
    zip_source_keep(all);
    zip_t *archive = zip_open_from_source(all, ZIP_TRUNCATE, NULL);
    zip_source_t *part = zip_source_buffer(archive, xml, size, 0);
    zip_file_add(archive, name, part, 0);
    zip_set_file_compression(archive, 0, ZIP_CM_STORE, 0);
    zip_stat_t about;
    if (zip_close(archive) == 0 && zip_source_stat(all, &about) == 0) {
        char *bytes = malloc((size_t)about.size + 1);
        zip_source_open(all);
        zip_int64_t n = zip_source_read(all, bytes, about.size);
        zip_source_close(all);
        if (n > 0) read_bytes(bytes, (size_t)n, format);
        free(bytes);
    }
    zip_source_free(all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    if (*data % 3 == 0)
        read_bytes((const char *)data + 1, size - 1, ALN_PAGE_DOCX);
    else if (*data % 3 == 1)
        read_wrapped(data + 1, size - 1, "word/document.xml", ALN_PAGE_DOCX);
    else
        read_wrapped(data + 1, size - 1, "content.xml", ALN_PAGE_ODT);
    return 0;
}
