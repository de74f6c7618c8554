/* jsonl_write.h - one unit as a line of JSON.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_JSONL_WRITE_H
#define EXCHANGE_JSONL_WRITE_H

#include <stdbool.h>

#include <align/unit.h>

#include "base/str.h"

/* With its line end; tags: with the markup of variants. */
aln_status jsonl_put_unit(str *out, const aln_unit *unit, bool tags);

/* "meta":[...], a field of the object that is open; nothing where n is 0. */
aln_status jsonl_put_meta(str *out, const aln_meta *meta, size_t n);

#endif
