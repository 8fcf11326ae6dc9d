/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classification and the few functions the C library itself holds; the rest
 * is the libm package.
 */
#ifndef MATH_H
#define MATH_H

#include <bits/features.h>

typedef float float_t;
typedef double double_t;

#define HUGE_VAL     __builtin_huge_val()
#define HUGE_VALF    __builtin_huge_valf()
#define HUGE_VALL    __builtin_huge_vall()
#define INFINITY     __builtin_inff()
#define NAN          __builtin_nanf("")
#define FP_NAN       0
#define FP_INFINITE  1
#define FP_ZERO      2
#define FP_SUBNORMAL 3
#define FP_NORMAL    4
#define fpclassify(x)         \
	__builtin_fpclassify( \
	    FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define isfinite(x)          __builtin_isfinite(x)
#define isinf(x)             __builtin_isinf(x)
#define isnan(x)             __builtin_isnan(x)
#define isnormal(x)          __builtin_isnormal(x)
#define signbit(x)           __builtin_signbit(x)
#define isgreater(x, y)      __builtin_isgreater(x, y)
#define isgreaterequal(x, y) __builtin_isgreaterequal(x, y)
#define isless(x, y)         __builtin_isless(x, y)
#define islessequal(x, y)    __builtin_islessequal(x, y)
#define islessgreater(x, y)  __builtin_islessgreater(x, y)
#define isunordered(x, y)    __builtin_isunordered(x, y)

__BEGIN_DECLS
double frexp(double, int *);
double ldexp(double, int);
double scalbn(double, int);
double modf(double, double *);
double fabs(double);
double copysign(double, double);
__END_DECLS

#endif
