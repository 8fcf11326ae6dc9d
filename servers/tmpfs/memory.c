/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Chunks of memory from the kernel. It gives addresses, and pages when they are
 * touched; who then finds none is ended. So before a chunk is taken the kernel
 * is asked how much memory there is: a part of it is left to others.
 */
#include <mach/host_user.h>

#include <libmach/mach.h>
#include <stddef.h>

#include "store.h"

#define LEFT_PART 16U /* of all memory */

/* Pages of files that the kernel has read can be had, too. */
static bool
is_enough(void)
{
	static mach_port_t host;
	vm_statistics_data_t now;

	if (host == MACH_PORT_NULL)
		host = mach_host_self();
	if (vm_statistics(host, &now) != KERN_SUCCESS)
		return false;
	return now.free_count + now.active_count + now.inactive_count >
	       now.total_count / LEFT_PART + CHUNK_PAGES;
}

char *
memory_map(void)
{
	vm_address_t address = 0;

	if (!is_enough() || syscall_vm_allocate(mach_task_self(), &address,
				CHUNK_SIZE, TRUE) != KERN_SUCCESS)
		return NULL;
	return (char *)(uintptr_t)address;
}

void
memory_unmap(char *chunk)
{
	(void)syscall_vm_deallocate(
	    mach_task_self(), (vm_address_t)(uintptr_t)chunk, CHUNK_SIZE);
}
