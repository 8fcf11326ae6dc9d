/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The copies of host tests, host/copy.c.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

extern bool user_copyin(vm_address_t user, void *kernel, size_t size);
extern bool user_copyout(const void *kernel, vm_address_t user, size_t size);

static inline bool
copyin(vm_address_t user, void *kernel, size_t size)
{
	return user_copyin(user, kernel, size);
}

static inline bool
copyout(const void *kernel, vm_address_t user, size_t size)
{
	return user_copyout(kernel, user, size);
}

#endif
