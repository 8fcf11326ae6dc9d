/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory for threads. What was freed last is kept, unless it is large, for the
 * next thread that wants the same: asking for memory, protecting its guard and
 * the page fault at its end cost as much as all else of a thread. One is kept,
 * under a description in its last words; it is taken and put by one atomic
 * exchange.
 */
#include <mach/traps.h>

#include <libmach/mach.h>
#include <libmach/thread.h>
#include <stddef.h>

#define KEPT_MAX (2UL * 1024 * 1024)

struct kept {
	vm_address_t memory;
	vm_size_t size, guard;
};

static struct kept *kept;

static struct kept *
exchange(struct kept *with)
{
	return __atomic_exchange_n(&kept, with, __ATOMIC_ACQ_REL);
}

static void
give_back(const struct kept *one)
{
	if (one != NULL)
		syscall_vm_deallocate(mach_task_self(), one->memory, one->size);
}

static void
clear(vm_address_t from, vm_address_t to)
{
	struct line {
		uint64_t word[8];
	} * line;

	for (line = (struct line *)from; line < (struct line *)to; line++)
		*line = (struct line){{0}};
}

vm_address_t
mach_thread_memory(vm_size_t size, vm_size_t guard, vm_size_t block)
{
	struct kept *old = kept != NULL ? exchange(NULL) : NULL;
	vm_address_t memory;

	if (old != NULL && old->size == size && old->guard == guard) {
		memory = old->memory;
		clear(memory + size - block, memory + size);
		return memory;
	}
	give_back(old);
	if (syscall_vm_allocate(mach_task_self(), &memory, size, TRUE) !=
	    KERN_SUCCESS)
		return 0;
	if (guard > 0)
		syscall_vm_protect(mach_task_self(), memory, guard, FALSE, 0);
	return memory;
}

void
mach_thread_memory_free(vm_address_t memory, vm_size_t size, vm_size_t guard)
{
	struct kept *one = (struct kept *)(memory + size) - 1;

	*one = (struct kept){memory, size, guard};
	if (size <= KEPT_MAX)
		one = exchange(one);
	give_back(one);
}
