/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stubs of typed messages call: the C library's part, which the packages
 * with the kernel's headers do not have.
 */
#ifndef MACH_MIG_SUPPORT_H
#define MACH_MIG_SUPPORT_H

#include <mach/message.h>
#include <mach/std_types.h>

void mig_allocate(vm_address_t *address, vm_size_t size);
void mig_deallocate(vm_address_t address, vm_size_t size);
mach_port_t mig_get_reply_port(void);
void mig_put_reply_port(mach_port_t port);
void mig_dealloc_reply_port(mach_port_t port);
vm_size_t mig_strncpy(char *to, const char *from, vm_size_t room);

#endif
