/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory by machine words. Loads through word_t may be unaligned and may alias
 * anything. word_has_zero() is exact about whether a byte of the word is zero,
 * and its lowest set bit is in the first such byte (little endian).
 */
#ifndef INTERNAL_WORD_H
#define INTERNAL_WORD_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__, __aligned__(1))) word_t;
typedef uint32_t __attribute__((__may_alias__, __aligned__(1))) half_t;
typedef uint16_t __attribute__((__may_alias__, __aligned__(1))) short_t;

#define WORD_ONES  0x0101010101010101UL
#define WORD_HIGHS 0x8080808080808080UL

/* A reader that may look past an object's end inside an aligned word. */
#define WORD_READER __attribute__((__no_sanitize__("address")))

/* Drop const where the standard's prototype makes us. */
#define UNCONST(type, pointer) ((type)(uintptr_t)(pointer))

static inline uint64_t
word_repeat(int c)
{
	return (unsigned char)c * WORD_ONES;
}

static inline uint64_t
word_has_zero(uint64_t word)
{
	return (word - WORD_ONES) & ~word & WORD_HIGHS;
}

/* The aligned word that a byte is in, and all bits of what is before it. */
static inline uintptr_t
word_around(uintptr_t byte)
{
	return byte & ~7UL;
}

static inline uint64_t
word_before(uintptr_t byte)
{
	return ~(~0UL << (byte % 8 * 8));
}

static inline unsigned
word_first_byte(uint64_t marks)
{
	return (unsigned)__builtin_ctzl(marks) / 8;
}

#endif
