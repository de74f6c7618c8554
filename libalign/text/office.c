/* office.c - the body text of .docx and .odt files.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/error.h"
#include "text/page.h"

aln_status office_read(page_builder *page, const char *bytes, size_t size,
                       aln_page_format format, aln_error *error)
{
    return error_set(error, ALN_UNSUPPORTED, "is a word processor's document");
}
