/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program of the archive becomes a task. Its memory is made here, page for
 * page, and given to the new task as a copy (copy-on-write, so nothing is
 * copied twice). The task has no process: its start-up block names no ports,
 * and what it prints goes to the kernel's console.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <libexec/elf_image.h>
#include <libexec/startup.h>
#include <librandom/random.h>
#include <stdlib.h>
#include <string.h>

#include "bootstrap.h"

#define STACK_SIZE (256 * 1024UL)
#define STACK_TOP  0x7fffffff0000UL

static const char no_memory[] = "no memory for it";

/* Give [from, from + size) of our memory to task at `to`; ours is gone then. */
static bool
give_memory(mach_port_t task, vm_address_t from, vm_address_t to,
    vm_size_t size, vm_prot_t prot)
{
	vm_prot_t current, maximum;
	vm_address_t at = to;
	kern_return_t kr;

	kr = vm_remap(task, &at, size, 0, FALSE, mach_task_self(), from, TRUE,
	    &current, &maximum, VM_INHERIT_COPY);
	(void)syscall_vm_deallocate(mach_task_self(), from, size);
	return kr == KERN_SUCCESS &&
	       vm_protect(task, to, size, FALSE, prot) == KERN_SUCCESS;
}

static bool
load_segment(
    mach_port_t task, const char *data, const struct elf_segment *segment)
{
	vm_address_t start = elf_segment_start(segment);
	vm_size_t length = elf_segment_length(segment);
	vm_address_t ours = 0;

	if (syscall_vm_allocate(mach_task_self(), &ours, length, TRUE) !=
	    KERN_SUCCESS)
		return false;
	if (segment->file_size > 0)
		memcpy((char *)ours + (segment->address - start),
		    data + segment->offset, segment->file_size);
	return give_memory(task, ours, start, length, segment->prot);
}

/* The stack with the start-up block; *sp is where to start. */
static bool
load_stack(mach_port_t task, struct startup *startup, uint64_t *sp)
{
	size_t size = startup_size(startup);
	vm_address_t ours = 0;

	if (size == 0 || size > STACK_SIZE / 2 ||
	    syscall_vm_allocate(mach_task_self(), &ours, STACK_SIZE, TRUE) !=
		KERN_SUCCESS)
		return false;
	*sp =
	    startup_build(startup, (char *)ours + STACK_SIZE - size, STACK_TOP);
	return give_memory(task, ours, STACK_TOP - STACK_SIZE, STACK_SIZE,
	    VM_PROT_READ | VM_PROT_WRITE);
}

static const char *
fill_task(mach_port_t task, const char *data, struct startup *startup)
{
	const struct elf_image *image = startup->image;
	struct thread_general_state state = {0};
	mach_port_t thread;
	uint64_t sp;

	for (unsigned i = 0; i < image->segment_count; i++) {
		if (!load_segment(task, data, &image->segment[i]))
			return no_memory;
	}
	if (!load_stack(task, startup, &sp))
		return no_memory;
	if (task_set_special_port(
		task, TASK_BOOTSTRAP_PORT, boot.bootstrap_port) != KERN_SUCCESS)
		return no_memory;
	THREAD_STATE_PC(&state) = image->entry;
	THREAD_STATE_SP(&state) = sp;
	if (thread_create_running(task, THREAD_STATE_GENERAL,
		(natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT,
		&thread) != KERN_SUCCESS)
		return no_memory;
	(void)mach_port_deallocate(mach_task_self(), thread);
	return NULL;
}

const char *
load_program(const char *name, const void *data, size_t size, const char *args,
    size_t args_size, mach_port_t *task)
{
	struct elf_image image;
	struct startup startup = {
	    .image = &image,
	    .args = args,
	    .args_size = args_size,
	};
	const char *wrong = elf_image_check(data, size, size, &image);

	if (wrong != NULL)
		return wrong;
	random_read(startup.random, sizeof(startup.random));
	if (task_create(mach_task_self(), FALSE, task) != KERN_SUCCESS)
		return no_memory;
	(void)task_set_name(*task, name);
	wrong = fill_task(*task, data, &startup);
	if (wrong != NULL) {
		(void)task_terminate(*task);
		(void)mach_port_deallocate(mach_task_self(), *task);
	}
	return wrong;
}
