/* Any bytes as a scraped text, and as a text in an encoding that its first byte picks.
 *
 * SPDX-License-Identifier: MIT
 */
#include <align/text.h>

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const charsets[] = {NULL,        "utf-8",       "gb2312", "big5",
                                       "shift_jis", "iso-2022-jp", "hz",     "utf-16",
                                       "latin1",    "nonsense"};
enum { CHARSETS = sizeof charsets / sizeof *charsets };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    const char *bytes = (const char *)data + 1;
    const aln_page_options options = {.format = ALN_PAGE_PLAIN,
                                      .charset = charsets[*data % CHARSETS]};
    aln_page *page = NULL;
    char *text = NULL, tag[ALN_LANGUAGE_SIZE];
    size_t text_size;
    if (aln_page_read(bytes, size - 1, &options, &page, NULL) == ALN_OK)
        assert(!page->language || *page->language);
    aln_page_free(page);
    if (aln_text_decode(bytes, size - 1, options.charset, &text, &text_size, NULL,
                        NULL))
        return 0;
    assert(text[text_size] == '\0');
    aln_language_guess(text, text_size, tag);
    free(text);
    return 0;
}
