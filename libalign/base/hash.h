/* hash.h - a fast hash of bytes, for tables in memory and for keys in files.
 *
 * FNV-1a is simple but reads a byte at a time; this one multiplies and folds eight
 * bytes at a time (the "mum" step that wyhash and its kin share) and ends with the
 * finaliser of SplitMix64 (Steele, Lea & Flood 2014).  The value of a given text is
 * the same on every machine and in every version: files depend on it.  It does not
 * withstand an attacker who chooses the keys; where that matters, compare the keys.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *bytes, size_t size);

/* Spread a number over all 64 bits (SplitMix64's finaliser); a bijection. */
static inline uint64_t hash_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

#endif
