/* SPDX-License-Identifier: BSD-2-Clause */
#include "share.h"

#include <mach/mach_port_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <stdlib.h>

#define RINGS_MAX 384 /* 26 MB if all of them are full */

struct share {
	unsigned users;
	unsigned rings;
	vm_address_t memory;
	mach_port_t entry;
};

static unsigned ring_count;

static kern_return_t
get_memory(struct share *share)
{
	vm_size_t size = (vm_size_t)share->rings * IO_RING_BYTES;
	kern_return_t kr =
	    syscall_vm_allocate(mach_task_self(), &share->memory, size, TRUE);

	if (kr != KERN_SUCCESS)
		return kr;
	kr = mach_make_memory_entry(mach_task_self(), &size, share->memory,
	    VM_PROT_READ | VM_PROT_WRITE, &share->entry, MACH_PORT_NULL);
	if (kr != KERN_SUCCESS)
		(void)syscall_vm_deallocate(
		    mach_task_self(), share->memory, size);
	return kr;
}

struct share *
share_create(unsigned rings)
{
	struct share *share;

	if (ring_count + rings > RINGS_MAX)
		return NULL;
	share = calloc(1, sizeof(*share));
	if (share == NULL)
		return NULL;
	share->users = 1;
	share->rings = rings;
	if (get_memory(share) != KERN_SUCCESS) {
		free(share);
		return NULL;
	}
	ring_count += rings;
	return share;
}

struct share *
share_use(struct share *share)
{
	share->users++;
	return share;
}

void
share_drop(struct share *share)
{
	if (share == NULL || --share->users > 0)
		return;
	(void)syscall_vm_deallocate(mach_task_self(), share->memory,
	    (vm_size_t)share->rings * IO_RING_BYTES);
	(void)syscall_mach_port_deallocate(mach_task_self(), share->entry);
	ring_count -= share->rings;
	free(share);
}

struct io_ring *
share_ring(const struct share *share, unsigned index)
{
	return (
	    struct io_ring *)(share->memory + (vm_size_t)index * IO_RING_BYTES);
}

mach_port_t
share_right(const struct share *share)
{
	return mach_port_mod_refs(mach_task_self(), share->entry,
		   MACH_PORT_RIGHT_SEND, 1) == KERN_SUCCESS
		   ? share->entry
		   : MACH_PORT_NULL;
}
