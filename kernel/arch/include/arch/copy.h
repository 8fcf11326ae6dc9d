/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User memory, with fault recovery. Addresses outside user space and pages that
 * cannot be had fail; nothing else does. May block (page faults). True: copied
 * all. False: not all of it could be reached.
 *
 * MACHINE_COPY(function, from, to, size) calls one of the two functions below,
 * in assembly, in a way that tells the compiler how few registers they use.
 */
#ifndef ARCH_COPY_H
#define ARCH_COPY_H

#include <arch/types.h>

extern bool user_copyin(vm_address_t user, void *kernel, size_t size);
extern bool user_copyout(const void *kernel, vm_address_t user, size_t size);

/* The analyser does not see what assembly writes, but believes in externs. */
#ifdef __clang_analyzer__
#define MACHINE_COPY(function, from, to, size) function(from, to, size)
#else
#include <machine/copy.h>
#endif

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

/* Copies up to and with the NUL; false also when max bytes hold none. */
extern bool copyinstr(vm_address_t user, char *kernel, size_t max);

#endif
