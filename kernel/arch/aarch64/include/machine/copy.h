/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S, see <arch/copy.h>.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size)                               \
	({                                                                   \
		register uint64_t x0 __asm__("x0") = (uint64_t)(from);       \
		register uint64_t x1 __asm__("x1") = (uint64_t)(to);         \
		register uint64_t x2 __asm__("x2") = (size);                 \
		__asm__ volatile("bl " #function                             \
				 : "+r"(x0), "+r"(x1), "+r"(x2)              \
				 :                                           \
				 : "x3", "x4", "x5", "x6", "x7", "x8", "x9", \
				 "x10", "x11", "x30", "cc", "memory");       \
		(x0 & 1) != 0;                                               \
	})

#endif
