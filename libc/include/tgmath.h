/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type-generic mathematics: each name picks the function of the argument's
 * type. Integers count as double. The operand of _Generic is the sum of the
 * arguments (+ 0), so that the usual conversions decide.
 */
#ifndef TGMATH_H
#define TGMATH_H

#include <complex.h>
#include <math.h>

/* What an argument counts as: integers are doubles. */
#define __tg_kind(x)                                                   \
	_Generic((x), float : 0.0F, long double : 0.0L, float _Complex \
		 : (float _Complex)0, double _Complex                  \
		 : (double _Complex)0, long double _Complex            \
		 : (long double _Complex)0, default : 0.0)
#define __tg_real(x, fn) \
	_Generic((x), float : fn##f, long double : fn##l, default : fn)
#define __tg_both(x, fn, c)                \
	_Generic((x), float                \
		 : fn##f, long double      \
		 : fn##l, float _Complex   \
		 : c##f, double _Complex   \
		 : c, long double _Complex \
		 : c##l, default           \
		 : fn)
#define __tg_complex(x, c)                    \
	_Generic((x), float                   \
		 : c##f, float _Complex       \
		 : c##f, long double          \
		 : c##l, long double _Complex \
		 : c##l, default              \
		 : c)
#define __tg_1(fn, x)    __tg_real(x, fn)(x)
#define __tg_2(fn, x, y) __tg_real(__tg_kind(x) + __tg_kind(y), fn)(x, y)
#define __tg_3(fn, x, y, z) \
	__tg_real(__tg_kind(x) + __tg_kind(y) + __tg_kind(z), fn)(x, y, z)
#define __tg_c(fn, c, x) __tg_both(x, fn, c)(x)
#define __tg_only(c, x)  __tg_complex(x, c)(x)

#define acos(x)          __tg_c(acos, cacos, x)
#define asin(x)          __tg_c(asin, casin, x)
#define atan(x)          __tg_c(atan, catan, x)
#define acosh(x)         __tg_c(acosh, cacosh, x)
#define asinh(x)         __tg_c(asinh, casinh, x)
#define atanh(x)         __tg_c(atanh, catanh, x)
#define cos(x)           __tg_c(cos, ccos, x)
#define sin(x)           __tg_c(sin, csin, x)
#define tan(x)           __tg_c(tan, ctan, x)
#define cosh(x)          __tg_c(cosh, ccosh, x)
#define sinh(x)          __tg_c(sinh, csinh, x)
#define tanh(x)          __tg_c(tanh, ctanh, x)
#define exp(x)           __tg_c(exp, cexp, x)
#define log(x)           __tg_c(log, clog, x)
#define sqrt(x)          __tg_c(sqrt, csqrt, x)
#define fabs(x)          __tg_c(fabs, cabs, x)
#define pow(x, y)        __tg_both(__tg_kind(x) + __tg_kind(y), pow, cpow)(x, y)
#define ceil(x)          __tg_1(ceil, x)
#define cbrt(x)          __tg_1(cbrt, x)
#define erf(x)           __tg_1(erf, x)
#define erfc(x)          __tg_1(erfc, x)
#define exp2(x)          __tg_1(exp2, x)
#define expm1(x)         __tg_1(expm1, x)
#define floor(x)         __tg_1(floor, x)
#define lgamma(x)        __tg_1(lgamma, x)
#define log10(x)         __tg_1(log10, x)
#define log1p(x)         __tg_1(log1p, x)
#define log2(x)          __tg_1(log2, x)
#define logb(x)          __tg_1(logb, x)
#define nearbyint(x)     __tg_1(nearbyint, x)
#define rint(x)          __tg_1(rint, x)
#define round(x)         __tg_1(round, x)
#define tgamma(x)        __tg_1(tgamma, x)
#define trunc(x)         __tg_1(trunc, x)
#define ilogb(x)         __tg_1(ilogb, x)
#define lrint(x)         __tg_1(lrint, x)
#define lround(x)        __tg_1(lround, x)
#define llrint(x)        __tg_1(llrint, x)
#define llround(x)       __tg_1(llround, x)
#define atan2(x, y)      __tg_2(atan2, x, y)
#define copysign(x, y)   __tg_2(copysign, x, y)
#define fdim(x, y)       __tg_2(fdim, x, y)
#define fmax(x, y)       __tg_2(fmax, x, y)
#define fmin(x, y)       __tg_2(fmin, x, y)
#define fmod(x, y)       __tg_2(fmod, x, y)
#define hypot(x, y)      __tg_2(hypot, x, y)
#define nextafter(x, y)  __tg_2(nextafter, x, y)
#define remainder(x, y)  __tg_2(remainder, x, y)
#define frexp(x, y)      __tg_real(x, frexp)(x, y)
#define ldexp(x, y)      __tg_real(x, ldexp)(x, y)
#define nexttoward(x, y) __tg_real(x, nexttoward)(x, y)
#define scalbn(x, y)     __tg_real(x, scalbn)(x, y)
#define scalbln(x, y)    __tg_real(x, scalbln)(x, y)
#define remquo(x, y, z)  __tg_real(__tg_kind(x) + __tg_kind(y), remquo)(x, y, z)
#define fma(x, y, z)     __tg_3(fma, x, y, z)
#define carg(x)          __tg_only(carg, x)
#define cimag(x)         __tg_only(cimag, x)
#define conj(x)          __tg_only(conj, x)
#define cproj(x)         __tg_only(cproj, x)
#define creal(x)         __tg_only(creal, x)

#endif
