/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory for malloc(). */
#include "vm.h"

#include <libmach/mach.h>

#include "limit.h"

void *
__vm_pages(size_t size)
{
	vm_address_t address = 0;

	if (!__limit_memory(size) || syscall_vm_allocate(mach_task_self(),
					 &address, size, TRUE) != KERN_SUCCESS)
		return NULL;
	return (void *)address;
}

bool
__vm_pages_at(void *address, size_t size)
{
	vm_address_t wanted = (vm_address_t)address;

	return __limit_memory(size) &&
	       syscall_vm_allocate(mach_task_self(), &wanted, size, FALSE) ==
		   KERN_SUCCESS;
}

void
__vm_release(void *address, size_t size)
{
	syscall_vm_deallocate(mach_task_self(), (vm_address_t)address, size);
}
