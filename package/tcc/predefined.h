/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the C library's headers take for granted of a compiler and tcc does not
 * have: included before every file. Widths and limits are added as gcc has
 * them (build.mk).
 */
#ifndef TCC_PREDEFINED_H
#define TCC_PREDEFINED_H
#ifndef __ASSEMBLER__

#define __builtin_huge_val()           1e500
#define __builtin_huge_valf()          1e50f
#define __builtin_huge_vall()          1e5000L
#define __builtin_inff()               1e50f
#define __builtin_nanf(text)           (0.0f / 0.0f)
#define __builtin_isnan(x)             ((x) != (x))
#define __builtin_isinf(x)             ((x) == 1e500 || (x) == -1e500)
#define __builtin_isfinite(x)          ((x) - (x) == 0)
#define __builtin_isgreater(x, y)      ((x) > (y))
#define __builtin_isgreaterequal(x, y) ((x) >= (y))
#define __builtin_isless(x, y)         ((x) < (y))
#define __builtin_islessequal(x, y)    ((x) <= (y))
#define __builtin_islessgreater(x, y)  ((x) < (y) || (x) > (y))
#define __builtin_isunordered(x, y)    ((x) != (x) || (y) != (y))
#define __builtin_memset               memset
#define __builtin_alloca               alloca
#define __builtin_bswap16(x) \
	((unsigned short)((x) << 8 | ((unsigned short)(x) >> 8)))

static __inline unsigned
__builtin_bswap32(unsigned x)
{
	return x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24;
}

static __inline unsigned long
__builtin_bswap64(unsigned long x)
{
	return (unsigned long)__builtin_bswap32((unsigned)x) << 32 |
	       __builtin_bswap32((unsigned)(x >> 32));
}

static __inline int
__builtin_signbit(double x)
{
	union {
		double number;
		unsigned long bits;
	} value = {x};

	return (int)(value.bits >> 63);
}

#define __builtin_isnormal(x)                                        \
	(__builtin_isfinite(x) && ((x) >= 2.2250738585072014e-308 || \
				      (x) <= -2.2250738585072014e-308))
#define __builtin_fpclassify(nan, infinite, normal, subnormal, zero, x) \
	((x) != (x)                 ? (nan)                             \
	    : __builtin_isinf(x)    ? (infinite)                        \
	    : (x) == 0              ? (zero)                            \
	    : __builtin_isnormal(x) ? (normal)                          \
				    : (subnormal))
#endif
#endif
