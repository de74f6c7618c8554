/* decode.h - what a page says of its own encoding.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include <stddef.h>

/* The charset that the head of an HTML page declares, in a <meta> or an XML
 * declaration; "" where it declares none. */
void decode_declared(const char *bytes, size_t size, char out[64]);

#endif
