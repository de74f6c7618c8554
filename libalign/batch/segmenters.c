/* segmenters.c - segmenters that are kept for the next article, by language.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch/segmenters.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* More languages times threads than this are not kept. */
enum { MOST_KEPT = 256 };

typedef struct kept {
    char language[ALN_LANGUAGE_SIZE];
    aln_segmenter *segmenter;
} kept;

struct aln_segmenters {
    pthread_mutex_t lock;
    kept at[MOST_KEPT];
    size_t n;
};

aln_status aln_segmenters_new(aln_segmenters **set, aln_error *error)
{
    if (!set) return error_set(error, ALN_INVALID, "no place for the segmenters");
    aln_segmenters *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(error);
    pthread_mutex_init(&made->lock, NULL);
    *set = made;
    return ALN_OK;
}

void aln_segmenters_free(aln_segmenters *set)
{
    if (!set) return;
    for (size_t i = 0; i < set->n; i++)
        aln_segmenter_free(set->at[i].segmenter);
    pthread_mutex_destroy(&set->lock);
    free(set);
}

/* Out of the set; NULL where none of the language is idle. */
static aln_segmenter *find(aln_segmenters *set, const char *language)
{
    aln_segmenter *found = NULL;
    pthread_mutex_lock(&set->lock);
    for (size_t i = 0; !found && i < set->n; i++) {
        if (strcmp(set->at[i].language, language)) continue;
        found = set->at[i].segmenter;
        set->at[i] = set->at[--set->n];
    }
    pthread_mutex_unlock(&set->lock);
    return found;
}

aln_status segmenters_take(aln_segmenters *set, const char *language,
                           aln_segmenter **segmenter, aln_error *error)
{
    aln_segmenter *found = set ? find(set, language) : NULL;
    if (!found) return aln_segmenter_new(language, NULL, segmenter, error);
    *segmenter = found;
    return ALN_OK;
}

void segmenters_give(aln_segmenters *set, const char *language,
                     aln_segmenter *segmenter)
{
    if (set && segmenter) {
        pthread_mutex_lock(&set->lock);
        if (set->n < MOST_KEPT) {
            kept *place = &set->at[set->n++];
            strncpy(place->language, language, sizeof place->language - 1);
            place->language[sizeof place->language - 1] = '\0';
            place->segmenter = segmenter;
            segmenter = NULL;
        }
        pthread_mutex_unlock(&set->lock);
    }
    aln_segmenter_free(segmenter);
}
