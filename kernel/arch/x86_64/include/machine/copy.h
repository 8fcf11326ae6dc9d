/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

static inline __attribute__((always_inline)) bool
copyin(vm_address_t user, void *kernel, size_t size)
{
	bool copied;

	__asm__ volatile("call user_copyin"
			 : "=a"(copied), "+D"(user), "+S"(kernel), "+d"(size)
			 :
			 : "rcx", "cc", "memory");
	return copied;
}

static inline __attribute__((always_inline)) bool
copyout(const void *kernel, vm_address_t user, size_t size)
{
	bool copied;

	__asm__ volatile("call user_copyout"
			 : "=a"(copied), "+D"(kernel), "+S"(user), "+d"(size)
			 :
			 : "rcx", "cc", "memory");
	return copied;
}

#endif
