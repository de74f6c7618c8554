/* Any bytes as HTML: the first tells whether drops are explained.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    const aln_page_options options = {.format = ALN_PAGE_HTML, .explain = *data & 1};
    aln_page *page = NULL;
    if (aln_page_read((const char *)data + 1, size - 1, &options, &page, NULL))
        return 0;
    for (size_t i = 0; i < page->n_paragraphs; i++) {
        const aln_paragraph *paragraph = &page->paragraphs[i];
        assert(paragraph->size > 0 && paragraph->size == strlen(paragraph->text));
        assert(!strchr(paragraph->text, '\n'));
    }
    aln_page_free(page);
    return 0;
}
