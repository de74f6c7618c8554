/* libxml.c - see libxml.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text/libxml.h"

#include <pthread.h>

#include <libxml/parser.h>

void libxml_start(void)
{
    static pthread_once_t started = PTHREAD_ONCE_INIT;
    pthread_once(&started, xmlInitParser);
}
