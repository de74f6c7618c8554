#include "base/error.h"
#include "text/page.h"
aln_status html_read(page_builder *page, const char *text, size_t size,
                     aln_error *error)
{
    return plain_read(page, text, size, error);
}
