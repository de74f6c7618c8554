/* The bit-parallel distance equals the plain one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lookup/distance.h"

#include <stdlib.h>

#include "check.h"

enum { MOST = 300 };

static uint32_t state = 1;

static uint32_t below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)state * n) >> 32);
}

static size_t plain(const uint16_t *a, size_t n, const uint16_t *b, size_t m)
{
    size_t row[MOST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

static size_t fast(pattern *p, const uint16_t *b, size_t m, size_t most)
{
    unsigned char bytes[2 * MOST];
    for (size_t i = 0; i < m; i++) {
        bytes[2 * i] = (unsigned char)b[i];
        bytes[2 * i + 1] = (unsigned char)(b[i] >> 8);
    }
    return pattern_distance(p, bytes, m, most);
}

static size_t of_hashes(const uint16_t *a, size_t n, const uint16_t *b, size_t m,
                        size_t most)
{
    uint64_t x[MOST], y[MOST];
    size_t distance = 0;
    aln_error error = {0};
    for (size_t i = 0; i < n; i++)
        x[i] = (uint64_t)a[i] * 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < m; i++)
        y[i] = (uint64_t)b[i] * 0x9e3779b97f4a7c15u;
    check_ok(hashes_distance(x, n, y, m, most, &distance, &error), &error);
    return distance;
}

static void test_equals_plain_distance(void **unused)
{
    pattern p = {0};
    aln_error error = {0};
    uint16_t a[MOST], b[MOST];
    for (int round = 0; round < 3000; round++) {
        size_t n = below(round % 3 ? 70 : MOST), m = below(round % 3 ? 70 : MOST);
        uint32_t alphabet = 1 + below(40);
        for (size_t i = 0; i < n; i++)
            a[i] = (uint16_t)(below(alphabet) * 1663);
        for (size_t i = 0; i < m; i++)
            b[i] = i < n && below(10) ? a[i] : (uint16_t)(below(alphabet) * 1663);
        size_t d = plain(a, n, b, m), most = below(MOST);
        check_ok(pattern_set(&p, a, n, &error), &error);
        assert_int_equal(fast(&p, b, m, SIZE_MAX / 2), d);
        assert_int_equal(fast(&p, b, m, most), d > most ? most + 1 : d);
        assert_int_equal(of_hashes(a, n, b, m, SIZE_MAX / 2), d);
        assert_int_equal(of_hashes(a, n, b, m, most), d > most ? most + 1 : d);
    }
    pattern_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_plain_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
