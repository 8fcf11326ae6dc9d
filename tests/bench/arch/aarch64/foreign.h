/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trap that is not Mach's: an exception.
 */
#ifndef TESTS_BENCH_FOREIGN_H
#define TESTS_BENCH_FOREIGN_H

static inline void
foreign_trap(void)
{
	register long x0 __asm__("x0") = 0;
	register long x16 __asm__("x16") = 7;

	__asm__ volatile("svc #0"
			 : "+r"(x0), "+r"(x16)
			 :
			 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9",
			 "x10", "x11", "x12", "x13", "x14", "x15", "x17",
			 "memory");
}

#endif
