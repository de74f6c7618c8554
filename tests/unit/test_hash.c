/* Hashes: the same everywhere and for ever, and spread.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/hash.h"

#include "check.h"

static void test_values_never_change(void **state)
{
    /* Memories on disk hold such values: a change here breaks them. */
    assert_true(hash_bytes("", 0) == 0xe220a8397b1dcdafu);
    assert_true(hash_mix(1) == 0x5692161d100b05e5u);
    assert_true(hash_bytes("Astana", 6) == hash_bytes("Astana\0", 6));
}

static void test_every_byte_counts(void **state)
{
    char text[40] = {0};
    uint64_t plain = hash_bytes(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = 1;
        assert_true(hash_bytes(text, sizeof text) != plain);
        text[i] = 0;
    }
    assert_true(hash_bytes(text, 39) != plain);
}

static void test_spreads_over_low_bits(void **state)
{
    enum { BUCKETS = 256, EACH = 64 };
    unsigned counts[BUCKETS] = {0}, most = 0;
    char text[16];
    for (unsigned i = 0; i < BUCKETS * EACH; i++) {
        int n = snprintf(text, sizeof text, "%u", i);
        counts[hash_bytes(text, (size_t)n) % BUCKETS]++;
    }
    for (int i = 0; i < BUCKETS; i++)
        most = counts[i] > most ? counts[i] : most;
    assert_true(most < EACH * 2); /* 8 standard deviations of a fair throw */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_never_change),
        cmocka_unit_test(test_every_byte_counts),
        cmocka_unit_test(test_spreads_over_low_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
