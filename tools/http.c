/* http.c - libcurl, loaded when a service is first asked.
 *
 * libcurl brings 25 libraries along (TLS, LDAP, Kerberos ...).  Linked in, they made
 * half of the time in which `bitext lookup` answers from a cold start, and only
 * --embed-url needs them.  They are never unloaded: some of them leave handlers for the
 * end of the process behind.
 *
 * SPDX-License-Identifier: MIT
 */
#include "http.h"

#include <dlfcn.h>
#include <string.h>

#include "tools.h"

/* With OpenSSL, and as Debian names it with GnuTLS. */
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static void *open_library(void)
{
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library;
}

int http_load(http_calls *http)
{
    const struct {
        const char *name;
        void *call;
    } calls[] = {
        {"curl_easy_init", &http->init},
        {"curl_easy_setopt", &http->setopt},
        {"curl_easy_perform", &http->perform},
        {"curl_easy_getinfo", &http->getinfo},
        {"curl_easy_strerror", &http->strerror},
        {"curl_easy_cleanup", &http->cleanup},
        {"curl_slist_append", &http->slist_append},
        {"curl_slist_free_all", &http->slist_free_all},
    };
    void *library = open_library();
    if (!library) return trouble("services need libcurl: %s", dlerror());
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        void *found = dlsym(library, calls[i].name);
        if (!found) return trouble("libcurl is too old: %s", dlerror());
        /* POSIX makes an object pointer of it, ISO C has no way to convert that */
        memcpy(calls[i].call, &found, sizeof found);
    }
    return EXIT_FOUND;
}
