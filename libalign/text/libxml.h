/* libxml.h - libxml2 made ready before its first use.
 *
 * libxml2 2.9 makes itself ready when it is first called, and two threads that call it
 * first at the same time leave a mutex behind.  So whoever opens one of its parsers
 * calls this before.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_LIBXML_H
#define TEXT_LIBXML_H

/* May be called any number of times, by any thread. */
void libxml_start(void);

#endif
