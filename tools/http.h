/* http.h - libcurl, loaded when a service is first asked.
 *
 *     http_calls http;
 *     if (http_load(&http)) return EXIT_TROUBLE;
 *     CURL *curl = http.init();
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TOOLS_HTTP_H
#define TOOLS_HTTP_H

#include <curl/curl.h>

/* What is used of libcurl, as <curl/curl.h> declares it. */
typedef struct http_calls {
    CURL *(*init)(void);
    CURLcode (*setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*perform)(CURL *curl);
    CURLcode (*getinfo)(CURL *curl, CURLINFO info, ...);
    const char *(*strerror)(CURLcode code);
    void (*cleanup)(CURL *curl);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *line);
    void (*slist_free_all)(struct curl_slist *list);
} http_calls;

/* EXIT_TROUBLE, with a line, where there is no libcurl. */
int http_load(http_calls *http);

#endif
