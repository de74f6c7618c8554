/* clean.h - white space, widths and other small facts about UTF-8 text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

/* Fold runs of white space (NBSP, U+3000 and their kin too) to one blank, trim both
 * ends, and leave out what is invisible (zero-width characters, soft hyphens, byte
 * order marks, NULs and other controls).  A no-break space between visible characters
 * stays one: French typography means it.  out has room for size + 1 bytes and may not
 * overlap text; the new size comes back. */
size_t clean_fold(const char *text, size_t size, char *out);

/* Columns on a terminal: East Asian wide characters take two. */
size_t clean_width(const char *text, size_t size);

/* Does the text end as a sentence does: . ! ? 。 ！ ？ … : ; with quotes behind it? */
bool clean_ends_sentence(const char *text, size_t size);

/* Is the text's last (first) character Chinese or Japanese, where no blank separates
 * words? */
bool clean_ends_wide(const char *text, size_t size);
bool clean_starts_wide(const char *text, size_t size);

/* Lower case, plain apostrophes, ASCII colons, no blank before one, no bullets and
 * brackets in front, no punctuation behind: how phrases are compared.  Returns the
 * size; out has room for `room` bytes with the NUL; 0 where it does not suffice. */
size_t clean_key(const char *text, size_t size, char *out, size_t room);

#endif
