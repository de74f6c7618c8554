/* fold.h - what counts as the same text: NFC for scores, folded for search.
 *
 *     AUTO(str) str room = {0};
 *     TRY(text_nfc(&text, &size, &room, error));      text now points to the NFC form
 *     TRY(text_fold(text, size, &folded, error));     "L'Été № １２" -> "l'ete no 12"
 *
 * Folding is NFKC with case folded (Unicode's NFKC_Casefold), accents dropped (U+0300
 * to U+036F after decomposition) and decimal digits of any script written 0-9.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stddef.h>

#include <align/status.h>

#include "base/str.h"

/* Point *text at its NFC form: itself where it has that form already (nearly always,
 * and cheaply seen), else what is written into room.  Bytes that are no UTF-8 become
 * U+FFFD there.  Fails with ALN_NO_MEMORY, or ALN_UNSUPPORTED above 1 GB. */
aln_status text_nfc(const char **text, size_t *size, str *room, aln_error *error);

/* Write the folded text over what out held.  The same failures. */
aln_status text_fold(const char *text, size_t size, str *out, aln_error *error);

#endif
