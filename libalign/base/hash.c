/* hash.c - eight bytes at a time, folded through a 128-bit product.
 *
 * SPDX-License-Identifier: MIT
 */
#include "base/hash.h"

/* The golden ratio's fraction, and an odd number with as many ones as zeros. */
static const uint64_t STEP = 0x9e3779b97f4a7c15u, STIR = 0xd6e8feb86659fd93u;

/* The next n <= 8 bytes as a little-endian number, on any machine. */
static uint64_t word(const unsigned char *at, size_t n)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_bytes(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    uint64_t hash = STEP ^ size;
    for (; size >= 8; at += 8, size -= 8)
        hash = fold(hash ^ word(at, 8), STIR);
    if (size) hash = fold(hash ^ word(at, size), STIR);
    return hash_mix(hash);
}
