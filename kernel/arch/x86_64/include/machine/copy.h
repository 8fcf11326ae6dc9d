/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S.
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

static inline __attribute__((always_inline)) bool
copyin(vm_address_t user, void *kernel, size_t size)
{
	return MACHINE_COPY(user_copyin, user, kernel, size);
}

static inline __attribute__((always_inline)) bool
copyout(const void *kernel, vm_address_t user, size_t size)
{
	return MACHINE_COPY(user_copyout, kernel, user, size);
}

#undef MACHINE_COPY

#endif
