/* han.h - Han characters: simplified forms and readings.
 *
 * The tables come from ICU's transforms Traditional-Simplified and Han-Latin, asked at
 * build time (make_han.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALIGN_HAN_H
#define ALIGN_HAN_H

#include <stddef.h>
#include <stdint.h>

enum { HAN_FIRST = 0x3400, HAN_LAST = 0x9fff };

extern const uint16_t han_simplified[], han_readings[];
extern const char *const han_syllables[];
extern const size_t han_n_syllables;

static inline int32_t han_simplify(int32_t c)
{
    return c >= HAN_FIRST && c <= HAN_LAST ? han_simplified[c - HAN_FIRST] : c;
}

/* The reading in pinyin without tones, "" where there is none: "jin". */
static inline const char *han_reading(int32_t c)
{
    return c >= HAN_FIRST && c <= HAN_LAST ? han_syllables[han_readings[c - HAN_FIRST]]
                                           : "";
}

#endif
