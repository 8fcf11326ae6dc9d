/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S, see <arch/copy.h>.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size)                      \
	({                                                          \
		uint64_t rdi = (uint64_t)(from);                    \
		uint64_t rsi = (uint64_t)(to);                      \
		uint64_t rdx = (size);                              \
		bool copied;                                        \
                                                                    \
		__asm__ volatile(                                   \
		    "call " #function                               \
		    : "=a"(copied), "+D"(rdi), "+S"(rsi), "+d"(rdx) \
		    :                                               \
		    : "rcx", "cc", "memory");                       \
		copied;                                             \
	})

#endif
