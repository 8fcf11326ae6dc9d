/* SPDX-License-Identifier: BSD-2-Clause */
/* assert(): included anew each time, as NDEBUG may have changed. */
#include <bits/features.h>

#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) \
	((condition)      \
		? (void)0 \
		: __assert_fail(#condition, __FILE__, __LINE__, __func__))
#endif
#if __ISO_C_VISIBLE >= 2011 && !defined(__cplusplus)
#undef static_assert
#define static_assert _Static_assert
#endif

#ifndef ASSERT_H
#define ASSERT_H
__BEGIN_DECLS
__noreturn void __assert_fail(const char *, const char *, int, const char *);
__END_DECLS
#endif
