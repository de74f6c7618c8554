/* align/align.h - all of libalign.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_ALIGN_H
#define ALIGN_ALIGN_H

#include <align/batch.h>
#include <align/beads.h>
#include <align/concordance.h>
#include <align/evaluate.h>
#include <align/exchange.h>
#include <align/learner.h>
#include <align/lesson.h>
#include <align/lookup.h>
#include <align/manage.h>
#include <align/memory.h>
#include <align/segment.h>
#include <align/status.h>
#include <align/text.h>
#include <align/unit.h>
#include <align/vectors.h>

#define ALN_VERSION_MAJOR 0
#define ALN_VERSION_MINOR 1
#define ALN_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is running, such as "0.1.0". */
ALN_API const char *aln_version(void);

#ifdef __cplusplus
}
#endif

#endif
