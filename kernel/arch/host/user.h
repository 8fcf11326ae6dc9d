/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User memory of host unit tests: a mapped region that copyin() and copyout()
 * accept, and nothing else.
 */
#ifndef ARCH_HOST_USER_H
#define ARCH_HOST_USER_H

#include <arch/types.h>

/* `size` bytes of user memory, whole pages; freed pages are never reused. */
extern void *host_user_alloc(size_t size);
extern void host_user_free(vm_address_t address, size_t size);

/* Bytes handed out and not freed. */
extern size_t host_user_in_use(void);

/* Is all of it user memory? */
extern bool host_user_valid(vm_address_t address, size_t size);

#endif
