/* The library's first calls may come from several threads at once.
 *
 * SPDX-License-Identifier: MIT
 */
#include <pthread.h>

#include <align/segment.h>
#include <align/text.h>

#include "check.h"

enum { THREADS = 8 };

static pthread_barrier_t together;

/* Read a page, then rules; NULL where all went well. */
static void *read_page(void *blame)
{
    static const char html[] = "<html lang=en><body><h1>Talks</h1><p>The ministers met "
                               "on Friday. They will meet again in May.</p></body>";
    aln_page *page = NULL;
    aln_segmenter *segmenter = NULL;
    aln_error error;
    pthread_barrier_wait(&together);
    aln_status status = aln_page_read(html, sizeof html - 1, NULL, &page, &error);
    if (!status) status = aln_segmenter_new("en", NULL, &segmenter, &error);
    aln_page_free(page);
    aln_segmenter_free(segmenter);
    return status ? blame : NULL;
}

static void test_first_calls_of_several_threads(void **state)
{
    pthread_t threads[THREADS];
    assert_int_equal(pthread_barrier_init(&together, NULL, THREADS), 0);
    for (int k = 0; k < THREADS; k++)
        assert_int_equal(pthread_create(&threads[k], NULL, read_page, threads), 0);
    for (int k = 0; k < THREADS; k++) {
        void *failed;
        assert_int_equal(pthread_join(threads[k], &failed), 0);
        assert_null(failed);
    }
    pthread_barrier_destroy(&together);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_calls_of_several_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
