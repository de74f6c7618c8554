/* tmx.c - the names, dates and identifiers of TMX.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exchange/tmx.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"

static bool listed(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at++)
        if (at[-1] == '|' && at[n] == '|') return true; /* lists begin with a bar */
    return false;
}

bool tmx_allows(tmx_place place, const char *attribute)
{
    static const char *const lists[] = {
        [TMX_HEADER] =
            "|creationtool|creationtoolversion|segtype|o-tmf|adminlang|srclang|"
            "datatype|o-encoding|creationdate|creationid|changedate|changeid|",
        [TMX_TU] = "|tuid|o-encoding|datatype|usagecount|lastusagedate|creationtool|"
                   "creationtoolversion|creationdate|creationid|changedate|segtype|"
                   "changeid|o-tmf|srclang|",
        [TMX_TUV] = "|o-encoding|datatype|usagecount|lastusagedate|creationtool|"
                    "creationtoolversion|creationdate|creationid|changedate|o-tmf|"
                    "changeid|",
    };
    return *attribute && listed(lists[place], attribute);
}

const char *tmx_segment_type(const char *name, const char *value)
{
    static const char *const types[] = {"block", "paragraph", "sentence", "phrase"};
    if (strcmp(name, "segtype") != 0) return value;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(types[i], value) == 0) return types[i];
    return "block";
}

static const tmx_inline inlines[] = {
    {"bpt", true, false, true, "|i|x|type|", "i"},
    {"ept", true, false, true, "|i|", "i"},
    {"it", true, false, true, "|pos|x|type|", "pos"},
    {"ph", true, false, true, "|x|assoc|type|", NULL},
    {"ut", true, false, true, "|x|", NULL},
    {"hi", false, true, true, "|x|type|", NULL},
    {"sub", false, true, false, "|datatype|type|", NULL},
};

const tmx_inline *tmx_inline_named(const char *name)
{
    for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++)
        if (strcmp(inlines[i].name, name) == 0) return &inlines[i];
    return NULL;
}

bool tmx_inline_allows(const tmx_inline *element, const char *attribute)
{
    return *attribute && listed(element->attributes, attribute);
}

/* "Fri Jan 27 18:43:40 2017", as the tools of OPUS write it. */
static bool read_c_date(const char *text, char out[TMX_DATE])
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char name[4] = "";
    unsigned day, hour, minute, second, year;
    int end = 0;
    if (sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2u %2u:%2u:%2u %4u%n", name, &day, &hour,
               &minute, &second, &year, &end) != 6 ||
        text[end])
        return false;
    const char *month = strlen(name) == 3 ? strstr(months, name) : NULL;
    if (!month) return false;
    snprintf(out, TMX_DATE, "%04u%02u%02uT%02u%02u%02uZ", year % 10000,
             ((unsigned)(month - months) / 3 + 1) % 100, day % 100, hour % 100,
             minute % 100, second % 100);
    return true;
}

/* The first eight digits are the day, the next six the time; "2009-09-21T15:13:56Z",
 * "20090921T151356Z" and "2009-09-21" are read.  Other offsets than Z are not. */
bool tmx_date(const char *text, char out[TMX_DATE])
{
    char digits[14] = "";
    size_t n = 0;
    if (isalpha((unsigned char)*text)) return read_c_date(text, out);
    for (; *text && n < sizeof digits; text++) {
        if (isdigit((unsigned char)*text))
            digits[n++] = *text;
        else if (!strchr(n < 8 ? "-" : n == 8 ? "T " : ":", *text))
            return false;
    }
    if (n == 8 && !*text)
        memset(digits + 8, '0', 6);
    else if (n != sizeof digits || (*text && strcmp(text, "Z") != 0))
        return false;
    snprintf(out, TMX_DATE, "%.8sT%.6sZ", digits, digits + 8);
    return true;
}

static uint32_t content_hash(const aln_unit *unit)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < unit->n_variants; i++) {
        const aln_variant *variant = &unit->variants[i];
        const char *text = variant->markup ? variant->markup : variant->text;
        size_t size = variant->markup ? variant->markup_size : variant->size;
        hash =
            hash_mix(hash ^ hash_bytes(variant->language, strlen(variant->language)));
        hash = hash_mix(hash ^ hash_bytes(text, size));
    }
    return (uint32_t)hash;
}

void tmx_make_tuid(const aln_unit *unit, unsigned long n, char out[TMX_TUID])
{
    snprintf(out, TMX_TUID, "%lu-%08x", n, (unsigned)content_hash(unit));
}

bool tmx_made_tuid(const aln_unit *unit, const char *tuid)
{
    char *end, again[TMX_TUID];
    unsigned long n = strtoul(tuid, &end, 10);
    if (end == tuid || *end != '-') return false;
    tmx_make_tuid(unit, n, again);
    return strcmp(again, tuid) == 0;
}
