/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User memory, with fault recovery. Addresses outside user space and pages that
 * cannot be had fail; nothing else does. May block (page faults). True: copied
 * all. False: not all of it could be reached.
 *
 * copyin(user, kernel, size) and copyout(kernel, user, size) are inline, around
 * calls of which the compiler knows the few registers they use.
 */
#ifndef ARCH_COPY_H
#define ARCH_COPY_H

#include <arch/types.h>

static inline bool copyin(vm_address_t user, void *kernel, size_t size);
static inline bool copyout(const void *kernel, vm_address_t user, size_t size);

/* Copies up to and with the NUL; false also when max bytes hold none. */
extern bool copyinstr(vm_address_t user, char *kernel, size_t max);

/* The analyser does not see what assembly writes, but believes in externs. */
#ifdef __clang_analyzer__
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
#else
#include <machine/copy.h>
#endif

#endif
