/* names.h - what a file's name says of its group and its language.
 *
 *     news/2017-06-09/fr.html   news/2017-06-09, fr
 *     news/astana.zh-Hant.txt   news/astana, zh-Hant
 *     news/en/astana.html       news/astana, en
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BATCH_NAMES_H
#define BATCH_NAMES_H

#include <stdbool.h>

#include <align/text.h>

#include "base/str.h"

/* key becomes the name of the group.  *found is false where the name tells nothing. */
aln_status name_split(const char *path, str *key, char language[ALN_LANGUAGE_SIZE],
                      bool *found);

/* Does the name end like that of a page: .html, .txt, .docx ...? */
bool name_is_page(const char *path);

#endif
