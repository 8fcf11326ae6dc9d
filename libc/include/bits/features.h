/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Turns the feature-test macros a program defines into four that the headers
 * ask: each is 0 or 1, and every header includes this file first.
 *   __POSIX_VISIBLE  POSIX.1 names       __XSI_VISIBLE    X/Open names
 *   __MACHR_VISIBLE  common extensions   __ISO_C_VISIBLE  year of the C
 * standard A program that defines nothing and is not compiled strictly sees
 * all.
 */
#ifndef BITS_FEATURES_H
#define BITS_FEATURES_H

#if defined(_GNU_SOURCE) || defined(_DEFAULT_SOURCE) || defined(_BSD_SOURCE)
#define __MACHR_VISIBLE 1
#elif !defined(__STRICT_ANSI__) && !defined(_POSIX_SOURCE) && \
    !defined(_POSIX_C_SOURCE) && !defined(_XOPEN_SOURCE)
#define __MACHR_VISIBLE 1
#else
#define __MACHR_VISIBLE 0
#endif

#if __MACHR_VISIBLE || defined(_XOPEN_SOURCE)
#define __XSI_VISIBLE 1
#else
#define __XSI_VISIBLE 0
#endif

#if __XSI_VISIBLE || defined(_POSIX_SOURCE) || defined(_POSIX_C_SOURCE)
#define __POSIX_VISIBLE 1
#else
#define __POSIX_VISIBLE 0
#endif

#if defined(__STDC_VERSION__) && __STDC_VERSION__ > 201710L
#define __ISO_C_VISIBLE 2023
#elif !defined(__STDC_VERSION__) || __STDC_VERSION__ >= 201112L || \
    __MACHR_VISIBLE
#define __ISO_C_VISIBLE 2011
#elif __STDC_VERSION__ >= 199901L || __POSIX_VISIBLE
#define __ISO_C_VISIBLE 1999
#else
#define __ISO_C_VISIBLE 1990
#endif

/* The widths of the integer types came with ISO/IEC TS 18661-1. */
#if __ISO_C_VISIBLE >= 2023 || __MACHR_VISIBLE || \
    defined(__STDC_WANT_IEC_60559_BFP_EXT__)
#define __WIDTHS_VISIBLE 1
#else
#define __WIDTHS_VISIBLE 0
#endif

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS   }
#define __restrict_arg
#define __noreturn __attribute__((__noreturn__))
#else
#define __BEGIN_DECLS
#define __END_DECLS
#define __restrict_arg __restrict
#define __noreturn     __attribute__((__noreturn__))
#endif

#define __format_printf(string, first) \
	__attribute__((__format__(__printf__, string, first)))
#define __format_scanf(string, first) \
	__attribute__((__format__(__scanf__, string, first)))
#define __format_strftime(string) \
	__attribute__((__format__(__strftime__, string, 0)))
#define __format_arg(string) __attribute__((__format_arg__(string)))

#endif
