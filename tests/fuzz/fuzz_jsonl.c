/* fuzz_jsonl.c - any bytes read as JSON lines: bounded, without a crash, and what comes
 * out is fit to be written.  The size's lowest bit decides whether broken lines are
 * skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_and_write(data, size,
                   (aln_read_options){.format = ALN_FORMAT_JSONL,
                                      .keep_going = size & 1});
    return 0;
}
