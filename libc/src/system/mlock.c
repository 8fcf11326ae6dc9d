/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that stays in memory. The kernel asks for the host's privileged port,
 * which the process server gives to user 0 only: EPERM for others. What is
 * locked is noted here, as far as there is room, for msync().
 */
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <limits.h>
#include <servers/process_user.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lock.h"
#include "process.h"
#include "vm.h"

static bool future; /* what is mapped from now on is locked, too */

#define RANGES_MAX 64

static struct lock lock;
static struct {
	pid_t owner; /* a child has nothing locked */
	int count;
	struct range {
		vm_address_t start;
		vm_address_t end;
	} range[RANGES_MAX];
} locked;

static void
note(vm_address_t start, vm_address_t end)
{
	if (locked.owner != getpid())
		locked.count = 0;
	locked.owner = getpid();
	if (locked.count < RANGES_MAX && start < end)
		locked.range[locked.count++] = (struct range){start, end};
}

/* What a range leaves of those there are. */
static void
forget(vm_address_t start, vm_address_t end)
{
	int i = 0;

	while (i < locked.count) {
		struct range old = locked.range[i];

		if (old.end <= start || old.start >= end) {
			i++;
			continue;
		}
		locked.range[i] = locked.range[--locked.count];
		note(old.start, start);
		note(end, old.end);
	}
}

bool
__vm_is_locked(const void *address, size_t size)
{
	vm_address_t start = (vm_address_t)address;
	bool found = false;

	if (locked.count == 0 || locked.owner != getpid())
		return false;
	__lock(&lock);
	for (int i = 0; i < locked.count; i++)
		found = found || (locked.range[i].start < start + size &&
				     start < locked.range[i].end);
	__unlock(&lock);
	return found;
}

void
__vm_unmapped(const void *address, size_t size)
{
	if (locked.count == 0)
		return;
	__lock(&lock);
	forget((vm_address_t)address, (vm_address_t)address + size);
	__unlock(&lock);
}

static int
wire(vm_address_t address, vm_size_t size, vm_prot_t access)
{
	mach_port_t host;
	kern_return_t code;

	if (__result(proc_get_host(__process.proc, &host)) != 0)
		return -1;
	code = vm_wire(host, mach_task_self(), address, size, access);
	/* There is memory that may only be written. */
	if (code == KERN_PROTECTION_FAILURE && access == VM_PROT_READ)
		code = vm_wire(
		    host, mach_task_self(), address, size, VM_PROT_WRITE);
	__port_release(host);
	if (code == KERN_SUCCESS) {
		__lock(&lock);
		forget(address, address + size);
		if (access != VM_PROT_NONE)
			note(address, address + size);
		__unlock(&lock);
		return 0;
	}
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

/* Every region that can be used; what nobody may touch needs no lock. */
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
		if ((now & (VM_PROT_READ | VM_PROT_WRITE)) != 0 &&
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
