/* warn.h - tell the caller of what is odd but usable.
 *
 *     warn_at(&warner, line, "control character U+%04X left out", c);
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXCHANGE_WARN_H
#define EXCHANGE_WARN_H

typedef struct warner {
    void (*warn)(void *context, unsigned line, const char *message); /* may be NULL */
    void *context;
} warner;

__attribute__((format(printf, 3, 4))) void warn_at(const warner *to, unsigned line,
                                                   const char *format, ...);

#endif
