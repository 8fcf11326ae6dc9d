/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that stays in memory. The kernel asks for the host's privileged port,
 * which the process server gives to user 0 only: EPERM for others.
 */
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <limits.h>
#include <servers/process_user.h>
#include <stdint.h>
#include <sys/mman.h>

#include "process.h"
#include "vm.h"

static bool future; /* what is mapped from now on is locked, too */

static int
wire(vm_address_t address, vm_size_t size, vm_prot_t access)
{
	mach_port_t host;
	kern_return_t code;

	if (__result(proc_get_host(__process.proc, &host)) != 0)
		return -1;
	code = vm_wire(host, mach_task_self(), address, size, access);
	__port_release(host);
	if (code == KERN_SUCCESS)
		return 0;
	errno = code == KERN_INVALID_ADDRESS ? ENOMEM : EAGAIN;
	return -1;
}

static int
wire_range(const void *address, size_t size, vm_prot_t access)
{
	vm_address_t start = VM_TRUNC_PAGE((vm_address_t)address);
	vm_address_t end = (vm_address_t)address + size;

	if (end < start || end > UINT64_MAX - PAGESIZE) {
		errno = ENOMEM;
		return -1;
	}
	return wire(start, VM_ROUND_PAGE(end) - start, access);
}

int
mlock(const void *address, size_t size)
{
	return wire_range(address, size, VM_PROT_READ);
}

int
munlock(const void *address, size_t size)
{
	return wire_range(address, size, VM_PROT_NONE);
}

/* Every region that can be read; what nobody may read needs no lock. */
static int
wire_all(vm_prot_t access)
{
	vm_address_t address = 0;
	vm_offset_t offset;
	vm_size_t size;
	vm_prot_t now, most;
	vm_inherit_t inheritance;
	boolean_t shared;
	mach_port_t object;

	while (vm_region(mach_task_self(), &address, &size, &now, &most,
		   &inheritance, &shared, &object, &offset) == KERN_SUCCESS) {
		__port_release(object);
		if ((now & VM_PROT_READ) != 0 &&
		    wire(address, size, access) != 0)
			return -1;
		address += size;
	}
	return 0;
}

int
mlockall(int flags)
{
	if (flags == 0 || (flags & ~(MCL_CURRENT | MCL_FUTURE)) != 0) {
		errno = EINVAL;
		return -1;
	}
	if ((flags & MCL_CURRENT) && wire_all(VM_PROT_READ) != 0)
		return -1;
	/* May it at all? */
	if (wire(VM_TRUNC_PAGE((vm_address_t)&future), PAGESIZE,
		VM_PROT_READ) != 0)
		return -1;
	future = (flags & MCL_FUTURE) != 0;
	return 0;
}

int
munlockall(void)
{
	future = false;
	return wire_all(VM_PROT_NONE);
}

void
__vm_mapped(void *address, size_t size)
{
	if (future)
		(void)wire_range(address, size, VM_PROT_READ);
}

int
madvise(void *address, size_t size, int advice)
{
	int error = posix_madvise(address, size, advice);

	if (error == 0)
		return 0;
	errno = error;
	return -1;
}
