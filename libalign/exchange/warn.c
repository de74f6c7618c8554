/* warn.c - format a warning and hand it on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/warn.h"

#include <stdarg.h>
#include <stdio.h>

void warn_at(const warner *to, unsigned line, const char *format, ...)
{
    if (!to->warn) return;

    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    to->warn(to->context, line, message);
}
