/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trap that is not Mach's: an exception.
 */
#ifndef TESTS_BENCH_FOREIGN_H
#define TESTS_BENCH_FOREIGN_H

static inline void
foreign_trap(void)
{
	long number = 7;

	__asm__ volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory");
}

#endif
