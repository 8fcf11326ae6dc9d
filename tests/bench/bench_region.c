/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory for what is measured.
 */
#include <libmach/mach.h>

#include "bench.h"

vm_address_t
bench_allocate(vm_size_t size)
{
	vm_address_t address = 0;

	if (syscall_vm_allocate(mach_task_self(), &address, size, TRUE) !=
	    KERN_SUCCESS)
		bench_fail("no memory");
	return address;
}

void
bench_free(vm_address_t address, vm_size_t size)
{
	(void)syscall_vm_deallocate(mach_task_self(), address, size);
}

void
bench_touch(vm_address_t address, vm_size_t size)
{
	for (size_t at = 0; at < size; at += PAGE)
		*(volatile char *)(address + at) = 1;
}
